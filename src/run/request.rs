//! Requests: evaluates each part of a rule's `request:` for one event.

use super::evaluator::{Evaluator, mapping_error};
use super::observer::{Observation, Observer, Subject};
use super::refusal::{Refused, RunResult};
use super::url_writer::UrlWriter;
use crate::plan::{Expr, ExprKind, Method, RefusalKind, Request};
use crate::request::{BodyFormat, MAKE_TEXT, header_fault, is_set_by_client, is_token, member_without_text};
use crate::value::{BoundedString, Kind, Value, View, json, json_within};
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
                let element = request.element;
                for (item_number, item) in list.iter().enumerate() {
                    evaluator.next_element(&items.origin)?;
                    evaluator.set_item(item_number, item, element, &masks);
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
        let method = match &request.method {
            Method::Constant(method) => method,
            Method::Setting(setting, _) => method_of_setting(evaluator, setting)?,
        };
        answer.request(&mut RequestParts { evaluator, request, method })?;
        evaluator.check_answer(answer.held(), &request.endpoint.origin)?;
    }
    evaluator.observe(Observation::Leave(Some(Value::Bool(applies))));
    Ok(applies)
}

/// The method that a setting gives. The settings have been checked against their declarations.
#[cold]
#[inline(never)]
fn method_of_setting<'a, O: Observer>(
    evaluator: &mut Evaluator<'a, O>,
    setting: &'a Expr,
) -> RunResult<'a, &'a str> {
    let arena = evaluator.arena();
    let method = evaluator.value(setting)?.and_then(|value| value.text(arena));
    method.ok_or_else(|| {
        mapping_error(&setting.origin, "the setting for the method of this request is missing".to_owned())
    })
}

/// The parts of one request, evaluated when the writer asks for them.
struct RequestParts<'r, 'a, O> {
    evaluator: &'r mut Evaluator<'a, O>,
    request: &'a Request,
    method: &'a str,
}

impl<'a, O: Observer> RequestWriter for RequestParts<'_, 'a, O> {
    type Error = Box<Refused<'a>>;

    fn method(&self) -> &str {
        self.method
    }

    fn body_format(&self) -> BodyFormat {
        self.request.format
    }

    fn endpoint(&mut self, out: &mut Vec<u8>) -> RunResult<'a, ()> {
        self.evaluator.observe(Observation::Part("endpoint"));
        out.push(b'"');
        let Request { endpoint, endpoint_layout, no_endpoint, .. } = self.request;
        let mut url = UrlWriter::new(out, O::ENABLED);
        let written = self.evaluator.write_observed_url(endpoint, endpoint_layout, &mut url)?;
        if let Some(shown) = url.masked() {
            self.evaluator.observe(Observation::SecretPart(Value::Text(shown)));
        }
        if !written || !url.finish(&endpoint.origin)? {
            return Err(self.evaluator.refuse(no_endpoint));
        }
        out.push(b'"');
        Ok(())
    }

    fn label(&mut self, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        self.optional("label", self.request.label.as_ref(), out)
    }

    fn headers(&mut self, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        let Some(headers) = &self.request.headers else { return Ok(false) };
        let start = out.len();
        let written = if self.request.header_names_constant {
            self.map("headers", Some(headers), out)?
        } else {
            self.named_headers(headers, out)?
        };
        let fault = match &headers.kind {
            ExprKind::Precomputed(number) => {
                self.evaluator.inputs().settings.header_fault(*number).map(str::to_owned)
            }
            _ => header_fault(&out[start..]),
        };
        match fault {
            Some(message) => Err(part_error(&message, headers)),
            None => Ok(written),
        }
    }

    fn params(&mut self, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        let start = out.len();
        let written = self.map("params", self.request.params.as_ref(), out)?;
        if let Some(params) = &self.request.params {
            text_members("query parameter", &out[start..], params)?;
        }
        Ok(written)
    }

    fn body(&mut self, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        let start = out.len();
        let written = self.map("body", self.request.body.as_ref(), out)?;
        if let (Some(body), BodyFormat::Form) = (&self.request.body, self.request.format) {
            text_members("form field", &out[start..], body)?;
        }
        Ok(written)
    }

    fn list(&mut self) -> RunResult<'a, Option<&str>> {
        self.evaluator.observe(Observation::Part("body"));
        let Some(expr) = &self.request.body else { return Ok(None) };
        let list = self.evaluator.value(expr)?.unwrap_or(Value::List(&[]));
        self.evaluator.show_part(expr);
        if list.kind() != Kind::List {
            let message = "a body of the format json_array must be a list".to_owned();
            return Err(mapping_error(&expr.origin, message));
        }
        let mut json_text = BoundedString::new(self.evaluator.arena());
        json(list, &mut json_text);
        self.evaluator.within_limits(&expr.origin)?;
        Ok(Some(json_text.finish()))
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

    /// Headers whose names are not all constants, so that each is checked.
    fn named_headers(&mut self, headers: &'a Expr, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        self.evaluator.observe(Observation::Part("headers"));
        let arena = self.evaluator.arena();
        let Some(value) = self.evaluator.value(headers)? else { return Ok(false) };
        let View::Map(map) = value.view(arena) else { return Err(not_a_map(headers)) };
        for (name, _) in map.iter(arena) {
            if !is_token(name) || is_set_by_client(name) {
                let message =
                    "the name of a header is not valid, or only the HTTP client or a proxy may set it";
                return Err(part_error(message, headers));
            }
        }
        let mut names: Vec<_> = map.iter(arena).map(|(name, _)| name.to_ascii_lowercase()).collect();
        names.sort_unstable();
        if let Some([name, ..]) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(part_error(&format!("the header `{name}` would be sent twice"), headers));
        }
        json_within(value, out, arena);
        self.evaluator.show_part(headers);
        Ok(true)
    }

    /// A part that must be a map. The compiler cannot always know that it is one.
    fn map(&mut self, part: &'static str, expr: Option<&'a Expr>, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        self.evaluator.observe(Observation::Part(part));
        let Some(expr) = expr else { return Ok(false) };
        let start = out.len();
        let written = self.evaluator.write(expr, out)?;
        if written && out.get(start) != Some(&b'{') {
            return Err(not_a_map(expr));
        }
        self.evaluator.show_part(expr);
        Ok(written)
    }
}

#[expect(
    clippy::unnecessary_box_returns,
    reason = "errors are boxed, so that a `RunResult` without one stays small"
)]
fn not_a_map(part: &Expr) -> Box<Refused<'_>> {
    mapping_error(&part.origin, "headers, params and body must be maps".to_owned())
}

#[expect(
    clippy::unnecessary_box_returns,
    reason = "errors are boxed, so that a `RunResult` without one stays small"
)]
fn part_error<'a>(message: &str, part: &'a Expr) -> Box<Refused<'a>> {
    Box::new(Refused {
        message: message.to_owned(),
        kind: RefusalKind::Instrumentation,
        origin: Some(&part.origin),
    })
}

/// Refuses a part whose members must be text if one of them is not. `what` is what a member is.
#[inline(never)]
fn text_members<'a>(what: &str, json: &[u8], part: &'a Expr) -> RunResult<'a, ()> {
    match member_without_text(json) {
        Some((name, kind)) => {
            let message = format!("the {what} `{name}` would hold {kind}, not text; {MAKE_TEXT}");
            Err(part_error(&message, part))
        }
        None => Ok(()),
    }
}
