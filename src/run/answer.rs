//! Answer lines: the envelope around a request, a refusal or a filtered event.

use std::io::Write as _;

use super::refusal::{RefusalKind, Refused};
use crate::plan::Plan;
use crate::value::{Value, json};

/// What every answer to one input line has in common.
pub(super) struct Line<'l> {
    /// The input line, from 1.
    pub(super) number: u64,
    /// Echoed unchanged when it was given.
    pub(super) metadata: Option<Value<'l>>,
}

impl Line<'_> {
    /// `{"line":N`
    pub(super) fn head(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"line\":");
        out.extend_from_slice(itoa::Buffer::new().format(self.number).as_bytes());
    }

    /// The metadata and the end of the line.
    pub(super) fn tail(&self, out: &mut Vec<u8>) {
        if let Some(metadata) = self.metadata {
            out.extend_from_slice(b",\"metadata\":");
            json(metadata, out);
        }
        out.extend_from_slice(b"}\n");
    }

    /// A line that gave no request.
    pub(super) fn refused(&self, plan: &Plan, refused: &Refused<'_>, rule: Option<usize>, out: &mut Vec<u8>) {
        self.error(&refused.message, refused.kind, out);
        if let Some(rule) = rule {
            out.extend_from_slice(b",\"rule\":");
            json(Value::Text(&plan.rules[rule].origin.address), out);
        }
        if let Some(origin) = refused.origin {
            out.extend_from_slice(b",\"address\":");
            json(Value::Text(&origin.address), out);
            out.extend_from_slice(b",\"at\":");
            json(Value::Text(&plan.sources.place(origin.span).to_string()), out);
        }
        self.tail(out);
    }

    /// A line that is no event.
    pub(super) fn unreadable(&self, message: &str, out: &mut Vec<u8>) {
        self.error(message, RefusalKind::Instrumentation, out);
        self.tail(out);
    }

    fn error(&self, message: &str, kind: RefusalKind, out: &mut Vec<u8>) {
        self.head(out);
        out.extend_from_slice(b",\"error\":");
        json(Value::Text(message), out);
        let tags = write!(
            out,
            ",\"statusCode\":400,\"statTags\":{{\"errorCategory\":\"dataValidation\",\"errorType\":\"{}\"}}",
            kind.word()
        );
        debug_assert!(tags.is_ok(), "a Vec takes everything");
    }

    /// An event that was filtered.
    pub(super) fn dropped(&self, plan: &Plan, rule: usize, reason: Option<&str>, out: &mut Vec<u8>) {
        self.head(out);
        if let Some(reason) = reason {
            out.extend_from_slice(b",\"dropped\":");
            json(Value::Text(reason), out);
        }
        out.extend_from_slice(b",\"statusCode\":298,\"rule\":");
        json(Value::Text(&plan.rules[rule].origin.address), out);
        self.tail(out);
    }
}
