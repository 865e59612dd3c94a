//! C: comments that suppress diagnostics.

use super::{Code, CodeRow, Severity, row};

pub(super) const ROWS: &[CodeRow] = &[
    row(
        Code::UnusedAllow,
        "C810",
        "unused-allow",
        Severity::Warning,
        [
            "a comment suppresses a finding that does not occur",
            "The problem has been fixed, the code is wrong, or it is an error, and errors cannot be suppressed. An unneeded comment could hide the next problem.",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, fail: unknown type } # mapwright: allow R509 -- every type is known\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, fail: unknown type }\n",
        ],
    ),
    row(
        Code::AllowWithoutReason,
        "C811",
        "allow-without-reason",
        Severity::Warning,
        [
            "a suppression comment is malformed or gives no reason",
            "The next reader needs to know why the finding is acceptable here: `# mapwright: allow R509 -- the source sends nothing else`.",
            "destination: example\nlanguage: 1\n# mapwright: allow R509\nrules:\n  - { name: track, when: { $.type: track }, drop: true }\n",
            "destination: example\nlanguage: 1\n# mapwright: allow R509 -- the source sends nothing else\nrules:\n  - { name: track, when: { $.type: track }, drop: true }\n",
        ],
    ),
];
