//! What tests as written say of a value: their rows know.

use super::constant::scalar;
use crate::abstract_value::{Constraint, Scalar};
use crate::predicate::{self, TestArgs};
use crate::syntax::{Test, TestKind, ValueKind, ValueNode};

/// What is known of a value for which a test holds.
pub(super) fn says(test: &Test) -> Constraint {
    let (row, args) = match &test.kind {
        TestKind::Equals(wanted) => {
            return plain(wanted).map(|one| Constraint::among(vec![one])).unwrap_or_default();
        }
        TestKind::OneOf(wanted) => {
            let values: Option<Vec<Scalar>> = wanted.iter().map(plain).collect();
            return values.map(Constraint::among).unwrap_or_default();
        }
        TestKind::All(tests) => return tests.iter().map(says).reduce(Constraint::and).unwrap_or_default(),
        TestKind::Is { row, negated: _, names } => {
            let known: Option<Vec<_>> = names.iter().map(|name| predicate::predicate(&name.node)).collect();
            let Some(predicates) = known else { return Constraint::default() };
            return (row.when_true)(&TestArgs { predicates: &predicates, ..TestArgs::default() });
        }
        TestKind::Nested(row, _, inner) => {
            return (row.when_true)(&TestArgs { inner: Some(&says(inner)), ..TestArgs::default() });
        }
        TestKind::Matches(row, _) => (row, TestArgs::default()),
        TestKind::Compared(row, _, wanted) => {
            (row, TestArgs { constant: plain(wanted), ..TestArgs::default() })
        }
        TestKind::Unknown(_) => return Constraint::default(),
    };
    (row.when_true)(&args)
}

/// A constant to compare with.
pub(super) fn plain(written: &ValueNode) -> Option<Scalar> {
    match &written.kind {
        ValueKind::Constant(yaml) => scalar(yaml),
        _ => None,
    }
}
