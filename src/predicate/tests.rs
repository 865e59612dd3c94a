//! What the rows say is true of random values, always the same.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::{Comparison, Nested, PREDICATES, Predicate, TESTS, TestArgKind, TestArgs, TestRun};
use crate::abstract_value::contains::violated;
use crate::abstract_value::{Constraint, Scalar};
use crate::value::{Arena, Number, Value};

/// Missing, and values of every kind.
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
        let one = any.new_tree(&mut runner).expect("a value").current();
        values.push(Some(one));
        values.push(Some(Value::List(arena.alloc_slice_copy(&[one]))));
        values.push(Some(Value::Map(arena.alloc_slice_copy(&[("a", one)]))));
    }
    values
}

/// What is wrong about what is said of a value for which something holds.
fn lie<'a>(
    said: &Constraint,
    values: &[Option<Value<'a>>],
    arena: &'a Arena,
    holds: impl Fn(Option<Value<'a>>) -> bool,
) -> Option<String> {
    let mut passed = values.iter().copied().filter(|value| holds(*value)).peekable();
    assert!(passed.peek().is_some(), "no value passes");
    passed.find_map(|value| Some(format!("{value:?}: {}", violated(said, value, arena)?)))
}

#[test]
fn what_predicates_say_is_true() {
    let arena = &Arena::new();
    let values = values(arena);
    for Predicate { name, says, denies, holds, .. } in PREDICATES {
        assert_eq!(lie(&says(), &values, arena, |value| holds(value, arena)), None, "{name}");
        assert_eq!(lie(&denies(), &values, arena, |value| !holds(value, arena)), None, "not {name}");
    }
}

#[test]
fn what_lists_of_predicates_say_is_true() {
    let arena = &Arena::new();
    let values = values(arena);
    for (at, one) in PREDICATES.iter().enumerate() {
        for other in PREDICATES.iter().skip(at + 1) {
            let predicates = [one, other];
            let args = TestArgs { predicates: &predicates, ..TestArgs::default() };
            for row in TESTS {
                let TestRun::Is { negated } = row.run else { continue };
                let holds =
                    |value| predicates.iter().any(|predicate| (predicate.holds)(value, arena)) != negated;
                if values.iter().any(|value| holds(*value)) {
                    let lie = lie(&(row.says)(&args), &values, arena, holds);
                    assert_eq!(lie, None, "{} {} {}", row.name, one.name, other.name);
                }
            }
        }
    }
}

#[test]
fn what_stands_after_a_test_fits_how_it_is_run() {
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
fn what_comparisons_say_is_true() {
    let arena = &Arena::new();
    let values = values(arena);
    let mut compared = 0;
    for row in TESTS {
        let TestRun::Compared(Comparison { holds, .. }) = row.run else { continue };
        for wanted in values.iter().copied().flatten().filter(|value| Scalar::of(*value, arena).is_some()) {
            let holds = |value: Option<Value<'_>>| value.is_some_and(|value| holds(value, wanted, arena));
            if values.iter().any(|value| holds(*value)) {
                let args = TestArgs { constant: Scalar::of(wanted, arena), ..TestArgs::default() };
                let lie = lie(&(row.says)(&args), &values, arena, holds);
                assert_eq!(lie, None, "{} {wanted:?}", row.name);
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn a_planted_lie_is_found() {
    let arena = &Arena::new();
    let values = values(arena);
    let (filled, empty) = (Constraint::present(), Constraint::absent());
    let lies = [
        (&filled, "absent"),
        (&filled, "string"),
        (&empty, "number"),
        (&filled.clone().and(empty.clone()), "present"),
    ];
    for (said, name) in lies {
        let predicate = super::quality(name).expect("a predicate");
        assert!(lie(said, &values, arena, |value| (predicate.holds)(value, arena)).is_some(), "{name}");
    }
}
