//! The examples of the event codes, whose events are in their comments, and the memory limits.

use super::{EventProfile, placeholder_settings};
use crate::diag::{CODES, Family};
use crate::json::Limits;
use crate::{Loaded, load};

fn loaded(text: &str) -> Loaded {
    let loaded = load("mapping.yaml", &[("mapping.yaml", text)]);
    assert!(loaded.engine.is_some(), "{:?}", loaded.findings);
    loaded
}

fn findings(text: &str, events: &[String]) -> Vec<String> {
    let loaded = loaded(text);
    let settings = placeholder_settings(loaded.engine.as_ref().expect("a mapping that loads"));
    let limits = Limits { bytes: 1 << 20, depth: 128 };
    let mut profile =
        EventProfile::new(&loaded, &settings, limits).expect("its own settings").expect("a profile");
    for event in events {
        profile.add_event(event.as_bytes());
    }
    let reported = profile.findings().into_iter().map(|finding| {
        let help = finding.help.map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{} {}: {}{help}", finding.code.id(), &text[finding.span.range()], finding.message)
    });
    reported.collect()
}

fn settings_findings_of(text: &str, settings: &str) -> Vec<String> {
    let engine = load("mapping.yaml", &[("mapping.yaml", text)]).into_engine().expect("a valid mapping");
    let found = super::settings_findings(&engine, "settings.json", settings).expect("a map");
    found.into_iter().map(|finding| format!("{} {}", finding.code.id(), finding.message)).collect()
}

