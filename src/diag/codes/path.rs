//! P: paths and names.

use super::{Code, CodeRow, Severity, row};

pub(super) const ROWS: &[CodeRow] = &[
    row(
        Code::UnknownField,
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
        Code::BadPath,
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
        Code::UnknownCondition,
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
        Code::UnknownSetting,
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
        Code::NameNotHere,
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
        Code::FieldCycle,
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
    row(
        Code::TargetOutsideTheEvent,
        "P208",
        "target-outside-the-event",
        Severity::Error,
        [
            "`prepare` changes something that is no part of the event",
            "`in:` is the map that is changed: `$` is the event, `$.traits` a map in it. Settings and lists of hits cannot be changed.",
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
            "in a list of values a whole stands before a part of it",
            "The first present value is taken. Whenever the part exists, so does the whole, and that is taken as it is: a map where a text was meant.",
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
            "a path looks inside of something that has no inside",
            "A text, a number or a date has no members. The path was meant for what the value is made of.",
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
            "more than 32 names need each other, one after the other, or a name needs others more than 10,000 times",
            "Nobody can follow such a chain, and computing it needs more memory than a thread has, or writes without end: a name that needs another twice doubles it. Let some of the names read the event.",
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
            "a text looks like a path and is sent as it is written",
            "A path begins with `$.`; without it, the words themselves are sent. `literal:` says that they are meant.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        email: { from: traits.email }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        email: { from: $.traits.email }\n",
        ],
    ),
];
