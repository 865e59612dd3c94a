//! A request as the run made it: a view of the bytes that were written, read only where somebody asks.

mod json_text;

use std::borrow::Cow;
use std::ops::Range;

pub use json_text::Json;

/// How the body of a request is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum BodyFormat {
    /// A JSON object.
    #[default]
    Json,
    /// A JSON array.
    JsonArray,
    /// `application/x-www-form-urlencoded`: the members of a map are the fields of the form.
    Form,
}

/// Where the parts of a request stand in the bytes of its answer, each as JSON text.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestSpans {
    pub(crate) method: Range<usize>,
    pub(crate) endpoint: Range<usize>,
    /// Empty when the request has none.
    pub(crate) label: Range<usize>,
    pub(crate) headers: Range<usize>,
    pub(crate) params: Range<usize>,
    pub(crate) format: BodyFormat,
    /// With [`BodyFormat::JsonArray`] a JSON string that holds the list as JSON text.
    pub(crate) body: Range<usize>,
    /// Empty when the request has none.
    pub(crate) user: Range<usize>,
}

/// One API request: what has to be sent where. It borrows from its [`Answer`](crate::Answer) and reads a part only
/// when that part is asked for.
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
        // The run writes nothing but UTF-8, so nothing is replaced here.
        Json::new(String::from_utf8_lossy(self.bytes.get(span.clone()).unwrap_or_default()))
    }

    fn optional(self, span: &Range<usize>) -> Option<Json<'a>> {
        (!span.is_empty()).then(|| self.part(span))
    }

    /// The HTTP method in capitals: `POST`.
    #[must_use]
    pub fn method(self) -> Cow<'a, str> {
        self.part(&self.spans.method).into_string()
    }

    /// The whole URL without the query of [`params`](Self::params); never empty.
    #[must_use]
    pub fn endpoint(self) -> Cow<'a, str> {
        self.part(&self.spans.endpoint).into_string()
    }

    /// A short name of the endpoint for statistics, if the mapping gives one (`label:`).
    #[must_use]
    pub fn label(self) -> Option<Cow<'a, str>> {
        self.optional(&self.spans.label).map(Json::into_string)
    }

    /// The person the event is about, if the mapping says who (`user:`).
    #[must_use]
    pub fn user(self) -> Option<Json<'a>> {
        self.optional(&self.spans.user)
    }

    /// The headers, a map. No value holds a line break.
    #[must_use]
    pub fn headers(self) -> Json<'a> {
        self.part(&self.spans.headers)
    }

    /// The parameters of the URL's query, a map; they are not encoded yet.
    #[must_use]
    pub fn params(self) -> Json<'a> {
        self.part(&self.spans.params)
    }

    /// How [`body`](Self::body) is sent.
    #[must_use]
    pub fn body_format(self) -> BodyFormat {
        self.spans.format
    }

    /// The body: a list with [`BodyFormat::JsonArray`], a map otherwise; `{}` when the mapping writes none.
    #[must_use]
    pub fn body(self) -> Json<'a> {
        let body = self.part(&self.spans.body);
        match self.spans.format {
            BodyFormat::JsonArray if body.as_str().starts_with('"') => Json::new(body.into_string()),
            _ => body,
        }
    }
}

/// Method and endpoint only: headers and body may hold secrets.
impl std::fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Request({} …)", self.method())
    }
}
