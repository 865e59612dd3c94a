//! O: operators and pipelines.

use super::{Code, Family, Severity};

const fn row(
    id: &'static str,
    name: &'static str,
    severity: Severity,
    [summary, why, bad, good]: [&'static str; 4],
) -> Code {
    Code { id, name, family: Family::Operator, severity, summary, why, bad, good }
}

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
];
