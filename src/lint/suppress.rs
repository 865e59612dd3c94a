//! `# mapwright: allow CODE -- reason`: findings that an author has looked at and lets stand.

use foldhash::HashMap;

use crate::diag::{Code, Diagnostic, Family, Severity};
use crate::source::{FileId, Sources, Span};

/// What such a comment begins with.
const SIGN: &str = "mapwright:";

/// A comment that allows one code on one line.
struct Allowed {
    /// The line that it speaks of, from 0.
    line: usize,
    code: String,
    span: Span,
    used: bool,
}

/// Takes out what is allowed.
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

/// Takes out what is allowed, and adds what is wrong with the comments themselves.
pub(crate) fn apply(findings: Vec<Diagnostic>, sources: &Sources) -> Vec<Diagnostic> {
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
                let message = format!("`{}` is an error, which cannot be allowed", comment.code);
                own.push(Diagnostic::new(Code::UnusedAllow, comment.span, message));
                left.push(found);
            }
            None => left.push(found),
        }
    }
    // Where a part of the file cannot be read, what is allowed may be there.
    let unread =
        left.iter().any(|found| found.severity == Severity::Error && found.code.family() == Family::Yaml);
    // What an included file allows may be needed by another mapping.
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

/// The comments of a file. One that stands alone speaks of the next line that is no comment.
fn comments(file: FileId, text: &str, own: &mut Vec<Diagnostic>) -> Vec<Allowed> {
    let (mut all, mut waiting) = (Vec::new(), Vec::new());
    let (mut scan, mut offset) = (Scan::default(), 0);
    for (line, words) in text.split_inclusive('\n').enumerate() {
        let comment = scan.comment(words.trim_end_matches(['\n', '\r']));
        let alone = comment.is_some_and(|at| words[..at].trim().is_empty());
        let blank = words.trim().is_empty();
        if !alone && !blank {
            all.extend(waiting.drain(..).map(|one: Allowed| Allowed { line, ..one }));
        }
        if let Some(at) = comment {
            let found = allow(file, offset + at, words[at..].trim_end(), line, own);
            if alone { waiting.extend(found) } else { all.extend(found) }
        }
        offset += words.len();
    }
    all.extend(waiting);
    all
}

/// `# mapwright: allow CODE, CODE -- reason`
fn allow(file: FileId, offset: usize, comment: &str, line: usize, own: &mut Vec<Diagnostic>) -> Vec<Allowed> {
    let Some(rest) = comment.trim_start_matches('#').trim_start().strip_prefix(SIGN) else {
        return Vec::new();
    };
    let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    let span = Span { file, start: at(offset), end: at(offset + comment.len()) };
    let Some(rest) = rest.trim_start().strip_prefix("allow") else {
        let message = "this comment says nothing that is understood";
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
                .help("write it behind the code: `-- why this is right here`"),
        );
    }
    let codes = codes.split([',', ' ']).map(str::trim).filter(|code| !code.is_empty());
    codes.map(|code| Allowed { line, code: code.to_owned(), span, used: false }).collect()
}

/// Where in YAML a line stands: inside of quotes, or of a block of text.
#[derive(Default)]
struct Scan {
    quote: Option<char>,
    /// The indentation of the line that opened a block of text.
    block: Option<usize>,
}

impl Scan {
    /// Where the comment of a line begins.
    fn comment(&mut self, line: &str) -> Option<usize> {
        let indent = line.len() - line.trim_start_matches(' ').len();
        if let Some(outer) = self.block {
            if line.trim().is_empty() || indent > outer {
                return None;
            }
            self.block = None;
        }
        let mut before = ' ';
        let mut chars = line.char_indices().peekable();
        let mut found = None;
        while let Some((at, c)) = chars.next() {
            let pair = match self.quote {
                Some('"') => c == '\\',
                Some(_) => c == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\''),
                None => false,
            };
            match self.quote {
                Some(_) if pair => {
                    chars.next();
                }
                Some(quote) if c == quote => self.quote = None,
                None if matches!(c, '"' | '\'') && " [{,:-".contains(before) => self.quote = Some(c),
                None if c == '#' && before.is_whitespace() => {
                    found = Some(at);
                    break;
                }
                _ => {}
            }
            before = c;
        }
        if self.quote.is_none() {
            let rest = line[..found.unwrap_or(line.len())].trim_end();
            let sign = rest.trim_end_matches(|c: char| c.is_ascii_digit() || c == '+' || c == '-');
            let opens = sign.ends_with(": |")
                || sign.ends_with(": >")
                || sign.ends_with("- |")
                || sign.ends_with("- >");
            self.block = opens.then_some(indent);
        }
        found
    }
}
