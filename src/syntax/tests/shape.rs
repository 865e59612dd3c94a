//! Keys, sections and values in the wrong form, one case per line.

use super::check;

/// Checks the findings for fragments below `destination` and `language`, which therefore begin on line 3.
fn assert_findings(cases: &[(&str, &[&str])]) {
    for (fragment, expected) in cases {
        let rules = if fragment.starts_with("rules:") || fragment.contains("\nrules:") {
            ""
        } else {
            "rules: [{ name: all, drop: true }]\n"
        };
        let (_, found) = check(&format!("destination: example\nlanguage: 1\n{fragment}{rules}"));
        assert_eq!(found, *expected, "{fragment}");
    }
}

#[test]
fn sections() {
    assert_findings(&[
        ("rule: []\nrules: [{ name: a, drop: true }]\n", &["S101 3:1"]),
        ("if: 1\n", &["S101 3:1"]),
        ("method: PUT\n", &["S101 3:1"]),
        ("description: 5\n", &["S106 3:14"]),
        ("config: { a: { required: 5 } }\n", &["S106 3:26"]),
        ("config: { a: { required: true, one_of: x } }\n", &["S106 3:40"]),
        ("config: { a: { type: string } }\n", &["S108 3:22"]),
        ("config: { a: { secret: no } }\n", &["S106 3:24"]),
        ("config: { a: required }\n", &["S106 3:14"]),
        ("config:\n  a:\n", &["S109 4:3"]),
        ("config:\n", &["S109 3:1"]),
        ("prepare: { when: $.x, set: [] }\n", &["S106 3:10"]),
        ("prepare: [{ when: $.x }]\n", &["S103 3:13"]),
        ("prepare: [{ set: [{ in: x, key: y, to: z }] }]\n", &["S106 3:25"]),
        ("prepare: [{ set: [{ in: $.x }] }]\n", &["S103 3:21"]),
        ("request: { when: $.x }\n", &["S101 3:12"]),
        ("request: { format: xml }\n", &["S108 3:20"]),
        ("batch: { max_items: 0 }\n", &["S106 3:21"]),
        ("batch: { max_bytes: many }\n", &["S106 3:21"]),
        ("batch: { rules: a }\n", &["S106 3:17", "R504 3:17"]),
        ("batch: { report_as_batched: yes }\n", &["S106 3:29"]),
        ("response: { partial: { foo: 1 } }\n", &["S101 3:24"]),
        ("response: { messages: { sucess: x } }\n", &["S101 3:25"]),
        ("remove: [a]\n", &["S114 3:1"]),
        ("fields: { my-field: 1 }\n", &["S112 3:11"]),
        ("fields: { config: 1 }\n", &["S112 3:11"]),
        ("conditions: { any: $.x }\n", &["S112 3:15"]),
        ("fields: [a]\n", &["S106 3:9"]),
    ]);
    for (text, expected) in [
        ("destination: a\n", ["S103 1:1"].as_slice()),
        ("destination: My Dest!\nlanguage: 1\nrules: [{ name: a, drop: true }]\n", &["S112 1:14"]),
        ("destination: a\nlanguage: \"1\"\nrules: [{ name: a, drop: true }]\n", &["S107 2:11"]),
        ("destination: a\nlanguge: 1\nrules: [{ name: a, drop: true }]\n", &["S101 2:1"]),
        ("extends:\nlanguage: 1\n", &["S109 1:1"]),
    ] {
        assert_eq!(check(text).1, expected, "{text}");
    }
}

#[test]
fn rules() {
    assert_findings(&[
        ("rules:\n  - id: a\n    drop: true\n", &["S101 4:5"]),
        ("rules:\n  - name: a\n    url: x\n    drop: true\n", &["S101 5:5"]),
        ("rules:\n  - name: a\n    When: $.x\n    when: $.x\n    drop: true\n", &["S101 5:5"]),
        ("rules:\n  - name: My Rule\n    drop: true\n", &["S112 4:11"]),
        ("rules:\n  - drop: true\n", &["S103 4:5"]),
        ("rules:\n  - name: a\n", &["S103 4:5"]),
        ("rules:\n  - when: $.x\n", &["S103 4:5"]),
        ("rules:\n  - name: a\n    fail:\n", &["S109 5:5"]),
        ("rules:\n  - name: a\n    fail: [a]\n", &["S106 5:11"]),
        ("rules:\n  - name: a\n    fail: x\n    kind: config\n", &["S108 6:11"]),
        ("rules:\n  - name: a\n    fail: x\n    drop: true\n", &["S104 6:5"]),
        ("rules:\n  - name: a\n    drop: false\n", &["S106 5:11"]),
        ("rules:\n  - name: a\n    before: b\n    drop: true\n", &["S114 5:13"]),
        ("rules:\n  - just text\n", &["S106 4:5"]),
        ("rules:\n  a: { drop: true }\n", &["S106 4:3"]),
        ("rules:\n  name: a\n  drop: true\n", &["S106 4:3"]),
        ("rules:\n  - name: a\n    require: $.x\n    drop: true\n", &["S106 5:14"]),
        ("rules:\n  - name: a\n    require: [{ check: $.x }]\n    drop: true\n", &["S103 5:17"]),
        (
            "rules:\n  - name: a\n    require: [{ check: $.x, error: a, b or c }]\n    drop: true\n",
            &["S109 5:39"],
        ),
        (
            "rules:\n  - name: a\n    require: [{ check: $.x, error: x, body: {} }]\n    drop: true\n",
            &["S101 5:39"],
        ),
        ("rules:\n  - name: a\n    request: https://a.example\n", &["S106 5:14"]),
        ("rules:\n  - name: a\n    request: []\n", &["S113 5:14"]),
        ("rules:\n  - name: a\n    request:\n      method:PUT\n", &["S106 6:7"]),
        ("rules:\n  - name: a\n    request:\n    endpoint: x\n", &["S109 5:5", "S101 6:5"]),
        ("rules:\n  - name: a\n    request:\n      headers:\n        A: |\n          x\n", &["Y010 7:12"]),
        ("rules:\n  - name: a\n    request:\n      label: \"x\\n\"\n", &["Y010 6:14"]),
        ("rules:\n  - name: a\n    request:\n      body: { text: \"x\\n\" }\n", &[]),
    ]);
}

