//! A request as a view of the answer line, parsed on demand.

mod header;
mod json_text;
mod text_members;

use std::borrow::Cow;
use std::ops::Range;

pub(crate) use header::{header_fault, is_set_by_client, is_token};
pub use json_text::Json;
pub(crate) use text_members::{MAKE_TEXT, member_without_text};

/// How the body of a request is to be encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum BodyFormat {
    /// As a JSON object.
    #[default]
    Json,
    /// As a JSON array.
    JsonArray,
    /// As `application/x-www-form-urlencoded`; the members of the object are the fields of the form.
    Form,
}

/// The spans of a request's parts, each JSON text, in the bytes of its answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestSpans {
    pub(crate) method: Range<usize>,
    pub(crate) endpoint: Range<usize>,
    /// Empty when the request has none.
    pub(crate) label: Range<usize>,
    pub(crate) headers: Range<usize>,
    pub(crate) params: Range<usize>,
    pub(crate) format: BodyFormat,
    /// With [`BodyFormat::JsonArray`] a JSON string that contains the JSON text of the list.
    pub(crate) body: Range<usize>,
    /// Empty when the request has none.
    pub(crate) user: Range<usize>,
}

/// One API request: what to send where. It borrows from its [`Answer`](crate::Answer) and is cheap to copy. Each method
/// reads its part from the answer line; none of them fails.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    bytes: &'a [u8],
    spans: &'a RequestSpans,
}

impl<'a> Request<'a> {
    pub(crate) fn new(bytes: &'a [u8], spans: &'a RequestSpans) -> Self {
        Self { bytes, spans }
    }

    fn part(self, span: &Range<usize>) -> Json<'a> {
        // Answer lines are always UTF-8, so nothing is replaced here.
        Json::new(String::from_utf8_lossy(self.bytes.get(span.clone()).unwrap_or_default()))
    }

    fn optional(self, span: &Range<usize>) -> Option<Json<'a>> {
        (!span.is_empty()).then(|| self.part(span))
    }

    /// The HTTP method in capitals, as in `POST`.
    #[must_use]
    pub fn method(self) -> Cow<'a, str> {
        self.part(&self.spans.method).into_string()
    }

    /// The URL, never empty. The query parameters of [`params`](Self::params) are to be appended to it.
    #[must_use]
    pub fn endpoint(self) -> Cow<'a, str> {
        self.part(&self.spans.endpoint).into_string()
    }

    /// A short name of the endpoint for statistics, if the mapping defines one (`label:`).
    #[must_use]
    pub fn label(self) -> Option<Cow<'a, str>> {
        self.optional(&self.spans.label).map(Json::into_string)
    }

    /// The id of the user the event is about, if the mapping defines one (`user:`); usually a JSON string.
    #[must_use]
    pub fn user(self) -> Option<Json<'a>> {
        self.optional(&self.spans.user)
    }

    /// The headers, an object, `{}` if there are none. No value contains a line break.
    #[must_use]
    pub fn headers(self) -> Json<'a> {
        self.part(&self.spans.headers)
    }

    /// The query parameters, an object, `{}` if there are none. They are not percent-encoded yet.
    #[must_use]
    pub fn params(self) -> Json<'a> {
        self.part(&self.spans.params)
    }

    /// How [`body`](Self::body) is to be encoded.
    #[must_use]
    pub fn body_format(self) -> BodyFormat {
        self.spans.format
    }

    /// The body: an array with [`BodyFormat::JsonArray`], an object otherwise, `{}` if the mapping defines none.
    #[must_use]
    pub fn body(self) -> Json<'a> {
        let body = self.part(&self.spans.body);
        match self.spans.format {
            BodyFormat::JsonArray if body.as_str().starts_with('"') => Json::new(body.into_string()),
            _ => body,
        }
    }
}

/// Only the method: everything else may contain secrets.
impl std::fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Request({} …)", self.method())
    }
}
