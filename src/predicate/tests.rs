//! Checks the constraints in the tables against random values (with a fixed seed).

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::{Comparison, Nested, PREDICATES, Predicate, TESTS, TestArgKind, TestArgs, TestRun};
use crate::abstract_value::contains::violated;
use crate::abstract_value::{Constraint, Scalar};
use crate::value::{Arena, Number, Value};

/// A missing value, and values of every kind.
fn values(arena: &Arena) -> Vec<Option<Value<'_>>> {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let text = "[aAb]{0,3}|[a-z]{1,3}@[a-z]{1,3}\\.[a-z]{2}|https?://[a-z]{1,3}\\.[a-z]{2}/";
    let any = prop_oneof![
        text.prop_map(|text| Value::Text(arena.alloc_str(&text))),
        (-3_i64..4).prop_map(|number| Value::Number(Number::Int(number))),
        (-9_i8..9)
            .prop_map(|number| Value::Number(Number::from_f64(f64::from(number) / 2.0).expect("finite"))),
        any::<bool>().prop_map(Value::Bool),
        Just(Value::Null),
    ];
    let mut values = vec![None, Some(Value::Map(&[])), Some(Value::List(&[]))];
    for _ in 0..300 {
        let value = any.new_tree(&mut runner).expect("a value").current();
        values.push(Some(value));
        values.push(Some(Value::List(arena.alloc_slice_copy(&[value]))));
        values.push(Some(Value::Map(arena.alloc_slice_copy(&[("a", value)]))));
    }
    values
}

/// A value that passes `holds` but violates the constraint, with the reason; or that no value passes.
fn violation<'a>(
    constraint: &Constraint,
    values: &[Option<Value<'a>>],
    arena: &'a Arena,
    holds: impl Fn(Option<Value<'a>>) -> bool,
) -> Option<String> {
    let mut passed = values.iter().copied().filter(|value| holds(*value)).peekable();
    if passed.peek().is_none() {
        return Some("no value passes: add one to `values`".to_owned());
    }
    passed.find_map(|value| Some(format!("{value:?}: {}", violated(constraint, value, arena)?)))
}

#[test]
fn predicate_constraints_are_true() {
    let arena = &Arena::new();
    let values = values(arena);
    for Predicate { name, when_true, when_false, holds, .. } in PREDICATES {
        assert_eq!(violation(&when_true(), &values, arena, |value| holds(value, arena)), None, "{name}");
        assert_eq!(
            violation(&when_false(), &values, arena, |value| !holds(value, arena)),
            None,
            "not {name}"
        );
    }
}

#[test]
fn constraints_of_predicate_lists_are_true() {
    let arena = &Arena::new();
    let values = values(arena);
    for (index, first) in PREDICATES.iter().enumerate() {
        for second in PREDICATES.iter().skip(index + 1) {
            let predicates = [first, second];
            let args = TestArgs { predicates: &predicates, ..TestArgs::default() };
            for row in TESTS {
                let TestRun::Is { negated } = row.run else { continue };
                let holds =
                    |value| predicates.iter().any(|predicate| (predicate.holds)(value, arena)) != negated;
                if values.iter().any(|value| holds(*value)) {
                    let violation = violation(&(row.when_true)(&args), &values, arena, holds);
                    assert_eq!(violation, None, "{} {} {}", row.name, first.name, second.name);
                }
            }
        }
    }
}

#[test]
fn argument_kinds_match_how_tests_are_executed() {
    for row in TESTS {
        let fits = match row.run {
            TestRun::Is { .. } => row.takes == TestArgKind::Predicate,
            TestRun::Matches => row.takes == TestArgKind::Pattern,
            TestRun::Nested(Nested::Size) => row.takes == TestArgKind::Count,
            TestRun::Nested(Nested::Not | Nested::Some | Nested::Every) => row.takes == TestArgKind::Test,
            TestRun::Compared(_) => matches!(row.takes, TestArgKind::Text | TestArgKind::Number),
        };
        assert!(fits, "{}", row.name);
    }
}

#[test]
fn comparison_constraints_are_true() {
    let arena = &Arena::new();
    let values = values(arena);
    let mut compared = 0;
    for row in TESTS {
        let TestRun::Compared(Comparison { holds, .. }) = row.run else { continue };
        for operand in values.iter().copied().flatten().filter(|value| Scalar::of(*value, arena).is_some()) {
            let holds = |value: Option<Value<'_>>| value.is_some_and(|value| holds(value, operand, arena));
            if values.iter().any(|value| holds(*value)) {
                let args = TestArgs { constant: Scalar::of(operand, arena), ..TestArgs::default() };
                let violation = violation(&(row.when_true)(&args), &values, arena, holds);
                assert_eq!(violation, None, "{} {operand:?}", row.name);
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn a_false_constraint_is_detected() {
    let arena = &Arena::new();
    let values = values(arena);
    let (filled, empty) = (Constraint::present(), Constraint::absent());
    let false_constraints = [
        (&filled, "absent"),
        (&filled, "string"),
        (&empty, "number"),
        (&filled.clone().and(empty.clone()), "present"),
    ];
    for (constraint, name) in false_constraints {
        let predicate = super::predicate(name).expect("a predicate");
        assert!(
            violation(constraint, &values, arena, |value| (predicate.holds)(value, arena)).is_some(),
            "{name}"
        );
    }
}