#[test]
fn values() {
    let cases: &[(&str, &[&str])] = &[
        ("{ from: $.x, literal: y }", &["S104 4:19"]),
        ("{ default: x, form: $.x }", &["S102 4:20"]),
        ("{ form: $.x }", &["S102 4:8"]),
        ("{ frm: [a, b] }", &["S102 4:8"]),
        ("{ form: hello }", &[]),
        ("{ object: { form: $.x, from: $.y } }", &[]),
        ("{ default: 1, required: true }", &["S105 4:8"]),
        ("{ when: $.x }", &["S105 4:8"]),
        ("{ when: $.x, a: 1 }", &[]),
        ("{ from: $.x, foo: 1 }", &["S101 4:19"]),
        ("{ from: $.x, Transform: trim }", &["S101 4:19"]),
        ("{ from: $.x, from_all: 1 }", &["S101 4:19"]),
        ("{ merge: $.x }", &["S106 4:15"]),
        ("{ for_each: $.x }", &["S114 4:8"]),
        ("{ from: $.x, make: $.y }", &["S114 4:19"]),
        ("{ from: [] }", &["S113 4:14"]),
        ("[]", &["S113 4:6"]),
        ("{ from: $.x, required: false }", &["S106 4:29"]),
        ("{ from: $.x, keep_empty: yes }", &["S106 4:31"]),
        ("{ from: $.x, only: a }", &["S106 4:25"]),
        ("{ from: $.x, except: [{ a: 1 }] }", &["S106 4:28"]),
        ("{ from: $.x, transform: [] }", &["S113 4:30"]),
        ("{ from: $.x, transform: [trim, [a], $.x, 5] }", &["S106 4:37", "S106 4:42", "S106 4:47"]),
        ("{ from: $.x, transform: { truncate: 5, otherwise: x } }", &[]),
        ("{ object: [a] }", &["S106 4:16"]),
        ("{ \"{{ k }}\": 1 }", &["S110 4:8"]),
        ("{ $.a: 1, $set: 2 }", &["S110 4:8"]),
        ("{ a: , b: 1 }", &["S109 4:8"]),
        ("{ a: x, b or c }", &["S109 4:14"]),
        ("{ template: 5 }", &["S106 4:18"]),
        ("{ from: $.x, template: \"{{ value }}\" }", &[]),
        ("{ template: \"{{ a }}\", when: $.x }", &[]),
        ("{ literal: $.x }", &[]),
        ("", &["S109 4:3"]),
        ("\n    -\n    - $.x", &["S109 5:6"]),
    ];
    let cases: Vec<(String, &[&str])> =
        cases.iter().map(|(value, expected)| (format!("fields:\n  f: {value}\n"), *expected)).collect();
    let cases: Vec<(&str, &[&str])> =
        cases.iter().map(|(text, expected)| (text.as_str(), *expected)).collect();
    assert_findings(&cases);
}

#[test]
fn conditions() {
    let cases: &[(&str, &[&str])] = &[
        ("$.type == track", &["S116 4:6"]),
        ("not $.x", &["S116 4:6"]),
        ("\"!$.x\"", &["S116 4:6"]),
        ("two words", &["S116 4:6"]),
        ("\"{{ x }}\"", &["S116 4:6"]),
        ("true", &["S116 4:6"]),
        ("event.type", &["S117 4:6"]),
        ("{ type: track, properties.x: 1 }", &["S117 4:8", "S117 4:21"]),
        ("{ $.x: {} }", &["S113 4:13"]),
        ("{ $.x: [] }", &["S113 4:13"]),
        ("{}", &["S113 4:6"]),
        ("[]", &["S113 4:6"]),
        ("{ ani: [$.x] }", &["S101 4:8"]),
        ("{ any: $.x }", &["S106 4:13"]),
        ("{ any: [] }", &["S113 4:13"]),
        ("{ is: text }", &["S116 4:8"]),
        ("{ $.x: }", &["S109 4:8"]),
        ("{ $.x }", &["S109 4:8"]),
        ("{ $.x: { $.y: 1 } }", &["S116 4:15"]),
        ("{ $.x: { is: } }", &["S109 4:15"]),
        ("{ $.x: \">100\" }", &["S118 4:13"]),
        ("{ $.x: \">x\" }", &[]),
        ("{ $.x: [a, { is: text }] }", &["S106 4:17"]),
        ("{ not: [$.x, { type: y }] }", &["S117 4:21"]),
        ("{ \"a b\": 1 }", &["S101 4:8"]),
        ("$.a['b c']", &[]),
        ("\"$.a[?@.b == 'c']\"", &[]),
        ("{ \"$.a[0]\": x, $b: [1, $.c], not: { any: [$.d, e] } }", &[]),
        ("", &["S109 4:3"]),
    ];
    let cases: Vec<(String, &[&str])> =
        cases.iter().map(|(value, expected)| (format!("conditions:\n  c: {value}\n"), *expected)).collect();
    let cases: Vec<(&str, &[&str])> =
        cases.iter().map(|(text, expected)| (text.as_str(), *expected)).collect();
    assert_findings(&cases);
}
