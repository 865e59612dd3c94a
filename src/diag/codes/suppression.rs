//! C: suppressions and test cases.

use super::{Code, CodeRow, Severity, row};

pub(super) const ROWS: &[CodeRow] = &[
    row(
        Code::UnusedAllow,
        "C810",
        "unused-allow",
        Severity::Warning,
        [
            "a comment allows something that is not there",
            "The mistake is gone, the code is another one, or it is an error, which cannot be allowed. A comment that nothing needs hides the next mistake.",
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
            "a comment that allows something gives no reason, or cannot be read",
            "Who comes after you wants to know why it is right here: `# mapwright: allow R509 -- the source sends nothing else`.",
            "destination: example\nlanguage: 1\n# mapwright: allow R509\nrules:\n  - { name: track, when: { $.type: track }, drop: true }\n",
            "destination: example\nlanguage: 1\n# mapwright: allow R509 -- the source sends nothing else\nrules:\n  - { name: track, when: { $.type: track }, drop: true }\n",
        ],
    ),
];
