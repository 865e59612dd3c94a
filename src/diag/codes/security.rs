//! X: security.

use super::{Code, Family, Severity};

const fn row(
    id: &'static str,
    name: &'static str,
    severity: Severity,
    [summary, why, bad, good]: [&'static str; 4],
) -> Code {
    Code { id, name, family: Family::Security, severity, summary, why, bad, good }
}

pub(super) const ROWS: &[Code] = &[
    row(
        "X706",
        "outside-the-folder",
        Severity::Error,
        [
            "a file outside the mapping's folder is named",
            "A mapping reads files of its own folder and of the folders in it, and nothing else of the machine it runs on.",
            "destination: example\nlanguage: 1\ninclude: [../secrets.yaml]\nrules:\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
    row(
        "X707",
        "include-cycle",
        Severity::Error,
        [
            "files include or extend each other in a circle",
            "A file that leads back to itself would never be read to its end.",
            "destination: example\nlanguage: 1\ninclude: [mapping.yaml]\nrules:\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
];
