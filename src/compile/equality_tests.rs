//! The equality tests by which the rule index finds a rule.

use super::names::Names;
use crate::plan::{Condition, EqualityTest, Expr, ExprKind, RuleKey, Test, Variable};

/// Maximum number of tests of one rule that are indexed; the index needs only a few.
const MAX_TESTS: usize = 64;

/// The texts that values must equal for `when` to hold. Other tests in `when` are left out.
pub(super) fn equality_tests(when: Option<&Condition>, names: &Names<'_>) -> Vec<EqualityTest> {
    let mut tests = Vec::new();
    if let Some(when) = when.filter(|_| !names.nesting.exceeded()) {
        collect(when, names, &mut tests);
    }
    tests
}

fn collect(condition: &Condition, names: &Names<'_>, equality_tests: &mut Vec<EqualityTest>) {
    match condition {
        Condition::All(conditions) => {
            conditions.iter().for_each(|inner| collect(inner, names, equality_tests));
        }
        Condition::Named(index) => collect(names.conditions.compiled(*index), names, equality_tests),
        Condition::Test(expr, test) => {
            let texts: Option<Vec<Box<str>>> = match test {
                Test::Equals(expected) => constant_text(expected).map(|text| vec![text]),
                Test::OneOf(expected) => expected.iter().map(constant_text).collect(),
                _ => None,
            };
            if let (Some(key), Some(texts)) = (rule_key(expr, names), texts)
                && equality_tests.len() < MAX_TESTS
                && !equality_tests.iter().any(|(known, _)| *known == key)
            {
                equality_tests.push((key, texts));
            }
        }
        Condition::Present(_) | Condition::Any(_) | Condition::Not(_) => {}
    }
}

/// The key for a value that can be evaluated before the conditions written before it: it must not refuse an event.
fn rule_key(expr: &Expr, names: &Names<'_>) -> Option<RuleKey> {
    match &expr.kind {
        ExprKind::Event(path) => Some(RuleKey::Event(*path)),
        ExprKind::Named(Variable::Field(index), steps, None) if steps.is_empty() => {
            (!names.fields.dependencies(*index).refuses).then_some(RuleKey::Field(*index))
        }
        _ => None,
    }
}

fn constant_text(expr: &Expr) -> Option<Box<str>> {
    match &expr.kind {
        ExprKind::Constant(constant) => constant.text().map(Into::into),
        _ => None,
    }
}
