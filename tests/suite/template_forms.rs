//! Random templates: each prints the same as it is and with logic around it that does nothing.

use mapwright::{Loaded, Outcome};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde_json::Value as Json;

tests![logic_that_does_nothing_changes_nothing];

/// Events whose `v` and `w` are of every kind.
const EVENTS: &[&str] = &[
    "{}",
    r#"{"v": null, "w": "b"}"#,
    r#"{"v": "", "w": null}"#,
    r#"{"v": true, "w": false}"#,
    r#"{"v": false, "w": 0}"#,
    r#"{"v": 1.0, "w": -0}"#,
    r#"{"v": 1.50, "w": 1E2}"#,
    r#"{"v": 9223372036854775808, "w": 1e400}"#,
    r#"{"v": "None", "w": "True"}"#,
    r#"{"v": "a\nb\n", "w": " 5 "}"#,
    r#"{"v": "2024-03-05T06:07:08Z", "w": "2024-03-05"}"#,
    r#"{"v": [], "w": [null]}"#,
    r#"{"v": ["a", null, 1.50, true], "w": [["a", 1], ["b", 2.0]]}"#,
    r#"{"v": {}, "w": {"a": null}}"#,
    r#"{"v": {"a": 1.10, "b": {"a": "x\n"}}, "w": {"b": [1], "a": ""}}"#,
];

/// What the logic is put around: `T` stands for the template.
const NOTHING: &[&str] = &[
    "T{% if true %}{% endif %}",
    "{% if false %}x{% endif %}T",
    "{% if true %}T{% endif %}",
    "{% for once in [1] %}T{% endfor %}",
    "{% with unused = 1 %}T{% endwith %}",
    "{% set all %}T{% endset %}{{ all }}",
];

/// Text between placeholders. At the inner ends of the logic, white space of the template must stay.
fn text() -> impl Strategy<Value = String> {
    select(vec!["", "a", " ", "\n", "\r\n", "b\n", "\n\n", "ñ😀", "{# c #}", "{{ '{{' }}", "None", "'"])
        .prop_map(str::to_owned)
}

fn constant() -> impl Strategy<Value = String> {
    select(vec![
        "none",
        "None",
        "true",
        "True",
        "false",
        "False",
        "0",
        "1.0",
        "1.50",
        "1e3",
        "1_000",
        "0x1f",
        "''",
        "'a'",
        "'a\\nb\\n'",
        "9223372036854775808",
        "0.1",
    ])
    .prop_map(str::to_owned)
}

fn reference() -> impl Strategy<Value = String> {
    select(vec![
        "event.v",
        "event.w",
        "event.v.a",
        "event.v['b'].a",
        "event.v[0]",
        "event.w[-1]",
        "event.missing",
        "event",
        "field",
        "field.a",
        "kept",
        "kept.a",
        "kept[0]",
        "defaulted",
    ])
    .prop_map(str::to_owned)
}

fn filter() -> impl Strategy<Value = String> {
    let without = select(vec![
        "string",
        "number",
        "boolean",
        "lowercase",
        "uppercase",
        "trim",
        "to_json",
        "parse_json",
        "unix_seconds",
        "round",
        "sum",
        "flatten",
        "compact",
        "to_list",
        "first",
        "unique",
        "count",
        "sort",
        "base64",
        "url_encode",
        "from_pairs",
    ])
    .prop_map(str::to_owned);
    let with = select(vec![
        "truncate(2)",
        "join(', ')",
        "split('a')",
        "add(0.1)",
        "multiply(-3)",
        "format_time('iso')",
    ])
    .prop_map(str::to_owned);
    let lookup =
        (constant(), constant()).prop_map(|(one, other)| format!("lookup({{'a': {one}, '1': {other}}})"));
    let replace =
        select(vec!["replace(text='a', with='\\n')", "only(['a'])", "except('a')", "lookup({'a': [none]})"])
            .prop_map(str::to_owned);
    prop_oneof![4 => without, 2 => with, 1 => lookup, 1 => replace]
}

fn operand() -> impl Strategy<Value = String> {
    let value = prop_oneof![4 => reference(), 1 => constant()];
    (value, proptest::collection::vec(filter(), 0..3)).prop_map(|(value, filters)| {
        filters.iter().fold(value, |value, filter| format!("{value} | {filter}"))
    })
}

fn template() -> impl Strategy<Value = String> {
    let dash = || select(vec!["", "", "", "", "-"]);
    let placeholder = (dash(), proptest::collection::vec(operand(), 1..4), dash())
        .prop_map(|(before, operands, after)| format!("{{{{{before} {} {after}}}}}", operands.join(" or ")));
    (text(), proptest::collection::vec((placeholder, text()), 1..4))
        .prop_map(|(first, rest)| rest.iter().fold(first, |all, (part, text)| all + part + text))
}

fn mapping(template: &str) -> Loaded {
    let template = Json::from(template);
    let text = format!(
        "destination: t\nlanguage: 1\nfields:\n  field: $.v\n  kept: {{ from: $.v, keep_empty: true }}\n  defaulted: {{ from: \
         $.v, default: d }}\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com/\n      body: {{ t: {template} }}\n"
    );
    mapwright::load("t.yaml", &[("t.yaml", text.as_str())])
}

/// The text for each event; `None` if the event or the mapping is refused.
fn printed(template: &str) -> Vec<Option<String>> {
    let Some(engine) = mapping(template).engine else { return Vec::new() };
    let settings = engine.settings("{}").expect("a map");
    let mut worker = engine.worker(&settings).expect("settings of this engine");
    let print = |event: &&str| {
        let answer = worker.event(event.as_bytes());
        if matches!(answer.outcome, Outcome::Refused(_)) {
            return None;
        }
        let answer: Json = serde_json::from_slice(answer.lines()).expect("JSON");
        Some(answer.pointer("/output/body/JSON/t").map(Json::to_string).unwrap_or_default())
    };
    EVENTS.iter().map(print).collect()
}

fn logic_that_does_nothing_changes_nothing() {
    let cases =
        Config { failure_persistence: None, rng_seed: RngSeed::Fixed(1), cases: 600, ..Config::default() };
    let printing = std::cell::Cell::new(0);
    let ran = TestRunner::new(cases).run(&(template(), select(NOTHING)), |(template, nothing)| {
        // The white space that `{{-` strips is not that of the logic.
        let template = format!("={template}=");
        let plain = printed(&template);
        if plain.is_empty() {
            // Without logic, kinds that do not fit are refused when the mapping is loaded.
            return Ok(());
        }
        printing.set(printing.get() + plain.iter().flatten().count());
        prop_assert_eq!(plain, printed(&nothing.replace('T', &template)), "{:?} {}", template, nothing);
        Ok(())
    });
    ran.unwrap_or_else(|failure| panic!("{failure}"));
    assert!(printing.get() > 3000, "only {} texts were printed", printing.get());
}
