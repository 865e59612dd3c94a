//! Requests: what a rule's `request:` gives for one event.

use super::evaluate::Run;
use super::observer::{Observation, Observer, Subject};
use super::refusal::{Refused, RunResult};
use crate::plan::{Expr, ExprKind, RefusalKind, Request, TemplateKind, TemplatePart};
use crate::request::BodyFormat;
use crate::value::{Kind, Value, View, escape, to_json};
use crate::wire::{AnswerWriter, RequestWriter};

/// One request of the plan, for one event.
struct RequestRun<'r, 'a, W> {
    run: &'r mut Run<'a, W>,
    request: &'a Request,
}

impl<'a, W: Observer> RequestWriter for RequestRun<'_, 'a, W> {
    type Error = Box<Refused<'a>>;

    fn method(&self) -> &str {
        &self.request.method
    }

    fn body_format(&self) -> BodyFormat {
        self.request.format
    }

    fn endpoint(&mut self, out: &mut Vec<u8>) -> RunResult<'a, ()> {
        self.run.observe(Observation::Part("endpoint"));
        self.run.endpoint(self.request, out)
    }

    fn label(&mut self, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        self.scalar("label", self.request.label.as_ref(), out)
    }

    fn headers(&mut self, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        let start = out.len();
        let written = self.map("headers", self.request.headers.as_ref(), out)?;
        match &self.request.headers {
            Some(headers) if breaks_a_line(&out[start..]) => {
                let message = "a header would hold a line break".to_owned();
                let (kind, origin) = (RefusalKind::Instrumentation, Some(&headers.origin));
                Err(Box::new(Refused { message, kind, origin }))
            }
            _ => Ok(written),
        }
    }

    fn params(&mut self, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        self.map("params", self.request.params.as_ref(), out)
    }

    fn body(&mut self, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        self.map("body", self.request.body.as_ref(), out)
    }

    fn list(&mut self) -> RunResult<'a, Option<String>> {
        self.run.observe(Observation::Part("body"));
        self.run.list_body(self.request.body.as_ref())
    }

    fn user(&mut self, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        self.scalar("user", self.request.user.as_ref(), out)
    }
}

impl<'a, W: Observer> RequestRun<'_, 'a, W> {
    /// A part that the request need not have.
    fn scalar(
        &mut self,
        part: &'static str,
        expr: Option<&'a Expr>,
        out: &mut Vec<u8>,
    ) -> RunResult<'a, bool> {
        let Some(expr) = expr else { return Ok(false) };
        self.run.observe(Observation::Part(part));
        self.run.write(expr, out)
    }

    /// A part that must be a map; anything else is a mistake of the mapping that only this event shows.
    fn map(&mut self, part: &'static str, expr: Option<&'a Expr>, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        self.run.observe(Observation::Part(part));
        let Some(expr) = expr else { return Ok(false) };
        let start = out.len();
        let written = self.run.write(expr, out)?;
        if written && out.get(start) != Some(&b'{') {
            let message = "headers, params and body must be maps".to_owned();
            return Err(Run::<W>::broken(&expr.origin, message));
        }
        Ok(written)
    }
}

impl<'a, W: Observer> Run<'a, W> {
    /// Writes all requests of a rule; how many there were.
    pub(super) fn requests(
        &mut self,
        requests: &'a [Request],
        answer: &mut AnswerWriter<'_>,
    ) -> RunResult<'a, u32> {
        let mut count = 0;
        for (number, request) in requests.iter().enumerate() {
            match &request.for_each {
                None => count += u32::from(self.observed_request(number, request, answer)?),
                Some(items) => {
                    let Some(list) = self.elements(items)? else { continue };
                    for item in list.iter() {
                        self.item = Some(item);
                        count += u32::from(self.observed_request(number, request, answer)?);
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
        answer: &mut AnswerWriter<'_>,
    ) -> RunResult<'a, bool> {
        self.observe(Observation::Enter(Subject::Request(number)));
        let made = match &request.when {
            Some(when) if !self.holds(when)? => false,
            _ => {
                answer.request(&mut RequestRun { run: self, request })?;
                true
            }
        };
        self.observe(Observation::Leave(Some(Value::Bool(made))));
        Ok(made)
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

    /// A body that is a list; one that is missing is an empty list.
    fn list_body(&mut self, expr: Option<&'a Expr>) -> RunResult<'a, Option<String>> {
        let Some(expr) = expr else { return Ok(None) };
        let value = self.value(expr)?.unwrap_or(Value::List(&[]));
        if value.kind() != Kind::List {
            let message = "a body of the format json_array must be a list".to_owned();
            return Err(Self::broken(&expr.origin, message));
        }
        Ok(Some(to_json(value)))
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
