//! `batch:` and `response:`. They are checked; they do not run yet.

use foldhash::HashSet;

use super::expr::{CheckedOnly, ExprCompiler};
use super::scope::Scope;
use crate::diag::{Code, Diagnostic, Findings, did_you_mean};
use crate::plan::RefusalKind;
use crate::syntax::{Batch, Mapping};

pub(super) fn check(mapping: &Mapping, compiler: &mut ExprCompiler<'_>) -> CheckedOnly {
    let mut checked = CheckedOnly::default();
    if let Some(batch) = &mapping.batch {
        check_rules(batch, mapping, compiler.findings());
        compiler.in_section(format_args!("/batch"), Scope::later(), |inner| {
            for value in [&batch.wrap, &batch.headers].into_iter().flatten() {
                checked.values.push(inner.value(value).expr);
            }
            if let Some(items) = &batch.items {
                inner.path(items);
            }
            if let Some(message) = &batch.max_item_error {
                checked.messages.push(inner.refusal(message, RefusalKind::Instrumentation));
            }
        });
    }
    if let Some(response) = &mapping.response {
        compiler.in_section(format_args!("/response"), Scope::later(), |inner| {
            for value in &response.values {
                checked.values.push(inner.value(value).expr);
            }
            for condition in &response.conditions {
                checked.conditions.push(inner.condition(condition).0);
            }
        });
    }
    checked
}

/// Reports names of rules that do not exist.
fn check_rules(batch: &Batch, mapping: &Mapping, findings: &mut Findings) {
    let names = || mapping.rules.iter().map(|rule| rule.name.node.as_str());
    let known: HashSet<&str> = names().collect();
    for name in &batch.rules {
        if !known.contains(name.node.as_str()) {
            let near = did_you_mean(&name.node, names());
            let message = format!("there is no rule called `{}`{near}", name.node);
            findings.push(Diagnostic::new(Code::UnknownRule, name.span, message));
        }
    }
}
