//! Tests as constraints on a value, from the predicate table.

use super::constant::scalar;
use crate::abstract_value::{Constraint, Scalar};
use crate::predicate::{self, TestArgs};
use crate::syntax::{Test, TestKind, ValueKind, ValueNode};

/// The constraint that a value satisfies if a test holds for it.
pub(super) fn constraint_of(test: &Test) -> Constraint {
    let (row, args) = match &test.kind {
        TestKind::Equals(expected) => {
            return constant_scalar(expected)
                .map(|scalar| Constraint::among(vec![scalar]))
                .unwrap_or_default();
        }
        TestKind::OneOf(expected) => {
            let values: Option<Vec<Scalar>> = expected.iter().map(constant_scalar).collect();
            return values.map(Constraint::among).unwrap_or_default();
        }
        TestKind::All(tests) => {
            return tests.iter().map(constraint_of).reduce(Constraint::and).unwrap_or_default();
        }
        TestKind::Is { row, negated: _, names } => {
            let known: Option<Vec<_>> = names.iter().map(|name| predicate::predicate(&name.node)).collect();
            let Some(predicates) = known else { return Constraint::default() };
            return (row.when_true)(&TestArgs { predicates: &predicates, ..TestArgs::default() });
        }
        TestKind::Nested(row, _, inner) => {
            return (row.when_true)(&TestArgs { inner: Some(&constraint_of(inner)), ..TestArgs::default() });
        }
        TestKind::Matches(row, _) => (row, TestArgs::default()),
        TestKind::Compared(row, _, expected) => {
            (row, TestArgs { constant: constant_scalar(expected), ..TestArgs::default() })
        }
        TestKind::Unknown(_) => return Constraint::default(),
    };
    (row.when_true)(&args)
}

/// The scalar that a test compares with; `None` if it is not a constant scalar.
pub(super) fn constant_scalar(written: &ValueNode) -> Option<Scalar> {
    match &written.kind {
        ValueKind::Constant(yaml) => scalar(yaml),
        _ => None,
    }
}
