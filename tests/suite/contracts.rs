//! Mistakes that are found with a contract: each `tests/invalid/D….yaml`, checked against the shipped contracts.

use std::path::{Path, PathBuf};

use mapwright::internal::diag::place;
use mapwright::{Engine, Files};
use serde_json::{Value, json};

use crate::api_description::Checked;

tests![
    exactly_the_expected_mistakes_are_found,
    correct_requests_have_no_findings,
    the_shipped_contract_refuses_what_the_api_refuses,
];

/// A mapping that may refer to the shipped contracts.
pub(crate) struct Shipped<'t>(pub(crate) &'t str);

impl Files for Shipped<'_> {
    fn read(&self, from: Option<&str>, name: &str) -> Result<(String, String), String> {
        let text = match from {
            None => self.0.to_owned(),
            Some(_) => {
                std::fs::read_to_string(folder("mappings").join(name)).map_err(|why| why.to_string())?
            }
        };
        Ok((name.to_owned(), text))
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The code and place of each finding.
fn found(text: &str) -> Vec<String> {
    let loaded = mapwright::load("mapping.yaml", &Shipped(text));
    let sources = loaded.engine.as_ref().map_or(&loaded.sources, Engine::sources);
    let describe = |found: &mapwright::internal::diag::Diagnostic| {
        format!("{} {}", found.code.id(), place(found, sources).trim_start_matches("mapping.yaml:"))
    };
    loaded.findings.iter().map(describe).collect()
}

/// The second line of each file lists the places where its mistake must be found.
fn exactly_the_expected_mistakes_are_found() {
    let (mut checked, mut wrong) = (0, Vec::new());
    for path in
        std::fs::read_dir(folder("tests/invalid")).expect("a folder").flatten().map(|entry| entry.path())
    {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.starts_with('D') {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("it is a file");
        let at = text
            .lines()
            .nth(1)
            .and_then(|line| line.strip_prefix("# at "))
            .expect("the second line is a place");
        let expected: Vec<_> = at.split(", ").map(|at| format!("{} {at}", &name[..4])).collect();
        checked += 1;
        let found = found(&text);
        if found != expected {
            wrong.push(format!("{name}: expected {expected:?}, found {found:?}"));
        }
    }
    assert!(checked >= 20, "{checked}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Requests that look like mistakes but are correct.
fn correct_requests_have_no_findings() {
    let rules = [
        // A name that is cut so that prefix and suffix fit.
        "endpoint: https://track.customer.io/api/v1/events\n      body:\n        name: \"Viewed {{ event.name | truncate_bytes(86) }} Screen\"\n        timestamp: { from: $.timestamp, transform: unix_seconds }\n",
        // Milliseconds made seconds.
        "endpoint: https://track-eu.customer.io/api/v1/events\n      body:\n        name: $.event\n        timestamp: { from: $.timestamp, transform: [unix_millis, { multiply: 0.001 }, { round: { mode: down } }] }\n",
        // The body comes whole from the event.
        "endpoint: https://track.customer.io/api/v1/merge_customers\n      body: $.properties\n",
        // One of two identifiers.
        "endpoint: https://track.customer.io/api/v1/merge_customers\n      body:\n        primary:\n          email: { when: { $.userId: { is: email } }, from: $.userId }\n          id: { when: { $.userId: { is_not: email } }, from: $.userId }\n        secondary: { cio_id: $.previousId }\n",
        // Several items at once.
        "endpoint: https://track.customer.io/api/v2/batch\n      body:\n        batch:\n          for_each: $.properties.items\n          make:\n            type: person\n            action: identify\n            identifiers: { id: { from: $item.id } }\n            attributes: $item\n",
    ];
    for rule in rules {
        let text = format!(
            "destination: people\nlanguage: 1\ncontract: contracts/customerio.yaml\nrules:\n  - name: send\n    request:\n      {rule}"
        );
        assert_eq!(found(&text), [""; 0], "{text}");
    }
}

#[expect(clippy::too_many_lines, reason = "a table")]
/// Requests that the destination refuses or understands differently, each with what is said of it, and correct ones.
fn the_shipped_contract_refuses_what_the_api_refuses() {
    let checked = Checked::new();
    let inspector = checked.inspector();
    let event = |more: Value| merged(json!({ "name": "Order", "timestamp": 1_613_063_089 }), more);
    let item = |more: Value| merged(json!({ "type": "person", "identifiers": { "id": "u1" } }), more);
    let device = |more: Value| json!({ "device": merged(json!({ "id": "t1", "platform": "ios" }), more) });
    let long = "x".repeat(101);
    let [person, events, devices, entity] = [
        "/api/v1/customers/u1",
        "/api/v1/customers/u1/events",
        "/api/v1/customers/u1/devices",
        "/api/v2/entity",
    ];
    let cases = [
        ("PUT", person, json!({ "unsubscribed": 1 }), ""),
        ("PUT", person, json!({ "id": "u1" }), ""),
        (
            "PUT",
            person,
            json!({ "id": "u2" }),
            "D614 request: `parameters.id` and `body.id` must be the same",
        ),
        ("PUT", "/api/v1/customers/ann%40example.com", json!({ "id": "u2" }), ""),
        ("PUT", "/api/v1/customers/7", json!({ "id": 7 }), ""),
        ("PUT", "/api/v1/customers/cio_03000001", json!({ "id": "u2" }), ""),
        ("PUT", "/api/v1/customers/cio_", json!({}), "D618 endpoint.id: must match `^cio_[A-Za-z0-9]+$`"),
        ("PUT", "/api/v1/customers/%20", json!({}), "D618 endpoint.id: must match `(?s)^\\S(.*\\S)?$`"),
        (
            "PUT",
            "/api/v1/customers/undefined",
            json!({}),
            "D614 endpoint.id: has a value that the contract excludes (`not`)",
        ),
        (
            "PUT",
            "/api/v1/customers/%5Bobject%20Object%5D",
            json!({}),
            "D614 endpoint.id: has a value that the contract excludes (`not`)",
        ),
        (
            "PUT",
            person,
            json!({ "created_at": 1_613_063 }),
            "D607 body.created_at: must be seconds since 1970; this number looks like seconds that were divided by 1000",
        ),
        ("DELETE", person, json!({}), ""),
        ("POST", "/api/v1/customers/u1/suppress", json!({}), ""),
        (
            "GET",
            "/api/v1/customers/u1/suppress",
            json!({}),
            "D604 method: this endpoint accepts POST, not GET",
        ),
        ("POST", events, event(json!({})), ""),
        ("POST", events, event(json!({ "name": long })), "D603 body.name: has 101 bytes and may have 100"),
        ("POST", events, event(json!({ "name": " " })), "D618 body.name: must match `\\S`"),
        (
            "POST",
            events,
            event(json!({ "id": "m-1" })),
            "D618 body.id: must match `^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$`",
        ),
        ("POST", events, event(json!({ "id": "01ARZ3NDEKTSV4RRFFQ69G5FAV" })), ""),
        (
            "POST",
            events,
            event(json!({ "properties": {} })),
            "D608 body: has a key that the destination does not accept: `properties`",
        ),
        (
            "POST",
            events,
            event(json!({ "timestamp": 4_200_000_000_i64 })),
            "D614 body.timestamp: must be at most 4102444800",
        ),
        ("PUT", devices, device(json!({ "attributes": { "app_version": "1.2" } })), ""),
        (
            "PUT",
            devices,
            device(json!({ "token": "t1" })),
            "D608 body.device: has a key that the destination does not accept: `token`",
        ),
        ("PUT", devices, json!({ "device": { "id": "t1" } }), "D619 body.device: needs `platform`"),
        ("PUT", devices, device(json!({ "id": "  " })), "D618 body.device.id: must match `\\S`"),
        (
            "POST",
            "/api/v1/merge_customers",
            json!({ "primary": { "id": "a" }, "secondary": { "id": "b" } }),
            "",
        ),
        (
            "POST",
            "/api/v1/merge_customers",
            json!({ "primary": { "id": "a" }, "secondary": { "id": "a" } }),
            "D614 body: `primary` and `secondary` must not be the same",
        ),
        (
            "POST",
            "/api/v1/merge_customers",
            json!({ "primary": { "cio_id": "cio_a" }, "secondary": { "id": "a" } }),
            "D618 body.primary.cio_id: must match `^[A-Za-z0-9]+$`",
        ),
        ("POST", entity, item(json!({ "action": "suppress" })), ""),
        ("POST", entity, item(json!({ "action": "delete", "identifiers": { "phone": "+4712345678" } })), ""),
        (
            "POST",
            entity,
            item(json!({ "action": "event", "name": "a", "identifiers": { "anonymous_id": "a1" } })),
            "",
        ),
        (
            "POST",
            entity,
            item(json!({ "action": "delete", "identifiers": { "anonymous_id": "a1" } })),
            "D608 body.identifiers: has a key that the destination does not accept: `anonymous_id`",
        ),
        (
            "POST",
            entity,
            item(json!({ "action": "add_device", "device": { "token": "t", "platform": "ios" } })),
            "",
        ),
        (
            "POST",
            entity,
            item(json!({ "action": "add_device", "device": { "id": "t", "platform": "ios" } })),
            "D608 body.device: has a key that the destination does not accept: `id`",
        ),
        (
            "POST",
            entity,
            item(json!({ "type": "object", "action": "delete", "identifiers": { "cio_object_id": "o1" } })),
            "",
        ),
        (
            "POST",
            entity,
            json!({ "type": "object", "action": "identify", "identifiers": { "object_id": "o", "object_type_id": "1" }, "attributes": { "note": "x".repeat(1001) } }),
            "D603 body.attributes.note: has 1001 bytes and may have 1000",
        ),
        (
            "POST",
            entity,
            json!({ "type": "delivery", "action": "event", "name": "opened", "identifiers": { "id": "d" }, "attributes": { "device_token": "t" } }),
            "",
        ),
        (
            "POST",
            entity,
            json!({ "type": "delivery", "action": "event", "name": "opened", "identifiers": { "id": "d" }, "attributes": {} }),
            "D619 body.attributes: needs `device_token`",
        ),
    ];
    let mut wrong = Vec::new();
    for (method, path, body, expected) in cases {
        let found = checked.violations(&inspector, method, path, &body);
        if found.first().map_or("", String::as_str) != expected {
            wrong.push(format!("{method} {path} {body}:\n  expected {expected}\n  found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn merged(mut map: Value, more: Value) -> Value {
    if let (Some(map), Value::Object(more)) = (map.as_object_mut(), more) {
        map.extend(more);
    }
    map
}
