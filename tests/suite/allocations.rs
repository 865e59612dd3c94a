//! The number of allocations per event, for an event of each type. They are kept in a snapshot, so that an added allocation
//! is noticed in review.

use std::fmt::Write as _;

use mapwright::{Outcome, Worker};

use crate::load::{mapping, project, text};

tests![allocations_per_event_match_the_snapshot, the_counter_counts_an_allocation];

/// An event of each type, and of each common case in the mapping.
const EVENTS: [(&str, &str); 10] = [
    (
        "identify",
        r#"{"type":"identify","userId":"u-1","anonymousId":"a-1","timestamp":"2024-03-05T06:07:08Z","traits":{"email":"ann@example.com","createdAt":"2024-01-02T03:04:05Z","address":{"city":"Paris","country":"FR"},"plan":"pro","visits":7}}"#,
    ),
    (
        "track",
        r#"{"type":"track","event":"Order Completed","userId":"u-1","timestamp":"2024-03-05T06:07:08Z","properties":{"total":12.5,"products":[{"sku":"a","price":3},{"sku":"b","price":4.5}]}}"#,
    ),
    (
        "track, anonymous",
        r#"{"type":"track","event":"Order Completed","anonymousId":"a-1","timestamp":"2024-03-05T06:07:08Z","properties":{"total":12.5}}"#,
    ),
    (
        "track, a device",
        r#"{"type":"track","event":"Application Installed","userId":"u-1","timestamp":"2024-03-05T06:07:08Z","properties":{"version":"1.2"},"context":{"device":{"token":"t-1","type":"iOS"}}}"#,
    ),
    (
        "page",
        r#"{"type":"page","name":"Home","userId":"u-1","timestamp":"2024-03-05T06:07:08Z","properties":{"url":"https://example.com/","title":"Home"}}"#,
    ),
    (
        "screen",
        r#"{"type":"screen","event":"Start","name":"Start","userId":"u-1","timestamp":"2024-03-05T06:07:08Z","properties":{"tab":1}}"#,
    ),
    (
        "group",
        r#"{"type":"group","groupId":"g-1","userId":"u-1","timestamp":"2024-03-05T06:07:08Z","traits":{"name":"Acme","employees":40}}"#,
    ),
    ("alias", r#"{"type":"alias","previousId":"ann@example.com","userId":"u-1"}"#),
    (
        "a row from a warehouse",
        r#"{"type":"identify","userId":"row","traits":{"plan":"pro"},"timestamp":"2024-03-05T06:07:08Z","context":{"mappedToDestination":true,"externalId":[{"id":"u-1","identifierType":"id"}]}}"#,
    ),
    (
        "escaped texts",
        r#"{"type":"track","event":"a \"b\"","userId":"\u00e9","properties":{"a \"b\"":"c\nd"}}"#,
    ),
];

/// Events without a request. Their error messages are allocated.
const REFUSED: [(&str, &str); 2] =
    [("refused", r#"{"type":"track","userId":"u-1"}"#), ("no JSON", r#"{"type":"track""#)];

/// The number of allocations and of allocated bytes for one event, after warm-up.
fn count(worker: &mut Worker, name: &str, event: &str, requests: bool) -> (u64, u64) {
    let mut answers = Vec::with_capacity(16 << 10);
    for _ in 0..2 {
        let answer = worker.line(1, event.as_bytes(), &mut answers);
        assert_eq!(matches!(answer.outcome, Outcome::Requests(1..)), requests, "{name}: {answer:?}");
    }
    answers.clear();
    let counted = allocation_counter::measure(|| {
        worker.line(1, event.as_bytes(), &mut answers);
    });
    (counted.count_total, counted.bytes_total)
}

fn allocations_per_event_match_the_snapshot() {
    let mut table = String::new();
    for name in ["customerio", "customerio_upstream"] {
        let engine = mapping(name, None);
        let settings = text(&project().join("benches/settings.json"));
        let settings = engine.settings(&settings).expect("settings in JSON");
        let mut worker = engine.worker(&settings).expect("settings of the same engine");
        let _ = writeln!(table, "{name:<24}allocations  bytes");
        for (kind, events) in [(true, &EVENTS[..]), (false, &REFUSED[..])] {
            for (title, event) in events {
                let (allocations, bytes) = count(&mut worker, title, event, kind);
                let _ = writeln!(table, "{title:<24}{allocations:>11}{bytes:>7}");
            }
        }
        table.push('\n');
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(project().join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_snapshot!("allocations", table));
}

fn the_counter_counts_an_allocation() {
    let counted = allocation_counter::measure(|| drop(std::hint::black_box(vec![0_u8; 100])));
    assert_eq!((counted.count_total, counted.bytes_total), (1, 100));
}
