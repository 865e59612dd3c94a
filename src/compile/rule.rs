//! `rules:` and `batch:`.

use foldhash::HashSet;

use super::{Compiler, Scope};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::plan::RefusalKind;
use crate::plan::{Action, EqualityTest, Rule};
use crate::syntax::{self, Name};

impl Compiler<'_> {
    /// The rules, and for each the questions by which it can be found.
    pub(super) fn rules(&mut self) -> (Box<[Rule]>, Vec<Vec<EqualityTest>>) {
        let shared = self.shared_request();
        let mapping = self.mapping;
        let rules: Box<[Rule]> = mapping
            .rules
            .iter()
            .map(|rule| {
                self.inside(format_args!("/{}", rule.name.node), |inner| {
                    let (when, _) = inner.optional_condition(rule.when.as_ref());
                    let require = rule.require.iter().enumerate().map(|(at, check)| {
                        let (condition, _) = inner.condition(&check.check);
                        let kind = Self::kind(check.kind.as_ref());
                        let failure = |inner: &mut Self| inner.failure(&check.error, kind);
                        (condition, inner.inside(format_args!("/require[{at}]"), failure))
                    });
                    let require = require.collect();
                    let action = inner.action(&rule.action, &shared);
                    Rule {
                        name: rule.name.node.as_str().into(),
                        origin: inner.origin(rule.name.span),
                        when,
                        require,
                        action,
                    }
                })
            })
            .collect();
        let equality_tests = rules.iter().map(|rule| self.questions(rule.when.as_ref())).collect();
        (rules, equality_tests)
    }

    fn action(&mut self, action: &syntax::Action, shared: &super::request::Shared) -> Action {
        match action {
            syntax::Action::Request(requests) => {
                let many = requests.len() > 1;
                let requests = requests.iter().enumerate().map(|(at, request)| {
                    let step = if many { format!("/request[{at}]") } else { String::new() };
                    self.inside(format_args!("{step}"), |inner| inner.request(request, shared))
                });
                Action::Request(requests.collect())
            }
            syntax::Action::Fail(words, kind) => {
                let kind = Self::kind(kind.as_ref());
                Action::Fail(self.inside(format_args!("/fail"), |inner| inner.failure(words, kind)))
            }
            syntax::Action::Drop(reason) => Action::Drop(reason.as_ref().map(|words| {
                let failure = self.failure(words, RefusalKind::Instrumentation);
                failure.words
            })),
        }
    }

    fn kind(kind: Option<&Name>) -> RefusalKind {
        match kind.map(|kind| kind.node.as_str()) {
            Some("configuration") => RefusalKind::Configuration,
            _ => RefusalKind::Instrumentation,
        }
    }

    /// `batch:` and `response:` are checked; they do not run yet.
    pub(super) fn batch(&mut self) {
        let mapping = self.mapping;
        let later = Scope { later: true, item: true, value: true };
        if let Some(batch) = &mapping.batch {
            let known: HashSet<&str> = mapping.rules.iter().map(|rule| rule.name.node.as_str()).collect();
            for name in &batch.rules {
                if !known.contains(name.node.as_str()) {
                    let known = mapping.rules.iter().map(|rule| rule.name.node.as_str());
                    let message =
                        format!("there is no rule called `{}`{}", name.node, did_you_mean(&name.node, known));
                    self.found(Diagnostic::new(Code::UnknownRule, name.span, message));
                }
            }
            let address = format!("{}/batch", mapping.destination.node);
            self.elsewhere(address, later, |inner| {
                for value in [&batch.wrap, &batch.headers].into_iter().flatten() {
                    inner.value(value);
                }
                if let Some(items) = &batch.items {
                    inner.path(items);
                }
                if let Some(words) = &batch.max_item_error {
                    inner.failure(words, RefusalKind::Instrumentation);
                }
            });
        }
        if let Some(response) = &mapping.response {
            let address = format!("{}/response", mapping.destination.node);
            self.elsewhere(address, later, |inner| {
                for value in &response.values {
                    inner.value(value);
                }
                for condition in &response.conditions {
                    inner.condition(condition);
                }
            });
        }
    }
}
