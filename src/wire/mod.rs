//! The lines that go in and out: the one writer and the one reader of both envelopes.
//!
//! In: `{"message":…, "destination":{"Config":…}, "metadata":…, "connection":…}`. Out: one line for each request,
//! refusal or filtered event. No other module knows these names, or the order in which they are written.

mod answer_line;
mod answer_writer;
mod envelope;

pub use answer_line::with_violations;
pub(crate) use answer_line::{AnswerLine, Outline};
pub(crate) use answer_writer::{AnswerHead, AnswerWriter, RefusalLine, RequestWriter};
pub(crate) use envelope::{Envelope, envelope_text};

/// The parts of a request: the name that mappings use, and the one on the wire.
pub(crate) const PARTS: &[(&str, &str)] = &[
    ("endpoint", "endpoint"),
    ("label", "endpointPath"),
    ("headers", "headers"),
    ("params", "params"),
    ("body", "body"),
    ("user", "userId"),
];
