//! T: templates.

use super::{Code, CodeRow, Severity, row};

pub(super) const ROWS: &[CodeRow] = &[
    row(
        Code::UnknownNameInTemplate,
        "T401",
        "unknown-name-in-template",
        Severity::Error,
        [
            "a template uses a name that is not defined",
            "A template can use fields by their names, and `event`, `config`, `connection` and `metadata`.",
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
            "a template has a syntax error",
            "`{{` must be closed by `}}`, and `{% if %}` by `{% endif %}`.",
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
            "Every operator can be used as a filter: `{{ name | lowercase }}`.",
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
            "a template loads other files or defines macros",
            "A template only produces text. `include`, `import`, `extends`, `macro` and `block` are not supported.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: \"{% include 'name.txt' %}\"\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        name: \"{{ event.name }}\"\n",
        ],
    ),
    row(
        Code::UnescapedInAddress,
        "T405",
        "unescaped-in-address",
        Severity::Warning,
        [
            "a value is inserted into a URL without saying how it is encoded",
            "In a path or a query every value is encoded, so that a `/`, `?` or `#` in it cannot lead to another endpoint. Say so with `url_encode`, or with `url_path` if the slashes of the value are meant.",
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
            "text is encoded twice",
            "The second pass encodes the percent signs of the first: `%2F` becomes `%252F`.",
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
            "a part of a URL can be missing",
            "An event without it is refused with a generic error. Add a check under `require:` with an error that tells the sender what is missing.",
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
            "text uses the placeholder syntax of another tool",
            "`{name}`, `${name}` and `:name` are sent literally. A template uses double braces: `{{ name }}`.",
            "destination: example\nlanguage: 1\nfields:\n  who: { from: $.userId, required: true }\nrules:\n  - name: all\n    request: { endpoint: \"https://api.example.com/people/{who}\", body: { id: $who } }\n",
            "destination: example\nlanguage: 1\nfields:\n  who: { from: $.userId, required: true }\nrules:\n  - name: all\n    request: { endpoint: \"https://api.example.com/people/{{ who | url_encode }}\", body: { id: $who } }\n",
        ],
    ),
    row(
        Code::PartlyEncoded,
        "T409",
        "partly-encoded",
        Severity::Error,
        [
            "a value in a URL is encoded only in part",
            "What stands in a URL is encoded by its position, unless the mapping encodes all of it. A value that was encoded and then changed, or that is encoded only in some cases, would be encoded twice.",
            "destination: example\nlanguage: 1\nfields:\n  who: { from: $.userId, transform: [url_encode, { replace: { text: \"%2F\", with: / } }], required: true }\nrules:\n  - name: all\n    request: { endpoint: \"https://api.example.com/people/{{ who }}\", body: $.traits }\n",
            "destination: example\nlanguage: 1\nfields:\n  who: { from: $.userId, transform: url_path, required: true }\nrules:\n  - name: all\n    request: { endpoint: \"https://api.example.com/people/{{ who }}\", body: $.traits }\n",
        ],
    ),
];
