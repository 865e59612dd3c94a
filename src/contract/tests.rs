//! Tests of contracts with small mappings and with requests.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};

use super::keyword::KEYWORDS;
use super::{Inspector, Violation, validator};
use crate::diag::{CODES, Code, Family};
use crate::{Loaded, load};

fn loaded(text: &str) -> Loaded {
    load("mapping.yaml", &[("mapping.yaml", text)])
}

fn codes(text: &str) -> Vec<&'static str> {
    loaded(text).findings.iter().map(|found| found.code.id()).collect()
}

#[test]
fn the_examples_of_codes_are_correct() {
    for row in CODES.iter().filter(|row| row.family == Family::Contract) {
        assert_eq!(codes(row.bad), [row.id], "{}: {:?}", row.id, loaded(row.bad).findings);
        assert_eq!(codes(row.good), [""; 0], "{}: {:?}", row.id, loaded(row.good).findings);
    }
}

const CONTRACT: &str = r##"
destination: example
language: 1
contract:
  hosts: { us: https://api.example.com, eu: https://eu.example.com }
  endpoints:
    person:
      method: PUT
      path: /v1/people/{id}
      parameters: { id: { maxBytes: 5 } }
      body: { properties: { at: { type: integer, seconds: true }, kind: { enum: [a, b] } }, maxKeyBytes: 6 }
    event:
      method: POST
      path: /v1/people/{id}/events
      body: { type: object, required: [name], properties: { name: { type: string, maxBytes: 12 }, data: { type: object } } }
    batch:
      method: POST
      path: /v2/batch
      body: { anyOf: [{ $ref: "#/$defs/item" }, { required: [batch], properties: { batch: { items: { $ref: "#/$defs/item" } } } }] }
  $defs:
    item: { required: [type], properties: { type: { enum: [object] } }, oneOf: [{ required: [id] }, { required: [email] }] }
"##;

/// The contract findings of a mapping, each with the text of its span.
fn found(rest: &str) -> Vec<String> {
    let text = format!("{CONTRACT}{rest}");
    let summary =
        |found: &crate::diag::Diagnostic| format!("{} {}", found.code.id(), &text[found.span.range()]);
    let found = loaded(&text).findings;
    found.iter().filter(|found| found.code.family() == Family::Contract).map(summary).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn shapes_are_inferred_through_fields_choices_and_layers() {
    let person = "rules:\n  - name: all\n    request:\n      method: PUT\n      endpoint: \"{{ api }}/v1/people/{{ event.userId | url_encode }}\"\n";
    let api =
        "fields:\n  api: [{ when: { $.x: 1 }, literal: https://eu.example.com }, https://api.example.com]\n";
    let with = |fields: &str, body: &str| found(&format!("{api}{fields}{person}      body:\n{body}"));
    assert_eq!(
        with("  ms: { from: $.t, transform: unix_millis }\n", "        at: $ms\n"),
        ["D607 unix_millis"]
    );
    assert_eq!(
        with("  s: { from: $.t, transform: [unix_seconds, { multiply: 1000 }] }\n", "        at: $s\n"),
        ["D607 { multiply: 1000 }"]
    );
    assert_eq!(
        with("  s: { from: $.t, transform: unix_seconds, default: null }\n", "        at: $s\n"),
        NONE
    );
    assert_eq!(with("", "        at: \"{{ event.t }}\"\n"), ["D617 \"{{ event.t }}\""]);
    assert_eq!(with("", "        at: 12.5\n"), ["D617 12.5"]);
    assert_eq!(with("", "        kind: { from: $.k, transform: { keep_if: [a, c] } }\n"), ["D614 c"]);
    let mapped =
        "        kind: { from: $.k, transform: { map_values: { a: [x], c: [y] }, otherwise: drop } }\n";
    assert_eq!(with("", mapped), ["D614 c"]);
    let layers = "        merge:\n          - { at: now, kind: b }\n          - at: 1\n";
    assert_eq!(with("", layers), NONE, "a later layer wins");
    let layers = "        merge:\n          - { at: now, kind: b }\n          - at: $.t\n";
    assert_eq!(with("", layers), ["D617 now"], "the layer below shows where the later is missing");
    assert_eq!(with("", "        from: $.traits\n        only: [ageless, plan]\n"), ["D602 ageless"]);
    assert_eq!(with("", "        from: $.traits\n        except: [ageless, plan]\n"), NONE);
}

#[test]
fn addresses_and_methods_are_checked() {
    let at = |method: &str, endpoint: &str| {
        found(&format!(
            "rules:\n  - name: all\n    request:\n      method: {method}\n      endpoint: {endpoint}\n      body: $.traits\n"
        ))
    };
    assert_eq!(at("PUT", "\"https://api.example.com/v1/people/{{ event.userId | url_encode }}\""), NONE);
    assert_eq!(
        at("POST", "\"https://api.example.com/v1/people/{{ event.userId | url_encode }}\""),
        ["D604 POST"]
    );
    assert_eq!(
        at("PUT", "\"https://api.exampel.com/v1/people/{{ event.userId | url_encode }}\""),
        ["D601 \"https://api.exampel.com/v1/people/{{ event.userId | url_encode }}\""]
    );
    assert_eq!(
        at("PUT", "\"https://api.example.com/v1/peple/{{ event.userId | url_encode }}\""),
        ["D601 \"https://api.example.com/v1/peple/{{ event.userId | url_encode }}\""]
    );
    assert_eq!(
        at("PUT", "\"{{ config.host }}/v1/peple/{{ event.userId | url_encode }}\""),
        NONE,
        "the host is not known"
    );
}

#[test]
fn exclusive_keys_need_conditions() {
    let body = |body: &str| {
        found(&format!(
            "rules:\n  - name: all\n    request:\n      endpoint: https://api.example.com/v2/batch\n      body: {body}\n"
        ))
    };
    assert_eq!(body("{ type: object, id: $.userId }"), NONE);
    assert_eq!(
        body(
            "{ type: object, id: $.userId, email: { when: { $.userId: { is: absent } }, from: $.traits.email } }"
        ),
        NONE
    );
    assert_eq!(
        body(
            "{ type: object, id: $.userId, email: { from: $.userId, transform: { keep_if: { is: email } } } }"
        ),
        NONE
    );
    assert_eq!(body("{ type: object, id: $.userId, email: $.traits.email }"), ["D620 email"]);
    assert_eq!(body("{ type: object }"), ["D620 type"]);
    assert_eq!(body("{ batch: [{ type: objct, id: $.userId }] }"), ["D614 objct"]);
}

#[test]
fn requests_are_checked() {
    let contract =
        loaded(&format!("{CONTRACT}rules: [{{ name: all, drop: true }}]\n")).contract.expect("a contract");
    let inspector = Inspector::new(&contract);
    let check = |method: &str, address: &str, body: Value| {
        let summary = |one: Violation| format!("{} {}: {}", one.code, one.part, one.message);
        inspector
            .check(method, address, Some(&body.to_string()), &|_| true)
            .into_iter()
            .map(summary)
            .collect::<Vec<_>>()
    };
    let person = "https://eu.example.com/v1/people/u1";
    assert_eq!(check("PUT", person, json!({ "at": 1_700_000_000, "kind": "a" })), NONE);
    assert_eq!(
        check("PUT", person, json!({ "at": 1_700_000_000_000_i64, "kind": "c", "subscriptions": 1 })),
        [
            "D602 body: has a key of 13 bytes; the limit is 6",
            "D607 body.at: must be seconds since 1970; this number looks like milliseconds",
            "D614 body.kind: must be one of `a`, `b`; did you mean `a`?",
        ]
    );
    assert_eq!(
        check("PUT", "https://eu.example.com/v1/people/u%C3%A91234", json!({})),
        ["D603 endpoint.id: has 7 bytes and may have 5"]
    );
    assert_eq!(check("GET", person, json!({})), ["D604 method: this endpoint accepts PUT, not GET"]);
    assert_eq!(
        check("PUT", "https://example.com/v1/people/u1", json!({})),
        ["D601 endpoint: the contract does not list this host"]
    );
    assert_eq!(
        check(
            "POST",
            "https://eu.example.com/v1/people/u1/events?x=1",
            json!({ "name": "é".repeat(7), "data": [] })
        ),
        ["D603 body.name: has 14 bytes and may have 12", "D617 body.data: must be a map, and this is a list"]
    );
    assert_eq!(
        check("POST", "https://eu.example.com/v2/batch", json!({ "batch": [{ "type": "object" }] })),
        ["D620 body.batch[0]: needs one of `id`, `email`"]
    );
    assert!(check("POST", "https://eu.example.com/v2/batch", json!({ "type": "x", "id": 1 })).len() == 1);
}

#[test]
fn keywords_of_json_schema_apply_or_are_named_as_unsupported() {
    let contract = |schema: &str| {
        loaded(&format!(
            "destination: example\nlanguage: 1\ncontract:\n  endpoints: {{ send: {{ method: POST, path: /send, body: {schema} }} }}\n  \
             $defs: {{ name: {{ type: string, $id: name }} }}\nrules: [{{ name: all, drop: true }}]\n"
        ))
    };
    let checked = |schema: &str, body: Value| {
        let contract = contract(schema).contract.expect("a contract");
        let found = Inspector::new(&contract).check(
            "POST",
            "https://a.example/send",
            Some(&body.to_string()),
            &|_| true,
        );
        found.into_iter().map(|one| format!("{} {}: {}", one.code, one.part, one.message)).collect::<Vec<_>>()
    };
    for (schema, good, bad, expected) in [
        (
            "{ properties: { a: { format: email } } }",
            json!({ "a": "a@b.example" }),
            json!({ "a": "b" }),
            "D618 body.a: must have the format `email`",
        ),
        (
            "{ properties: { a: { contains: { const: 1 } } } }",
            json!({ "a": [2, 1] }),
            json!({ "a": [2] }),
            "D618 body.a: violates `contains`",
        ),
        (
            "{ properties: { a: true }, unevaluatedProperties: false }",
            json!({ "a": 1 }),
            json!({ "b": 1 }),
            "D608 body: has a key that the destination does not accept: `b`",
        ),
        (
            "{ dependentSchemas: { a: { required: [b] } } }",
            json!({ "b": 1 }),
            json!({ "a": 1 }),
            "D619 body: needs `b`",
        ),
        (
            "{ $comment: new, properties: { a: { minimum: 2, maximum: 3 } } }",
            json!({ "a": 2 }),
            json!({ "a": 1 }),
            "D614 body.a: must be at least 2",
        ),
        (
            "{ different: [a.id, b.id] }",
            json!({ "a": { "id": 1 }, "b": {} }),
            json!({ "a": { "id": 1 }, "b": { "id": "1" } }),
            "D614 body: `a.id` and `b.id` must not be the same",
        ),
        (
            "{ $id: other, properties: { a: { $ref: \"#/$defs/name\", $anchor: x } } }",
            json!({ "a": "b" }),
            json!({ "a": 1 }),
            "D617 body.a: must be text, and this is a number",
        ),
    ] {
        assert_eq!(checked(schema, good), NONE, "{schema}");
        assert_eq!(checked(schema, bad), [expected], "{schema}");
    }
    let codes = |schema: &str| {
        let found = contract(schema).findings;
        found
            .iter()
            .filter(|found| found.message.starts_with(['`', 't']))
            .map(|found| found.code.id())
            .collect::<Vec<_>>()
    };
    assert_eq!(codes("{ properties: { a: { $dynamicRef: x, format: color } } }"), ["D660"; 3]);
    assert_eq!(codes("{ contains: 1, $comment: [1] }"), ["D630", "D660"], "other errors stay errors");
}

/// Values, some of which are valid for a keyword and some invalid.
fn any_value() -> impl Strategy<Value = Value> {
    let scalar = select(vec![
        json!(null),
        json!(true),
        json!(0),
        json!(3),
        json!(-1),
        json!(2.5),
        json!(""),
        json!("a"),
        json!("string"),
        json!("null"),
        json!("#/$defs/known"),
        json!("#/$defs/other"),
        json!("^[a-z]+\\d$"),
        json!("(?=a)b"),
        json!("("),
        json!([]),
        json!({}),
    ]);
    scalar.prop_recursive(3, 24, 3, |inner| {
        let names = select(KEYWORDS).prop_map(|(name, _)| name.to_owned());
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::Array),
            proptest::collection::btree_map(names, inner.clone(), 0..3).prop_map(|map| json!(map)),
            ("[a-c(]", inner).prop_map(|(name, value)| json!({ name: value })),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

/// A schema that passes validation never fails to compile.
    #[test]
    fn a_schema_that_is_accepted_can_be_compiled(first in (select(KEYWORDS), any_value()), second in (select(KEYWORDS), any_value())) {
        let schema = json!({ first.0.0: first.1, second.0.0: second.1 });
        let contract = json!({
            "endpoints": { "one": { "method": "POST", "path": "/", "body": schema } },
            "$defs": { "known": { "type": "string" } },
        });
        let mapping = format!("destination: a\nlanguage: 1\nrules: [{{ name: a, drop: true }}]\ncontract: {contract}\n");
        if let Some(contract) = loaded(&mapping).contract {
            let whole = json!({ "allOf": [contract.endpoints[0].body.as_ref().expect("a body").json().expect("numbers")], "$defs": contract.definitions.as_ref().expect("definitions").json().expect("numbers") });
            prop_assert_eq!(validator::compile(&whole).err(), None, "{}", schema);
        }
    }
}

#[test]
fn a_schema_that_cannot_be_compiled_is_reported_with_each_request() {
    let pattern = r"(\\w{900}){900}";
    let large = format!(
        "destination: a\nlanguage: 1\nrules: [{{ name: a, drop: true }}]\ncontract:\n  endpoints: {{ one: {{ method: POST, path: /a, body: {{ pattern: '{pattern}' }} }} }}\n"
    );
    let contract = loaded(&large).contract.expect("it can be read");
    let found = Inspector::new(&contract).check("POST", "https://example.com/a", Some("\"x\""), &|_| true);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].code, found[0].part.as_str()), (Code::BadContract, "body"));
}

