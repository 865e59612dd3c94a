//! Descriptions of conditions and values, for people.

use super::{Role, TraceNode, TraceValue};
use crate::plan::{Condition, Expr, ExprKind, Plan, Test};

/// The first line of a text from the mapping, with `…` if there are more.
pub(super) fn one_line(text: &str) -> String {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default().trim().to_owned();
    if lines.next().is_some() { format!("{first} …") } else { first }
}

/// A condition as a phrase: `$.type equals "identify"`.
pub(super) fn condition_text(plan: &Plan, condition: &Condition) -> String {
    let join = |conditions: &[Condition], separator: &str| {
        conditions.iter().map(|inner| condition_text(plan, inner)).collect::<Vec<_>>().join(separator)
    };
    match condition {
        Condition::Present(expr) => format!("{} is present", written(plan, expr)),
        Condition::Test(expr, test) => {
            format!("{} {}", written(plan, expr), test_text(plan, test))
        }
        Condition::Named(number) => {
            plan.condition_names.get(*number).map_or_else(String::new, ToString::to_string)
        }
        Condition::All(conditions) => join(conditions, " and "),
        Condition::Any(conditions) => format!("({})", join(conditions, " or ")),
        Condition::Not(inner) => format!("not ({})", condition_text(plan, inner)),
    }
}

/// A test as the rest of a phrase: `equals "identify"`.
fn test_text(plan: &Plan, test: &Test) -> String {
    let compared = |verb: &str, expr| format!("{verb} {}", written(plan, expr));
    match test {
        Test::Equals(expr) => compared("equals", expr),
        Test::OneOf(allowed) => {
            let allowed: Vec<_> = allowed.iter().map(|expr| written(plan, expr)).collect();
            format!("is one of {}", allowed.join(", "))
        }
        Test::Is(predicates) => {
            let names: Vec<_> = predicates.iter().map(|predicate| predicate.name).collect();
            format!("is {}", names.join(" or "))
        }
        Test::Not(inner) => match &**inner {
            Test::Is(predicates) => {
                let names: Vec<_> = predicates.iter().map(|predicate| predicate.name).collect();
                format!("is not {}", names.join(" or "))
            }
            Test::Equals(_) | Test::OneOf(_) => {
                let phrase = test_text(plan, inner);
                phrase.strip_prefix("equals").map_or_else(
                    || phrase.replacen("is one of", "is not one of", 1),
                    |operand| format!("does not equal{operand}"),
                )
            }
            inner => format!("not: {}", test_text(plan, inner)),
        },
        Test::Matches(pattern) => format!("matches /{}/", pattern.as_str()),
        Test::Compared(comparison, expr) => compared(comparison.verb, expr),
        Test::Size(inner) => format!("has a size that {}", test_text(plan, inner)),
        Test::Some(inner) => format!("has an element that {}", test_text(plan, inner)),
        Test::Every(inner) => format!("has only elements that: {}", test_text(plan, inner)),
        Test::All(tests) => {
            tests.iter().map(|inner| test_text(plan, inner)).collect::<Vec<_>>().join(" and ")
        }
    }
}

/// An expression as it is written in the mapping.
fn written(plan: &Plan, expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Constant(constant) => constant.json().to_owned(),
        _ => one_line(plan.sources.slice(expr.origin.span)),
    }
}

/// A value: its JSON, or why there is none.
pub(super) fn value(value: &TraceValue) -> &str {
    match value {
        TraceValue::Refused => "refused here",
        TraceValue::Missing => "missing",
        TraceValue::Json(json) => json,
    }
}

/// The tests that decided the result of a condition, each with the value that it tested.
pub(super) fn reasons(condition: &TraceNode) -> Vec<String> {
    let conditions: Vec<&TraceNode> = condition.of(Role::Condition).collect();
    if let Some(input) = &condition.input {
        return vec![format!("{}: it is {}", condition.written, value(input))];
    }
    match condition.label.as_str() {
        "not" => conditions
            .iter()
            .flat_map(|inner| reasons(inner))
            .map(|reason| format!("not wanted: {reason}"))
            .collect(),
        "any" if !condition.value.is_true() => conditions.iter().flat_map(|inner| reasons(inner)).collect(),
        "all" if condition.value.is_true() => conditions.iter().flat_map(|inner| reasons(inner)).collect(),
        "any" | "all" => conditions.last().map_or_else(Vec::new, |last| reasons(last)),
        name => {
            let inner = conditions.iter().flat_map(|inner| reasons(inner));
            inner.map(|reason| format!("{name}: {reason}")).collect()
        }
    }
}
