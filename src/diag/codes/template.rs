//! T: templates.

use super::{Code, CodeRow, Severity, row};

pub(super) const ROWS: &[CodeRow] = &[
    row(
        Code::UnknownNameInTemplate,
        "T401",
        "unknown-name-in-template",
        Severity::Error,
        [
            "a template uses a name that nothing has",
            "A template sees the fields by their names, `event`, `config`, `connection` and `metadata`.",
            "destination: example\nlanguage: 1\nfields:\n  name: $.traits.name\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: \"Dear {{ nmae }}\"\n",
            "destination: example\nlanguage: 1\nfields:\n  name: $.traits.name\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: \"Dear {{ name }}\"\n",
        ],
    ),
    row(
        Code::TemplateSyntax,
        "T402",
        "template-syntax",
        Severity::Error,
        [
            "a template cannot be read",
            "What begins with `{{` ends with `}}`, and what begins with `{% if %}` ends with `{% endif %}`.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: \"Dear {{ event.name\"\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: \"Dear {{ event.name }}\"\n",
        ],
    ),
    row(
        Code::UnknownFilter,
        "T403",
        "unknown-filter",
        Severity::Error,
        [
            "a template uses a filter that does not exist",
            "Every operator is a filter: `{{ name | lowercase }}`.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: \"Dear {{ event.name | lowercsae }}\"\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: \"Dear {{ event.name | lowercase }}\"\n",
        ],
    ),
    row(
        Code::TemplateNotAllowed,
        "T404",
        "template-not-allowed",
        Severity::Error,
        [
            "a template reaches for other files, or defines macros",
            "A template makes one text. `include`, `import`, `extends`, `macro` and `block` have no place in it.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: \"{% include 'name.txt' %}\"\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: \"{{ event.name }}\"\n",
        ],
    ),
    row(
        Code::UnescapedInAddress,
        "T405",
        "unescaped-in-address",
        Severity::Error,
        [
            "data of the event stands in an address as it is",
            "A `/`, `?` or `#` in an identifier leads to another address: someone can reach what they should not. `url_encode` makes it harmless.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    when: $.userId\n    request: { endpoint: \"https://api.example.com/people/{{ event.userId }}\", body: $.traits }\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    when: $.userId\n    request: { endpoint: \"https://api.example.com/people/{{ event.userId | url_encode }}\", body: $.traits }\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
    row(
        Code::EncodedTwice,
        "T406",
        "encoded-twice",
        Severity::Warning,
        [
            "a text is encoded twice",
            "The second time the signs of the first encoding are encoded: `%2F` becomes `%252F`.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    when: $.userId\n    request: { endpoint: \"https://api.example.com/people/{{ event.userId | url_encode | url_encode }}\", body: $.traits }\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    when: $.userId\n    request: { endpoint: \"https://api.example.com/people/{{ event.userId | url_encode }}\", body: $.traits }\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
    row(
        Code::AddressPartMissing,
        "T407",
        "address-part-missing",
        Severity::Warning,
        [
            "a part of an address can be missing",
            "An event without it is refused in general words. `require:` with a check says what is missing, in words for whoever sends the events.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: \"https://api.example.com/people/{{ event.userId | url_encode }}\", body: $.traits }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    require:\n      - { check: $.userId, error: a userId is needed }\n    request: { endpoint: \"https://api.example.com/people/{{ event.userId | url_encode }}\", body: $.traits }\n",
        ],
    ),
    row(
        Code::OtherPlaceholder,
        "T408",
        "other-placeholder",
        Severity::Warning,
        [
            "a name stands in a text in the way of another tool",
            "`{name}`, `${name}` and `:name` are sent as they are written. A template has two braces: `{{ name }}`.",
            "destination: example\nlanguage: 1\nfields:\n  who: { from: $.userId, required: true }\nrules:\n  - name: all\n    request: { endpoint: \"https://api.example.com/people/{who}\", body: { id: $who } }\n",
            "destination: example\nlanguage: 1\nfields:\n  who: { from: $.userId, required: true }\nrules:\n  - name: all\n    request: { endpoint: \"https://api.example.com/people/{{ who | url_encode }}\", body: { id: $who } }\n",
        ],
    ),
];
