//! Rules and their requests.

use super::fact::ValuePosition;
use super::{Analysis, Visitor};
use crate::abstract_value::AbstractValue;
use crate::source::Span;
use crate::syntax::{Action, Member, Request, Rule, ValueKind, ValueNode, ValueSource, Visit};
use crate::value::Kinds;

impl<V: Visitor> Analysis<'_, V> {
    /// Analyses the sections from `rules:` on: requests, batches, responses and settings.
    pub(super) fn requests(&mut self) {
        let mapping = self.mapping;
        if let Some(shared) = &mapping.request {
            self.request(shared);
        }
        for rule in &mapping.rules {
            self.under_condition(rule.when.as_ref(), |inner| inner.event_rule(rule));
        }
        if let Some(batch) = &mapping.batch {
            if let Some(wrap) = &batch.wrap {
                let known = self.value(wrap);
                self.part("wrap", &known, Kinds::MAP.or(Kinds::LIST), wrap.span);
            }
            if let Some(headers) = &batch.headers {
                self.headers(headers);
            }
            if let Some(items) = &batch.items {
                self.path(items);
            }
            if let Some(message) = &batch.max_item_error {
                self.message(message);
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
            setting.error.iter().for_each(|message| self.message(message));
        }
    }

    fn event_rule(&mut self, rule: &Rule) {
        let before = self.assumptions.len();
        for check in &rule.require {
            let assumptions = self.condition(&check.check);
            self.message(&check.error);
            self.assumptions.push(assumptions);
        }
        match &rule.action {
            Action::Request(requests) => {
                for request in requests {
                    self.under_condition(request.when.as_ref(), |inner| {
                        inner.request(request);
                        inner.address_of(request, rule);
                    });
                }
            }
            Action::Fail(message, _) | Action::Drop(Some(message)) => self.message(message),
            Action::Drop(None) => {}
        }
        self.assumptions.truncate(before);
    }

    /// Analyses the endpoint of a rule's request: its own, or the shared one.
    fn address_of(&mut self, request: &Request, rule: &Rule) {
        let shared = self.mapping.request.as_ref();
        if let Some(endpoint) =
            request.endpoint.as_ref().or(shared.and_then(|shared| shared.endpoint.as_ref()))
        {
            self.endpoint(endpoint, rule, 0);
        }
        self.visitor.request(request, shared);
    }

    fn request(&mut self, request: &Request) {
        if let Some(items) = &request.for_each {
            self.value(items);
        }
        if let Some(endpoint) = &request.endpoint {
            let known = self.value(endpoint);
            self.part("endpoint", &known, Kinds::TEXT, endpoint.span);
        }
        if let Some(label) = &request.label {
            let known = self.value(label);
            self.part("label", &known, Kinds::TEXT, label.span);
        }
        if let Some(headers) = &request.headers {
            self.headers(headers);
        }
        if let Some(params) = &request.params {
            self.params(params);
        }
        if let Some(body) = &request.body {
            let known = self.value(body);
            let form = request.format.as_ref().is_some_and(|format| format.node == "form");
            if let (true, ValueKind::Map(members, _)) = (form, &body.kind) {
                for member in members {
                    let known = self.value(&member.value);
                    self.visitor.position(ValuePosition::TextPart("a form field"), &known, member.value.span);
                }
            }
            let list = request.format.as_ref().is_some_and(|format| format.node == "json_array");
            let expected = if list { Kinds::MAP.or(Kinds::LIST) } else { Kinds::MAP };
            self.part("body", &known, expected, body.span);
            self.visitor.body(body);
        }
        if let Some(user) = &request.user {
            self.value(user);
        }
    }

    /// A part that must be of one of these kinds to be sent.
    fn part(&mut self, name: &'static str, known: &AbstractValue, expected: Kinds, span: Span) {
        self.visitor.position(ValuePosition::Part(name, expected), known, span);
    }

    fn params(&mut self, params: &ValueNode) {
        let ValueKind::Map(members, when) = &params.kind else {
            let known = self.value(params);
            self.part("params", &known, Kinds::MAP, params.span);
            return;
        };
        self.under_condition(when.as_ref(), |inner| {
            for member in members {
                let known = inner.value(&member.value);
                let position = ValuePosition::TextPart("a query parameter");
                inner.visitor.position(position, &known, member.value.span);
            }
        });
    }

    fn headers(&mut self, headers: &ValueNode) {
        match &headers.kind {
            ValueKind::Map(members, when) => {
                self.under_condition(when.as_ref(), |inner| inner.header_list(members));
            }
            ValueKind::Rule(rule) => {
                let known = self.value(headers);
                self.part("headers", &known, Kinds::MAP, headers.span);
                match &rule.source {
                    ValueSource::Object(members) => self.header_list(members),
                    ValueSource::Merge(layers) | ValueSource::From(layers) => {
                        layers
                            .iter()
                            .filter(|layer| matches!(layer.kind, ValueKind::Map(..)))
                            .for_each(|layer| self.headers(layer));
                    }
                    _ => {}
                }
            }
            _ => {
                let known = self.value(headers);
                self.part("headers", &known, Kinds::MAP, headers.span);
            }
        }
    }

    fn header_list(&mut self, members: &[Member]) {
        for member in members {
            let known = self.value(&member.value);
            self.visitor.position(ValuePosition::TextPart("a header"), &known, member.value.span);
            self.visitor.header(member);
        }
    }
}
