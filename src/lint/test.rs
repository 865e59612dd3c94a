//! What tests as written say of a value: their rows know.

use super::constant::scalar;
use crate::abstract_value::{Constraint, Scalar};
use crate::diag::Findings;
use crate::predicate::{self, TestArgKind, TestArgs};
use crate::syntax::{self, Test, TestKind, ValueKind, Yaml, YamlValue};

/// What is known of a value for which a test holds.
pub(super) fn says(test: &Test) -> Constraint {
    match &test.kind {
        TestKind::Equals(wanted) => plain(wanted).map(|one| Constraint::among(vec![one])).unwrap_or_default(),
        TestKind::OneOf(wanted) => {
            let values: Option<Vec<Scalar>> = wanted.iter().map(plain).collect();
            values.map(Constraint::among).unwrap_or_default()
        }
        TestKind::Named(tests) => {
            let all = tests.iter().map(|(name, argument)| named(&name.node, argument));
            all.reduce(Constraint::and).unwrap_or_default()
        }
    }
}

fn named(name: &str, argument: &Yaml) -> Constraint {
    let Some(row) = predicate::test(name) else { return Constraint::default() };
    let inner = |argument| says(&syntax::test(argument, &mut Findings::default()));
    match (row.takes, &argument.node) {
        (TestArgKind::Predicate, _) => {
            let words = argument.items().unwrap_or(std::slice::from_ref(argument)).iter();
            let known =
                words.map(|word| predicate::quality(&word.scalar()?.text)).collect::<Option<Vec<_>>>();
            match known {
                Some(predicates) => (row.says)(&TestArgs { predicates: &predicates, ..TestArgs::default() }),
                None => Constraint::default(),
            }
        }
        (TestArgKind::Test, _) | (TestArgKind::Count, YamlValue::Map(_)) => {
            (row.says)(&TestArgs { inner: Some(&inner(argument)), ..TestArgs::default() })
        }
        (TestArgKind::Pattern, _) => (row.says)(&TestArgs::default()),
        (TestArgKind::Text | TestArgKind::Number | TestArgKind::Count, _) => {
            let constant =
                scalar(argument).filter(|one| one.text().is_none_or(|text| !text.starts_with('$')));
            (row.says)(&TestArgs { constant, ..TestArgs::default() })
        }
    }
}

/// A constant to compare with.
pub(super) fn plain(written: &syntax::ValueNode) -> Option<Scalar> {
    match &written.kind {
        ValueKind::Constant(yaml) => scalar(yaml),
        _ => None,
    }
}
