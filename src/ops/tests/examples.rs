//! Tests of the examples in the table of operators, and of the kinds that it declares.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::{Step, print, step, value};
use crate::json::tests::any_json;
use crate::ops::{Gives, Missing, OPS, Operator};
use crate::value::{Arena, Kinds, same};

#[test]
fn every_example_produces_its_output() {
    let arena = &Arena::new();
    let mut failures = Vec::new();
    for row in OPS {
        for example in row.examples {
            let step =
                step(example.step).unwrap_or_else(|error| panic!("{}: {}", example.step, error.message));
            let result = step.apply(value(example.input, arena), arena);
            let equal = match result {
                None => example.output == "—",
                Some(result) => example.output != "—" && same(result, value(example.output, arena), arena),
            };
            if !equal {
                failures.push(format!("{} of {} is {}", example.step, example.input, print(result)));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn rows_are_complete() {
    for (index, row) in OPS.iter().enumerate() {
        let name = row.name;
        assert!(OPS[..index].iter().all(|other| other.name != name), "{name} is listed twice");
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'));
        assert!(row.summary.ends_with('.') && !row.summary.is_empty(), "{name}: a sentence as the summary");
        assert!(row.takes.and(row.keeps).is_empty(), "{name}: converted and kept at once");
        assert!(!row.missing.words().is_empty(), "{name}: when it is missing");
        let equivalents = &row.equivalents;
        for equivalent in
            [equivalents.vrl, equivalents.bloblang, equivalents.mapping_kit, equivalents.rudderstack]
        {
            assert!(!equivalent.is_empty(), "{name}: write – if there is no equivalent");
        }
        let never = row.missing == Missing::Never;
        let enough = if never { 2 } else { 3 };
        assert!(row.examples.len() >= enough, "{name}: more examples");
        let shown = row.examples.iter().any(|example| example.output == "—");
        assert_eq!(shown, !never, "{name}: an example of the missing case");
        for example in row.examples {
            assert!(example.step.contains(name), "{name}: {}", example.step);
        }
    }
}

/// Steps with their source text.
type Steps = Vec<(&'static str, Step)>;

/// The operators with the steps of their examples.
static STEPS: LazyLock<Vec<(&Operator, Steps)>> = LazyLock::new(|| {
    let steps = |row: &'static Operator| {
        let steps = row.examples.iter().map(|example| (example.step, step(example.step).expect("valid")));
        steps.collect()
    };
    OPS.iter().map(|row| (*row, steps(row))).collect()
});

/// Checks the kinds that an operator declares on one input.
fn check_kinds(row: &Operator, steps: &[(&str, Step)], json: &str) {
    let arena = &Arena::new();
    let input = value(json, arena);
    let kind = Kinds::from(input.kind());
    for (yaml, step) in steps {
        let result = match step.outcome(input, arena) {
            Ok(result) => result,
            Err(reason) => {
                assert!(row.meaning.refuses.is_some(), "{yaml} of {json} refuses: {reason}");
                continue;
            }
        };
        let outcome = || format!("{yaml} of {json} is {}", print(result));
        if !kind.and(row.keeps).is_empty() {
            assert!(result.is_some_and(|result| same(result, input, arena)), "not kept: {}", outcome());
        } else if kind.and(row.takes).is_empty() {
            assert!(result.is_none(), "accepted an undeclared kind: {}", outcome());
        } else if let Some(result) = result {
            let gives = match row.gives {
                Gives::Kinds(kinds) => kinds,
                Gives::Same => kind,
            };
            assert!(
                !Kinds::from(result.kind()).and(gives).is_empty(),
                "returned an undeclared kind: {}",
                outcome()
            );
        }
        let converted = !kind.and(row.takes).is_empty();
        if row.missing == Missing::Never || matches!(row.missing, Missing::OtherKinds(_)) && converted {
            assert!(result.is_some(), "never missing: {}", outcome());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn declared_kinds_are_correct_for_arbitrary_values(json in any_json()) {
        let json = json.to_string();
        for (row, steps) in STEPS.iter() {
            check_kinds(row, steps, &json);
        }
    }
}

#[test]
fn declared_kinds_are_correct_for_every_kind() {
    for json in [
        "null",
        "true",
        "7",
        "-1.5",
        "\"\"",
        "\"text\"",
        "[]",
        "[1,\"a\",null]",
        "{}",
        "{\"from\":\"a\",\"to\":1}",
    ] {
        for (row, steps) in STEPS.iter() {
            check_kinds(row, steps, json);
        }
    }
}
