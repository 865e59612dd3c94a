//! Diagnostics for people, in the style of rustc, with the lines that they refer to.

use crate::diag::{Diagnostic, Fix, Severity};
use crate::source::{Sources, Span};
use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet, normalize_untrusted_str,
};
use std::borrow::Cow;
use std::ops::Range;

/// Maximum distance in lines of a related position that is shown in the same excerpt.
const MAX_DISTANCE: usize = 12;
/// Maximum length in bytes of a line that is shown as a whole.
const MAX_LINE: usize = 300;
/// The number of bytes that are shown before and after the position in a longer line.
const CONTEXT: usize = 100;

/// Renders diagnostics as text, at most `width` columns wide, with ANSI colors if `color` is set.
#[must_use]
pub fn human(diagnostics: &[Diagnostic], sources: &Sources, color: bool, width: Option<usize>) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = width.map_or(renderer.clone(), |width| renderer.term_width(width.max(40)));
    let mut out = String::new();
    for diagnostic in diagnostics {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&renderer.render(&report(diagnostic, sources)));
        out.push('\n');
    }
    out
}

/// Text without control characters.
fn clean(text: &str) -> String {
    normalize_untrusted_str(&visible(text))
}

/// Text without the control characters that the renderer does not replace itself: those outside ASCII. Each is replaced by
/// a character of the same length, so that spans stay valid.
fn visible(text: &str) -> Cow<'_, str> {
    let control = |c: char| ('\u{80}'..='\u{9f}').contains(&c);
    if text.contains(control) { text.replace(control, "·").into() } else { text.into() }
}

fn report<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
        Severity::Hint => Level::NOTE.with_name(Some(Severity::Hint.names().plain)),
    };
    let title = level.primary_title(clean(&diagnostic.message)).id(format!(
        "{} {}",
        diagnostic.code.id(),
        diagnostic.code.name()
    ));
    let mut group = Group::with_title(title);
    let line = sources.place(diagnostic.span).line;
    let near = |span: Span| {
        span.file == diagnostic.span.file && sources.place(span).line.abs_diff(line) <= MAX_DISTANCE
    };
    let (close, far): (Vec<_>, Vec<_>) = diagnostic.related.iter().partition(|(span, _)| near(*span));
    let mut annotations = vec![(diagnostic.span, diagnostic.label.as_str(), AnnotationKind::Primary)];
    annotations.extend(close.iter().map(|(span, label)| (*span, label.as_str(), AnnotationKind::Context)));
    group = excerpt(group, &annotations, sources);
    for (span, label) in far {
        group = excerpt(group, &[(*span, label.as_str(), AnnotationKind::Context)], sources);
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(clean(help)));
    }
    let mut groups = vec![group];
    groups.extend(diagnostic.fix.as_ref().and_then(|fix| patch(fix, sources)));
    groups
}

/// Adds an excerpt of a file with annotations, each limited to its first line.
fn excerpt<'a>(
    group: Group<'a>,
    annotations: &[(Span, &'a str, AnnotationKind)],
    sources: &'a Sources,
) -> Group<'a> {
    let lines: Vec<Span> = annotations.iter().map(|(span, ..)| sources.line(*span)).collect();
    let Some((first, last)) = lines.iter().min().zip(lines.iter().max()) else { return group };
    let (name, place) = (clean(sources.name(first.file)), sources.place(annotations[0].0));
    let text = sources.slice(first.to(*last));
    let range = |span: Span, line: Span| {
        // A line does not include its line break, but a span may begin after it.
        let start = span.start.min(last.end);
        let end = span.end.clamp(start, line.end.max(start)).min(last.end);
        (start - first.start) as usize..(end - first.start) as usize
    };
    // Lines between those of the annotations may be long, too.
    let long = lines.iter().any(|line| line.range().len() > MAX_LINE) || text.len() > MAX_DISTANCE * MAX_LINE;
    if long {
        // The renderer would count columns from the start of the truncated line, so the location is set explicitly.
        let line_start = (lines[0].start - first.start) as usize;
        let (excerpt, range) = window(text, line_start, range(annotations[0].0, lines[0]));
        let snippet = Snippet::source(visible(&excerpt).into_owned()).line_start(place.line).annotation(
            annotations[0]
                .2
                .span(range)
                .label(Some(clean(annotations[0].1)).filter(|label| !label.is_empty())),
        );
        return group.element(Origin::path(name).line(place.line).char_column(place.column)).element(snippet);
    }
    let mut snippet = Snippet::source(visible(text)).path(name).line_start(sources.place(*first).line);
    for ((span, label, kind), line) in annotations.iter().zip(&lines) {
        let label = Some(clean(label)).filter(|label| !label.is_empty());
        snippet = snippet.annotation(kind.span(range(*span, *line)).label(label));
    }
    group.element(snippet)
}

/// The part of a long line around a range, and the range relative to that part. The line begins at `line` in the text.
fn window(text: &str, line: usize, range: Range<usize>) -> (String, Range<usize>) {
    let range = range.start..range.end.min(range.start + CONTEXT);
    let char_boundary = |mut offset: usize| {
        while !text.is_char_boundary(offset.min(text.len())) {
            offset += 1;
        }
        offset.min(text.len())
    };
    let start = char_boundary(range.start.saturating_sub(CONTEXT)).max(line);
    let end = char_boundary(range.end + CONTEXT);
    let body = &text[start..end];
    let body = body.split_once('\n').map_or(body, |(line, _)| line);
    let ellipsis = if start > line { "…" } else { "" };
    let relative = |offset: usize| (char_boundary(offset) - start).min(body.len()) + ellipsis.len();
    (format!("{ellipsis}{body}…"), relative(range.start)..relative(range.end))
}

/// The fix as a patch, unless it spans several lines or a long line.
fn patch<'a>(fix: &'a Fix, sources: &'a Sources) -> Option<Group<'a>> {
    let line = sources.line(fix.span);
    let whole = line.to(Span { end: fix.span.end, ..line });
    if fix.span.end > line.end || line.range().len() > MAX_LINE {
        return None;
    }
    let range = (fix.span.start - line.start) as usize..(fix.span.end - line.start) as usize;
    let snippet = Snippet::source(visible(sources.slice(whole)))
        .path(clean(sources.name(line.file)))
        .line_start(sources.place(line).line)
        .patch(Patch::new(range, clean(&fix.text)));
    Some(Level::HELP.secondary_title("suggested fix").element(snippet))
}
