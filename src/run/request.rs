//! Requests: what a rule's `request:` gives for one event.

use super::answer::Line;
use super::evaluate::Run;
use super::observer::{Observation, Observer, Subject};
use super::refusal::{Refused, RunResult};
use crate::plan::{Expr, ExprKind, Format, Request, TemplateKind, TemplatePart};
use crate::value::{Kind, Value, View, escape, quote, to_json};

impl<'a, W: Observer> Run<'a, W> {
    /// Writes the answer lines of all requests; how many there were.
    pub(super) fn requests(
        &mut self,
        requests: &'a [Request],
        line: &Line<'_>,
        out: &mut Vec<u8>,
    ) -> RunResult<'a, u32> {
        let mut count = 0;
        for (number, request) in requests.iter().enumerate() {
            match &request.for_each {
                None => count += u32::from(self.observed_request(number, request, line, out)?),
                Some(items) => {
                    let Some(list) = self.elements(items)? else { continue };
                    for item in list.iter() {
                        self.item = Some(item);
                        count += u32::from(self.observed_request(number, request, line, out)?);
                    }
                    self.item = None;
                }
            }
        }
        Ok(count)
    }

    fn observed_request(
        &mut self,
        number: usize,
        request: &'a Request,
        line: &Line<'_>,
        out: &mut Vec<u8>,
    ) -> RunResult<'a, bool> {
        self.observe(Observation::Enter(Subject::Request(number)));
        let made = self.request(request, line, out)?;
        self.observe(Observation::Leave(Some(Value::Bool(made))));
        Ok(made)
    }

    fn request(&mut self, request: &'a Request, line: &Line<'_>, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        if let Some(when) = &request.when
            && !self.holds(when)?
        {
            return Ok(false);
        }
        line.head(out);
        out.extend_from_slice(request.head.as_bytes());
        self.observe(Observation::Part("endpoint"));
        self.endpoint(request, out)?;
        let before = out.len();
        if let Some(label) = &request.label {
            out.extend_from_slice(b",\"endpointPath\":");
            self.observe(Observation::Part("label"));
            if !self.write(label, out)? {
                out.truncate(before);
            }
        }
        out.extend_from_slice(b",\"headers\":");
        self.observe(Observation::Part("headers"));
        let before = out.len();
        self.write_or_empty(request.headers.as_ref(), out)?;
        if let Some(headers) = request.headers.as_ref().filter(|_| breaks_a_line(&out[before..])) {
            let message = "a header would hold a line break".to_owned();
            let kind = crate::plan::RefusalKind::Instrumentation;
            return Err(Box::new(Refused { message, kind, origin: Some(&headers.origin) }));
        }
        out.extend_from_slice(b",\"params\":");
        self.observe(Observation::Part("params"));
        self.write_or_empty(request.params.as_ref(), out)?;
        self.observe(Observation::Part("body"));
        out.extend_from_slice(b",\"body\":{\"JSON\":");
        let body = request.body.as_ref();
        self.write_or_empty(body.filter(|_| request.format == Format::Json), out)?;
        out.extend_from_slice(b",\"JSON_ARRAY\":");
        self.array(body.filter(|_| request.format == Format::JsonArray), out)?;
        out.extend_from_slice(b",\"XML\":{},\"FORM\":");
        self.write_or_empty(body.filter(|_| request.format == Format::Form), out)?;
        out.extend_from_slice(b"},\"files\":{}");
        let before = out.len();
        if let Some(user) = &request.user {
            out.extend_from_slice(b",\"userId\":");
            self.observe(Observation::Part("user"));
            if !self.write(user, out)? {
                out.truncate(before);
            }
        }
        out.extend_from_slice(b"},\"statusCode\":200");
        line.tail(out);
        Ok(true)
    }

    /// The endpoint; a part that is missing refuses the event, for it would lead elsewhere.
    fn endpoint(&mut self, request: &'a Request, out: &mut Vec<u8>) -> RunResult<'a, ()> {
        out.push(b'"');
        let mut whole = true;
        let start = out.len();
        if let ExprKind::Template(template) = &request.endpoint.kind
            && let TemplateKind::Parts(parts) = &template.kind
        {
            if W::ENABLED {
                whole = self.seen_endpoint(parts, &request.endpoint, out)?;
            } else {
                for part in parts {
                    let before = out.len();
                    whole &= self.write_part(part, out)? && out.len() > before;
                }
            }
        } else if let Some(View::Text(text)) =
            self.value(&request.endpoint)?.map(|value| value.view(self.arena))
        {
            escape(text, out);
        }
        if !whole || out.len() == start {
            return Err(self.refuse(&request.no_endpoint));
        }
        out.push(b'"');
        Ok(())
    }

    /// Writes the parts of an endpoint and shows them to the listener; whether none is missing or empty.
    fn seen_endpoint(
        &mut self,
        parts: &'a [TemplatePart],
        endpoint: &'a Expr,
        out: &mut Vec<u8>,
    ) -> RunResult<'a, bool> {
        self.observe(Observation::Enter(Subject::Value(endpoint)));
        let (mut text, mut whole) = (String::new(), true);
        for part in parts {
            let filled = self.part(part)?.unwrap_or_default();
            whole &= !filled.is_empty();
            text.push_str(filled);
        }
        escape(&text, out);
        self.observe(Observation::Leave(whole.then_some(Value::Text(&text))));
        Ok(whole)
    }

    /// A map, or `{}` when it is missing; anything else is a mistake of the mapping that only this event shows.
    fn write_or_empty(&mut self, expr: Option<&'a Expr>, out: &mut Vec<u8>) -> RunResult<'a, ()> {
        let start = out.len();
        if let Some(expr) = expr {
            self.write(expr, out)?;
            if out.len() > start && out[start] != b'{' {
                return Err(Self::broken(&expr.origin, "headers, params and body must be maps".to_owned()));
            }
        }
        if out.len() == start {
            out.extend_from_slice(b"{}");
        }
        Ok(())
    }

    /// A body that is a list is sent as text under `batch`, the form that delivery expects.
    fn array(&mut self, expr: Option<&'a Expr>, out: &mut Vec<u8>) -> RunResult<'a, ()> {
        let Some(expr) = expr else {
            out.extend_from_slice(b"{}");
            return Ok(());
        };
        let value = self.value(expr)?.unwrap_or(Value::List(&[]));
        if value.kind() != Kind::List {
            return Err(Self::broken(
                &expr.origin,
                "a body of the format json_array must be a list".to_owned(),
            ));
        }
        out.extend_from_slice(b"{\"batch\":");
        quote(&to_json(value), out);
        out.push(b'}');
        Ok(())
    }
}

/// Whether JSON text holds an escaped line break: in a header it would begin another one (RFC 9110, section 5.5).
fn breaks_a_line(json: &[u8]) -> bool {
    let mut rest = json;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        match rest.get(at + 1..) {
            Some([b'n' | b'r', ..] | [b'u', b'0', b'0', b'0', b'a' | b'A' | b'd' | b'D' | b'0', ..]) => {
                return true;
            }
            Some(after) => rest = after.get(1..).unwrap_or_default(),
            None => return false,
        }
    }
    false
}
