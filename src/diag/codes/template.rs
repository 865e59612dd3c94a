//! T: templates.

use super::{Code, Family, Severity};

const fn row(
    id: &'static str,
    name: &'static str,
    severity: Severity,
    [summary, why, bad, good]: [&'static str; 4],
) -> Code {
    Code { id, name, family: Family::Template, severity, summary, why, bad, good }
}

pub(super) const ROWS: &[Code] = &[
    row(
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
];
