//! R: rules and conditions.

use super::{Code, Family, Severity};

const fn row(
    id: &'static str,
    name: &'static str,
    severity: Severity,
    [summary, why, bad, good]: [&'static str; 4],
) -> Code {
    Code { id, name, family: Family::Rule, severity, summary, why, bad, good }
}

pub(super) const ROWS: &[Code] = &[
    row(
        "R501",
        "unreachable-rule",
        Severity::Warning,
        [
            "a rule can never be used",
            "The first rule whose `when` holds is used, so nothing gets behind a rule that takes every event.",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, fail: unknown type }\n  - { name: track, when: { $.type: track }, drop: true }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: track, when: { $.type: track }, drop: true }\n  - { name: all, fail: unknown type }\n",
        ],
    ),
    row(
        "R502",
        "unknown-test",
        Severity::Error,
        [
            "a test does not exist",
            "The tests are `is`, `is_not`, `not`, `matches`, `starts_with`, `contains`, `at_least`, `size` and others; the reference lists them.",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.event: { start_with: Order } }, drop: true }\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.event: { starts_with: Order } }, drop: true }\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
    row(
        "R503",
        "bad-test-argument",
        Severity::Error,
        [
            "a test gets something that it cannot use",
            "`is` takes a word such as `text`, `at_least` a number, `matches` a pattern.",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.total: { at_least: ten } }, drop: true }\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.total: { at_least: 10 } }, drop: true }\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
    row(
        "R504",
        "unknown-rule",
        Severity::Error,
        [
            "a name is the name of no rule",
            "`batch.rules`, `remove`, `before` and `after` name rules of this mapping or of the one it extends.",
            "destination: example\nlanguage: 1\nrules:\n  - name: group\n    request: { endpoint: https://api.example.com, body: $.traits }\nbatch: { rules: [gruop], max_items: 100, wrap: { batch: $items } }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: group\n    request: { endpoint: https://api.example.com, body: $.traits }\nbatch: { rules: [group], max_items: 100, wrap: { batch: $items } }\n",
        ],
    ),
    row(
        "R505",
        "no-endpoint",
        Severity::Error,
        [
            "a request has no address",
            "`endpoint:` stands in the rule's `request`, or in the `request` that all rules share.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { body: $.traits }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: $.traits }\n",
        ],
    ),
    row(
        "R506",
        "bad-method",
        Severity::Error,
        [
            "a method does not exist",
            "The methods are GET, POST, PUT, PATCH and DELETE, in capital letters.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { method: PSOT, endpoint: https://api.example.com, body: $.traits }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { method: POST, endpoint: https://api.example.com, body: $.traits }\n",
        ],
    ),
];
