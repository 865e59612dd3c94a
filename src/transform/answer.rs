//! What came of one input line.

use crate::request::{Request, RequestSpans};
use crate::run::Outcome;

/// What came of one input line. It borrows from the worker and from the buffer that the answer lines were written to.
#[non_exhaustive]
pub struct Answer<'a> {
    /// The number of the rule that took the event, from 0 in the order of the file; `None` when none did.
    pub rule: Option<usize>,
    /// What the event came to.
    pub outcome: Outcome,
    lines: &'a [u8],
    requests: &'a [RequestSpans],
}

impl<'a> Answer<'a> {
    pub(super) fn new(
        rule: Option<usize>,
        outcome: Outcome,
        lines: &'a [u8],
        requests: &'a [RequestSpans],
    ) -> Self {
        Self { rule, outcome, lines, requests }
    }

    /// The answer lines as the command writes them: JSON text, each with its line break. There is one line for each
    /// request, or a single one that says why there is none.
    #[must_use]
    pub fn lines(&self) -> &'a [u8] {
        self.lines
    }

    /// The requests, in the order in which they are to be sent; none when the event was refused or dropped.
    #[must_use]
    pub fn requests(&self) -> impl ExactSizeIterator<Item = Request<'a>> + use<'a> {
        let lines = self.lines;
        self.requests.iter().map(move |spans| Request::new(lines, spans))
    }
}

/// Without the lines: they hold the settings where the destination wants them.
impl std::fmt::Debug for Answer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Answer(rule {:?}, {:?})", self.rule, self.outcome)
    }
}
