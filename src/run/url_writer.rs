//! Writes a URL from typed parts, and compares the result with what the layout promises.

use super::refusal::{RefusalKind, Refused};
use crate::ops::{is_component, is_dot_segment, is_path_or_query, push_component};
use crate::plan::{ComponentEncoding, Origin, UrlComponent, is_delimiter};

/// A URL while it is written, as the content of a JSON string. Its bytes need no escapes: everything that would need one
/// is refused or encoded.
pub(super) struct UrlWriter<'o, 'a> {
    out: &'o mut Vec<u8>,
    start: usize,
    state: State<'a>,
    /// The URL with its secrets masked, if somebody observes the run.
    shown: Option<String>,
}

/// What has been written. Restored when an alternative turns out to be missing.
#[derive(Clone, Copy)]
struct State<'a> {
    /// The number of delimiters that the layout and the settings account for.
    promised: usize,
    /// The beginning of the URL that is written as the settings have it, and its end.
    base: UrlBase,
    base_end: usize,
    /// The start of the first value in the path or the query.
    first_component: Option<usize>,
    /// The last value in the path or the query, with its end.
    last_component: Option<(usize, &'a Origin, bool)>,
    /// Whether a segment may be one that clients resolve.
    dots: bool,
    /// Whether a value is missing.
    incomplete: bool,
}

/// A point that can be returned to.
#[derive(Clone, Copy)]
pub(super) struct Mark<'a> {
    len: usize,
    shown_len: usize,
    state: State<'a>,
}

/// What is known of a text as the beginning of a URL.
#[derive(Clone, Copy, Debug)]
pub(super) struct UrlBase {
    /// The number of its characters that divide a URL.
    delimiters: usize,
    /// Whether it has no character that a URL cannot have and that a client would remove or change.
    valid: bool,
    /// The end of its host with the port, if it is the beginning of an `http` or `https` URL.
    host_end: Option<usize>,
    /// Whether it has a query or a fragment.
    has_query: bool,
}

impl UrlBase {
    const EMPTY: Self = Self { delimiters: 0, valid: true, host_end: None, has_query: false };

    pub(super) fn of(text: &str) -> Self {
        let bad = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '"' | '\\');
        Self {
            delimiters: delimiters(text.as_bytes()),
            valid: !text.contains(bad),
            host_end: host_end(text.as_bytes()),
            has_query: text.contains(['?', '#']),
        }
    }
}

type Written<'a> = Result<(), Box<Refused<'a>>>;

impl<'o, 'a> UrlWriter<'o, 'a> {
    /// Appends to `out`. `observed`: what may be shown is collected too.
    pub(super) fn new(out: &'o mut Vec<u8>, observed: bool) -> Self {
        let start = out.len();
        let state = State {
            promised: 0,
            base: UrlBase::EMPTY,
            base_end: start,
            first_component: None,
            last_component: None,
            dots: false,
            incomplete: false,
        };
        Self { out, start, state, shown: observed.then(String::new) }
    }

    /// The length of the buffer.
    pub(super) fn len(&self) -> usize {
        self.out.len()
    }

