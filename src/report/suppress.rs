//! `# mapwright: allow CODE -- reason`: comments that suppress findings.

use foldhash::HashMap;

use crate::diag::{Code, Diagnostic, Family, Severity};
use crate::source::{FileId, Sources, Span};
use crate::syntax;

/// The prefix of these comments.
const MARKER: &str = "mapwright:";

/// A comment that allows one code on one line.
struct Allowed {
    /// The line that the comment applies to, from 0.
    line: usize,
    code: String,
    span: Span,
    used: bool,
}

/// Removes findings that are allowed by a comment. Errors cannot be allowed.
pub(crate) fn without_allowed(findings: Vec<Diagnostic>, sources: &Sources) -> Vec<Diagnostic> {
    let mut allowed: HashMap<FileId, Vec<Allowed>> = HashMap::default();
    for file in sources.files().filter(|file| sources.text(*file).contains(MARKER)) {
        allowed.insert(file, comments(file, sources.text(file), &mut Vec::new()));
    }
    let is_allowed = |diagnostic: &Diagnostic| {
        let comments_of_file = allowed.get(&diagnostic.span.file);
        comments_of_file.is_some_and(|comments| index_for(comments, diagnostic, sources).is_some())
    };
    findings
        .into_iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error || !is_allowed(diagnostic))
        .collect()
}

/// Removes findings that are allowed by a comment, and adds findings about the comments themselves. `unread` is whether some
/// sections could not be parsed; in that case no comment is reported as unused, since its finding may be in one of them.
pub(super) fn apply(findings: Vec<Diagnostic>, sources: &Sources, unread: bool) -> Vec<Diagnostic> {
    let mut comment_findings = Vec::new();
    let mut allowed: HashMap<FileId, Vec<Allowed>> = HashMap::default();
    for file in sources.files() {
        if sources.text(file).contains(MARKER) {
            allowed.insert(file, comments(file, sources.text(file), &mut comment_findings));
        }
    }
    if allowed.is_empty() {
        return findings;
    }
    let mut remaining: Vec<Diagnostic> = Vec::with_capacity(findings.len());
    for diagnostic in findings {
        let comment = allowed.get_mut(&diagnostic.span.file).and_then(|comments_of_file| {
            let index = index_for(comments_of_file, &diagnostic, sources)?;
            comments_of_file.get_mut(index)
        });
        match comment {
            Some(comment) if diagnostic.severity < Severity::Error => comment.used = true,
            Some(comment) => {
                comment.used = true;
                let message = format!("`{}` is an error, and errors cannot be allowed", comment.code);
                comment_findings.push(Diagnostic::new(Code::UnusedAllow, comment.span, message));
                remaining.push(diagnostic);
            }
            None => remaining.push(diagnostic),
        }
    }
    // A comment in an included file may be needed by another mapping.
    let main = sources.files().next();
    for comment in allowed
        .into_iter()
        .filter(|(file, _)| Some(*file) == main)
        .flat_map(|(_, comments_of_file)| comments_of_file)
    {
        let event_code = Code::parse(&comment.code).is_some_and(|code| code.family() == Family::Event);
        if !comment.used && !event_code && !unread {
            let message = match Code::parse(&comment.code) {
                Some(_) => format!("there is no `{}` here to allow", comment.code),
                None => format!("there is no code `{}`", comment.code),
            };
            comment_findings.push(
                Diagnostic::new(Code::UnusedAllow, comment.span, message)
                    .help("`mapwright codes` lists all codes"),
            );
        }
    }
    remaining.extend(comment_findings);
    remaining.sort_by_key(|diagnostic| {
        (diagnostic.span.file, diagnostic.span.start, std::cmp::Reverse(diagnostic.severity))
    });
    remaining
}

/// The index of the comment that allows a finding. Comments are ordered by line.
fn index_for(comments: &[Allowed], diagnostic: &Diagnostic, sources: &Sources) -> Option<usize> {
    let line = sources.place(diagnostic.span).line - 1;
    let first = comments.partition_point(|comment| comment.line < line);
    let of_line = comments[first..].iter().take_while(|comment| comment.line == line);
    let own = of_line.enumerate().find(|(_, comment)| comment.code == diagnostic.code.id());
    own.map(|(index, _)| first + index)
}

/// The comments of a file, ordered by line. A comment on a line of its own applies to the next line that is neither empty nor a comment.
fn comments(file: FileId, text: &str, comment_findings: &mut Vec<Diagnostic>) -> Vec<Allowed> {
    let (mut comments_of_file, mut pending) = (Vec::new(), Vec::new());
    let (mut comments, mut offset) = (syntax::comments(text).into_iter().peekable(), 0);
    for (line, line_text) in text.split_inclusive('\n').enumerate() {
        let end = offset + line_text.len();
        let comment = comments.next_if(|comment| comment.start < end);
        let own_line = comment.as_ref().is_some_and(|comment| text[offset..comment.start].trim().is_empty());
        if !own_line && !line_text.trim().is_empty() {
            comments_of_file.extend(pending.drain(..).map(|allowed: Allowed| Allowed { line, ..allowed }));
        }
        if let Some(comment) = comment {
            let allowed = allow(file, comment.start, text[comment].trim_end(), line, comment_findings);
            if own_line { pending.extend(allowed) } else { comments_of_file.extend(allowed) }
        }
        offset = end;
    }
    comments_of_file.extend(pending);
    comments_of_file
}

/// Parses `# mapwright: allow CODE, CODE -- reason`.
fn allow(
    file: FileId,
    offset: usize,
    comment: &str,
    line: usize,
    comment_findings: &mut Vec<Diagnostic>,
) -> Vec<Allowed> {
    let Some(rest) = comment.trim_start_matches('#').trim_start().strip_prefix(MARKER) else {
        return Vec::new();
    };
    let byte = crate::source::offset;
    let span = Span { file, start: byte(offset), end: byte(offset + comment.len()) };
    let Some(rest) = rest.trim_start().strip_prefix("allow") else {
        let message = "this `mapwright:` comment is not understood";
        comment_findings.push(
            Diagnostic::new(Code::AllowWithoutReason, span, message)
                .help("write `# mapwright: allow R509 -- why`"),
        );
        return Vec::new();
    };
    let (codes, reason) = rest.split_once("--").unwrap_or((rest, ""));
    if reason.trim().is_empty() {
        let message = "the reason is missing";
        comment_findings.push(
            Diagnostic::new(Code::AllowWithoutReason, span, message)
                .help("write it after the code: `-- why this is right here`"),
        );
    }
    let codes = codes.split([',', ' ']).map(str::trim).filter(|code| !code.is_empty());
    codes.map(|code| Allowed { line, code: code.to_owned(), span, used: false }).collect()
}