#[test]
fn a_file_of_settings_is_checked_as_a_whole() {
    let mapping = "destination: shop\nlanguage: 1\nconfig:\n  region: { one_of: [US, EU], secret: false }\n  key: { required: no key, type: text }\n  code: { one_of: [a, b] }\n  live: { type: boolean }\n  limit: { type: number }\nrules: [{ name: all, drop: true }]\n";
    let found = |settings| settings_findings_of(mapping, settings);
    assert_eq!(found(r#"{"region":"","key":"k","live":"True","limit":"5"}"#), [""; 0]);
    assert_eq!(found(r#"{"region":"US","key":"k","live":1,"limit":0}"#), [""; 0]);
    assert_eq!(
        found(r#"{"Region":"EU","region":"eu","code":"top-secret","live":"yes","limit":"many"}"#),
        [
            "E820 `settings.json` has an unknown setting `Region`; did you mean `region`?",
            "E822 the setting `region` in `settings.json` must be one of `US`, `EU`, and this is `eu`",
            "E821 `settings.json` needs the setting `key`",
            "E822 the setting `code` in `settings.json` must be one of `a`, `b`, and this is another value (text)",
            "E822 the setting `live` in `settings.json` must be true or false, and this is text",
            "E822 the setting `limit` in `settings.json` must be a number, and this is text",
        ]
    );
}

#[test]
fn each_code_example_raises_only_its_own_code() {
    for row in CODES.iter().filter(|row| row.family == Family::Event) {
        for (text, expected) in [(row.bad, Some(row.id)), (row.good, None)] {
            let events: Vec<String> =
                text.lines().filter_map(|line| line.strip_prefix("# event: ")).map(str::to_owned).collect();
            let settings = text.lines().find_map(|line| line.strip_prefix("# settings: "));
            assert!(!events.is_empty() || settings.is_some(), "{}", row.id);
            let findings = match settings {
                Some(settings) => settings_findings_of(text, settings),
                None => findings(text, &events),
            };
            let codes: Vec<&str> = findings.iter().filter_map(|finding| finding.get(..4)).collect();
            assert_eq!(codes, expected.into_iter().collect::<Vec<_>>(), "{}: {findings:?}", row.id);
        }
    }
}

#[test]
fn counts_and_nearest_paths_are_reported() {
    let mapping = "destination: shop\nlanguage: 1\nconfig: { token: { required: no token } }\nfields: { traits: [$.traits, $.context.traits] }\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        plan: $.traits.plna\n        name: $.traits.first.name\n        mail: $.email\n        item: \"$.traits.items[0].id\"\n        text: \"{{ event.traits.nick }}\"\n        rest: { from: $traits, except: [creatdAt, unheard_of] }\n";
    let events: Vec<String> = (0..10)
        .map(|n| format!(r#"{{"traits":{{"plan":"a","first.name":"b","createdAt":1,"items":[{{"id":{n}}},{{"id":2}}]}},"context":{{"traits":{{"email":"x"}}}}}}"#))
        .collect();
    assert_eq!(
        findings(mapping, &events),
        [
            "E801 $.traits.plna: none of 10 events has `$.traits.plna` (the nearest path is `$.traits.plan`, which 10 have)",
            "E802 $.traits.first.name: none of 10 events has this path, but 10 have a key with a dot: `$.traits['first.name']` (write `\"$.traits['first.name']\"`)",
            "E801 $.email: none of 10 events has `$.email` (the nearest path is `$.context.traits.email`, which 10 have)",
            "E801 event.traits.nick: none of 10 events has `$.traits.nick`",
            "E805 creatdAt: none of 10 events has the key `creatdAt`; did you mean `createdAt`?",
        ]
    );
    assert_eq!(findings(mapping, &[]), [""; 0], "no events, no findings");
    assert_eq!(findings(mapping, &["no JSON".to_owned()]), [""; 0], "no events, no findings");
}

#[test]
fn memory_is_bounded_and_incomplete_counts_report_nothing() {
    let mapping = "destination: shop\nlanguage: 1\nrules:\n  - { name: all, when: $.nothing, drop: true }\n  - { name: rest, drop: true }\n";
    let events: Vec<String> = (0..60_000).map(|n| format!(r#"{{"key{n}":1}}"#)).collect();
    let findings = findings(mapping, &events);
    assert_eq!(findings, ["E804 all: none of 60000 events reaches the rule `all`"]);
}

/// A misspelt path is reported wherever the language allows a path, in a mapping that is otherwise correct.
#[test]
fn misspelt_paths_are_reported_everywhere() {
    let rule = |rest: &str| format!("rules:\n  - {{ name: all, {rest} }}\n");
    let body = |value: &str| {
        rule(&format!("request: {{ endpoint: https://api.example.com, body: {{ a: {value} }} }}"))
    };
    let request = |part: &str| rule(&format!("request: {{ endpoint: https://api.example.com, {part} }}"));
    let beside = |section: &str| format!("{section}\nrules:\n  - {{ name: all, drop: true }}\n");
    let places = [
        // Arguments of operators.
        body("{ from: $.type, transform: { at_path: $.typo } }"),
        body("{ from: $.count, transform: [{ multiply: $.typo }] }"),
        body("{ from: $.list, transform: { lookup: $.typo } }"),
        body("{ from: $.type, transform: { keep_if: $.typo } }"),
        body("{ from: $.type, transform: { keep_if: [track, $.typo] } }"),
        body("{ from: $.type, transform: { keep_if: { contains: $.typo } } }"),
        body("{ from: $.list, transform: { keep_if: { some: { not: $.typo } } } }"),
        body("{ from: $.list, transform: { keep_if: { size: { at_least: $.typo } } } }"),
        body("{ from: $.map, transform: { each_value: { keep_if: { starts_with: $.typo } } } }"),
        beside("transforms: { named: [{ each_value: [trim, { keep_if: { not: { every: $.typo } } }] }] }"),
        // Tests and conditions.
        beside("conditions: { c: { any: [{ not: { $.type: { equals_ignoring_case: $.typo } } }, $.type] } }"),
        rule("when: { $.count: { at_least: 1, at_most: $.typo } }, drop: true"),
        rule("require: [{ check: { $.count: { less_than: $.typo } }, error: no }], drop: true"),
        // Error messages.
        rule("fail: \"no {{ event.typo }}\""),
        rule("drop: \"no {{ event.typo }}\""),
        rule("require: [{ check: $.type, error: \"no {{ event.typo }}\" }], drop: true"),
        body("{ from: $.type, transform: number, invalid: \"no {{ event.typo }}\" }"),
        body("{ from: $.type, required: \"no {{ event.typo }}\" }"),
        // Values and templates of a request.
        request("label: \"/{{ event.typo }}\""),
        request("headers: { X-A: $.typo }"),
        request("params: { a: \"{{ event.typo }}\" }"),
        request("user: $.typo"),
        request("for_each: $.typo"),
        body("{ template: \"{{ event.typo }}\" }"),
        body("{ from: $.type, template: \"{{ value }}{{ event.typo }}\" }"),
        body("{ from: $.type, default: $.typo }"),
        body("{ for_each: $.list, make: { b: $.typo } }"),
        body("{ merge: [$.map, { when: $.typo, b: 1 }] }"),
        // What is not executed yet.
        format!("batch: {{ wrap: {{ a: $.typo }} }}\n{}", body("$.type")),
        format!("batch: {{ headers: {{ a: \"{{{{ event.typo }}}}\" }} }}\n{}", body("$.type")),
        format!("batch: {{ max_item_error: \"{{{{ event.typo }}}}\" }}\n{}", body("$.type")),
        beside("response: { messages: { failure: \"{{ event.typo }}\" } }"),
        beside("response: { partial: { when: { $response.x: { not: $.typo } }, failures: $response.y } }"),
        // Before the rules.
        beside("fields: { f: [$.type, $.typo] }"),
        beside("prepare: [{ when: $.typo, set: [{ in: $, key: type, to: a }] }]"),
        beside("prepare: [{ set: [{ in: $, key: $.typo, to: $.type }] }]"),
    ];
    let event = r#"{"type":"track","count":1,"list":["a"],"map":{"a":1}}"#.to_owned();
    for place in places {
        let mapping = format!("destination: shop\nlanguage: 1\n{place}");
        let findings = findings(&mapping, std::slice::from_ref(&event));
        let paths: Vec<_> = findings.iter().filter(|finding| finding.starts_with("E801")).collect();
        assert_eq!(paths.len(), 1, "{mapping}{findings:?}");
        assert!(paths[0].contains("has `$.typo`"), "{mapping}{findings:?}");
    }
}
