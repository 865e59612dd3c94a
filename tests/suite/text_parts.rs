//! Headers, query parameters and form fields hold text: what is not text is found when the mapping is loaded if its kind
//! is known, and refuses the event otherwise.

use mapwright::load;
use serde_json::{Value, json};

tests![a_value_that_is_no_text_refuses_the_event, a_kind_that_is_known_is_an_error, a_header_is_sent_once];

fn mapping(request: &str) -> String {
    format!(
        "destination: shop\nlanguage: 1\nconfig:\n  extra: {{ secret: false }}\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      {request}"
    )
}

/// The answer for an event whose `$.a` is a value.
fn answer(request: &str, a: &Value, settings: &Value) -> String {
    let text = mapping(request);
    let engine = load("shop.yaml", &[("shop.yaml", text.as_str())])
        .into_engine()
        .unwrap_or_else(|error| panic!("{error}\n{text}"));
    let settings = engine.settings(&settings.to_string()).expect("settings");
    let mut worker = engine.worker(&settings).expect("its own settings");
    let event = json!({ "type": "track", "userId": "u", "a": a }).to_string();
    String::from_utf8_lossy(worker.event(event.as_bytes()).lines()).into_owned()
}

fn a_value_that_is_no_text_refuses_the_event() {
    let parts = [
        ("headers: { X-A: $.a }", "the header `X-A`"),
        ("headers: { from: $.all, only: [X-A], default: { X-A: $.a } }", "the header `X-A`"),
        ("params: { a: $.a }", "the query parameter `a`"),
        ("format: form\n      body: { a: $.a, b: 1 }", "the form field `a`"),
    ];
    for (request, what) in parts {
        for (value, kind) in [(json!({ "b": 1 }), "a map"), (json!([1, 2]), "a list"), (json!([]), "a list")]
        {
            let answer = answer(request, &value, &json!({}));
            assert!(answer.contains(&format!("{what} would hold {kind}, not text")), "{request}: {answer}");
            assert!(answer.contains("shop.yaml:"), "{answer}");
        }
        for value in [json!("{[null"), json!(1.5), json!(true), json!("a\"b\\")] {
            let answer = answer(request, &value, &json!({}));
            assert!(answer.contains("\"endpoint\""), "{request}: {answer}");
        }
    }
    let settings = json!({ "extra": { "X-B": ["x"] } });
    let refused = answer("headers: { from: $config.extra }", &json!(1), &settings);
    assert!(refused.contains("the header `X-B` would hold a list, not text"), "{refused}");
    // Null from an event is not left out of a map that is copied as a whole.
    let refused = answer("format: form\n      body: $.a", &json!({ "x": null }), &json!({}));
    assert!(refused.contains("the form field `x` would hold null"), "{refused}");
}

fn a_kind_that_is_known_is_an_error() {
    let list = "{ for_each: $.list, make: $item.x }";
    for request in [
        format!("headers: {{ X-A: {list} }}"),
        format!("params: {{ a: {list} }}"),
        format!("format: form\n      body: {{ a: {list} }}"),
    ] {
        let text = mapping(&request);
        let error = load("shop.yaml", &[("shop.yaml", text.as_str())]).into_engine().expect_err("an error");
        assert!(error.to_string().contains("which is text; add `join`"), "{error}");
    }
}

fn a_header_is_sent_once() {
    let listed = "headers: { from: $.a, only: [X-A, x-a] }";
    let refused = answer(listed, &json!({ "X-A": "1", "x-a": "2" }), &json!({}));
    assert!(refused.contains("the header `x-a` would be sent twice"), "{refused}");
    let sent = answer(listed, &json!({ "x-a": "2" }), &json!({}));
    assert!(sent.contains("\"x-a\":\"2\""), "{sent}");
}
