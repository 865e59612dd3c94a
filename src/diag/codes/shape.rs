//! S: keys, sections and values in the wrong form.

use super::{Code, Severity, row};

pub(super) const ROWS: &[Code] = &[
    row(
        "S101",
        "unknown-key",
        Severity::Error,
        [
            "a key is not known where it stands",
            "An unknown key would do nothing. It is misspelt, belongs elsewhere, or the indentation puts it in the wrong place.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpiont: https://api.example.com\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n",
        ],
    ),
    row(
        "S102",
        "misspelt-verb",
        Severity::Error,
        [
            "a map looks like a value with a misspelt `from`, `merge` or the like",
            "It would be sent as a map with that key. Correct the word, or write `object:` around the map if the key is meant.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        email: { form: $.traits.email, default: nobody }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        email: { from: $.traits.email, default: nobody }\n",
        ],
    ),
    row(
        "S103",
        "missing-key",
        Severity::Error,
        [
            "a section lacks a key that it needs",
            "A mapping needs `destination`, `language` and `rules`; a rule needs a name and something to do; a check needs its error.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    drop: true\n",
        ],
    ),
    row(
        "S104",
        "exclusive-keys",
        Severity::Error,
        [
            "two keys stand together of which only one can be used",
            "A value has one source, and a rule does one thing.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: unknown type\n    drop: true\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: unknown type\n",
        ],
    ),
    row(
        "S105",
        "nothing-to-read",
        Severity::Error,
        [
            "a value has only keys that change it, and nothing to change",
            "`default`, `required` or `transform` work on what `from` or another source gives.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        plan: { default: free, transform: lowercase }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        plan: { from: $.traits.plan, default: free, transform: lowercase }\n",
        ],
    ),
    row(
        "S106",
        "wrong-form",
        Severity::Error,
        [
            "a value has another form than its key needs",
            "Some keys take text, others a list, a map, a number, or `true` and `false`.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: 404\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: \"404\"\n",
        ],
    ),
    row(
        "S107",
        "language-version",
        Severity::Error,
        [
            "the mapping is written in another version of the language",
            "This program reads language 1. A newer program may be needed.",
            "destination: example\nlanguage: 2\nrules:\n  - { name: all, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, fail: unknown type }\n",
        ],
    ),
    row(
        "S108",
        "unknown-choice",
        Severity::Error,
        [
            "a word is none of those that its key knows",
            "The message lists the words that can stand there.",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, fail: unknown type, kind: config }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, fail: unknown type, kind: configuration }\n",
        ],
    ),
    row(
        "S109",
        "empty-value",
        Severity::Error,
        [
            "nothing stands after a key",
            "The value was forgotten, or it is not indented below its key. Write `null` or \"\" where nothing is meant.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    when:\n    fail: unknown type\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: unknown type\n",
        ],
    ),
    row(
        "S110",
        "computed-key",
        Severity::Error,
        [
            "a key holds a path or a template",
            "Keys are sent as they are written. `rename` and `from_pairs` make keys from data.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { \"{{ event.type }}\": 1 } }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { type: $.type } }\n",
        ],
    ),
    row(
        "S111",
        "duplicate-rule",
        Severity::Error,
        [
            "two rules have the same name",
            "The name is the address of a rule in errors and overlays, so it must be its own.",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.type: track }, drop: true }\n  - { name: all, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: track, when: { $.type: track }, drop: true }\n  - { name: all, fail: unknown type }\n",
        ],
    ),
    row(
        "S112",
        "bad-name",
        Severity::Error,
        [
            "a name holds characters that a name cannot hold, or is taken",
            "Names are used in paths, templates and addresses: letters, digits and `_`, and `-` where no path reads them.",
            "destination: example\nlanguage: 1\nrules:\n  - { name: \"My rule!\", fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: my-rule, fail: unknown type }\n",
        ],
    ),
    row(
        "S113",
        "empty-list",
        Severity::Error,
        [
            "a list is empty that must hold something",
            "A mapping without rules maps nothing, and a condition without parts says nothing.",
            "destination: example\nlanguage: 1\nrules: []\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, fail: unknown type }\n",
        ],
    ),
    row(
        "S114",
        "lonely-key",
        Severity::Error,
        [
            "a key means something only beside another",
            "`for_each` needs `make`, `kind` needs `fail`, `remove`, `before` and `after` need `extends`.",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, drop: true, kind: configuration }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, fail: unknown type, kind: configuration }\n",
        ],
    ),
    row(
        "S115",
        "rule-without-place",
        Severity::Error,
        [
            "a new rule would stand behind one that takes every event",
            "Rules are tried in order. `before:` or `after:` says where a new rule stands among those of the mapping it extends.",
            "extends: base.yaml\nlanguage: 1\nrules:\n  - { name: page, when: { $.type: page }, drop: true }\n",
            "extends: base.yaml\nlanguage: 1\nrules:\n  - { name: page, before: all, when: { $.type: page }, drop: true }\n",
        ],
    ),
    row(
        "S116",
        "bad-condition",
        Severity::Error,
        [
            "a condition or a test is not written as one",
            "A condition is a path (present), the name of a condition, `{ $.path: test }`, a list (all of them), or `any`, `all`, `not`.",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: $.type == track, drop: true }\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.type: track }, drop: true }\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
    row(
        "S117",
        "path-without-dollar",
        Severity::Error,
        [
            "a path in a condition does not begin with `$`",
            "`$.type` is the event's `type`, and `$name` is a field. Without `$` it is only a word.",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { type: track }, drop: true }\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.type: track }, drop: true }\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
    row(
        "S118",
        "comparison-in-text",
        Severity::Warning,
        [
            "a test compares with text such as `>100`",
            "The sign is part of the text. Numbers are compared with `more_than`, `at_least`, `less_than` and `at_most`.",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.properties.revenue: \">100\" }, drop: true }\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, when: { $.properties.revenue: { more_than: 100 } }, drop: true }\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
];
