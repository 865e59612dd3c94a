//! Endpoints: whatever an event or a setting contains, a client that parses the URL finds the scheme, the host, the port
//! and the constant segments that the mapping writes, and each value in the segment where the mapping puts it.

use mapwright::load;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde_json::{Value, json};
use url::Url;

tests![
    values_stay_in_their_segments,
    a_base_of_the_settings_stays_what_it_is,
    dot_segments_are_refused_with_rule_and_place,
    values_are_encoded_by_position,
    hosts_of_the_settings_are_hosts,
    addresses_are_followed_through_fields,
    headers_cannot_be_injected,
];

/// A mapping whose only rule sends a request to this endpoint, with fields that endpoints use.
fn mapping(endpoint: &str, rest: &str) -> String {
    format!(
        "destination: shop\nlanguage: 1\nconfig:\n  base: {{ secret: false, description: the base }}\n  part: {{ secret: false, description: a part }}\nfields:\n  plain: $.a\n  upper: {{ from: $.a, transform: uppercase }}\n  done: {{ from: $.a, transform: url_encode }}\n  listed: {{ from: [$.b, $.a] }}\n  made: {{ for_each: $.list, make: $item.x }}\n  composed: \"items/{{{{ event.a }}}}\"\n  logic: \"{{% if event.a %}}{{{{ event.a }}}}{{% endif %}}\"\n  region: {{ from: $.region, transform: {{ map_values: {{ eu: [EU, eu] }}, otherwise: us }} }}\n  table: {{ from: $.kind, transform: {{ lookup: {{ object: {{ order: \"orders/new?x=1\" }} }} }} }}\n  table_host: {{ from: $.place, transform: {{ map_values: {{ eu: eu }}, otherwise: us }}, template: \"{{{{ value }}}}.example.com\" }}\n  whole:\n    - {{ when: $.b, template: \"https://b.example.com/b/{{{{ event.b }}}}\" }}\n    - \"https://api.example.com/a/{{{{ event.a }}}}\"\nrules:\n  - name: all\n    request:\n      endpoint: {endpoint}\n      body: {{ id: $.a }}\n{rest}"
    )
}

/// The outcome of one event, with the endpoint if there is a request.
fn run(mapping: &str, event: &Value, settings: &Value) -> Result<String, String> {
    let engine = load("shop.yaml", &[("shop.yaml", mapping)])
        .into_engine()
        .unwrap_or_else(|error| panic!("{error}\n{mapping}"));
    let settings = engine.settings(&settings.to_string()).expect("settings");
    let mut worker = engine.worker(&settings).expect("its own settings");
    let answer = worker.event(event.to_string().as_bytes());
    match answer.requests().next() {
        Some(request) => Ok(request.endpoint().into_owned()),
        None => Err(String::from_utf8_lossy(answer.lines()).into_owned()),
    }
}

/// Text that attacks URLs, and ordinary text.
fn hostile() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "a",
        "1",
        "/",
        "//",
        "\\",
        "?",
        "#",
        "@",
        ":",
        "..",
        ".",
        "%",
        "%2e",
        "%2F",
        "%5c",
        ";",
        "&",
        "=",
        "+",
        " ",
        "\t",
        "\n",
        "\u{0}",
        "evil.example",
        "https://evil.example",
        "ä",
        "．",
        "／",
        "。",
        "\u{202e}",
        "\u{7f}",
        "\"",
        "'",
        "<",
        "[",
        "]",
        "{",
        "}",
        "|",
        "^",
        "`",
        "localhost",
        "0x7f.1",
        "xn--",
        "%00",
        "*",
        "~",
        "$",
        "!",
        "🚀",
    ]);
    proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn hostile_value() -> impl Strategy<Value = Value> {
    let text = hostile().prop_map(Value::from).boxed();
    let other = select(vec![
        json!(null),
        json!(true),
        json!(-1.5e300),
        json!([".."]),
        json!({ "a": "/" }),
        json!(12),
    ]);
    prop_oneof![8 => text, 1 => other]
}

