//! Recorded cases of a mapping: an event in a file, and the text of what comes out of it.
//!
//! A case file holds an event as it is, or an envelope `{"message":…, "destination":{"Config":…}, "metadata":…,
//! "connection":…}` when it needs other settings or metadata. The text that [`Case::snapshot`] makes is for people who
//! compare: no secret of the settings is in it, and no line or column that every edit of the mapping would change.

mod show;
mod snapshot;
mod snapshot_lines;

use show::snapshot;
pub use snapshot::{content, first_line, same, written};
pub use snapshot_lines::{SnapshotLine, snapshot_lines};

use crate::json::{Document, Limits, Malformed, Tape};
use crate::trace::{Trace, explain};
use crate::transform::{Answer, Engine};
use crate::wire::envelope_text;

/// A case, read from its file.
#[derive(Clone, Debug)]
pub struct Case {
    envelope: String,
    settings: String,
}

impl Case {
    /// Reads a case file. `settings` is the JSON text of the settings of events that bring none.
    ///
    /// # Errors
    /// When the text is not JSON. An event of the wrong form is none: what the mapping says of it is the case.
    pub fn read(text: &str, settings: &str) -> Result<Self, Malformed> {
        let (mut slots, limits) = (Tape::default(), Limits::default());
        let document = Document::read(text, &mut slots, &limits)?;
        let (envelope, settings) = envelope_text(document.root(), settings);
        Ok(Self { envelope, settings })
    }

    /// Hands what the mapping makes of the event to `look`.
    pub fn answer<T>(&self, engine: &Engine, look: impl FnOnce(Answer<'_>) -> T) -> T {
        look(engine.envelope_worker().event(self.envelope.as_bytes()))
    }

    /// The answer lines of the mapping, as the command writes them.
    #[must_use]
    pub fn answers(&self, engine: &Engine) -> String {
        let lines = self.answer(engine, |answer| answer.lines().to_vec());
        String::from_utf8(lines).unwrap_or_else(|why| format!("answers that are not UTF-8: {why}\n"))
    }

    /// How the event comes to its answers.
    #[must_use]
    pub fn explained(&self, engine: &Engine) -> Trace {
        explain(&mut engine.envelope_worker().with_max_line_bytes(usize::MAX), 1, self.envelope.as_bytes())
    }

    /// The answers as text to compare, without secrets.
    #[must_use]
    pub fn snapshot(&self, engine: &Engine) -> String {
        snapshot(engine.plan(), &self.settings, &self.answers(engine))
    }
}
