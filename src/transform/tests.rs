//! Settings of another mapping are rejected, and requests are read as they were written.

use super::*;
use crate::{BodyFormat, Json, Outcome, Request, load};

fn engine(mapping: &str) -> Engine {
    let loaded = load("shop.yaml", &[("shop.yaml", mapping)]);
    loaded.engine.unwrap_or_else(|| panic!("{:?}", loaded.findings))
}

const SHOP: &str = r#"
destination: shop
language: 1
config: { token: { required: no token } }
request:
  headers: { Authorization: "Bearer {{ config.token }}" }
rules:
  - name: batch
    when: { $.type: batch }
    request:
      method: PUT
      endpoint: "https://shop.example/{{ event.userId | url_encode }}"
      format: json_array
      body: { for_each: $.items, make: { id: $item.id } }
  - name: form
    when: { $.type: form }
    request:
      - { endpoint: https://shop.example/first, label: first, format: form, body: { a: $.a }, user: $.userId }
      - { endpoint: https://shop.example/second, params: { q: $.a } }
  - { name: rest, fail: unknown type }
"#;

#[test]
fn settings_of_another_mapping_are_rejected() {
    let (shop, other) = (engine(SHOP), engine(&SHOP.replace("destination: shop", "destination: other")));
    let settings = shop.settings(r#"{"token":"k"}"#).expect("settings");
    assert_eq!(other.worker(&settings).err(), Some(SettingsError::OtherMapping));
    // The same mapping loaded again may have changed in between.
    assert_eq!(engine(SHOP).worker(&settings).err(), Some(SettingsError::OtherMapping));
    assert!(shop.clone().worker(&settings.clone()).is_ok());
    for (json, offset) in [("[]", 0), ("{", 1), ("", 0)] {
        let malformed = shop.settings(json).expect_err(json);
        assert!(
            matches!(malformed, SettingsError::Malformed { offset: found, .. } if found == offset),
            "{malformed}"
        );
    }
}

#[test]
fn debug_output_contains_no_settings() {
    let engine = engine(SHOP);
    let settings = engine.settings(r#"{"token":"s3cret"}"#).expect("settings");
    let mut worker = engine.worker(&settings).expect("its own settings");
    let output = format!("{engine:?} {settings:?} {worker:?}");
    let answer = worker.event(br#"{"type":"form","a":"x"}"#);
    assert!(String::from_utf8_lossy(answer.lines()).contains("s3cret"));
    let requests: Vec<_> = answer.requests().map(|request| (request, request.headers())).collect();
    let output = format!("{output} {answer:?} {requests:?}");
    assert!(!output.contains("s3cret"), "{output}");
}

#[test]
fn public_types_can_be_shared_and_sent_between_threads() {
    fn shareable<T: Send + Sync + Clone + 'static>() {}
    fn sendable<T: Send + 'static>() {}
    fn readable<T: Send + Sync>() {}
    shareable::<Engine>();
    shareable::<Settings>();
    shareable::<SettingsError>();
    sendable::<Worker>();
    readable::<Request<'_>>();
    readable::<Json<'_>>();
}

#[test]
fn requests_are_read_as_they_were_written() {
    let engine = engine(SHOP);
    let settings = engine.settings(r#"{"token":"a \"k\""}"#).expect("settings");
    let mut worker = engine.worker(&settings).expect("its own settings");
    // The buffer already has content, which is not part of the answer.
    let mut out = b"before\n".to_vec();
    let answer =
        worker.line(7, br#"{"type":"batch","userId":"u\u00e9","items":[{"id":1.0},{"id":"\""}]}"#, &mut out);
    let requests: Vec<_> = answer.requests().collect();
    let [request] = requests[..] else { panic!("{:?}", answer.outcome) };
    assert_eq!((&*request.method(), &*request.endpoint()), ("PUT", "https://shop.example/u%C3%A9"));
    let headers = request.headers();
    let authorization = headers.get("Authorization").expect("a header");
    assert_eq!(authorization.text().as_deref(), Some("Bearer a \"k\""));
    assert_eq!(request.body_format(), BodyFormat::JsonArray);
    assert_eq!(request.body().as_str(), r#"[{"id":1.0},{"id":"\""}]"#);
    assert_eq!((request.label(), request.user()), (None, None));
    assert!(answer.lines().starts_with(br#"{"line":7,"output":{"#));

    let answer = worker.event(br#"{"type":"form","a":"x","userId":"u"}"#);
    assert_eq!((answer.rule, &answer.outcome), (Some(1), &Outcome::Requests(2)));
    let requests: Vec<_> = answer.requests().collect();
    assert_eq!(requests[0].label().as_deref(), Some("first"));
    assert_eq!(requests[0].user().expect("a user").as_str(), "\"u\"");
    assert_eq!(requests[0].body().as_str(), r#"{"a":"x"}"#);
    assert_eq!(requests[1].params().as_str(), r#"{"q":"x"}"#);
    assert_eq!((requests[1].body().as_str(), requests[1].body_format()), ("{}", BodyFormat::Json));

    let answer = worker.event(br#"{"type":"other"}"#);
    assert_eq!(answer.requests().len(), 0);
    assert!(matches!(&answer.outcome, Outcome::Refused(refusal) if refusal.message == "unknown type"));
}
