//! P: paths and names.

use super::{Code, CodeRow, Severity, row};

pub(super) const ROWS: &[CodeRow] = &[
    row(
        Code::UnknownField,
        "P201",
        "unknown-field",
        Severity::Error,
        [
            "a path begins with a name that is not defined",
            "`$name` refers to an entry of `fields:`, or to `$config`, `$connection` or `$metadata`. A path into the event begins with `$.`.",
            "destination: example\nlanguage: 1\nfields:\n  name: [$.traits.name, $.context.traits.name]\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: $nmae\n",
            "destination: example\nlanguage: 1\nfields:\n  name: [$.traits.name, $.context.traits.name]\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: $name\n",
        ],
    ),
    row(
        Code::BadPath,
        "P202",
        "bad-path",
        Severity::Error,
        [
            "a path is invalid",
            "A path consists of names after dots and indexes in brackets: `$.products[0].name`. A name with other characters is written `[\"a name\"]`.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        id: \"$.products[0.id\"\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        id: \"$.products[0].id\"\n",
        ],
    ),
    row(
        Code::UnknownCondition,
        "P203",
        "unknown-condition",
        Severity::Error,
        [
            "a condition refers to a name that `conditions:` does not define",
            "A bare word in `when` refers to an entry of `conditions:`. A path begins with `$`.",
            "destination: example\nlanguage: 1\nconditions:\n  named: $.traits.name\nrules:\n  - { name: all, when: nmaed, drop: true }\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nconditions:\n  named: $.traits.name\nrules:\n  - { name: all, when: named, drop: true }\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
    row(
        Code::UnknownSetting,
        "P204",
        "unknown-setting",
        Severity::Warning,
        [
            "`$config` refers to a setting that `config:` does not list",
            "The settings under `config:` are checked before any event is processed. One that is not listed may be misspelt.",
            "destination: example\nlanguage: 1\nconfig:\n  apiKey: { required: true }\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        key: $config.apKey\n",
            "destination: example\nlanguage: 1\nconfig:\n  apiKey: { required: true }\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        key: $config.apiKey\n",
        ],
    ),
    row(
        Code::NameNotHere,
        "P205",
        "name-not-here",
        Severity::Error,
        [
            "a name is used where it is not defined",
            "`$item` is defined inside `for_each`, `$value` in a `template` beside `from`, `$items` and `$body` in `batch`, and `$response` in `response`.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        id: $item.id\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        ids: { for_each: $.products, make: $item.id }\n",
        ],
    ),
    row(
        Code::FieldCycle,
        "P206",
        "field-cycle",
        Severity::Error,
        [
            "a field depends on itself",
            "If `$a` needs `$b` and `$b` needs `$a`, neither can be computed.",
            "destination: example\nlanguage: 1\nfields:\n  a: [$.userId, $b]\n  b: [$.anonymousId, $a]\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        id: $a\n",
            "destination: example\nlanguage: 1\nfields:\n  a: [$.userId, $b]\n  b: $.anonymousId\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        id: $a\n",
        ],
    ),
    row(
        Code::TargetOutsideTheEvent,
        "P208",
        "target-outside-the-event",
        Severity::Error,
        [
            "`prepare` changes something outside the event",
            "`in:` names the map to change: `$` is the event, `$.traits` a map in it. Settings and the results of queries cannot be changed.",
            "destination: example\nlanguage: 1\nprepare:\n  - set: [{ in: $config, key: id, to: $.userId }]\nrules:\n  - { name: all, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nprepare:\n  - set: [{ in: $.traits, key: id, to: $.userId }]\nrules:\n  - { name: all, fail: unknown type }\n",
        ],
    ),
    row(
        Code::PartAfterWhole,
        "P209",
        "part-after-whole",
        Severity::Error,
        [
            "in a list of values, a value comes before a part of itself",
            "The first present value is used. Whenever the part exists, so does the whole, so the whole is always used: a map, where a single value was probably intended.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        email: { from: [$.traits, $.traits.email] }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        email: { from: [$.traits.email, $.context.traits.email] }\n",
        ],
    ),
    row(
        Code::NothingInside,
        "P210",
        "nothing-inside",
        Severity::Error,
        [
            "a path looks inside a value that has no members",
            "Text, numbers and dates have no members. The path was probably intended for the value before it was converted.",
            "destination: example\nlanguage: 1\nfields:\n  seconds: { from: $.timestamp, transform: unix_seconds }\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        at: $seconds.value\n",
            "destination: example\nlanguage: 1\nfields:\n  seconds: { from: $.timestamp, transform: unix_seconds }\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        at: $seconds\n",
        ],
    ),
    row(
        Code::ChainOfNames,
        "P211",
        "chain-of-names",
        Severity::Error,
        [
            "names depend on each other in a chain of more than 32, or a name needs others more than 10,000 times",
            "Such a chain is hard to follow, and computing it can exhaust memory or time: a name that needs another one twice doubles the work. Let some of the names read the event directly.",
            "destination: example\nlanguage: 1\nfields:\n  a0: $a1\n  a1: $a2\n  a2: $a3\n  a3: $a4\n  a4: $a5\n  a5: $a6\n  a6: $a7\n  a7: $a8\n  a8: $a9\n  a9: $a10\n  a10: $a11\n  a11: $a12\n  a12: $a13\n  a13: $a14\n  a14: $a15\n  a15: $a16\n  a16: $a17\n  a17: $a18\n  a18: $a19\n  a19: $a20\n  a20: $a21\n  a21: $a22\n  a22: $a23\n  a23: $a24\n  a24: $a25\n  a25: $a26\n  a26: $a27\n  a27: $a28\n  a28: $a29\n  a29: $a30\n  a30: $a31\n  a31: $a32\n  a32: $.userId\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        id: $a0\n",
            "destination: example\nlanguage: 1\nfields:\n  a0: $a1\n  a1: $.userId\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        id: $a0\n",
        ],
    ),
    row(
        Code::TextLikeAPath,
        "P212",
        "text-like-a-path",
        Severity::Warning,
        [
            "text looks like a path but is sent literally",
            "A path begins with `$.`; without it, the text itself is sent. Use `literal:` if that is intended.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        email: { from: traits.email }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        email: { from: $.traits.email }\n",
        ],
    ),
];
