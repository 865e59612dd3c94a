//! R: rules and conditions.

use super::{Code, Severity, row};

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
            "`at_least` takes a number, `matches` a pattern, `is` a word such as `text`.",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.properties.count: { at_least: many } }, drop: true }\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.properties.count: { at_least: 2 } }, drop: true }\n  - { name: rest, fail: unknown type }\n",
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
    row(
        "R509",
        "no-last-rule",
        Severity::Warning,
        [
            "no rule takes what the others leave",
            "An event that no rule takes is refused in general words. A last rule without `when` says what becomes of it: `drop: true`, or `fail:` with your own words.",
            "destination: example\nlanguage: 1\nrules:\n  - { name: track, when: { $.type: track }, drop: true }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: track, when: { $.type: track }, drop: true }\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
    row(
        "R510",
        "never-true",
        Severity::Error,
        [
            "a condition can never hold",
            "Its tests exclude each other, or the value can never be so.",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: [{ $.type: track }, { $.type: page }], drop: true }\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { any: [{ $.type: track }, { $.type: page }] }, drop: true }\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
    row(
        "R511",
        "always-true",
        Severity::Warning,
        [
            "a condition always holds",
            "It asks for something that is never missing, so it decides nothing.",
            "destination: example\nlanguage: 1\nfields:\n  plan: { from: $.traits.plan, default: free }\nrules:\n  - { name: all, when: $plan, drop: true }\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nfields:\n  plan: $.traits.plan\nrules:\n  - { name: all, when: $plan, drop: true }\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
    row(
        "R512",
        "listed-twice",
        Severity::Warning,
        [
            "a list of allowed values names one twice",
            "The second one changes nothing. Another value was probably meant.",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.event: [Opened, Closed, Opened] }, drop: true }\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.event: [Opened, Closed] }, drop: true }\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
    row(
        "R513",
        "wrong-case",
        Severity::Error,
        [
            "a text is compared in letters that it never has",
            "The types of events are written in small letters, and after `lowercase` every text is. Large letters make another text.",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.type: Track }, drop: true }\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.type: track }, drop: true }\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
    row(
        "R514",
        "false-is-present",
        Severity::Warning,
        [
            "a condition asks whether a setting is present that is true or false",
            "`false` is present too. `{ is: filled }` asks whether it is true.",
            "destination: example\nlanguage: 1\nconfig:\n  onlyKnown: { type: boolean }\nrules:\n  - { name: all, when: $config.onlyKnown, drop: true }\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nconfig:\n  onlyKnown: { type: boolean }\nrules:\n  - { name: all, when: { $config.onlyKnown: { is: filled } }, drop: true }\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
    row(
        "R515",
        "unused-name",
        Severity::Warning,
        [
            "nothing uses a field, a condition or a pipeline",
            "It is left over, or the place that should use it has another name. Names of included files are not meant.",
            "destination: example\nlanguage: 1\nfields:\n  plan: $.traits.plan\nrules:\n  - { name: all, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nfields:\n  plan: $.traits.plan\nrules:\n  - { name: all, when: $plan, drop: true }\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
    row(
        "R516",
        "wrong-part",
        Severity::Error,
        [
            "a part of a request can never have the form in which it is sent",
            "Body, headers and parameters are maps, an endpoint and a label are text.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: hello }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { text: hello } }\n",
        ],
    ),
    row(
        "R517",
        "empty-body",
        Severity::Warning,
        [
            "the body of a request is always empty",
            "The request would say nothing. The body was forgotten, or the method should be another one.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: {} }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: $.traits }\n",
        ],
    ),
    row(
        "R518",
        "not-an-address",
        Severity::Error,
        [
            "an endpoint does not begin with `https://` and a host",
            "A request needs a whole address. What is left out in front of it is not filled in by anybody.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: api.example.com/events, body: $.traits }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com/events, body: $.traits }\n",
        ],
    ),
    row(
        "R519",
        "unknown-event-type",
        Severity::Warning,
        [
            "a condition asks for a type of event that looks misspelt",
            "Events are of the type identify, track, page, screen, group or alias. A type of your own is no mistake; one that differs from these by a letter or two usually is.",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.type: trak }, drop: true }\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.type: track }, drop: true }\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
];
