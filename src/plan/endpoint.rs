//! The layout of endpoints: which part of a URL each value becomes. It is decided when a mapping is loaded and follows
//! the expression of the endpoint; the run follows it too, so a value of an event is always one segment of the path or
//! one value of the query, whatever is in it.

use crate::source::Span;

/// What an expression, or a part of a template, becomes in a URL.
#[derive(Debug)]
pub(crate) enum EndpointLayout {
    /// Constant text, written as it is, with the number of its characters that divide a URL.
    Text(usize),
    /// The beginning of a URL, or a whole one. It contains no text of the event.
    Base,
    /// The same, precomputed: this entry of [`super::Plan::precomputed`].
    PrecomputedBase(usize),
    /// A part of the host. It contains no text of the event.
    Host,
    /// A value in the path or the query.
    Component(UrlComponent),
    /// The parts of a template.
    Template(Box<[EndpointLayout]>),
    /// The value of a field, or a precomputed value.
    Definition(Box<EndpointLayout>),
    /// The first entry of `from` that is present, or else the default.
    First(Box<[EndpointLayout]>, Option<Box<EndpointLayout>>),
    /// `{{ a or b }}`: the layouts of the value and of the alternative.
    Or(Box<EndpointLayout>, Box<EndpointLayout>),
}

/// How a value in the path or the query is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UrlComponent {
    /// How the mapping encodes it.
    pub(crate) encoding: ComponentEncoding,
    /// Whether it is in the query, not in the path.
    pub(crate) in_query: bool,
    /// Whether it comes from the event, not from the settings.
    pub(crate) from_event: bool,
    /// Whether the last step of the placeholder only encodes, as its position does anyway.
    pub(crate) last_step_encodes: bool,
}

/// How the mapping encodes a value in the path or the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ComponentEncoding {
    /// Not at all: the run encodes it.
    ByPosition,
    /// As one component.
    Component,
    /// As a path: its slashes are meant.
    Path,
    /// The mapping writes it, and it needs no encoding.
    AsWritten,
}

/// A value of the event where the scheme, the host or the port of a URL stands. It is an error unless one of the spans is
/// proved to have only known values.
#[derive(Clone, Debug)]
pub(crate) struct HostClaim {
    /// Where the value is written, from the field that defines it to the endpoint that uses it.
    pub(crate) spans: Vec<Span>,
    /// Whether it is a value as it is, not something that the mapping makes of several.
    pub(crate) plain: bool,
}

/// Whether a byte divides a URL into its parts.
pub(crate) fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'/' | b'?' | b'#' | b'\\')
}
