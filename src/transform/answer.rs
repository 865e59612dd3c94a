//! The answer to one input line.

use crate::request::{Request, RequestSpans};
use crate::run::{Outcome, ShownRequests};

/// The answer to one input line. It borrows from the worker, and from the buffer with the answer lines.
#[non_exhaustive]
pub struct Answer<'a> {
    /// The number of the rule that matched the event, counted from 0 in the order of [`Engine::rules`](crate::Engine::rules);
    /// `None` if no rule did.
    pub rule: Option<usize>,
    /// Whether there are requests, and if not, why.
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

    /// The answer lines as `mapwright transform` writes them: UTF-8, each a JSON object with a line break after it. There
    /// is one line per request, or a single line that says why there are none.
    #[must_use]
    pub fn lines(&self) -> &'a [u8] {
        self.lines
    }

    /// The requests, in the order in which they are to be sent; empty if the event was refused or dropped.
    #[must_use]
    pub fn requests(&self) -> impl ExactSizeIterator<Item = Request<'a>> + use<'a> {
        let lines = self.lines;
        self.requests.iter().map(move |spans| Request::new(lines, spans))
    }

    /// The answer lines with their secrets masked, given what was observed of the run.
    pub(crate) fn masked_lines(&self, shown: &ShownRequests) -> String {
        shown.mask(&String::from_utf8_lossy(self.lines), self.requests)
    }
}

/// Without the lines, which may contain secret settings.
impl std::fmt::Debug for Answer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Answer(rule {:?}, {:?})", self.rule, self.outcome)
    }
}
