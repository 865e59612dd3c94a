//! E: comparison of a mapping with recorded events, or with settings. The first lines of an example contain them.

use super::{Code, CodeRow, Severity, row};

/// A mapping with one rule, after a comment with an event.
macro_rules! example {
    ($event:literal, $rule:literal) => {
        concat!("# event: ", $event, "\ndestination: example\nlanguage: 1\nrules:\n  - ", $rule, "\n")
    };
}

/// A mapping with one setting, after a comment with a file of settings.
macro_rules! settings {
    ($settings:literal, $setting:literal) => {
        concat!(
            "# settings: ", $settings, "\ndestination: example\nlanguage: 1\nconfig: { plan: ", $setting,
            " }\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, headers: { Plan: $config.plan } }\n"
        )
    };
}

pub(super) const ROWS: &[CodeRow] = &[
    row(
        Code::PathNoEventHas,
        "E801",
        "path-no-event-has",
        Severity::Info,
        [
            "a path occurs in none of the recorded events",
            "The path may be misspelt, or the recorded events may not be representative. The message names the most similar path that does occur.",
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
            "a path looks for nested keys where events have one key that contains a dot",
            "A dot in a path separates keys; a key that contains a dot is written in brackets and quotes.",
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
            "the text in a comparison occurs in events only with different capitalization",
            "Comparisons are case-sensitive; `equals_ignoring_case` ignores case.",
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
            "none of the recorded events reaches a rule",
            "Its `when` may be wrong, an earlier rule may match its events, or the recorded events may not be representative.",
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
            "a key of `only` or `except` never occurs, but a similar one does",
            "If a key in `except` is misspelt, the data that it should have removed is sent.",
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
    row(
        Code::UnknownSettingInFile,
        "E820",
        "unknown-setting-in-file",
        Severity::Warning,
        [
            "a file of settings has a setting that the mapping does not declare",
            "The mapping ignores it. The name may be misspelt; the message names the most similar one.",
            settings!(r#"{"plna":"pro"}"#, "{ secret: false }"),
            settings!(r#"{"plan":"pro"}"#, "{ secret: false }"),
        ],
    ),
    row(
        Code::SettingMissingInFile,
        "E821",
        "setting-missing-in-file",
        Severity::Error,
        [
            "a file of settings lacks a setting that the mapping requires",
            "Without it, every event is refused.",
            settings!("{}", "{ required: the plan is missing }"),
            settings!(r#"{"plan":"pro"}"#, "{ required: the plan is missing }"),
        ],
    ),
    row(
        Code::SettingInvalidInFile,
        "E822",
        "setting-invalid-in-file",
        Severity::Error,
        [
            "a setting in a file has a value or a type that the mapping does not allow",
            "With it, every event is refused. The message names what is allowed and, of a secret, only the type that came.",
            settings!(r#"{"plan":"Pro"}"#, "{ one_of: [free, pro] }"),
            settings!(r#"{"plan":"pro"}"#, "{ one_of: [free, pro] }"),
        ],
    ),
];
