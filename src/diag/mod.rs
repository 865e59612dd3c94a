//! What is wrong in an author's file, and how it is told.

mod code;
mod codes;
mod render;
mod sink;
pub mod text;

pub use code::Code;
pub use codes::{CODES, CodeRow, Family};
pub use render::{Note, github, human, json, sarif};
pub(crate) use sink::{Errors, Warnings};

use crate::source::{Sources, Span};
use foldhash::HashSet;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A thought for the author.
    Hint,
    /// Worth knowing, nothing to do.
    Info,
    /// Probably not what was meant; the mapping still loads.
    Warning,
    /// The mapping does not load.
    Error,
}

/// What a severity is called.
#[derive(Clone, Copy, Debug)]
pub struct SeverityWords {
    /// For people and in our JSON.
    pub plain: &'static str,
    /// A workflow command of GitHub Actions.
    pub(crate) github: &'static str,
    /// A `level` of SARIF 2.1.0.
    pub(crate) sarif: &'static str,
}

impl Severity {
    /// What it is called, in every format.
    #[must_use]
    pub const fn words(self) -> SeverityWords {
        let (plain, github, sarif) = match self {
            Self::Hint => ("hint", "notice", "note"),
            Self::Info => ("info", "notice", "note"),
            Self::Warning => ("warning", "warning", "warning"),
            Self::Error => ("error", "error", "error"),
        };
        SeverityWords { plain, github, sarif }
    }
}

/// A change of text that removes a finding and nothing else.
#[derive(Clone, Debug)]
pub struct Fix {
    /// What is replaced.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// One finding in a mapping: a stable code, a place, one sentence in the author's words.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The kind of finding.
    pub code: Code,
    /// How grave it is: the code's severity.
    pub severity: Severity,
    /// The exact text that is meant.
    pub span: Span,
    /// One sentence, without a full stop.
    pub message: String,
    /// Two or three words under the text; may be empty.
    pub label: String,
    /// Other places that belong to it, each with a few words.
    pub related: Vec<(Span, String)>,
    /// What was probably meant.
    pub help: Option<String>,
    /// A safe change, where there is one.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding with `message` at `span`, as grave as its code says.
    #[must_use]
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.row().severity,
            span,
            message: message.into(),
            label: String::new(),
            related: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Adds the words under the underlined text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, span: Span, words: impl Into<String>) -> Self {
        self.related.push((span, words.into()));
        self
    }

    /// Adds what was probably meant.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a replacement of the text at `span` that is safe to apply.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, text: text.into() });
        self
    }
}

/// Findings as they are collected. Two at the same place with the same code are one.
#[derive(Debug, Default)]
pub struct Findings {
    all: Vec<Diagnostic>,
    seen: HashSet<(Code, Span)>,
}

impl Extend<Diagnostic> for Findings {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, found: I) {
        found.into_iter().for_each(|one| self.push(one));
    }
}

impl Findings {
    /// Adds one.
    pub fn push(&mut self, found: Diagnostic) {
        if self.seen.insert((found.code, found.span)) {
            self.all.push(found);
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether any is an error.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.all.iter().any(|d| d.severity == Severity::Error)
    }

    /// Whether names or pipelines need each other without end: following them all takes more memory and time than there
    /// is.
    #[must_use]
    pub fn endless(&self) -> bool {
        self.all.iter().any(|found| matches!(found.code, Code::ChainOfNames | Code::TooManySteps))
    }

    /// All of them, in the order in which they were found.
    #[must_use]
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.all
    }

    /// All of them, in the order of their places.
    #[must_use]
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.all.sort_by_key(|d| (d.span.file, d.span.start, std::cmp::Reverse(d.severity)));
        self.all
    }
}

/// The nearest of `known` to a misspelt `name`, if one is near enough to be meant.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let length = name.chars().count();
    let limit = (length / 3).max(1);
    known
        .into_iter()
        // Most are of quite another length, which is quickly seen.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (strsim::damerau_levenshtein(&name, &candidate.to_lowercase()), candidate))
        .filter(|&(distance, _)| distance <= limit)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// ``; did you mean `x`?`` or nothing.
#[must_use]
pub fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, known).map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

/// Where a finding is, as `file:line:column`.
#[must_use]
pub fn place(found: &Diagnostic, sources: &Sources) -> String {
    sources.place(found.span).to_string()
}
