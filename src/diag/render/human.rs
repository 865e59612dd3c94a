//! For people: the look of rustc, with the lines that are meant.

use crate::diag::{Diagnostic, Fix, Severity};
use crate::source::{Sources, Span};
use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet, normalize_untrusted_str,
};
use std::borrow::Cow;
use std::ops::Range;

/// Other places this many lines away, or nearer, are shown in the same piece of the file.
const NEAR: usize = 12;
/// Longer lines are cut around what is meant.
const LONG: usize = 300;
const AROUND: usize = 100;

/// The findings for people, as wide as `width` columns. `color` writes ANSI escapes.
#[must_use]
pub fn human(findings: &[Diagnostic], sources: &Sources, color: bool, width: Option<usize>) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = width.map_or(renderer.clone(), |width| renderer.term_width(width.max(40)));
    let mut out = String::new();
    for found in findings {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&renderer.render(&report(found, sources)));
        out.push('\n');
    }
    out
}

/// Words without anything that a terminal would obey.
fn clean(words: &str) -> String {
    normalize_untrusted_str(&visible(words))
}

/// The renderer shows ASCII control characters; those above are replaced here by one of the same length.
fn visible(text: &str) -> Cow<'_, str> {
    let control = |c: char| ('\u{80}'..='\u{9f}').contains(&c);
    if text.contains(control) { text.replace(control, "·").into() } else { text.into() }
}

fn report<'a>(found: &'a Diagnostic, sources: &'a Sources) -> Vec<Group<'a>> {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
        Severity::Hint => Level::NOTE.with_name(Some(Severity::Hint.words().plain)),
    };
    let title =
        level.primary_title(clean(&found.message)).id(format!("{} {}", found.code.id(), found.code.name()));
    let mut group = Group::with_title(title);
    let here = sources.place(found.span).line;
    let near = |span: Span| span.file == found.span.file && sources.place(span).line.abs_diff(here) <= NEAR;
    let (close, far): (Vec<_>, Vec<_>) = found.related.iter().partition(|(span, _)| near(*span));
    let mut marks = vec![(found.span, found.label.as_str(), AnnotationKind::Primary)];
    marks.extend(close.iter().map(|(span, words)| (*span, words.as_str(), AnnotationKind::Context)));
    group = piece(group, &marks, sources);
    for (span, words) in far {
        group = piece(group, &[(*span, words.as_str(), AnnotationKind::Context)], sources);
    }
    if let Some(help) = &found.help {
        group = group.element(Level::HELP.message(clean(help)));
    }
    let mut groups = vec![group];
    groups.extend(found.fix.as_ref().and_then(|fix| change(fix, sources)));
    groups
}

/// A piece of a file with its marks, each cut to its first line.
fn piece<'a>(group: Group<'a>, marks: &[(Span, &'a str, AnnotationKind)], sources: &'a Sources) -> Group<'a> {
    let lines: Vec<Span> = marks.iter().map(|(span, ..)| sources.line(*span)).collect();
    let Some((first, last)) = lines.iter().min().zip(lines.iter().max()) else { return group };
    let (name, place) = (clean(sources.name(first.file)), sources.place(marks[0].0));
    let text = visible(sources.slice(first.to(*last)));
    let range = |span: Span, line: Span| {
        // A line ends before its line break, and a place may be behind it.
        let start = span.start.min(last.end);
        let end = span.end.clamp(start, line.end.max(start)).min(last.end);
        (start - first.start) as usize..(end - first.start) as usize
    };
    let long = lines.iter().any(|line| line.range().len() > LONG);
    if long {
        // Its columns would be counted from the cut: the place is told apart from the text.
        let (cut, at) = window(&text, range(marks[0].0, lines[0]));
        let snippet = Snippet::source(cut)
            .line_start(place.line)
            .annotation(marks[0].2.span(at).label(Some(clean(marks[0].1)).filter(|words| !words.is_empty())));
        return group.element(Origin::path(name).line(place.line).char_column(place.column)).element(snippet);
    }
    let mut snippet = Snippet::source(text).path(name).line_start(sources.place(*first).line);
    for ((span, words, kind), line) in marks.iter().zip(&lines) {
        let words = Some(clean(words)).filter(|words| !words.is_empty());
        snippet = snippet.annotation(kind.span(range(*span, *line)).label(words));
    }
    group.element(snippet)
}

/// A part of a long text around a range, and the range in it.
fn window(text: &str, range: Range<usize>) -> (String, Range<usize>) {
    let range = range.start..range.end.min(range.start + AROUND);
    let edge = |mut at: usize| {
        while !text.is_char_boundary(at.min(text.len())) {
            at += 1;
        }
        at.min(text.len())
    };
    let line = text[..edge(range.start)].rfind('\n').map_or(0, |at| at + 1);
    let start = edge(range.start.saturating_sub(AROUND)).max(line);
    let end = edge(range.end + AROUND);
    let body = &text[start..end];
    let body = body.split_once('\n').map_or(body, |(line, _)| line);
    let before = if start > line { "…" } else { "" };
    let at = |offset: usize| (edge(offset) - start).min(body.len()) + before.len();
    (format!("{before}{body}…"), at(range.start)..at(range.end))
}

fn change<'a>(fix: &'a Fix, sources: &'a Sources) -> Option<Group<'a>> {
    let line = sources.line(fix.span);
    let whole = line.to(Span { end: fix.span.end, ..line });
    if fix.span.end > line.end || line.range().len() > LONG {
        return None;
    }
    let range = (fix.span.start - line.start) as usize..(fix.span.end - line.start) as usize;
    let snippet = Snippet::source(visible(sources.slice(whole)))
        .path(clean(sources.name(line.file)))
        .line_start(sources.place(line).line)
        .patch(Patch::new(range, clean(&fix.text)));
    Some(Level::HELP.secondary_title("this change would do").element(snippet))
}
