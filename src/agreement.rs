//! Checks what lint and contract infer about every operator and test against the actual results for random values
//! (with a fixed seed).

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
use crate::{Files, Input, Loaded, Outcome, Settings, Worker, contract, lint, load};

struct Text<'t>(&'t str);

impl Files for Text<'_> {
    fn read(&self, _: Option<&str>, name: &str) -> Result<(String, String), String> {
        Ok((name.to_owned(), self.0.to_owned()))
    }
}

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
    let plan = loaded.plan.as_ref().expect("a plan");
    let (settings, mut answers) = (Settings::none(plan), Vec::new());
    let mut worker = Worker::new(plan, &settings, Input::Events, Limits::default());
    let event = format!("{{\"in\":{json}}}");
    (worker.line(1, event.as_bytes(), &mut answers).outcome, answers)
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
fn inferences_about_operators_match_actual_results() {
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
        let mut loaded = load("m.yaml", &Text(&mapping(&constant)));
        let mut names = vec!["constant", "of_event"];
        if loaded.plan.is_none() {
            // A step that can never work is an error if its input is a constant.
            loaded = load("m.yaml", &Text(&mapping("")));
            names.remove(0);
        }
        let written = loaded.mapping.as_ref().expect("a mapping");
        let cache = ParseCache::default();
        let lint_claims = lint::fields(written, &loaded.sources, &cache);
        let contract_claims = contract::fields(written, &cache);
        assert_eq!((lint_claims.len(), contract_claims.len()), (names.len(), names.len()));
        let lint_claims = names.iter().copied().zip(lint_claims.into_iter().map(|claim| vec![claim]));
        let claims: Vec<_> = lint_claims.chain(names.iter().copied().zip(contract_claims)).collect();
        for json in values.iter().map(String::as_str).chain([input]) {
            let contradiction = contradiction(&loaded, json, &claims);
            assert_eq!(contradiction, None, "{step}, constant {input}");
            checked += 1;
        }
    }
    assert!(checked > 1000, "{checked}");
}

#[test]
fn inferences_about_tests_match_actual_results() {
    let values = values(250);
    for row in TESTS {
        let mapping = format!(
            "destination: example\nlanguage: 1\nrules:\n  - {{ name: holds, when: {}, drop: true }}\n  \
             - {{ name: rest, fail: it does not hold }}\n",
            row.example
        );
        let loaded = load("m.yaml", &Text(&mapping));
        let written = loaded.mapping.as_ref().expect("a mapping");
        let (path, constraint) = lint::first_test(written).expect("a test");
        let names: Vec<&str> = path.trim_start_matches("$.").split('.').collect();
        let mut passed = 0;
        for json in &values {
            let event =
                names.iter().rev().fold(json.clone(), |inner, name| format!("{{\"{name}\":{inner}}}"));
            let plan = loaded.plan.as_ref().expect("a plan");
            let (settings, mut answers) = (Settings::none(plan), Vec::new());
            let mut worker = Worker::new(plan, &settings, Input::Events, Limits::default());
            let holds = worker.line(1, event.as_bytes(), &mut answers).outcome == Outcome::Dropped;
            let arena = &Arena::new();
            let value = Document::in_arena(json, arena, &Limits::default()).expect("JSON").root();
            if holds {
                passed += 1;
                assert_eq!(
                    violated(&constraint, Some(Value::Node(value)), arena),
                    None,
                    "{} {json}",
                    row.name
                );
            }
        }
        assert!(passed > 0, "{}: no value passes", row.name);
    }
}

#[test]
fn a_false_claim_is_detected() {
    let mapping = "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      \
                   endpoint: https://api.example.com\n      body: { of_event: $.in }\n";
    let loaded = load("m.yaml", &Text(mapping));
    let claim = AbstractValue { missing: false, ..AbstractValue::event() };
    let claims = [("of_event", vec![claim])];
    assert!(contradiction(&loaded, "null", &claims).is_some());
    assert!(contradiction(&loaded, "7", &claims).is_none());
}
