//! `rules:`.

use super::equality_tests;
use super::expr::ExprCompiler;
use super::request::{Shared, request};
use crate::plan::{Action, EqualityTest, RefusalKind, Rule};
use crate::syntax::{self, Mapping, Name};

/// The rules, and for each the equality tests by which the rule index can find it.
pub(super) fn rules(
    mapping: &Mapping,
    compiler: &mut ExprCompiler<'_>,
) -> (Box<[Rule]>, Vec<Vec<EqualityTest>>) {
    let shared = super::request::shared(mapping, compiler);
    let rules = mapping.rules.iter().map(|written| {
        compiler.within(format_args!("/{}", written.name.node), |inner| rule(written, &shared, inner))
    });
    let rules: Box<[Rule]> = rules.collect();
    let names = compiler.names();
    let tests = rules.iter().map(|rule| equality_tests::equality_tests(rule.when.as_ref(), names)).collect();
    (rules, tests)
}

fn rule(written: &syntax::Rule, shared: &Shared, compiler: &mut ExprCompiler<'_>) -> Rule {
    let (when, _) = compiler.optional_condition(written.when.as_ref());
    let require = written.require.iter().enumerate().map(|(index, check)| {
        let (condition, _) = compiler.condition(&check.check);
        let kind = refusal_kind(check.kind.as_ref());
        let refusal =
            compiler.within(format_args!("/require[{index}]"), |inner| inner.refusal(&check.error, kind));
        (condition, refusal)
    });
    let require = require.collect();
    let action = action(&written.action, shared, compiler);
    Rule {
        name: written.name.node.as_str().into(),
        origin: compiler.origin(written.name.span),
        when,
        require,
        action,
    }
}

fn action(written: &syntax::Action, shared: &Shared, compiler: &mut ExprCompiler<'_>) -> Action {
    match written {
        syntax::Action::Request(requests) => {
            let several = requests.len() > 1;
            let requests = requests.iter().enumerate().map(|(index, written)| {
                if several {
                    compiler
                        .within(format_args!("/request[{index}]"), |inner| request(written, shared, inner))
                } else {
                    request(written, shared, compiler)
                }
            });
            Action::Request(requests.collect())
        }
        syntax::Action::Fail(message, kind) => {
            let kind = refusal_kind(kind.as_ref());
            Action::Fail(compiler.within(format_args!("/fail"), |inner| inner.refusal(message, kind)))
        }
        syntax::Action::Drop(reason) => Action::Drop(
            reason.as_ref().map(|message| compiler.refusal(message, RefusalKind::Instrumentation)),
        ),
    }
}

fn refusal_kind(written: Option<&Name>) -> RefusalKind {
    match written.map(|kind| kind.node.as_str()) {
        Some("configuration") => RefusalKind::Configuration,
        _ => RefusalKind::Instrumentation,
    }
}
