//! What one event still takes from the allocator: counted for an event of each type, kept as a snapshot, so that a
//! change that adds an allocation is seen in review.

use std::fmt::Write as _;

use mapwright::{Outcome, Worker};

use crate::load::{mapping, project, text};

tests![an_event_takes_no_more_memory_than_before, an_allocation_is_counted];

/// One event of each type, and of each way through the mapping that is common.
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

/// Events that give no request; their words are made for each of them.
const REFUSED: [(&str, &str); 2] =
    [("refused", r#"{"type":"track","userId":"u-1"}"#), ("no JSON", r#"{"type":"track""#)];

/// Allocations and their bytes for one event, after the buffers have grown to their sizes.
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

fn an_event_takes_no_more_memory_than_before() {
    let mut table = String::new();
    for name in ["customerio", "customerio_upstream"] {
        let engine = mapping(name, None);
        let settings = text(&project().join("benches/settings.json"));
        let settings = engine.settings(&settings).expect("settings in JSON");
        let mut worker = engine.worker(&settings).expect("its own settings");
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

/// The counter counts.
fn an_allocation_is_counted() {
    let counted = allocation_counter::measure(|| drop(std::hint::black_box(vec![0_u8; 100])));
    assert_eq!((counted.count_total, counted.bytes_total), (1, 100));
}
