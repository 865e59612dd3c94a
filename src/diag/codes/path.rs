//! P: paths and names.

use super::{Code, Family, Severity};

const fn row(
    id: &'static str,
    name: &'static str,
    severity: Severity,
    [summary, why, bad, good]: [&'static str; 4],
) -> Code {
    Code { id, name, family: Family::Path, severity, summary, why, bad, good }
}

pub(super) const ROWS: &[Code] = &[
    row(
        "P201",
        "unknown-field",
        Severity::Error,
        [
            "a path begins with a name that nothing has",
            "`$name` reads an entry of `fields:`, or `$config`, `$connection` and `$metadata`. The event itself is read with `$.`.",
            "destination: example\nlanguage: 1\nfields:\n  name: [$.traits.name, $.context.traits.name]\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: $nmae\n",
            "destination: example\nlanguage: 1\nfields:\n  name: [$.traits.name, $.context.traits.name]\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: $name\n",
        ],
    ),
    row(
        "P202",
        "bad-path",
        Severity::Error,
        [
            "a path cannot be read",
            "A path is names after dots and numbers in brackets: `$.products[0].name`. A name with other characters is written `[\"a name\"]`.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        id: \"$.products[0.id\"\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        id: \"$.products[0].id\"\n",
        ],
    ),
    row(
        "P203",
        "unknown-condition",
        Severity::Error,
        [
            "a word names no condition",
            "A bare word in `when` is an entry of `conditions:`. A path begins with `$`.",
            "destination: example\nlanguage: 1\nconditions:\n  named: $.traits.name\nrules:\n  - { name: all, when: nmaed, drop: true }\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nconditions:\n  named: $.traits.name\nrules:\n  - { name: all, when: named, drop: true }\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
    row(
        "P204",
        "unknown-setting",
        Severity::Warning,
        [
            "`$config` is asked for a setting that `config:` does not name",
            "Settings under `config:` are checked before anything else. One that is not named there may be misspelt.",
            "destination: example\nlanguage: 1\nconfig:\n  apiKey: { required: true }\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        key: $config.apKey\n",
            "destination: example\nlanguage: 1\nconfig:\n  apiKey: { required: true }\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        key: $config.apiKey\n",
        ],
    ),
    row(
        "P205",
        "name-not-here",
        Severity::Error,
        [
            "a name is used where it means nothing",
            "`$item` exists inside `for_each`, `$value` in a `template` beside `from`, `$items` and `$body` in `batch`, `$response` in `response`.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        id: $item.id\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        ids: { for_each: $.products, make: $item.id }\n",
        ],
    ),
    row(
        "P206",
        "field-cycle",
        Severity::Error,
        [
            "a field is made of itself",
            "`$a` needs `$b`, which needs `$a`: neither can ever be known.",
            "destination: example\nlanguage: 1\nfields:\n  a: [$.userId, $b]\n  b: [$.anonymousId, $a]\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        id: $a\n",
            "destination: example\nlanguage: 1\nfields:\n  a: [$.userId, $b]\n  b: $.anonymousId\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        id: $a\n",
        ],
    ),
];
