//! What rows say of outputs is true of what the operators give, for random values and arguments, always the same.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value as Json;

use super::{Step, compile, json_of, print, step, value};
use crate::abstract_value::contains::{exactly, wrong};
use crate::abstract_value::{AbstractValue, Unit};
use crate::json::tests::any_json;
use crate::ops::OPS;
use crate::value::{Arena, Value};

/// How many values each step gets.
const VALUES: usize = 50;

fn runner() -> TestRunner {
    TestRunner::new_with_rng(
        Config { failure_persistence: None, ..Config::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    )
}

/// Values of every kind: random ones, those of the examples, and texts that operators look into.
fn values(runner: &mut TestRunner) -> Vec<String> {
    let text =
        "[a-cA-C/?#%é ßİΣ-]{0,6}|[0-9]{1,4}(\\.[05])?|true|false|https?://[a-z]{1,3}\\.[a-z]{2}/[a-z?=]{0,4}";
    let any = prop_oneof![any_json(), text.prop_map(Json::from)];
    let random = (0..VALUES).map(|_| any.new_tree(runner).expect("a value").current().to_string());
    let random: Vec<String> = random.collect();
    let examples = OPS.iter().flat_map(|row| row.examples).step_by(3).map(|example| example.input.to_owned());
    random.into_iter().chain(examples).collect()
}

/// The steps of the examples, and the same with other numbers.
fn steps(runner: &mut TestRunner) -> Vec<Step> {
    let examples: Vec<&str> = OPS.iter().flat_map(|row| row.examples).map(|example| example.step).collect();
    let mut steps: Vec<Step> = examples.iter().map(|yaml| step(yaml).expect("valid")).collect();
    for yaml in examples {
        let mut json: Json = serde_yaml::from_str(yaml).expect("YAML");
        if yaml.contains(|c: char| c.is_ascii_digit()) {
            other_numbers(&mut json, runner);
            steps.extend(compile(&json));
        }
    }
    steps
}

fn other_numbers(json: &mut Json, runner: &mut TestRunner) {
    match json {
        Json::Number(number) => {
            *number = (-6_i64..9).new_tree(runner).expect("a number").current().into();
        }
        Json::Array(items) => items.iter_mut().for_each(|item| other_numbers(item, runner)),
        Json::Object(members) => members.values_mut().for_each(|member| other_numbers(member, runner)),
        _ => {}
    }
}

/// What can be known of a value: everything, or less.
fn knowledge<'a>(input: Value<'a>, other: Value<'a>, arena: &'a Arena) -> Vec<AbstractValue> {
    let all = exactly(input, arena);
    let kind = AbstractValue { missing: all.missing, raw: true, ..AbstractValue::made(all.kinds) };
    let unnamed = AbstractValue { values: None, ..all.clone() };
    let either = all.clone().or(exactly(other, arena));
    vec![all, unnamed, kind, either, AbstractValue::event()]
}

/// What is wrong about the claims of a step.
fn lies(claim: impl Fn(&AbstractValue) -> AbstractValue, step: &Step, values: &[String]) -> Option<String> {
    let arena = &Arena::new();
    values.iter().enumerate().find_map(|(at, json)| {
        let (input, other) = (value(json, arena), value(&values[(at * 7 + 3) % values.len()], arena));
        let output = step.apply(input, arena);
        knowledge(input, other, arena).iter().find_map(|known| {
            let why = wrong(&claim(known), output, arena)?;
            let (name, argument) = (step.row.name, &step.argument);
            Some(format!("{name}: {argument} of {json} is {}: {why}\nknown: {known:?}", print(output)))
        })
    })
}

#[test]
fn what_rows_say_is_true() {
    let runner = &mut runner();
    let (values, steps) = (values(runner), steps(runner));
    let wrong: Vec<String> =
        steps.iter().filter_map(|step| lies(|known| step.claim(known), step, &values)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(steps.len() > 3 * OPS.len());
}

/// A change of a claim.
type Plant = fn(AbstractValue) -> AbstractValue;

#[test]
fn a_planted_lie_is_found() {
    let values = values(&mut runner());
    let planted: [(&str, Plant); 9] = [
        ("trim", |claim| AbstractValue { missing: false, ..claim }),
        ("{ truncate: 3 }", |mut claim| {
            claim.length.max_bytes = Some(3);
            claim
        }),
        ("{ truncate_bytes: 5 }", |mut claim| {
            claim.length.min_bytes = 2;
            claim
        }),
        ("number", |claim| AbstractValue { kinds: crate::value::Kinds::TEXT, ..claim }),
        ("uppercase", |claim| AbstractValue { case: Some(crate::abstract_value::Case::Lower), ..claim }),
        ("{ replace: { text: a, with: b } }", |claim| AbstractValue { encoded: true, ..claim }),
        ("base64", |claim| AbstractValue { no_delimiter: true, ..claim }),
        ("round", |mut claim| {
            claim.range.high = Some((5.0, true));
            claim
        }),
        ("lowercase", |claim| claim.among([crate::abstract_value::Scalar::Text("a".into())])),
    ];
    for (yaml, lie) in planted {
        let step = step(yaml).expect("valid");
        assert!(lies(|known| lie(step.claim(known)), &step, &values).is_some(), "{yaml}");
        assert_eq!(lies(|known| step.claim(known), &step, &values), None);
    }
}

#[test]
fn units_are_what_is_counted() {
    const INSTANT: f64 = 1_709_618_828_900.0;
    let per = |unit: Unit| if unit == Unit::Seconds { 1000.0 } else { 1.0 };
    let arena = &Arena::new();
    let mut told = 0;
    for step in OPS.iter().flat_map(|row| row.examples).map(|example| step(example.step).expect("valid")) {
        let date = ("\"2024-03-05T06:07:08.900Z\"".to_owned(), None);
        let numbers =
            [Unit::Seconds, Unit::Millis].map(|unit| ((INSTANT / per(unit)).to_string(), Some(unit)));
        for (json, unit) in [date].into_iter().chain(numbers) {
            let input = value(&json, arena);
            let known = AbstractValue { unit, values: None, ..exactly(input, arena) };
            let (claim, output) = (step.claim(&known), step.apply(input, arena));
            let (Some(unit), Some(output)) = (claim.unit, output) else { continue };
            let number = json_of(output).as_f64().unwrap_or_default() * per(unit);
            let name = step.row.name;
            assert!((number / INSTANT - 1.0).abs() < 1e-4, "{name} of {json} is {number} {unit:?}");
            told += 1;
        }
    }
    assert!(told > 8, "{told}");
}
