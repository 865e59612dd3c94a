//! Writes answer lines while the run evaluates their parts: nothing is built first and nothing copied afterwards.

use std::ops::Range;

use crate::plan::RefusalKind;
use crate::request::{BodyFormat, RequestSpans};
use crate::value::{Value, json, quote};

/// What all answers to one input line have in common.
#[derive(Clone, Copy)]
pub(crate) struct AnswerHead<'l> {
    /// The input line, from 1.
    pub(crate) line: u64,
    /// The envelope's metadata, if it has any; copied unchanged.
    pub(crate) metadata: Option<Value<'l>>,
}

/// Writes the parts of one request. Each method appends JSON text to `out`, or returns `false` if the request has no
/// such part; whatever it appended is removed then.
pub(crate) trait RequestWriter {
    /// Why the event is refused.
    type Error;
    fn method(&self) -> &str;
    fn body_format(&self) -> BodyFormat;
    /// A JSON string.
    fn endpoint(&mut self, out: &mut Vec<u8>) -> Result<(), Self::Error>;
    fn label(&mut self, out: &mut Vec<u8>) -> Result<bool, Self::Error>;
    /// A map.
    fn headers(&mut self, out: &mut Vec<u8>) -> Result<bool, Self::Error>;
    /// A map.
    fn params(&mut self, out: &mut Vec<u8>) -> Result<bool, Self::Error>;
    /// A map; not called with [`BodyFormat::JsonArray`].
    fn body(&mut self, out: &mut Vec<u8>) -> Result<bool, Self::Error>;
    /// The body as the JSON text of a list; called only with [`BodyFormat::JsonArray`].
    fn list(&mut self) -> Result<Option<&str>, Self::Error>;
    fn user(&mut self, out: &mut Vec<u8>) -> Result<bool, Self::Error>;
}

/// The content of a line that reports a refusal.
pub(crate) struct RefusalLine<'l> {
    pub(crate) message: &'l str,
    pub(crate) kind: RefusalKind,
    /// The address of the rule that matched the event.
    pub(crate) rule: Option<&'l str>,
    /// The address and the place (`file:line:column`) of the part of the mapping that refused the event.
    pub(crate) origin: Option<(&'l str, String)>,
}

/// Appends the answers to one input line.
pub(crate) struct AnswerWriter<'o> {
    head: AnswerHead<'o>,
    out: &'o mut Vec<u8>,
    /// The length of `out` before anything was appended.
    start: usize,
    requests: &'o mut Vec<RequestSpans>,
}

impl<'o> AnswerWriter<'o> {
    /// Appends to `out`. `requests` is cleared and receives the spans of each request in the appended bytes.
    pub(crate) fn new(
        head: AnswerHead<'o>,
        out: &'o mut Vec<u8>,
        requests: &'o mut Vec<RequestSpans>,
    ) -> Self {
        requests.clear();
        let start = out.len();
        Self { head, out, start, requests }
    }

    /// The length of the buffer.
    pub(crate) fn length(&self) -> usize {
        self.out.len()
    }

    /// The memory that the answer takes, beginning with what was in the buffer before it: its lines, and where the parts
    /// of each request are.
    pub(crate) fn held(&self) -> usize {
        self.out.len() + size_of_val(&**self.requests)
    }

    /// Writes one request.
    pub(crate) fn request<R: RequestWriter>(&mut self, parts: &mut R) -> Result<(), R::Error> {
        let mut spans = RequestSpans { format: parts.body_format(), ..RequestSpans::default() };
        self.head();
        let from = self.add(b",\"output\":{\"version\":\"1\",\"type\":\"REST\",\"method\":");
        quote(parts.method(), self.out);
        spans.method = self.since(from);
        let from = self.add(b",\"endpoint\":");
        parts.endpoint(self.out)?;
        spans.endpoint = self.since(from);
        spans.label = self.optional(b",\"endpointPath\":", |out| parts.label(out))?;
        spans.headers = self.map(b",\"headers\":", |out| parts.headers(out))?;
        spans.params = self.map(b",\"params\":", |out| parts.params(out))?;
        spans.body = match spans.format {
            BodyFormat::Json => {
                let body = self.map(b",\"body\":{\"JSON\":", |out| parts.body(out))?;
                self.add(b",\"JSON_ARRAY\":{},\"XML\":{},\"FORM\":{}");
                body
            }
            BodyFormat::JsonArray => {
                self.add(b",\"body\":{\"JSON\":{},\"JSON_ARRAY\":");
                let body = self.array(parts.list()?);
                self.add(b",\"XML\":{},\"FORM\":{}");
                body
            }
            BodyFormat::Form => self
                .map(b",\"body\":{\"JSON\":{},\"JSON_ARRAY\":{},\"XML\":{},\"FORM\":", |out| {
                    parts.body(out)
                })?,
        };
        self.add(b"},\"files\":{}");
        spans.user = self.optional(b",\"userId\":", |out| parts.user(out))?;
        self.add(b"},\"statusCode\":200");
        self.tail();
        self.requests.push(spans);
        Ok(())
    }

