//! O: operators and pipelines.

use super::{Code, Severity, row};

pub(super) const ROWS: &[Code] = &[
    row(
        "O301",
        "unknown-operator",
        Severity::Error,
        [
            "a step names no operator and no pipeline",
            "The operators are listed in the reference; pipelines are entries of `transforms:`.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: { from: $.traits.name, transform: lowercsae }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: { from: $.traits.name, transform: lowercase }\n",
        ],
    ),
    row(
        "O302",
        "bad-argument",
        Severity::Error,
        [
            "an operator gets something that it cannot use",
            "The reference says what each operator takes.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: { from: $.traits.name, transform: { truncate: many } }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: { from: $.traits.name, transform: { truncate: 100 } }\n",
        ],
    ),
    row(
        "O303",
        "argument-count",
        Severity::Error,
        [
            "an operator lacks what it needs, or gets what it has no use for",
            "Some operators stand alone (`lowercase`), others need something (`truncate: 100`).",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: { from: $.traits.name, transform: truncate }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: { from: $.traits.name, transform: { truncate: 100 } }\n",
        ],
    ),
    row(
        "O304",
        "pipeline-cycle",
        Severity::Error,
        [
            "a pipeline is made of itself",
            "A pipeline that uses itself would never end.",
            "destination: example\nlanguage: 1\ntransforms:\n  tidy: [trim, short]\n  short: [{ truncate: 100 }, tidy]\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: { from: $.traits.name, transform: tidy }\n",
            "destination: example\nlanguage: 1\ntransforms:\n  tidy: [trim, short]\n  short: { truncate: 100 }\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: { from: $.traits.name, transform: tidy }\n",
        ],
    ),
    row(
        "O305",
        "wrong-input-type",
        Severity::Error,
        [
            "a step gets a value that it can never use",
            "Each step works on what the step before it gives: `split` needs text, and `unix_seconds` gives a number.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        parts: { from: $.timestamp, transform: [unix_seconds, { split: \"-\" }] }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        parts: { from: $.timestamp, transform: { split: \"-\" } }\n",
        ],
    ),
    row(
        "O306",
        "too-many-steps",
        Severity::Error,
        [
            "a pipeline has more than 32 steps, or 128 with those of the pipelines that it names",
            "Nobody can read such a pipeline, and each step costs time for every event. Give parts of it a name under `transforms:`, or make it simpler.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: { from: $.traits.name, transform: [trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim, trim] }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: { from: $.traits.name, transform: [trim] }\n",
        ],
    ),
    row(
        "O307",
        "list-into-text",
        Severity::Error,
        [
            "a list or a map goes into a text",
            "It would be sent as JSON inside of the text. `join` makes one text of a list, `first` takes its first value, `to_json` says that JSON is meant.",
            "destination: example\nlanguage: 1\nfields:\n  names: \"$.products[*].name\"\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        names: \"Dear {{ names }}\"\n",
            "destination: example\nlanguage: 1\nfields:\n  names: \"$.products[*].name\"\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        names: \"Dear {{ names | join(', ') }}\"\n",
        ],
    ),
    row(
        "O308",
        "default-of-another-kind",
        Severity::Warning,
        [
            "a default is of another kind than the value that it stands for",
            "Whoever receives the value gets a number one day and a text the next.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        total: { from: $.properties.total, transform: number, default: none }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        total: { from: $.properties.total, transform: number, default: 0 }\n",
        ],
    ),
    row(
        "O309",
        "required-with-default",
        Severity::Warning,
        [
            "`required` stands beside a `default` that is always there",
            "With a default nothing is ever missing, so the error of `required` is never told. Remove one of the two.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        plan: { from: $.traits.plan, default: free, required: a plan is needed }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        plan: { from: $.traits.plan, required: a plan is needed }\n",
        ],
    ),
    row(
        "O310",
        "same-path-twice",
        Severity::Warning,
        [
            "a list of values names the same path twice",
            "The second one never gives anything new. Another path was probably meant.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        email: { from: [$.traits.email, $.traits.email] }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        email: { from: [$.traits.email, $.context.traits.email] }\n",
        ],
    ),
    row(
        "O311",
        "never-used",
        Severity::Warning,
        [
            "a value stands behind one that is always present",
            "The first present value is used, and the one before is a constant or has a default.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        plan: { from: [$.traits.plan, free, $.context.traits.plan] }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        plan: { from: [$.traits.plan, $.context.traits.plan, free] }\n",
        ],
    ),
    row(
        "O312",
        "list-of-paths",
        Severity::Warning,
        [
            "a list of paths is sent as a list",
            "A list in a body is a JSON list with all of its values. For the first one that is present write `from:`.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        email: [$.traits.email, $.context.traits.email]\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        email: { from: [$.traits.email, $.context.traits.email] }\n",
        ],
    ),
    row(
        "O313",
        "only-and-except",
        Severity::Error,
        [
            "a key stands in `only` and in `except`",
            "`only` keeps it and `except` takes it out again.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        traits: { from: $.traits, only: [email, plan], except: [email] }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        traits: { from: $.traits, only: [plan] }\n",
        ],
    ),
    row(
        "O314",
        "nothing-left",
        Severity::Error,
        [
            "a text is cut to nothing",
            "With 0 nothing is left of any text, which then counts as missing.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: { from: $.traits.name, transform: { truncate: 0 } }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: { from: $.traits.name, transform: { truncate: 1 } }\n",
        ],
    ),
    row(
        "O315",
        "loose-dot",
        Severity::Hint,
        [
            "a dot in a pattern stands for any character",
            "In a pattern `.` is any character, so `example.com` is found in `exampleXcom` too. A dot is written `\\.`.",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.traits.email: { matches: '@example.com$' } }, drop: true }\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.traits.email: { matches: '@example\\.com$' } }, drop: true }\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
    row(
        "O316",
        "identifier-as-number",
        Severity::Warning,
        [
            "an identifier is made a number",
            "`007` becomes 7, and beyond 16 digits the last ones are lost. Identifiers are text.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        id: { from: $.userId, transform: number }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        id: { from: $.userId, transform: string }\n",
        ],
    ),
    row(
        "O317",
        "slashes-in-pattern",
        Severity::Warning,
        [
            "a pattern is written between slashes",
            "The slashes and the letters behind them would be looked for in the text. `(?i)` at the beginning makes large and small letters equal.",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.event: { matches: /order/i } }, drop: true }\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.event: { matches: (?i)order } }, drop: true }\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
];
