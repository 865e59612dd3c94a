//! What an event contains is what is compared, and nothing of it is left out silently.

use mapwright::{Loaded, Outcome};
use serde_json::Value as Json;

tests![
    for_each_takes_any_value,
    an_empty_result_can_be_missing,
    a_named_element_is_known_inside,
    names_of_elements_hide_nothing,
    an_optional_part_of_an_endpoint,
    options_of_the_destination,
    a_method_can_be_a_setting,
    comparisons_are_exact,
    a_change_that_cannot_be_made_refuses_the_event,
    an_operator_that_would_lose_something_refuses_the_event,
    a_field_that_may_refuse_is_not_evaluated_early
];

fn load(sections: &str) -> Loaded {
    let text = format!("destination: t\nlanguage: 1\n{sections}");
    let loaded = mapwright::load("t.yaml", &[("t.yaml", text.as_str())]);
    assert!(loaded.engine.is_some(), "{sections}\n{:?}", loaded.findings);
    loaded
}

/// The outcome for an event, and its first answer line.
fn run(loaded: &Loaded, event: &str) -> (Outcome, Json) {
    let engine = loaded.engine.as_ref().expect("an engine");
    let settings = engine.settings("{}").expect("a map");
    let mut worker = engine.worker(&settings).expect("settings of this engine");
    let answer = worker.event(event.as_bytes());
    // `serde_json` reads 128 levels at most.
    (answer.outcome.clone(), serde_json::from_slice(answer.lines()).unwrap_or_default())
}

/// A test, a value and whether it holds.
const TESTS: &[(&str, &str, bool)] = &[
    ("{ more_than: 9007199254740992 }", "9007199254740993", true),
    ("{ more_than: 9007199254740993 }", "9007199254740993", false),
    ("{ less_than: 9007199254740993 }", "9007199254740992.9", true),
    ("{ at_least: 12345678901234567890.1 }", "12345678901234567890.09", false),
    ("{ at_most: 12345678901234567890.1 }", "1.23456789012345678901e19", true),
    ("{ at_least: 0.3 }", "0.30", true),
    ("{ more_than: 0.1 }", "0.10000000000000000001", true),
    ("{ less_than: 1e400 }", "1e399", true),
    ("{ more_than: 1e400 }", "1e401", true),
    ("{ more_than: 0 }", "1e-999", true),
    ("{ less_than: 0 }", "-0.0", false),
    ("{ more_than: 1 }", "\"2\"", false),
    ("1.0", "1", true),
    ("1", "1e0", true),
    ("1", "\"1\"", false),
    ("9007199254740993", "9007199254740992", false),
    ("[1e18, 2]", "1000000000000000000", true),
    ("{ not: 0.1 }", "0.10000000000000000001", true),
    ("{ is: filled }", "1e-999", true),
    ("{ is: filled }", "-0.00e5", false),
    ("{ some: { more_than: 9007199254740992 } }", "[1, 9007199254740993]", true),
    ("{ contains: 'x' }", "[\"x\"]", true),
];

fn comparisons_are_exact() {
    for (test, value, holds) in TESTS {
        let loaded = load(&format!(
            "rules:\n  - name: holds\n    when: {{ $.v: {test} }}\n    drop: it holds\n  - name: other\n    fail: it does not\n"
        ));
        let (outcome, _) = run(&loaded, &format!("{{\"v\": {value}}}"));
        assert_eq!(outcome == Outcome::Dropped, *holds, "{test} of {value}: {outcome:?}");
    }
}

const SEND: &str = "rules:\n  - name: all\n    request:\n      endpoint: https://api.example.com/\n      body: { v: $.v, w: $out }\n";

/// The address and the place of a refusal, and its message.
fn refusal(loaded: &Loaded, event: &str) -> [String; 3] {
    let (outcome, answer) = run(loaded, event);
    assert!(matches!(outcome, Outcome::Refused(_)), "{outcome:?}");
    let mut texts = Vec::new();
    collect(&answer, &mut texts);
    let find = |start: &str| texts.iter().find(|text| text.starts_with(start)).cloned().unwrap_or_default();
    let Outcome::Refused(refusal) = outcome else { return Default::default() };
    [find("t/"), find("t.yaml:"), refusal.message]
}

fn collect(json: &Json, texts: &mut Vec<String>) {
    match json {
        Json::String(text) => texts.push(text.clone()),
        Json::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        Json::Object(members) => members.values().for_each(|member| collect(member, texts)),
        _ => {}
    }
}