/// The endpoints with the constant segments of each: `None` for a value.
const ENDPOINTS: &[(&str, &[Option<&str>])] = &[
    ("\"https://api.example.com/x/{{ event.a }}/y\"", &[Some("x"), None, Some("y")]),
    ("\"https://api.example.com/x/{{ event.a | url_encode }}/y\"", &[Some("x"), None, Some("y")]),
    ("\"https://api.example.com/x/{{ done }}/y\"", &[Some("x"), None, Some("y")]),
    ("\"https://api.example.com/{{ upper }}/{{ listed }}\"", &[None, None]),
    ("\"https://api.example.com/pre-{{ plain }}-{{ event.b or event.a }}\"", &[None]),
    ("\"https://api.example.com/{{ composed }}/z\"", &[Some("items"), None, Some("z")]),
    ("\"https://api.example.com/{{ logic }}/z\"", &[None, Some("z")]),
    ("\"https://api.example.com/{{ config.part }}/z\"", &[None, Some("z")]),
    ("\"https://api.example.com/z?a={{ event.a }}&b={{ config.part }}\"", &[Some("z")]),
    ("\"https://api.example.com/{{ event.a | lowercase | truncate(5) }}/z\"", &[None, Some("z")]),
    ("\"https://api.example.com/{{ event.a | base64 }}/z\"", &[None, Some("z")]),
    (
        "{ from: [\"https://api.example.com/x/{{ event.a }}\"], default: \"https://api.example.com/y\" }",
        &[Some("x"), None],
    ),
];

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config {
        cases,
        rng_seed: RngSeed::Fixed(11),
        failure_persistence: None,
        ..Config::default()
    })
}