    /// Replaces what has been written for this input line with a refusal.
    pub(crate) fn refused(&mut self, refusal: &RefusalLine<'_>) {
        self.out.truncate(self.start);
        self.requests.clear();
        self.head();
        self.text(b",\"error\":", refusal.message);
        self.add(b",\"statusCode\":400,\"statTags\":{\"errorCategory\":\"dataValidation\",\"errorType\":\"");
        self.add(refusal.kind.word().as_bytes());
        self.add(b"\"}");
        if let Some(rule) = refusal.rule {
            self.text(b",\"rule\":", rule);
        }
        if let Some((address, place)) = &refusal.origin {
            self.text(b",\"address\":", address);
            self.text(b",\"at\":", place);
        }
        self.tail();
    }

    /// Writes that `rule` filters the event out.
    pub(crate) fn dropped(&mut self, rule: &str, reason: Option<&str>) {
        self.head();
        if let Some(reason) = reason {
            self.text(b",\"dropped\":", reason);
        }
        self.text(b",\"statusCode\":298,\"rule\":", rule);
        self.tail();
    }

    /// `{"line":N`
    fn head(&mut self) {
        self.add(b"{\"line\":");
        self.add(itoa::Buffer::new().format(self.head.line).as_bytes());
    }

    /// The metadata and the end of the line.
    fn tail(&mut self) {
        if let Some(metadata) = self.head.metadata {
            self.add(b",\"metadata\":");
            json(metadata, self.out);
        }
        self.add(b"}\n");
    }

    /// Appends bytes and returns the new length of the buffer.
    fn add(&mut self, bytes: &[u8]) -> usize {
        self.out.extend_from_slice(bytes);
        self.out.len()
    }

    fn text(&mut self, key: &[u8], text: &str) {
        self.add(key);
        quote(text, self.out);
    }

    /// The span of everything written since the offset `from` of the buffer, relative to the start of this answer.
    fn since(&self, from: usize) -> Range<usize> {
        from - self.start..self.out.len() - self.start
    }

    /// Writes a key and a part; neither if the request has no such part.
    fn optional<E>(
        &mut self,
        key: &[u8],
        write: impl FnOnce(&mut Vec<u8>) -> Result<bool, E>,
    ) -> Result<Range<usize>, E> {
        let before = self.out.len();
        let from = self.add(key);
        if write(self.out)? {
            return Ok(self.since(from));
        }
        self.out.truncate(before);
        Ok(0..0)
    }

    /// Writes a key and a part, `{}` if the request has no such part.
    fn map<E>(
        &mut self,
        key: &[u8],
        write: impl FnOnce(&mut Vec<u8>) -> Result<bool, E>,
    ) -> Result<Range<usize>, E> {
        let from = self.add(key);
        if !write(self.out)? {
            self.out.truncate(from);
            self.add(b"{}");
        }
        Ok(self.since(from))
    }

    /// Writes a list as a JSON string under `batch`, as delivery expects it.
    fn array(&mut self, list: Option<&str>) -> Range<usize> {
        let Some(list) = list else {
            let from = self.out.len();
            self.add(b"{}");
            return self.since(from);
        };
        let from = self.add(b"{\"batch\":");
        quote(list, self.out);
        let body = self.since(from);
        self.out.push(b'}');
        body
    }
}
