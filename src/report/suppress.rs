//! `# mapwright: allow CODE -- reason`: comments that suppress findings.

use foldhash::HashMap;

use crate::diag::{Code, Diagnostic, Family, Severity};
use crate::source::{FileId, Sources, Span};
use crate::syntax;

/// The prefix of these comments.
const SIGN: &str = "mapwright:";

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
    for file in sources.files().filter(|file| sources.text(*file).contains(SIGN)) {
        allowed.insert(file, comments(file, sources.text(file), &mut Vec::new()));
    }
    let is_allowed = |found: &Diagnostic| {
        let line = sources.place(found.span).line - 1;
        let here = |one: &Allowed| one.line == line && one.code == found.code.id();
        allowed.get(&found.span.file).is_some_and(|all| all.iter().any(here))
    };
    findings.into_iter().filter(|found| found.severity == Severity::Error || !is_allowed(found)).collect()
}

/// Removes findings that are allowed by a comment, and adds findings about the comments themselves. `unread` is whether some
/// sections could not be parsed; in that case no comment is reported as unused, since its finding may be in one of them.
pub(super) fn apply(findings: Vec<Diagnostic>, sources: &Sources, unread: bool) -> Vec<Diagnostic> {
    let mut own = Vec::new();
    let mut allowed: HashMap<FileId, Vec<Allowed>> = HashMap::default();
    for file in sources.files() {
        if sources.text(file).contains(SIGN) {
            allowed.insert(file, comments(file, sources.text(file), &mut own));
        }
    }
    if allowed.is_empty() {
        return findings;
    }
    let mut left: Vec<Diagnostic> = Vec::with_capacity(findings.len());
    for found in findings {
        let line = sources.place(found.span).line - 1;
        let comment = allowed
            .get_mut(&found.span.file)
            .and_then(|all| all.iter_mut().find(|one| one.line == line && one.code == found.code.id()));
        match comment {
            Some(comment) if found.severity < Severity::Error => comment.used = true,
            Some(comment) => {
                comment.used = true;
                let message = format!("`{}` is an error, and errors cannot be allowed", comment.code);
                own.push(Diagnostic::new(Code::UnusedAllow, comment.span, message));
                left.push(found);
            }
            None => left.push(found),
        }
    }
    // A comment in an included file may be needed by another mapping.
    let main = sources.files().next();
    for comment in allowed.into_iter().filter(|(file, _)| Some(*file) == main).flat_map(|(_, all)| all) {
        let later = Code::parse(&comment.code).is_some_and(|code| code.family() == Family::Event);
        if !comment.used && !later && !unread {
            let message = match Code::parse(&comment.code) {
                Some(_) => format!("there is no `{}` here to allow", comment.code),
                None => format!("there is no code `{}`", comment.code),
            };
            own.push(
                Diagnostic::new(Code::UnusedAllow, comment.span, message)
                    .help("`mapwright codes` lists all codes"),
            );
        }
    }
    left.extend(own);
    left.sort_by_key(|found| (found.span.file, found.span.start, std::cmp::Reverse(found.severity)));
    left
}

/// The comments of a file. A comment on a line of its own applies to the next line that is neither empty nor a comment.
fn comments(file: FileId, text: &str, own: &mut Vec<Diagnostic>) -> Vec<Allowed> {
    let (mut all, mut waiting) = (Vec::new(), Vec::new());
    let (mut comments, mut offset) = (syntax::comments(text).into_iter().peekable(), 0);
    for (line, words) in text.split_inclusive('\n').enumerate() {
        let end = offset + words.len();
        let comment = comments.next_if(|comment| comment.start < end);
        let alone = comment.as_ref().is_some_and(|comment| text[offset..comment.start].trim().is_empty());
        if !alone && !words.trim().is_empty() {
            all.extend(waiting.drain(..).map(|one: Allowed| Allowed { line, ..one }));
        }
        if let Some(comment) = comment {
            let found = allow(file, comment.start, text[comment].trim_end(), line, own);
            if alone { waiting.extend(found) } else { all.extend(found) }
        }
        offset = end;
    }
    all.extend(waiting);
    all
}

/// Parses `# mapwright: allow CODE, CODE -- reason`.
fn allow(file: FileId, offset: usize, comment: &str, line: usize, own: &mut Vec<Diagnostic>) -> Vec<Allowed> {
    let Some(rest) = comment.trim_start_matches('#').trim_start().strip_prefix(SIGN) else {
        return Vec::new();
    };
    let at = crate::source::offset;
    let span = Span { file, start: at(offset), end: at(offset + comment.len()) };
    let Some(rest) = rest.trim_start().strip_prefix("allow") else {
        let message = "this `mapwright:` comment is not understood";
        own.push(
            Diagnostic::new(Code::AllowWithoutReason, span, message)
                .help("write `# mapwright: allow R509 -- why`"),
        );
        return Vec::new();
    };
    let (codes, reason) = rest.split_once("--").unwrap_or((rest, ""));
    if reason.trim().is_empty() {
        let message = "the reason is missing";
        own.push(
            Diagnostic::new(Code::AllowWithoutReason, span, message)
                .help("write it after the code: `-- why this is right here`"),
        );
    }
    let codes = codes.split([',', ' ']).map(str::trim).filter(|code| !code.is_empty());
    codes.map(|code| Allowed { line, code: code.to_owned(), span, used: false }).collect()
}
