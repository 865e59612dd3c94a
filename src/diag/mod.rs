//! Diagnostics: problems in a mapping, the table of their codes, and renderers for people and programs.

mod code;
mod codes;
mod render;
mod sink;
mod suggestion;
pub mod text;

pub use code::Code;
pub use codes::{CODES, CodeRow, Family};
pub use render::{Note, github, human, json, sarif};
pub(crate) use sink::{Errors, Warnings};
pub use suggestion::{did_you_mean, nearest};

use crate::source::{Sources, Span};
use foldhash::HashSet;

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A suggestion.
    Hint,
    /// Information that may need no action.
    Info,
    /// Probably a mistake; the mapping still loads.
    Warning,
    /// The mapping does not load.
    Error,
}

/// The names of a severity in the output formats.
#[derive(Clone, Copy, Debug)]
pub struct SeverityNames {
    /// In text and JSON output.
    pub plain: &'static str,
    /// As a workflow command of GitHub Actions.
    pub(crate) github: &'static str,
    /// As a `level` of SARIF 2.1.0.
    pub(crate) sarif: &'static str,
}

impl Severity {
    /// Its names in the output formats.
    #[must_use]
    pub const fn names(self) -> SeverityNames {
        let (plain, github, sarif) = match self {
            Self::Hint => ("hint", "notice", "note"),
            Self::Info => ("info", "notice", "note"),
            Self::Warning => ("warning", "warning", "warning"),
            Self::Error => ("error", "error", "error"),
        };
        SeverityNames { plain, github, sarif }
    }
}

/// A replacement of text that fixes a problem and has no other effect.
#[derive(Clone, Debug)]
pub struct Fix {
    /// The text to replace.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// A problem in a mapping: a stable code, a position, and one sentence for the author.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The code, which identifies the kind of problem.
    pub code: Code,
    /// The severity of the code.
    pub severity: Severity,
    /// The position of the problem.
    pub span: Span,
    /// One sentence, without a full stop.
    pub message: String,
    /// A few words that are shown under the text at `span`; may be empty.
    pub label: String,
    /// Other relevant positions, each with a label.
    pub related: Vec<(Span, String)>,
    /// How to fix it, or what was probably intended.
    pub help: Option<String>,
    /// A change that is safe to apply automatically, if there is one.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A diagnostic with `message` at `span`, with the severity of its code.
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

    /// Sets the label under the text at the diagnostic's span.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds another relevant position with a label.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// Sets the help text.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets a fix: the text at `span` is replaced by `text`.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, text: text.into() });
        self
    }
}

/// A collection of diagnostics. A second one with the same code and span is ignored.
#[derive(Debug, Default)]
pub struct Findings {
    diagnostics: Vec<Diagnostic>,
    seen: HashSet<(Code, Span)>,
}

impl Extend<Diagnostic> for Findings {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }
}

impl Findings {
    /// The diagnostic that was added last.
    pub(crate) fn last_mut(&mut self) -> Option<&mut Diagnostic> {
        self.diagnostics.last_mut()
    }

    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.seen.insert((diagnostic.code, diagnostic.span)) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// The diagnostics, in the order in which they were found.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter()
    }

    /// The number of diagnostics.
    #[must_use]
    pub fn len(&self) -> usize {
        self.diagnostics.len()
    }

    /// Whether there are no diagnostics.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Whether any diagnostic is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }

    /// Whether names or pipelines depend on each other in chains that exceed a limit, so that following them could exhaust
    /// memory or time.
    #[must_use]
    pub fn too_large_to_expand(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|diagnostic| matches!(diagnostic.code, Code::ChainOfNames | Code::TooManySteps))
    }

    /// All diagnostics, in the order in which they were found.
    #[must_use]
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    /// All diagnostics, sorted by position; at the same position, the most severe first.
    #[must_use]
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by_key(|d| (d.span.file, d.span.start, std::cmp::Reverse(d.severity)));
        self.diagnostics
    }
}

/// The location of a diagnostic, as `file:line:column`.
#[must_use]
pub fn place(diagnostic: &Diagnostic, sources: &Sources) -> String {
    sources.place(diagnostic.span).to_string()
}