/// Schemas that double: the mapping is compared with as much of them as the limit allows, and requests are listed as not
/// checked instead of being checked forever.
#[test]
fn schemas_that_double_are_not_checked_forever() {
    for (pair, unchecked) in [
        (r##"{ allOf: [{ $ref: "#/$defs/NEXT" }, { $ref: "#/$defs/NEXT" }] }"##, true),
        (r##"{ oneOf: [{ allOf: [{ $ref: "#/$defs/NEXT" }] }, { $ref: "#/$defs/NEXT" }] }"##, true),
        (
            r##"{ if: { $ref: "#/$defs/NEXT" }, then: { $ref: "#/$defs/NEXT" }, else: { $ref: "#/$defs/NEXT" } }"##,
            true,
        ),
        (r##"{ not: { not: { anyOf: [{ $ref: "#/$defs/NEXT" }, { $ref: "#/$defs/NEXT" }] } } }"##, true),
        (r##"{ should: { $ref: "#/$defs/NEXT" }, documented: { $ref: "#/$defs/NEXT" } }"##, false),
        (
            r##"{ properties: { v: { $ref: "#/$defs/NEXT" } }, additionalProperties: { $ref: "#/$defs/NEXT" } }"##,
            false,
        ),
    ] {
        let definitions: Vec<String> = (0..40)
            .map(|level| format!("    s{level}: {}\n", pair.replace("NEXT", &format!("s{}", level + 1))))
            .collect();
        let definitions = definitions.concat();
        let loaded = loaded(&format!(
            "destination: a\nlanguage: 1\ncontract:\n  hosts: {{ a: 'https://a.example' }}\n  endpoints:\n    e: {{ method: POST, path: /x, body: {{ $ref: '#/$defs/s0' }} }}\n  $defs:\n{definitions}    s40: {{ properties: {{ w: {{ type: number }} }} }}\nrules:\n  - {{ name: r, request: {{ endpoint: 'https://a.example/x', body: {{ v: $.a, w: b }} }} }}\n"
        ));
        let contract = loaded.contract.as_ref().expect("a contract");
        let found =
            Inspector::new(contract)
                .check("POST", "https://a.example/x", Some(r#"{"v":1,"w":2}"#), &|_| true);
        let messages: Vec<_> = found.iter().map(|violation| violation.message.as_str()).collect();
        assert_eq!(
            messages.iter().any(|message| message.contains("1000000 steps")),
            unchecked,
            "{messages:?}"
        );
    }
}

#[test]
fn the_number_of_schemas_is_limited() {
    let definitions = |count: usize| {
        let lines: Vec<String> = (0..count).map(|number| format!("    s{number}: {{}}\n")).collect();
        lines.concat()
    };
    let codes = |count| {
        codes(&format!(
            "destination: a\nlanguage: 1\ncontract:\n  hosts: {{ a: 'https://a.example' }}\n  endpoints:\n    e: {{ method: POST, path: /x }}\n  $defs:\n{}rules:\n  - {{ name: r, drop: true }}\n",
            definitions(count)
        ))
    };
    assert_eq!(codes(1000), [""; 0]);
    assert_eq!(codes(1001), ["D630"]);
}