fn values_stay_in_their_segments() {
    for (endpoint, segments) in ENDPOINTS {
        let engine = load("shop.yaml", &[("shop.yaml", mapping(endpoint, "").as_str())]).into_engine();
        let engine = engine.unwrap_or_else(|error| panic!("{error}"));
        let values = (hostile_value(), hostile_value(), hostile_value());
        let sent = std::cell::Cell::new(0);
        runner(400)
            .run(&values, |(a, b, part)| {
                let settings = engine.settings(&json!({ "part": part }).to_string()).expect("settings");
                let mut worker = engine.worker(&settings).expect("its own settings");
                let event = json!({ "type": "track", "a": a, "b": b }).to_string();
                let answer = worker.event(event.as_bytes());
                let Some(request) = answer.requests().next() else { return Ok(()) };
                sent.set(sent.get() + 1);
                let written = request.endpoint().into_owned();
                let url = Url::parse(&written).expect("a URL");
                prop_assert_eq!(
                    url.origin().ascii_serialization(),
                    "https://api.example.com",
                    "{}",
                    &written
                );
                prop_assert!(url.username().is_empty() && url.fragment().is_none(), "{}", &written);
                let found: Vec<&str> = url.path_segments().expect("segments").collect();
                prop_assert_eq!(found.len(), segments.len(), "{}", &written);
                for (found, expected) in found.iter().zip(*segments) {
                    prop_assert!(expected.is_none_or(|expected| expected == *found), "{}", &written);
                    prop_assert!(!found.is_empty(), "{}", &written);
                }
                let keys: Vec<String> = url.query_pairs().map(|(key, _)| key.into_owned()).collect();
                let expected: &[&str] = if endpoint.contains('?') { &["a", "b"] } else { &[] };
                prop_assert_eq!(&keys, expected, "{}", &written);
                // A client changes nothing but characters that need no encoding.
                prop_assert_eq!(
                    url.as_str().matches('/').count(),
                    written.matches('/').count(),
                    "{}",
                    &written
                );
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{endpoint}: {error}"));
        assert!(sent.get() > 50, "{endpoint}: only {} requests were made", sent.get());
    }
}

fn a_base_of_the_settings_stays_what_it_is() {
    let mapping = mapping("\"{{ config.base }}/x/{{ event.a }}\"", "");
    let engine = load("shop.yaml", &[("shop.yaml", mapping.as_str())]).into_engine().expect("a mapping");
    let base = prop_oneof![
        Just("https://hooks.example.com".to_owned()),
        Just("https://hooks.example.com:8443/deep/path".to_owned()),
        hostile().prop_map(|text| format!("https://hooks.example.com/{text}")),
        hostile(),
    ];
    runner(2000)
        .run(&(base, hostile()), |(base, a)| {
            let settings = engine.settings(&json!({ "base": base }).to_string()).expect("settings");
            let mut worker = engine.worker(&settings).expect("its own settings");
            let event = json!({ "type": "track", "a": a }).to_string();
            let answer = worker.event(event.as_bytes());
            let Some(request) = answer.requests().next() else { return Ok(()) };
            let written = request.endpoint().into_owned();
            let (url, alone) = (Url::parse(&written), Url::parse(&base));
            let (url, alone) = (url.expect("a URL"), alone.expect("a URL"));
            prop_assert_eq!(url.origin(), alone.origin(), "{}", &written);
            prop_assert!(url.query().is_none() && url.fragment().is_none(), "{}", &written);
            prop_assert!(written.starts_with(&base));
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

fn dot_segments_are_refused_with_rule_and_place() {
    let path = mapping("\"https://api.example.com/x/{{ event.a }}\"", "");
    let joined = mapping("\"https://api.example.com/x/{{ event.a }}{{ event.b }}/y\"", "");
    let slashes = mapping("\"https://api.example.com/{{ event.a | url_path }}/y\"", "");
    let verbatim = mapping("\"https://api.example.com/{{ event.a | url_verbatim }}/y\"", "");
    for (mapping, event) in [
        (&path, json!({ "a": "." })),
        (&path, json!({ "a": ".." })),
        (&path, json!({ "a": "..;" })),
        (&path, json!({ "a": "..\\" })),
        (&path, json!({ "a": "x\\..\\y" })),
        (&joined, json!({ "a": ".", "b": "." })),
        (&slashes, json!({ "a": "x/../y" })),
        (&slashes, json!({ "a": ["x", "..", "y"] })),
        (&verbatim, json!({ "a": "x/%2e%2E/y" })),
        (&verbatim, json!({ "a": "..;v=1/y" })),
    ] {
        let refused = run(mapping, &event, &json!({})).expect_err("a refusal");
        assert!(refused.contains("is `.` or `..`"), "{event}: {refused}");
        for part in ["\"rule\":\"shop/all\"", "\"address\":\"shop/all/endpoint", "\"at\":\"shop.yaml:"] {
            assert!(refused.contains(part), "{event}: {refused}");
        }
    }
    for text in ["...", ".a", "a.", "．．", "%2e", "a..b", "..a"] {
        assert!(run(&path, &json!({ "a": text }), &json!({})).is_ok(), "{text}");
    }
}

fn values_are_encoded_by_position() {
    for (endpoint, sent) in [
        ("\"https://api.example.com/{{ event.a }}\"", "https://api.example.com/a%2Fb%20%25"),
        ("\"https://api.example.com/{{ event.a | url_encode }}\"", "https://api.example.com/a%2Fb%20%25"),
        (
            "\"https://api.example.com/{{ event.a | url_encode | trim }}\"",
            "https://api.example.com/a%2Fb%20%25",
        ),
        ("\"https://api.example.com/{{ done }}\"", "https://api.example.com/a%2Fb%20%25"),
        ("\"https://api.example.com/{{ event.a | url_path }}\"", "https://api.example.com/a/b%20%25"),
        ("\"https://api.example.com/{{ composed }}\"", "https://api.example.com/items/a%2Fb%20%25"),
        ("\"https://api.example.com/?q={{ event.a }}\"", "https://api.example.com/?q=a%2Fb%20%25"),
        ("\"https://api.example.com/{{ event.c or 'none' }}\"", "https://api.example.com/none"),
        ("\"https://api.example.com/{{ table }}\"", "https://api.example.com/orders/new?x=1"),
        ("\"https://{{ table_host }}/x\"", "https://eu.example.com/x"),
        ("\"https://{{ region }}.example.com/x\"", "https://us.example.com/x"),
        (
            "\"https://api.example.com/?{{ event.q | url_verbatim }}\"",
            "https://api.example.com/?page=1&size=20",
        ),
    ] {
        let event =
            json!({ "a": "a/b %", "q": "page=1&size=20", "region": "xx", "kind": "order", "place": "eu" });
        assert_eq!(run(&mapping(endpoint, ""), &event, &json!({})).as_deref(), Ok(sent), "{endpoint}");
    }
    let missing = "\"https://api.example.com/{{ event.a | url_verbatim }}\"";
    assert!(run(&mapping(missing, ""), &json!({ "a": "a b" }), &json!({})).is_err());
}

fn hosts_of_the_settings_are_hosts() {
    let host = mapping("\"https://{{ config.part }}.example.com/x\"", "");
    let base = mapping("$config.base", "");
    for (mapping, settings, sent) in [
        (&host, json!({ "part": "eu-1" }), Some("https://eu-1.example.com/x")),
        (&host, json!({ "part": "evil.example/" }), None),
        (&host, json!({ "part": "evil.example#" }), None),
        (&host, json!({ "part": "user@evil" }), None),
        (&host, json!({ "part": "a b" }), None),
        (
            &base,
            json!({ "base": "https://hooks.example.com/T1/B2?token=x" }),
            Some("https://hooks.example.com/T1/B2?token=x"),
        ),
        (&base, json!({ "base": "HTTP://localhost:8080" }), Some("HTTP://localhost:8080")),
        (&base, json!({ "base": "javascript:alert(1)" }), None),
        (&base, json!({ "base": "https:///x" }), None),
        (&base, json!({ "base": "https://a.example\n" }), None),
    ] {
        let found = run(mapping, &json!({ "a": 1 }), &settings);
        assert_eq!(found.as_deref().ok(), sent, "{settings}: {found:?}");
        if let Err(refused) = found {
            assert!(refused.contains("\"errorType\":\"configuration\""), "{refused}");
        }
    }
}

fn addresses_are_followed_through_fields() {
    let whole = mapping("$whole", "");
    for (event, sent) in [
        (json!({ "a": "x/y" }), "https://api.example.com/a/x%2Fy"),
        (json!({ "a": "x", "b": "?" }), "https://b.example.com/b/%3F"),
    ] {
        assert_eq!(run(&whole, &event, &json!({})).as_deref(), Ok(sent));
    }
    let longer = mapping("\"{{ whole }}/more\"", "");
    assert_eq!(
        run(&longer, &json!({ "a": "x" }), &json!({})).as_deref(),
        Ok("https://api.example.com/a/x/more")
    );
    assert!(run(&longer, &json!({}), &json!({})).is_err(), "a gap in the middle is refused");
}

fn headers_cannot_be_injected() {
    let with = |headers: &str| {
        mapping("https://api.example.com/x", "")
            .replace("      body:", &format!("      headers: {headers}\n      body:"))
    };
    let value = with("{ X-Note: $.note }");
    for text in ["a\nb", "a\r", "\t", "\u{0}", "\u{7f}", "\u{85}", "\u{1b}[0m"] {
        let refused = run(&value, &json!({ "note": text }), &json!({})).expect_err(text);
        assert!(refused.contains("control character"), "{refused}");
    }
    assert!(run(&value, &json!({ "note": "é \\ \" \u{a0}" }), &json!({})).is_ok());
    let names = with("$config.headers");
    let listed = with("{ from: $.headers, only: [X-Trace, Host] }");
    for (mapping, event, settings, accepted) in [
        (&names, json!({}), json!({ "headers": { "X-A": "1" } }), true),
        (&names, json!({}), json!({ "headers": { "Host": "evil.example" } }), false),
        (&names, json!({}), json!({ "headers": { "X A": "1" } }), false),
        (&names, json!({}), json!({ "headers": { "transfer-encoding": "chunked" } }), false),
        (&listed, json!({ "headers": { "X-Trace": "1", "X-Other": "2" } }), json!({}), true),
        (&listed, json!({ "headers": { "Host": "evil.example" } }), json!({}), false),
    ] {
        let found = run(mapping, &event, &settings);
        assert_eq!(found.is_ok(), accepted, "{event} {settings}: {found:?}");
    }
    for headers in
        ["$.headers", "{ merge: [{ X-A: b }, $.headers] }", "{ from: $.list, transform: from_pairs }"]
    {
        let loaded = load("shop.yaml", &[("shop.yaml", with(headers).as_str())]);
        assert!(loaded.report().contains("X714"), "{headers}: {}", loaded.report());
    }
}
