//! E: what recorded events know about a mapping. The events of an example stand in its first lines.

use super::{Code, CodeRow, Severity, row};

/// A mapping with one rule, behind an event.
macro_rules! example {
    ($event:literal, $rule:literal) => {
        concat!("# event: ", $event, "\ndestination: example\nlanguage: 1\nrules:\n  - ", $rule, "\n")
    };
}

pub(super) const ROWS: &[CodeRow] = &[
    row(
        Code::PathNoEventHas,
        "E801",
        "path-no-event-has",
        Severity::Info,
        [
            "none of the recorded events has a path",
            "The path may be misspelt, or the events are not typical. The nearest path that events have is told.",
            example!(
                r#"{"traits":{"plan":"pro"}}"#,
                "{ name: all, request: { endpoint: https://api.example.com, body: { plan: $.traits.plna } } }"
            ),
            example!(
                r#"{"traits":{"plan":"pro"}}"#,
                "{ name: all, request: { endpoint: https://api.example.com, body: { plan: $.traits.plan } } }"
            ),
        ],
    ),
    row(
        Code::KeyWithADot,
        "E802",
        "key-with-a-dot",
        Severity::Info,
        [
            "a path looks into a map where events have a single key with a dot",
            "A dot in a path begins a new key; a key that holds one is written in brackets and quotes.",
            example!(
                r#"{"traits":{"first.name":"Ann"}}"#,
                "{ name: all, request: { endpoint: https://api.example.com, body: { name: $.traits.first.name } } }"
            ),
            example!(
                r#"{"traits":{"first.name":"Ann"}}"#,
                "{ name: all, request: { endpoint: https://api.example.com, body: { name: \"$.traits['first.name']\" } } }"
            ),
        ],
    ),
    row(
        Code::OtherCase,
        "E803",
        "other-case",
        Severity::Info,
        [
            "a text that is compared occurs in events only with other capital letters",
            "Texts are compared letter by letter; `equals_ignoring_case` takes both.",
            example!(
                r#"{"event":"Order Completed"}"#,
                "{ name: all, request: { when: { $.event: Order completed }, endpoint: https://api.example.com } }"
            ),
            example!(
                r#"{"event":"Order Completed"}"#,
                "{ name: all, request: { when: { $.event: Order Completed }, endpoint: https://api.example.com } }"
            ),
        ],
    ),
    row(
        Code::RuleNoEventReaches,
        "E804",
        "rule-no-event-reaches",
        Severity::Info,
        [
            "none of the recorded events comes to a rule",
            "Its `when` may be wrong, a rule above takes its events, or the events are not typical.",
            example!(
                r#"{"type":"track"}"#,
                "{ name: all, drop: true }\n  - { name: track, when: { $.type: track }, drop: true }"
            ),
            example!(r#"{"type":"track"}"#, "{ name: track, when: { $.type: track }, drop: true }"),
        ],
    ),
    row(
        Code::KeyThatNeverOccurs,
        "E805",
        "key-that-never-occurs",
        Severity::Warning,
        [
            "a key of `only` or `except` never occurs, and a similar one does",
            "A misspelt key in `except` lets through what was meant to stay behind.",
            example!(
                r#"{"traits":{"createdAt":1}}"#,
                "{ name: all, request: { endpoint: https://api.example.com, body: { from: $.traits, except: [creatdAt] } } }"
            ),
            example!(
                r#"{"traits":{"createdAt":1}}"#,
                "{ name: all, request: { endpoint: https://api.example.com, body: { from: $.traits, except: [createdAt] } } }"
            ),
        ],
    ),
];
