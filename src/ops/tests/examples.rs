//! Every example of every row, and what the rows claim about kinds.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::{Step, print, step, value};
use crate::json::tests::any_json;
use crate::ops::{Gives, Missing, OPS, Operator};
use crate::value::{Arena, Kinds, same};

#[test]
fn every_example_gives_what_it_says() {
    let arena = &Arena::new();
    let mut wrong = Vec::new();
    for row in OPS {
        for example in row.examples {
            let step =
                step(example.step).unwrap_or_else(|wrong| panic!("{}: {}", example.step, wrong.message));
            let result = step.apply(value(example.input, arena), arena);
            let equal = match result {
                None => example.output == "—",
                Some(result) => example.output != "—" && same(result, value(example.output, arena), arena),
            };
            if !equal {
                wrong.push(format!("{} of {} is {}", example.step, example.input, print(result)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rows_are_complete() {
    for (at, row) in OPS.iter().enumerate() {
        let name = row.name;
        assert!(OPS[..at].iter().all(|other| other.name != name), "{name} stands twice");
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'));
        assert!(row.summary.ends_with('.') && !row.summary.is_empty(), "{name}: a sentence as the summary");
        assert!(row.takes.and(row.keeps).is_empty(), "{name}: converted and kept at once");
        assert!(!row.missing.words().is_empty(), "{name}: when it is missing");
        let equivalents = &row.equivalents;
        for other in [equivalents.vrl, equivalents.bloblang, equivalents.mapping_kit, equivalents.rudderstack]
        {
            assert!(!other.is_empty(), "{name}: – for no such thing");
        }
        let never = matches!(row.missing, Missing::Never | Missing::TooLarge(_));
        let enough = if never { 2 } else { 3 };
        assert!(row.examples.len() >= enough, "{name}: more examples");
        let shown = row.examples.iter().any(|example| example.output == "—");
        assert_eq!(shown, !never, "{name}: an example of the missing case");
        for example in row.examples {
            assert!(example.step.contains(name), "{name}: {}", example.step);
        }
    }
}

/// Steps with the text they were made of.
type Steps = Vec<(&'static str, Step)>;

/// The rows with the steps of their examples.
static STEPS: LazyLock<Vec<(&Operator, Steps)>> = LazyLock::new(|| {
    let steps = |row: &'static Operator| {
        let steps = row.examples.iter().map(|example| (example.step, step(example.step).expect("valid")));
        steps.collect()
    };
    OPS.iter().map(|row| (*row, steps(row))).collect()
});

/// What a row says of kinds holds for a value; nothing panics.
fn kinds_hold(row: &Operator, steps: &[(&str, Step)], json: &str) {
    let arena = &Arena::new();
    let input = value(json, arena);
    let kind = Kinds::from(input.kind());
    for (yaml, step) in steps {
        let result = step.apply(input, arena);
        let place = || format!("{yaml} of {json} is {}", print(result));
        if !kind.and(row.keeps).is_empty() {
            assert!(result.is_some_and(|result| same(result, input, arena)), "not kept: {}", place());
        } else if kind.and(row.takes).is_empty() {
            assert!(result.is_none(), "not taken: {}", place());
        } else if let Some(result) = result {
            let gives = match row.gives {
                Gives::Kinds(kinds) => kinds,
                Gives::Same => kind,
            };
            assert!(!Kinds::from(result.kind()).and(gives).is_empty(), "not given: {}", place());
        }
        let converted = !kind.and(row.takes).is_empty();
        if row.missing == Missing::Never || matches!(row.missing, Missing::OtherKinds(_)) && converted {
            assert!(result.is_some(), "never missing: {}", place());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn no_operator_panics_and_rows_tell_the_truth(json in any_json()) {
        let json = json.to_string();
        for (row, steps) in STEPS.iter() {
            kinds_hold(row, steps, &json);
        }
    }
}

#[test]
fn rows_tell_the_truth_of_every_kind() {
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
            kinds_hold(row, steps, json);
        }
    }
}
