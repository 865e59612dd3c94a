//! Requests: evaluates each part of a rule's `request:` for one event.

use super::evaluator::{Evaluator, mapping_error};
use super::observer::{Observation, Observer, Subject};
use super::refusal::{Refused, RunResult};
use crate::plan::{Expr, ExprKind, RefusalKind, Request, TemplateKind, TemplatePart};
use crate::request::BodyFormat;
use crate::value::{Kind, Value, View, escape, to_json};
use crate::wire::{AnswerWriter, RequestWriter};

/// Writes the requests of a rule that apply; returns how many there were.
pub(super) fn write_requests<'a, O: Observer>(
    evaluator: &mut Evaluator<'a, O>,
    requests: &'a [Request],
    answer: &mut AnswerWriter<'_>,
) -> RunResult<'a, u32> {
    let mut count = 0;
    for (number, request) in requests.iter().enumerate() {
        match &request.for_each {
            None => count += u32::from(write_request(evaluator, number, request, answer)?),
            Some(items) => {
                let Some(list) = evaluator.elements(items)? else { continue };
                let masks = evaluator.item_masks(items);
                for (item_number, item) in list.iter().enumerate() {
                    evaluator.set_item(item_number, item, &masks);
                    count += u32::from(write_request(evaluator, number, request, answer)?);
                }
                evaluator.clear_item();
            }
        }
    }
    Ok(count)
}

/// Writes a request; `false` when its `when` is not true.
fn write_request<'a, O: Observer>(
    evaluator: &mut Evaluator<'a, O>,
    number: usize,
    request: &'a Request,
    answer: &mut AnswerWriter<'_>,
) -> RunResult<'a, bool> {
    evaluator.observe(Observation::Enter(Subject::Request(number)));
    let applies = match &request.when {
        Some(when) => evaluator.holds(when)?,
        None => true,
    };
    if applies {
        answer.request(&mut RequestParts { evaluator, request })?;
    }
    evaluator.observe(Observation::Leave(Some(Value::Bool(applies))));
    Ok(applies)
}

/// The parts of one request, evaluated when the writer asks for them.
struct RequestParts<'r, 'a, O> {
    evaluator: &'r mut Evaluator<'a, O>,
    request: &'a Request,
}

impl<'a, O: Observer> RequestWriter for RequestParts<'_, 'a, O> {
    type Error = Box<Refused<'a>>;

    fn method(&self) -> &str {
        &self.request.method
    }

    fn body_format(&self) -> BodyFormat {
        self.request.format
    }

    fn endpoint(&mut self, out: &mut Vec<u8>) -> RunResult<'a, ()> {
        self.evaluator.observe(Observation::Part("endpoint"));
        out.push(b'"');
        let start = out.len();
        let complete = self.write_endpoint(out)?;
        if !complete || out.len() == start {
            return Err(self.evaluator.refuse(&self.request.no_endpoint));
        }
        out.push(b'"');
        Ok(())
    }

    fn label(&mut self, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        self.optional("label", self.request.label.as_ref(), out)
    }

    fn headers(&mut self, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        let start = out.len();
        let written = self.map("headers", self.request.headers.as_ref(), out)?;
        match &self.request.headers {
            Some(headers) if has_line_break(&out[start..]) => Err(Box::new(Refused {
                message: "a header would hold a line break".to_owned(),
                kind: RefusalKind::Instrumentation,
                origin: Some(&headers.origin),
            })),
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
        self.evaluator.observe(Observation::Part("body"));
        let Some(expr) = &self.request.body else { return Ok(None) };
        let list = self.evaluator.value(expr)?.unwrap_or(Value::List(&[]));
        self.evaluator.show_part(expr);
        if list.kind() != Kind::List {
            let message = "a body of the format json_array must be a list".to_owned();
            return Err(mapping_error(&expr.origin, message));
        }
        Ok(Some(to_json(list)))
    }

    fn user(&mut self, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        self.optional("user", self.request.user.as_ref(), out)
    }
}

impl<'a, O: Observer> RequestParts<'_, 'a, O> {
    /// A part that a request can do without.
    fn optional(
        &mut self,
        part: &'static str,
        expr: Option<&'a Expr>,
        out: &mut Vec<u8>,
    ) -> RunResult<'a, bool> {
        let Some(expr) = expr else { return Ok(false) };
        self.evaluator.observe(Observation::Part(part));
        let written = self.evaluator.write(expr, out)?;
        self.evaluator.show_part(expr);
        Ok(written)
    }

    /// A part that must be a map. The compiler cannot always know that it is one.
    fn map(&mut self, part: &'static str, expr: Option<&'a Expr>, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        self.evaluator.observe(Observation::Part(part));
        let Some(expr) = expr else { return Ok(false) };
        let start = out.len();
        let written = self.evaluator.write(expr, out)?;
        if written && out.get(start) != Some(&b'{') {
            let message = "headers, params and body must be maps".to_owned();
            return Err(mapping_error(&expr.origin, message));
        }
        self.evaluator.show_part(expr);
        Ok(written)
    }

    /// Appends the endpoint without quotes; `false` when a placeholder has no value or `""`, since a URL with a gap would
    /// be another URL.
    fn write_endpoint(&mut self, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        let endpoint = &self.request.endpoint;
        let mut complete = true;
        if let ExprKind::Template(template) = &endpoint.kind
            && let TemplateKind::Parts(parts) = &template.kind
        {
            if O::ENABLED {
                return self.write_observed_endpoint(parts, out);
            }
            for part in parts {
                let before = out.len();
                complete &= self.evaluator.write_part(part, out)? && out.len() > before;
            }
        } else {
            let arena = self.evaluator.arena();
            let value = self.evaluator.value(endpoint)?.map(|value| value.view(arena));
            if let Some(View::Text(text)) = value {
                escape(text, out);
            }
            self.evaluator.show_part(endpoint);
        }
        Ok(complete)
    }

    fn write_observed_endpoint(
        &mut self,
        parts: &'a [TemplatePart],
        out: &mut Vec<u8>,
    ) -> RunResult<'a, bool> {
        self.evaluator.observe(Observation::Enter(Subject::Value(&self.request.endpoint)));
        let (mut text, mut shown, mut complete) = (String::new(), String::new(), true);
        for part in parts {
            let written = self.evaluator.part(part)?.unwrap_or_default();
            complete &= !written.is_empty();
            text.push_str(written);
            shown.push_str(self.evaluator.shown_part_text(part, written));
        }
        escape(&text, out);
        self.evaluator.observe(Observation::Leave(complete.then_some(Value::Text(&shown))));
        if shown != text {
            self.evaluator.observe(Observation::SecretPart(Value::Text(&shown)));
        }
        Ok(complete)
    }
}

/// Whether JSON text contains an escaped CR, LF or NUL, which a header value must not contain (RFC 9110, section 5.5).
fn has_line_break(json: &[u8]) -> bool {
    let mut rest = json;
    while let Some(backslash) = memchr::memchr(b'\\', rest) {
        match rest.get(backslash + 1..) {
            Some([b'n' | b'r', ..] | [b'u', b'0', b'0', b'0', b'a' | b'A' | b'd' | b'D' | b'0', ..]) => {
                return true;
            }
            Some(after) => rest = after.get(1..).unwrap_or_default(),
            None => return false,
        }
    }
    false
}