    pub(super) fn mark(&self) -> Mark<'a> {
        Mark { len: self.out.len(), shown_len: self.shown.as_ref().map_or(0, String::len), state: self.state }
    }

    /// Removes what was written since the mark.
    pub(super) fn reset(&mut self, mark: Mark<'a>) {
        self.out.truncate(mark.len);
        if let Some(shown) = &mut self.shown {
            shown.truncate(mark.shown_len);
        }
        self.state = mark.state;
    }

    /// What may be shown of what was written since the mark.
    pub(super) fn shown_since(&self, mark: Mark<'a>) -> &str {
        self.shown.as_ref().and_then(|shown| shown.get(mark.shown_len..)).unwrap_or("")
    }

    /// The whole URL with its secrets masked; `None` if it has none.
    pub(super) fn masked(&self) -> Option<&str> {
        let shown = self.shown.as_deref()?;
        (shown.as_bytes() != &self.out[self.start..]).then_some(shown)
    }

    /// What was written since the mark may be shown, or else `instead` of it.
    pub(super) fn show(&mut self, mark: Mark<'a>, instead: Option<&str>) {
        if let Some(shown) = &mut self.shown {
            let written = || std::str::from_utf8(&self.out[mark.len..]).unwrap_or("");
            shown.push_str(instead.unwrap_or_else(written));
        }
    }

    /// A value is missing that the URL cannot do without.
    pub(super) fn missing(&mut self) {
        self.state.incomplete = true;
    }

    /// Constant text as the content of a JSON string, with its number of delimiters.
    pub(super) fn text(&mut self, json: &str, delimiters: usize) {
        self.state.promised += delimiters;
        self.out.extend_from_slice(json.as_bytes());
        if let Some(shown) = &mut self.shown {
            shown.push_str(json);
        }
    }

    /// The beginning of the URL, from the settings or a constant.
    pub(super) fn base(&mut self, text: &str, origin: &'a Origin) -> Written<'a> {
        self.known_base(text, UrlBase::of(text), origin)
    }

    /// The beginning of the URL, and what is known of it.
    pub(super) fn known_base(&mut self, text: &str, base: UrlBase, origin: &'a Origin) -> Written<'a> {
        if !base.valid {
            let message = "the address that this setting or value begins has a space, a quote, a `\\` or a control character";
            return Err(settings_error(message, origin));
        }
        self.state.promised += base.delimiters;
        // Behind a constant, it does not hold the whole host.
        let host_end = base.host_end.filter(|_| self.out.len() == self.start);
        self.state.base = UrlBase { host_end, ..base };
        self.out.extend_from_slice(text.as_bytes());
        self.state.base_end = self.out.len();
        Ok(())
    }

    /// A part of the host.
    pub(super) fn host(&mut self, text: &str, origin: &'a Origin) -> Written<'a> {
        let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | ':' | '[' | ']');
        if !text.chars().all(allowed) {
            let message =
                "this part of a host has a character that a host cannot have, such as `/`, `@` or a space";
            return Err(settings_error(message, origin));
        }
        self.out.extend_from_slice(text.as_bytes());
        Ok(())
    }

    /// A value in the path or the query.
    pub(super) fn component(&mut self, text: &str, layout: UrlComponent, origin: &'a Origin) -> Written<'a> {
        self.state.first_component.get_or_insert(self.out.len());
        // A segment of dots begins with one, or ends with one before what follows a `;`.
        self.state.dots |= text.starts_with(['.', ';']) || self.out.last() == Some(&b'.');
        match layout.encoding {
            ComponentEncoding::ByPosition => {
                self.state.dots |= push_component(text, self.out);
            }
            ComponentEncoding::Component if is_component(text) => {
                self.state.dots = true;
                self.out.extend_from_slice(text.as_bytes());
            }
            ComponentEncoding::Path if is_path_or_query(text) && (layout.in_query || !text.contains('?')) => {
                self.state.dots = true;
                self.state.promised += delimiters(text.as_bytes());
                self.out.extend_from_slice(text.as_bytes());
            }
            ComponentEncoding::AsWritten if is_path_or_query(text) => {
                self.state.dots = true;
                self.state.promised += delimiters(text.as_bytes());
                self.out.extend_from_slice(text.as_bytes());
            }
            ComponentEncoding::AsWritten => self.state.dots |= push_component(text, self.out),
            ComponentEncoding::Component | ComponentEncoding::Path => {
                let message = "a part of the endpoint has a character that its position does not allow";
                return Err(error(message, layout.from_event, origin));
            }
        }
        self.state.last_component = Some((self.out.len(), origin, layout.from_event));
        Ok(())
    }

    /// Compares the URL with what the layout promises: an `http` or `https` URL with a host, whose scheme, host and port
    /// end before the first value, with no more segments and parameters than the mapping writes, none of which clients
    /// resolve. Returns whether it is complete. `origin` is that of the endpoint.
    pub(super) fn finish(self, origin: &'a Origin) -> Result<bool, Box<Refused<'a>>> {
        if self.state.incomplete || self.out.len() == self.start {
            return Ok(false);
        }
        let constant = self.state.first_component.is_none() && self.state.base_end == self.start;
        if constant {
            return Ok(true);
        }
        let url = &self.out[self.start..];
        let Some(host_end) = self.state.base.host_end.or_else(|| host_end(url)) else {
            let message = "the address does not begin with `https://` and a host";
            return Err(settings_error(message, origin));
        };
        let path = self.start + to_delimiter(url, host_end);
        if self.state.first_component.is_some_and(|first| first < path) {
            return Err(settings_error("a value of the path would belong to the host", origin));
        }
        if self.state.base.has_query && self.out.len() > self.state.base_end {
            let message = "the address has more parts than the mapping gives it; a setting in front of a path must not have a `?` or a `#`";
            return Err(settings_error(message, origin));
        }
        // What is written as a value cannot divide a URL, as `component` and `host` say.
        debug_assert_eq!(delimiters(&self.out[self.start..]), self.state.promised);
        if self.state.dots {
            self.check_segments(path, origin)?;
        }
        Ok(true)
    }

    /// Refuses a segment that clients resolve, unless the settings have it so.
    #[cold]
    #[inline(never)]
    fn check_segments(&self, path: usize, origin: &'a Origin) -> Written<'a> {
        let url = std::str::from_utf8(&self.out[path..]).unwrap_or("");
        let mut end = path;
        for segment in url.split(['?', '#']).next().unwrap_or("").split('/') {
            end += segment.len();
            if end > self.state.base_end && is_dot_segment(segment) {
                let message = "a part of the endpoint is `.` or `..`, so that clients would send the request to another address";
                return Err(match self.state.last_component {
                    Some((component_end, component, from_event)) if component_end >= end => {
                        error(message, from_event, component)
                    }
                    _ => error(message, true, origin),
                });
            }
            end += 1;
        }
        Ok(())
    }
}

/// The end of the host of an `http` or `https` URL, with the port and what else may stand there; `None` if it has none.
fn host_end(url: &[u8]) -> Option<usize> {
    let start = [&b"https://"[..], b"http://"]
        .iter()
        .find(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?
        .len();
    let end = to_delimiter(url, start);
    (end > start).then_some(end)
}

/// The offset of the first byte from an offset on that ends a host, or the length.
fn to_delimiter(url: &[u8], from: usize) -> usize {
    let ends = |byte: &u8| matches!(byte, b'/' | b'?' | b'#');
    let rest = url.get(from..).unwrap_or_default();
    from + rest.iter().position(ends).unwrap_or(rest.len())
}

/// The number of bytes that divide a URL.
#[inline(never)] // its vectorised code is large and seldom runs
fn delimiters(text: &[u8]) -> usize {
    text.iter().filter(|&&byte| is_delimiter(byte)).count()
}

#[cold]
#[inline(never)]
#[expect(
    clippy::unnecessary_box_returns,
    reason = "errors are boxed, so that a `RunResult` without one stays small"
)]
fn settings_error<'a>(message: &str, origin: &'a Origin) -> Box<Refused<'a>> {
    error(message, false, origin)
}

#[cold]
#[inline(never)]
#[expect(
    clippy::unnecessary_box_returns,
    reason = "errors are boxed, so that a `RunResult` without one stays small"
)]
fn error<'a>(message: &str, from_event: bool, origin: &'a Origin) -> Box<Refused<'a>> {
    let kind = if from_event { RefusalKind::Instrumentation } else { RefusalKind::Configuration };
    Box::new(Refused { message: message.to_owned(), kind, origin: Some(origin) })
}
