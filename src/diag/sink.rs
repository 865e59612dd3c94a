//! Findings of one kind: a stage that takes only one of these cannot report the other.

use super::{Diagnostic, Findings, Severity};

/// Takes errors and nothing else.
#[derive(Debug)]
pub(crate) struct Errors<'f>(&'f mut Findings);

impl<'f> Errors<'f> {
    /// Adds to these findings.
    pub(crate) fn new(findings: &'f mut Findings) -> Self {
        Self(findings)
    }

    /// Adds one.
    pub(crate) fn push(&mut self, found: Diagnostic) {
        debug_assert!(found.severity == Severity::Error, "{} is no error", found.code);
        self.0.push(found);
    }

    /// How many findings there are, with those that were there before.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Takes warnings, infos and hints: what is found here keeps no mapping from loading.
#[derive(Debug, Default)]
pub(crate) struct Warnings(Findings);

impl Warnings {
    /// Adds one.
    pub(crate) fn push(&mut self, found: Diagnostic) {
        debug_assert!(found.severity < Severity::Error, "{} is an error, which `check` raises", found.code);
        self.0.push(found);
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them.
    pub(crate) fn into_vec(self) -> Vec<Diagnostic> {
        self.0.into_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::source::{Sources, Span};

    fn found(code: Code) -> Diagnostic {
        let file = Sources::default().add("m.yaml", "");
        Diagnostic::new(code, Span { file, start: 0, end: 0 }, "found")
    }

    #[test]
    #[should_panic(expected = "R510 is an error")]
    fn an_error_is_no_warning() {
        Warnings::default().push(found(Code::NeverTrue));
    }

    #[test]
    #[should_panic(expected = "R511 is no error")]
    fn a_warning_is_no_error() {
        Errors::new(&mut Findings::default()).push(found(Code::AlwaysTrue));
    }
}
