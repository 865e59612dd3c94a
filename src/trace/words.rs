//! Conditions and values in words.

use super::{End, Role, TraceNode};
use crate::plan::{Condition, Expr, ExprKind, Plan, Test};

/// What the mapping says at a place, on one line.
pub(super) fn one_line(text: &str) -> String {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default().trim().to_owned();
    if lines.next().is_some() { format!("{first} …") } else { first }
}

/// A condition the way a person says it.
pub(super) fn condition(plan: &Plan, condition: &Condition) -> String {
    let several = |all: &[Condition], joint: &str| {
        all.iter().map(|one| self::condition(plan, one)).collect::<Vec<_>>().join(joint)
    };
    match condition {
        Condition::Present(expr) => format!("{} is present", written(plan, expr)),
        Condition::Test(expr, wanted) => {
            format!("{} {}", written(plan, expr), test(plan, wanted))
        }
        Condition::Named(number) => {
            plan.condition_names.get(*number).map_or_else(String::new, ToString::to_string)
        }
        Condition::All(all) => several(all, " and "),
        Condition::Any(any) => format!("({})", several(any, " or ")),
        Condition::Not(inner) => format!("not ({})", self::condition(plan, inner)),
    }
}

fn test(plan: &Plan, wanted: &Test) -> String {
    let one = |words: &str, expr| format!("{words} {}", written(plan, expr));
    match wanted {
        Test::Equals(expr) => one("equals", expr),
        Test::OneOf(all) => {
            let all: Vec<_> = all.iter().map(|expr| written(plan, expr)).collect();
            format!("is one of {}", all.join(", "))
        }
        Test::Is(qualities) => {
            let names: Vec<_> = qualities.iter().map(|quality| quality.name).collect();
            format!("is {}", names.join(" or "))
        }
        Test::Not(inner) => match &**inner {
            Test::Is(qualities) => {
                let names: Vec<_> = qualities.iter().map(|quality| quality.name).collect();
                format!("is not {}", names.join(" or "))
            }
            Test::Equals(_) | Test::OneOf(_) => {
                let words = test(plan, inner);
                words.strip_prefix("equals").map_or_else(
                    || words.replacen("is one of", "is not one of", 1),
                    |wanted| format!("does not equal{wanted}"),
                )
            }
            inner => format!("not: {}", test(plan, inner)),
        },
        Test::Matches(pattern) => format!("matches /{}/", pattern.as_str()),
        Test::Compared(comparison, expr) => one(comparison.verb, expr),
        Test::Size(inner) => format!("has a size that {}", test(plan, inner)),
        Test::Some(inner) => format!("has an element that {}", test(plan, inner)),
        Test::Every(inner) => format!("has only elements that: {}", test(plan, inner)),
        Test::All(all) => all.iter().map(|inner| test(plan, inner)).collect::<Vec<_>>().join(" and "),
    }
}

fn written(plan: &Plan, expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Constant(constant) => constant.json().to_owned(),
        _ => one_line(plan.sources.slice(expr.origin.span)),
    }
}

/// What a value is, for people: JSON, or that there is none.
pub(super) fn end(end: &End) -> &str {
    match end {
        End::Refused => "refused here",
        End::Missing => "missing",
        End::Json(json) => json,
    }
}

/// Which tests decided that a condition is as it is, each with what it looked at.
pub(super) fn why(condition: &TraceNode) -> Vec<String> {
    let conditions: Vec<&TraceNode> = condition.of(Role::Condition).collect();
    if let Some(input) = &condition.input {
        return vec![format!("{}: it is {}", condition.written, end(input))];
    }
    match condition.label.as_str() {
        "not" => {
            conditions.iter().flat_map(|inner| why(inner)).map(|why| format!("not wanted: {why}")).collect()
        }
        "any" if !condition.end.is_true() => conditions.iter().flat_map(|inner| why(inner)).collect(),
        "all" if condition.end.is_true() => conditions.iter().flat_map(|inner| why(inner)).collect(),
        "any" | "all" => conditions.last().map_or_else(Vec::new, |last| why(last)),
        named => {
            let inner = conditions.iter().flat_map(|inner| why(inner));
            inner.map(|why| format!("{named}: {why}")).collect()
        }
    }
}
