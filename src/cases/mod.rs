//! Recorded cases of a mapping: an event in a file, and a snapshot of the answers to it.
//!
//! A case file contains an event, or an envelope `{"message":…, "destination":{"Config":…}, "metadata":…,
//! "connection":…}` if it needs settings or metadata of its own. The text of [`Case::snapshot`] is for people who review a
//! difference: it contains no secret settings, and no line numbers, which every edit of the mapping would change.

use std::collections::HashSet;

mod render;
mod snapshot_file;
mod snapshot_lines;

use render::render;
pub use snapshot_file::{content, first_line, same, written};
pub use snapshot_lines::{SnapshotLine, snapshot_lines};

use crate::json::{Document, Limits, Malformed, Tape};
use crate::trace::{Trace, explain, with_shown_answer};
use crate::transform::{Answer, Engine};
use crate::wire::envelope_text;

/// A case, read from its file.
#[derive(Clone, Debug)]
pub struct Case {
    envelope: String,
}

impl Case {
    /// Reads a case file. `settings` is the JSON text of the settings for an event that comes without any.
    ///
    /// # Errors
    /// If the text is not JSON. An event that the mapping refuses is not an error: the refusal is the answer.
    pub fn read(text: &str, settings: &str) -> Result<Self, Malformed> {
        let (mut tape, limits) = (Tape::default(), Limits::default());
        let document = Document::read(text, &mut tape, &limits)?;
        Ok(Self { envelope: envelope_text(document.root(), settings) })
    }

    /// Runs the event and calls `use_answer` with the answer.
    pub fn answer<T>(&self, engine: &Engine, use_answer: impl FnOnce(Answer<'_>) -> T) -> T {
        use_answer(engine.envelope_worker().event(self.envelope.as_bytes()))
    }

    /// Like [`Self::answer`], also with the member names in the answer that are not secret.
    pub fn answer_with_names<T>(
        &self,
        engine: &Engine,
        use_answer: impl FnOnce(&Answer<'_>, &HashSet<String>) -> T,
    ) -> T {
        with_shown_answer(&mut engine.envelope_worker(), 1, self.envelope.as_bytes(), |shown| {
            use_answer(&shown.answer, &shown.names())
        })
    }

    /// The answer lines, as `mapwright transform` writes them.
    #[must_use]
    pub fn answers(&self, engine: &Engine) -> String {
        let lines = self.answer(engine, |answer| answer.lines().to_vec());
        String::from_utf8(lines).unwrap_or_else(|why| format!("answers that are not UTF-8: {why}\n"))
    }

    /// The record of how the event leads to its answers.
    #[must_use]
    pub fn explained(&self, engine: &Engine) -> Trace {
        explain(&mut engine.envelope_worker().with_max_line_bytes(usize::MAX), 1, self.envelope.as_bytes())
    }

    /// The answers as text to be compared, without secrets.
    #[must_use]
    pub fn snapshot(&self, engine: &Engine) -> String {
        render(&mut engine.envelope_worker(), self.envelope.as_bytes())
    }
}
