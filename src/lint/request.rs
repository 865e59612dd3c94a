//! Rules and their requests: each part of a request in the form in which it can be sent.

use super::Lint;
use crate::abstract_value::AbstractValue;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::{Action, Request, Rule, ValueKind, ValueNode, Visit};
use crate::value::Kinds;

/// Methods that carry a body.
const WITH_BODY: [&str; 3] = ["POST", "PUT", "PATCH"];

impl Lint<'_, '_> {
    /// Everything that is made from the rules on.
    pub(super) fn requests(&mut self) {
        let mapping = self.mapping;
        if let Some(shared) = &mapping.request {
            self.request(shared);
        }
        for rule in &mapping.rules {
            self.given(rule.when.as_ref(), |lint| lint.one_rule(rule));
        }
        if let Some(batch) = &mapping.batch {
            if let Some(wrap) = &batch.wrap {
                let known = self.value(wrap);
                self.form("wrap", &known, Kinds::MAP.or(Kinds::LIST), wrap.span);
            }
            if let Some(headers) = &batch.headers {
                self.headers(headers);
            }
            if let Some(items) = &batch.items {
                self.path(items);
            }
            if let Some(words) = &batch.max_item_error {
                self.words(words);
            }
        }
        if let Some(response) = &mapping.response {
            for value in &response.values {
                self.value(value);
            }
            for condition in &response.conditions {
                self.condition(condition);
            }
        }
        for setting in &mapping.config {
            setting.required.iter().for_each(|required| self.visit_required(required));
            setting.error.iter().for_each(|words| self.words(words));
        }
    }

    fn one_rule(&mut self, rule: &Rule) {
        let before = self.holds.len();
        for check in &rule.require {
            let holds = self.condition(&check.check);
            self.words(&check.error);
            self.holds.push(holds);
        }
        match &rule.action {
            Action::Request(requests) => {
                for request in requests {
                    self.given(request.when.as_ref(), |lint| {
                        lint.request(request);
                        lint.address_of(request, rule);
                    });
                }
            }
            Action::Fail(words, _) | Action::Drop(Some(words)) => self.words(words),
            Action::Drop(None) => {}
        }
        self.holds.truncate(before);
    }

    /// The endpoint of a rule's request, its own or the one that all rules share.
    fn address_of(&mut self, request: &Request, rule: &Rule) {
        let shared = self.mapping.request.as_ref();
        if let Some(endpoint) =
            request.endpoint.as_ref().or(shared.and_then(|shared| shared.endpoint.as_ref()))
        {
            self.endpoint(endpoint, rule, 0);
        }
        let method = request.method.as_ref().or(shared.and_then(|shared| shared.method.as_ref()));
        let sends = method.is_none_or(|method| WITH_BODY.contains(&method.node.as_str()));
        if let Some(body) = &request.body
            && sends
            && matches!(&body.kind, ValueKind::Constant(yaml) if yaml.entries().is_some_and(<[_]>::is_empty))
        {
            self.found(Diagnostic::new(
                Code::EmptyBody,
                body.span,
                "the body of this request is always empty",
            ));
        }
    }

    fn request(&mut self, request: &Request) {
        if let Some(items) = &request.for_each {
            let known = self.value(items);
            self.form("for_each", &known, Kinds::LIST, items.span);
        }
        if let Some(endpoint) = &request.endpoint {
            let known = self.value(endpoint);
            self.form("endpoint", &known, Kinds::TEXT, endpoint.span);
        }
        if let Some(label) = &request.label {
            let known = self.value(label);
            self.form("label", &known, Kinds::TEXT, label.span);
            self.secret("label", &known, label.span);
        }
        if let Some(headers) = &request.headers {
            self.headers(headers);
        }
        if let Some(params) = &request.params {
            self.params(params);
        }
        if let Some(body) = &request.body {
            let known = self.value(body);
            let list = request.format.as_ref().is_some_and(|format| format.node == "json_array");
            let wanted = if list { Kinds::MAP.or(Kinds::LIST) } else { Kinds::MAP };
            self.form("body", &known, wanted, body.span);
            self.list_of_paths(body);
        }
        if let Some(user) = &request.user {
            self.value(user);
        }
    }

    /// A part that can never have the form that it is sent in.
    pub(super) fn form(&mut self, part: &str, known: &AbstractValue, wanted: Kinds, span: Span) {
        if known.kinds.and(wanted).is_empty() && !known.kinds.is_empty() {
            let message = format!("`{part}` must be {}, and this is {}", wanted.words(), known.kinds.words());
            self.found(Diagnostic::new(Code::WrongPart, span, message));
        }
    }

    /// A secret where addresses are logged.
    pub(super) fn secret(&mut self, part: &str, known: &AbstractValue, span: Span) {
        if let Some(name) = &known.secret {
            let message = format!("the setting `{name}` stands in `{part}`, which is logged and shown");
            let help = format!(
                "send it in a header, or say `secret: false` of `{name}` under `config:` when it is none"
            );
            self.found(Diagnostic::new(Code::SecretInAddress, span, message).help(help));
        }
    }

    fn params(&mut self, params: &ValueNode) {
        let ValueKind::Map(members, when) = &params.kind else {
            let known = self.value(params);
            self.form("params", &known, Kinds::MAP, params.span);
            return;
        };
        self.given(when.as_ref(), |lint| {
            for member in members {
                let known = lint.value(&member.value);
                lint.flat("a parameter of an address", &known, member.value.span);
                lint.secret("params", &known, member.value.span);
            }
        });
    }

    /// A list or a map where only text goes.
    pub(super) fn flat(&mut self, place: &str, known: &AbstractValue, span: Span) {
        if known.is_collection() {
            let message = format!(
                "{} goes into {place}, which is text; add `join`, `first` or `to_json`",
                known.kinds.words()
            );
            self.found(Diagnostic::new(Code::ListIntoText, span, message));
        }
    }
}
