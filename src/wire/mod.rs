//! The formats of input and output lines: the only writer and the only reader of both envelopes.
//!
//! Input: `{"message":…, "destination":{"Config":…}, "metadata":…, "connection":…}`. Output: one line for each request,
//! refusal or filtered event. No other module knows these member names or their order.

mod answer_line;
mod answer_writer;
mod envelope;
mod file_name;
mod http_request;

pub use answer_line::with_violations;
pub(crate) use answer_line::{AnswerLine, Outline};
pub(crate) use answer_writer::{AnswerHead, AnswerWriter, RefusalLine, RequestWriter};
pub(crate) use envelope::{Envelope, envelope_text};
pub use file_name::with_file;
pub(crate) use http_request::HttpRequest;

/// The parts of a request: the name in mappings and the name in answer lines.
pub(crate) const PARTS: &[(&str, &str)] = &[
    ("endpoint", "endpoint"),
    ("label", "endpointPath"),
    ("headers", "headers"),
    ("params", "params"),
    ("body", "body"),
    ("user", "userId"),
];
