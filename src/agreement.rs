//! The run does what analysis and contract say before it: every operator and every test, over random values, always the same.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::abstract_value::AbstractValue;
use crate::abstract_value::contains::{violated, wrong};
use crate::json::tests::any_json;
use crate::json::{Document, Limits, Tape};
use crate::ops::OPS;
use crate::predicate::TESTS;
use crate::template::ParseCache;
use crate::value::{Arena, Value};
use crate::{Loaded, Outcome, analysis, contract, load};

/// Random values as JSON.
fn values(count: usize) -> Vec<String> {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let text = "[a-cA-C/ é]{0,4}|Order [a-z]{1,3}|vip|sign up|[0-9]{1,3}|a@shop\\.example";
    let any =
        prop_oneof![any_json(), text.prop_map(serde_json::Value::from), (-2_i64..12).prop_map(Into::into)];
    let value = |_| any.new_tree(&mut runner).expect("a value").current().to_string();
    (0..count).map(value).collect()
}

/// The answer of a mapping to the event `{ "in": json }`.
fn answer(loaded: &Loaded, json: &str) -> (Outcome, Vec<u8>) {
    let event = format!("{{\"in\":{json}}}");
    run(loaded, &event)
}

/// What a mapping without settings makes of an event: the outcome and the answer lines.
fn run(loaded: &Loaded, event: &str) -> (Outcome, Vec<u8>) {
    let engine = loaded.engine.as_ref().expect("an engine");
    let settings = engine.settings("{}").expect("a map");
    let mut worker = engine.worker(&settings).expect("its own settings");
    let answer = worker.event(event.as_bytes());
    (answer.outcome.clone(), answer.lines().to_vec())
}

/// The first claim about a field that the actual value contradicts, with the reason. A field may have several claims,
/// of which one must be true.
fn contradiction(loaded: &Loaded, json: &str, claims: &[(&str, Vec<AbstractValue>)]) -> Option<String> {
    let (outcome, answer) = answer(loaded, json);
    assert_eq!(outcome, Outcome::Requests(1), "{}", String::from_utf8_lossy(&answer));
    let (arena, mut tape) = (&Arena::new(), Tape::default());
    let answer = String::from_utf8(answer).expect("JSON is UTF-8");
    let document = Document::read(&answer, &mut tape, &Limits::default()).expect("JSON");
    let body = document.root().member("output").and_then(|output| output.member("body")?.member("JSON"));
    claims.iter().find_map(|(name, one_of)| {
        let value = body.and_then(|body| body.member(name)).map(Value::Node);
        let wrong: Option<Vec<String>> = one_of.iter().map(|claim| wrong(claim, value, arena)).collect();
        wrong.map(|why| format!("{name} of {json}: {why:?}"))
    })
}

#[test]
fn analysis_and_contract_say_of_operators_what_the_run_does() {
    let values = values(12);
    let mut checked = 0;
    for example in OPS.iter().flat_map(|row| row.examples) {
        let (input, step) = (example.input, example.step);
        let mapping = |literal: &str| {
            format!(
                "destination: example\nlanguage: 1\nfields:\n{literal}  \
                 of_event: {{ from: $.in, keep_empty: true, transform: {step} }}\nrules:\n  - name: all\n    request:\n      \
                 endpoint: https://api.example.com\n      body: {{ of_event: $of_event{} }}\n",
                if literal.is_empty() { "" } else { ", constant: $constant" }
            )
        };
        let constant = format!("  constant: {{ literal: {input}, transform: {step} }}\n");
        let mut loaded = load("m.yaml", &[("m.yaml", mapping(&constant).as_str())]);
        let mut names = vec!["constant", "of_event"];
        if loaded.engine.is_none() {
            // What can never work is an error for a constant.
            loaded = load("m.yaml", &[("m.yaml", mapping("").as_str())]);
            names.remove(0);
        }
        let written = loaded.mapping.as_ref().expect("a mapping");
        let cache = ParseCache::default();
        let of_analysis = analysis::fields(written, &cache);
        let of_contract = contract::fields(written, &cache);
        assert_eq!((of_analysis.len(), of_contract.len()), (names.len(), names.len()));
        let of_analysis = names.iter().copied().zip(of_analysis.into_iter().map(|claim| vec![claim]));
        let claims: Vec<_> = of_analysis.chain(names.iter().copied().zip(of_contract)).collect();
        for json in values.iter().map(String::as_str).chain([input]) {
            let contradiction = contradiction(&loaded, json, &claims);
            assert_eq!(contradiction, None, "{step}, constant {input}");
            checked += 1;
        }
    }
    assert!(checked > 1000, "{checked}");
}

#[test]
fn analysis_says_of_tests_what_the_run_does() {
    let values = values(250);
    for row in TESTS {
        let mapping = format!(
            "destination: example\nlanguage: 1\nrules:\n  - {{ name: holds, when: {}, drop: true }}\n  \
             - {{ name: rest, fail: it does not hold }}\n",
            row.example
        );
        let loaded = load("m.yaml", &[("m.yaml", mapping.as_str())]);
        let written = loaded.mapping.as_ref().expect("a mapping");
        let (path, said) = analysis::first_test(written).expect("a test");
        let way: Vec<&str> = path.trim_start_matches("$.").split('.').collect();
        let mut passed = 0;
        for json in &values {
            let event = way.iter().rev().fold(json.clone(), |inner, name| format!("{{\"{name}\":{inner}}}"));
            let held = run(&loaded, &event).0 == Outcome::Dropped;
            let arena = &Arena::new();
            let value = Document::in_arena(json, arena, &Limits::default()).expect("JSON").root();
            if held {
                passed += 1;
                assert_eq!(violated(&said, Some(Value::Node(value)), arena), None, "{} {json}", row.name);
            }
        }
        assert!(passed > 0, "{}: no value passes", row.name);
    }
}

#[test]
fn a_false_claim_is_detected() {
    let mapping = "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      \
                   endpoint: https://api.example.com\n      body: { of_event: $.in }\n";
    let loaded = load("m.yaml", &[("m.yaml", mapping)]);
    let claim = AbstractValue { missing: false, ..AbstractValue::event() };
    let claims = [("of_event", vec![claim])];
    assert!(contradiction(&loaded, "null", &claims).is_some());
    assert!(contradiction(&loaded, "7", &claims).is_none());
}