fn a_change_that_cannot_be_made_refuses_the_event() {
    let wrap = |levels: usize| format!("{}$.v{}", "[".repeat(levels), "]".repeat(levels));
    let set = format!("      - {{ in: $, key: v, to: {} }}\n", wrap(20));
    let deep = format!("fields:\n  out: $.v\nprepare:\n  - set:\n{}{SEND}", set.repeat(23));
    let nested = format!("{{\"v\": {}{}}}", "[".repeat(60), "]".repeat(60));
    let (outcome, _) = run(&load(&deep.replacen(&set, "", 1)), &nested);
    assert_eq!(outcome, Outcome::Requests(1), "22 changes fit");
    let [_, place, message] = refusal(&load(&deep), &nested);
    assert!(message.starts_with("`prepare` would make an event of more than 512 levels"), "{message}");
    assert!(place.starts_with("t.yaml:"), "{place}");

    let elsewhere =
        "fields:\n  out: { merge: [$.v, $.w] }\nprepare:\n  - set: [{ in: $out, key: a, to: 1 }]\n";
    let [_, place, message] = refusal(&load(&format!("{elsewhere}{SEND}")), r#"{"v":{"a":2}}"#);
    assert!(message.starts_with("`prepare` cannot change a map that is not part of the event"), "{message}");
    assert!(place.starts_with("t.yaml:6"), "{place}");

    // No map is no change, as documented.
    let (outcome, _) = run(&load(&format!("{elsewhere}{SEND}")), r#"{"v":"text"}"#);
    assert_eq!(outcome, Outcome::Requests(1));
    // Long, repeated and dotted keys.
    let keys =
        format!("fields:\n  out: $['a.b']\nprepare:\n  - set: [{{ in: $.v, key: $.key, to: 1 }}]\n{SEND}");
    let key = "k".repeat(100_000);
    let (_, answer) =
        run(&load(&keys), &format!(r#"{{"key":"{key}","a.b":7,"v":{{"{key}":2,"a.b":3,"{key}":4,"":5}}}}"#));
    let body = answer.pointer("/output/body/JSON").expect("a body");
    assert_eq!(
        (&body["w"], &body["v"]["a.b"], &body["v"][""], &body["v"][&key]),
        (&7.into(), &3.into(), &5.into(), &1.into())
    );
}

/// Pipelines and values that they refuse, with the message.
const LOSSES: &[(&str, &str, &str)] = &[
    (
        "flatten",
        r#"{"a.b":1,"a":{"b":2}}"#,
        "`flatten` cannot flatten a value in which two values get the same key",
    ),
    (
        "[{ each: { multiply: 99999999999999999999 } }]",
        "[99999999999999999999]",
        "`multiply` cannot multiply these numbers exactly",
    ),
    ("sum", "[1e999, 1]", "`sum` cannot add these numbers exactly"),
    ("parse_json", "@deep", "`parse_json` cannot parse JSON that is longer than 4 MiB"),
    ("flatten", "@wide", "`flatten` cannot flatten a value whose flat keys exceed 16 MiB"),
];

fn an_operator_that_would_lose_something_refuses_the_event() {
    for (pipeline, value, expected) in LOSSES {
        let deep = Json::from(format!("{}{}", "[".repeat(200), "]".repeat(200))).to_string();
        let wide = format!("{{\"{}\":[{}1]}}", "k".repeat(100_000), "1,".repeat(1000));
        let value = value.replace("@deep", &deep).replace("@wide", &wide);
        let loaded =
            load(&format!("fields:\n  out: {{ from: $.v, transform: {pipeline}, default: lost }}\n{SEND}"));
        let [_, place, message] = refusal(&loaded, &format!("{{\"v\": {value}}}"));
        assert!(message.starts_with(expected), "{message}");
        assert!(place.starts_with("t.yaml:4"), "{place}");
    }
}

/// A rule that matches before does not see the refusal of a field that only a later rule reads.
fn a_field_that_may_refuse_is_not_evaluated_early() {
    let loaded = load(
        "fields:\n  flat: { from: $.v, transform: [flatten, to_json] }\nrules:\n  - { name: a, when: { $.type: a }, drop: a }\n  \
         - { name: b, when: { $flat: x }, drop: b }\n  - { name: c, when: { $flat: y }, drop: c }\n",
    );
    assert_eq!(run(&loaded, r#"{"type":"a","v":{"a.b":1,"a":{"b":2}}}"#).0, Outcome::Dropped);
    assert!(matches!(run(&loaded, r#"{"type":"b","v":{"a.b":1,"a":{"b":2}}}"#).0, Outcome::Refused(_)));
}

/// The body of the first request for an event.
fn body(fields: &str, event: &str) -> Json {
    let rule =
        "rules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { out: $out } }\n";
    let (_, answer) = run(&load(&format!("fields:\n  out: {fields}\n{rule}")), event);
    answer["output"]["body"]["JSON"].clone()
}

/// A value, an event and what becomes of it; `null` is missing.
fn check_values(cases: &[(&str, &str, &str)]) {
    for (value, event, expected) in cases {
        let expected: Json = serde_json::from_str(expected).expect("JSON");
        assert_eq!(body(value, event)["out"], expected, "{value} {event}");
    }
}

fn for_each_takes_any_value() {
    check_values(&[
        ("{ for_each: $.m, make: $item.key }", r#"{"m":{"a":1,"b":null}}"#, r#"["a","b"]"#),
        ("{ for_each: $.m, make: $item }", r#"{"m":{"a":1,"a":2}}"#, r#"[{"key":"a","value":2}]"#),
        ("{ for_each: $.m, make: $item }", r#"{"m":{}}"#, "[]"),
        ("{ for_each: $.m, make: { id: $item } }", r#"{"m":"u-1"}"#, r#"[{"id":"u-1"}]"#),
        ("{ for_each: $.m, make: $item }", r#"{"m":false}"#, "[false]"),
        ("{ for_each: $.m, make: $item }", r#"{"m":null}"#, "null"),
        ("{ for_each: $.m, make: $item }", r#"{"m":""}"#, "null"),
        ("{ for_each: { from: $.m, keep_empty: true }, make: { x: 1 } }", r#"{"m":null}"#, "null"),
        (
            "{ from: $.m, transform: [to_pairs, from_pairs] }",
            r#"{"m":{"a":1,"b":"c"}}"#,
            r#"{"a":1,"b":"c"}"#,
        ),
    ]);
    let rules = "rules:\n  - name: all\n    request:\n      for_each: $.m\n      as: member\n      endpoint: \"https://api.example.com/{{ member.key }}\"\n";
    let (outcome, answer) = run(&load(rules), r#"{"m":{"a/b":1,"c":2}}"#);
    assert_eq!(outcome, Outcome::Requests(2), "{answer}");
}

fn an_empty_result_can_be_missing() {
    check_values(&[
        ("{ for_each: $.m, make: $item, keep_empty: false }", r#"{"m":[]}"#, "null"),
        ("{ for_each: $.m, make: $item.x, keep_empty: false }", r#"{"m":[1,2]}"#, "null"),
        ("{ for_each: $.m, make: $item, keep_empty: false, default: none }", r#"{"m":[]}"#, r#""none""#),
        ("{ from: $.m, keep_empty: false }", r#"{"m":{}}"#, "null"),
        ("{ from: $.m, keep_empty: false }", r#"{"m":{"a":null}}"#, r#"{"a":null}"#),
        ("{ from: $.m, keep_empty: false }", r#"{"m":0}"#, "0"),
        ("{ merge: [$.m, $.n], keep_empty: false }", r#"{"m":{},"n":1}"#, "null"),
        ("{ merge: [$.m, $.n] }", r#"{"m":{},"n":{}}"#, "{}"),
        ("{ concat: [$.m], keep_empty: false, transform: { each: number } }", r#"{"m":["x"]}"#, "null"),
        ("{ literal: {}, keep_empty: false }", "{}", "null"),
    ]);
}

fn a_named_element_is_known_inside() {
    let nested = "{ for_each: $.orders, as: order, make: { for_each: $order.lines, as: line, make: \"{{ order.id }}-{{ line }}-{{ item }}\" } }";
    check_values(&[(
        nested,
        r#"{"orders":[{"id":1,"lines":["a","b"]},{"id":2,"lines":"c"}]}"#,
        r#"[["1-a-a","1-b-b"],["2-c-c"]]"#,
    )]);
    // A field that loops itself does not change the elements of the value that uses it.
    let loaded = load(
        "fields:\n  inner: { for_each: [8, 9], as: b, make: $b }\n  out: { for_each: $.m, as: a, make: { i: $inner, a: $a } }\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { out: $out } }\n",
    );
    let (_, answer) = run(&loaded, r#"{"m":[1,2]}"#);
    let expected = serde_json::json!([{ "i": [8, 9], "a": 1 }, { "i": [8, 9], "a": 2 }]);
    assert_eq!(answer["output"]["body"]["JSON"]["out"], expected);
}

fn names_of_elements_hide_nothing() {
    let host = "destination: t\nlanguage: 1\nrules:\n  - name: all\n    request:\n      for_each: $.list\n      as: a\n      endpoint: \"https://{{ a.host }}/x\"\n";
    assert!(mapwright::load("t.yaml", &[("t.yaml", host)]).engine.is_none(), "an event chooses the host");
    for (value, part) in [
        ("{ for_each: $.m, as: out, make: $item }", "is a field"),
        ("{ for_each: $.m, as: config, make: $item }", "is reserved"),
        ("{ for_each: $.m, as: a, make: { for_each: $a, as: a, make: $a } }", "would hide"),
        ("{ from: $.m, as: a }", "has no effect without `for_each`"),
        ("[{ for_each: $.m, as: a, make: $a }, $a]", "there is no field called `a`"),
    ] {
        let text = format!(
            "destination: t\nlanguage: 1\nfields:\n  out: {value}\nrules:\n  - name: all\n    request: {{ endpoint: https://api.example.com, body: {{ out: $out }} }}\n"
        );
        let loaded = mapwright::load("t.yaml", &[("t.yaml", text.as_str())]);
        let found = format!("{:?}", loaded.findings);
        assert!(loaded.engine.is_none() && found.contains(part), "{value}\n{found}");
    }
}

fn an_optional_part_of_an_endpoint() {
    let rule = |endpoint: &str| {
        load(&format!("rules:\n  - name: all\n    request:\n      endpoint: '{endpoint}'\n"))
    };
    let optional = rule("https://api.example.com/a/{{ event.more or \"\" }}?q={{ event.q or \"x\" }}");
    for (event, expected) in [
        ("{}", "https://api.example.com/a/?q=x"),
        (r#"{"more":"b/c","q":"&"}"#, "https://api.example.com/a/b%2Fc?q=%26"),
    ] {
        assert_eq!(run(&optional, event).1["output"]["endpoint"], expected, "{event}");
    }
    let (outcome, _) = run(&rule("https://api.example.com/a/{{ event.more }}"), "{}");
    assert!(matches!(outcome, Outcome::Refused(_)), "{outcome:?}");
}

fn options_of_the_destination() {
    check_values(&[
        (
            "{ from: $.integrations, transform: integration_options }",
            r#"{"integrations":{"All":true,"T":{"a":1}}}"#,
            r#"{"a":1}"#,
        ),
        (
            "{ from: $.integrations, transform: integration_options }",
            r#"{"integrations":{"t.":{"a":2}}}"#,
            r#"{"a":2}"#,
        ),
        (
            "{ from: $.integrations, transform: integration_options }",
            r#"{"integrations":{"tt":{"a":1},"T":true}}"#,
            "null",
        ),
        (
            "{ from: $.integrations, transform: { integration_options: Other } }",
            r#"{"integrations":{"other":{"a":1}}}"#,
            r#"{"a":1}"#,
        ),
        (
            "{ from: [$.context.externalIds, $.context.externalId], transform: { external_id: crm } }",
            r#"{"context":{"externalId":[{"type":"crm","id":"c-5"}]}}"#,
            r#""c-5""#,
        ),
    ]);
}

fn a_method_can_be_a_setting() {
    let text = |setting: &str, method: &str| {
        format!(
            "destination: t\nlanguage: 1\nconfig:\n  method: {{ {setting} }}\nrules:\n  - name: all\n    request: {{ method: {method}, endpoint: https://api.example.com, body: {{ a: 1 }} }}\n"
        )
    };
    let good = "one_of: [PUT, PATCH], default: PATCH, secret: false";
    let loaded = mapwright::load("t.yaml", &[("t.yaml", text(good, "$config.method").as_str())]);
    let engine = loaded.engine.as_ref().unwrap_or_else(|| panic!("{:?}", loaded.findings));
    for (settings, expected) in [("{}", "PATCH"), (r#"{"method":"PUT"}"#, "PUT")] {
        let settings = engine.settings(settings).expect("a map");
        let mut worker = engine.worker(&settings).expect("settings of this engine");
        let answer: Json = serde_json::from_slice(worker.event(b"{}").lines()).expect("JSON");
        assert_eq!(answer["output"]["method"], expected);
    }
    let settings = engine.settings(r#"{"method":"DELETE"}"#).expect("a map");
    let mut worker = engine.worker(&settings).expect("settings of this engine");
    assert!(matches!(worker.event(b"{}").outcome, Outcome::Refused(_)));
    for (setting, method) in [
        (good, "$.method"),
        (good, "$config.other"),
        (good, "\"{{ config.method }}\""),
        ("one_of: [PUT, SEND], default: PUT, secret: false", "$config.method"),
        ("one_of: [PUT, PATCH], secret: false", "$config.method"),
        ("one_of: [PUT, PATCH], default: PUT", "$config.method"),
        ("required: true, secret: false", "$config.method"),
    ] {
        let loaded = mapwright::load("t.yaml", &[("t.yaml", text(setting, method).as_str())]);
        let found = format!("{:?}", loaded.findings);
        assert!(loaded.engine.is_none() && found.contains("BadMethod"), "{setting} {method}\n{found}");
    }
}
