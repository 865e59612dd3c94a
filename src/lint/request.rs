//! Rules and their requests: each part of a request in the form in which it can be sent.

use super::Lint;
use super::fact::Fact;
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::spec::{Action, Request, Rule, Written, WrittenKind};
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
                let fact = self.value(wrap);
                self.form("wrap", &fact, Kinds::MAP.or(Kinds::LIST), wrap.span);
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
            if let Some(crate::spec::Required::Words(words)) = &setting.required {
                self.words(words);
            }
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
            && matches!(&body.kind, WrittenKind::Constant(yaml) if yaml.entries().is_some_and(<[_]>::is_empty))
        {
            self.found(Diagnostic::new("R517", body.span, "the body of this request is always empty"));
        }
    }

    fn request(&mut self, request: &Request) {
        if let Some(items) = &request.for_each {
            let fact = self.value(items);
            self.form("for_each", &fact, Kinds::LIST, items.span);
        }
        if let Some(endpoint) = &request.endpoint {
            let fact = self.value(endpoint);
            self.form("endpoint", &fact, Kinds::TEXT, endpoint.span);
        }
        if let Some(label) = &request.label {
            let fact = self.value(label);
            self.form("label", &fact, Kinds::TEXT, label.span);
            self.secret("label", &fact, label.span);
        }
        if let Some(headers) = &request.headers {
            self.headers(headers);
        }
        if let Some(params) = &request.params {
            self.params(params);
        }
        if let Some(body) = &request.body {
            let fact = self.value(body);
            let list = request.format.as_ref().is_some_and(|format| format.node == "json_array");
            let wanted = if list { Kinds::MAP.or(Kinds::LIST) } else { Kinds::MAP };
            self.form("body", &fact, wanted, body.span);
            self.list_of_paths(body);
        }
        if let Some(user) = &request.user {
            self.value(user);
        }
    }

    /// A part that can never have the form that it is sent in.
    pub(super) fn form(&mut self, part: &str, fact: &Fact, wanted: Kinds, span: Span) {
        if fact.kinds.and(wanted).is_empty() && !fact.kinds.is_empty() {
            let message = format!("`{part}` must be {}, and this is {}", wanted.words(), fact.kinds.words());
            self.found(Diagnostic::new("R516", span, message));
        }
    }

    /// A secret where addresses are logged.
    pub(super) fn secret(&mut self, part: &str, fact: &Fact, span: Span) {
        if let Some(name) = &fact.secret {
            let message = format!("the setting `{name}` stands in `{part}`, which is logged and shown");
            let help = format!(
                "send it in a header, or say `secret: false` of `{name}` under `config:` when it is none"
            );
            self.found(Diagnostic::new("X702", span, message).help(help));
        }
    }

    fn params(&mut self, params: &Written) {
        let WrittenKind::Map(members, when) = &params.kind else {
            let fact = self.value(params);
            self.form("params", &fact, Kinds::MAP, params.span);
            return;
        };
        self.given(when.as_ref(), |lint| {
            for member in members {
                let fact = lint.value(&member.value);
                lint.flat("a parameter of an address", &fact, member.value.span);
                lint.secret("params", &fact, member.value.span);
            }
        });
    }

    /// A list or a map where only text goes.
    pub(super) fn flat(&mut self, place: &str, fact: &Fact, span: Span) {
        if fact.is_collection() {
            let message = format!(
                "{} goes into {place}, which is text; add `join`, `first` or `to_json`",
                fact.kinds.words()
            );
            self.found(Diagnostic::new("O307", span, message));
        }
    }
}
