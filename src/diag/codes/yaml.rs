//! Y: what YAML itself makes hard.

use super::{Code, Family, Severity};

const fn row(
    id: &'static str,
    name: &'static str,
    severity: Severity,
    [summary, why, bad, good]: [&'static str; 4],
) -> Code {
    Code { id, name, family: Family::Yaml, severity, summary, why, bad, good }
}

pub(super) const ROWS: &[Code] = &[
    row(
        "Y001",
        "tab-indentation",
        Severity::Error,
        [
            "a line is indented with a tab",
            "YAML counts spaces to see what belongs to what. A tab has no fixed width, so it may not stand at the start of a line.",
            "destination: example\nlanguage: 1\nrules:\n\t- name: all\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com }\n",
        ],
    ),
    row(
        "Y002",
        "second-colon",
        Severity::Error,
        [
            "a value without quotes holds a colon followed by a space",
            "`: ` separates a key from its value. A text that holds it needs quotes.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: Not sent: unknown type\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: \"Not sent: unknown type\"\n",
        ],
    ),
    row(
        "Y003",
        "reserved-character",
        Severity::Error,
        [
            "a value without quotes begins with a character that YAML keeps for itself",
            "`@`, `` ` ``, `%`, `|` and some others mean something to YAML at the start of a value. Quote the text.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: @nobody\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: \"@nobody\"\n",
        ],
    ),
    row(
        "Y004",
        "unknown-alias",
        Severity::Error,
        [
            "a value begins with `*`, and no part of the file was named so with `&`",
            "`*name` repeats a part of the file that was marked with `&name` before. A text that begins with `*` needs quotes.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: *nobody\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: \"*nobody\"\n",
        ],
    ),
    row(
        "Y005",
        "yes-or-no",
        Severity::Warning,
        [
            "`yes`, `no`, `on` or `off` without quotes is text here, but true or false for older tools",
            "Write `true` or `false` for a truth value, and quote the word where the word is meant. Then every tool agrees.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { opt_in: yes } }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { opt_in: \"yes\" } }\n",
        ],
    ),
    row(
        "Y006",
        "looks-like-a-number",
        Severity::Warning,
        [
            "a value can be taken for a number in more than one way",
            "`010` is eight for some tools, `12:30` is 750, and `1.10` is often a version that must keep its zero. Quote what is text.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { zip: 010 } }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { zip: \"010\" } }\n",
        ],
    ),
    row(
        "Y007",
        "date-is-text",
        Severity::Hint,
        [
            "a date without quotes is text here, and a date for some tools",
            "It is sent exactly as written. Quotes make that plain to people and to other tools.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { since: 2024-01-01 } }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { since: \"2024-01-01\" } }\n",
        ],
    ),
    row(
        "Y008",
        "duplicate-key",
        Severity::Error,
        [
            "the same key stands twice in one map",
            "Only one of the two could be used, and the other would be lost without a word.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, endpoint: https://api.example.org }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com }\n",
        ],
    ),
    row(
        "Y009",
        "text-after-quote",
        Severity::Error,
        [
            "something stands after a closing quote",
            "A value that begins with a quote ends at the next one. Put all of the text inside, and use the other kind of quote where the text holds one.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: 'it's unknown'\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: \"it's unknown\"\n",
        ],
    ),
    row(
        "Y010",
        "trailing-newline",
        Severity::Error,
        [
            "an address, label or header ends with a line break",
            "A block that begins with `>` or `|` keeps its last line break, which cannot be sent there. `>-` and `|-` drop it.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: >\n        https://api.example.com\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: >-\n        https://api.example.com\n",
        ],
    ),
    row(
        "Y011",
        "open-quote",
        Severity::Error,
        [
            "a quote is opened and not closed",
            "The text runs on to the next quote, or to the end of the file. Close it on its own line.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: \"unknown type\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: \"unknown type\"\n",
        ],
    ),
    row(
        "Y012",
        "bracket",
        Severity::Error,
        [
            "a bracket is not closed, or stands where none can",
            "Inside `[ ]` and `{ }` every bracket and comma belongs to YAML, so a path such as `$.items[0].id` needs quotes there.",
            "destination: example\nlanguage: 1\nfields:\n  id: [$.userId, $.ids[0].id]\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { id: $id } }\n",
            "destination: example\nlanguage: 1\nfields:\n  id: [$.userId, \"$.ids[0].id\"]\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { id: $id } }\n",
        ],
    ),
    row(
        "Y013",
        "unquoted-template",
        Severity::Error,
        [
            "a text that begins with `{{` has no quotes",
            "`{` begins a map for YAML. Put the whole text in quotes and it is a template.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: {{ event.type }}\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: \"{{ event.type }}\"\n",
        ],
    ),
    row(
        "Y014",
        "not-yaml",
        Severity::Error,
        [
            "YAML cannot read this place",
            "Most lines are `key: value` or `- value`. What follows such a place cannot be read until it is repaired.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    nothing\n    fail: unknown type\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: unknown type\n",
        ],
    ),
    row(
        "Y015",
        "indentation",
        Severity::Error,
        [
            "a line is indented unlike its neighbours",
            "Lines that belong together begin in the same column. Two spaces for each level are usual.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n   fail: unknown type\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: unknown type\n",
        ],
    ),
    row(
        "Y016",
        "comment-in-text",
        Severity::Warning,
        [
            "text without quotes is cut at ` #`",
            "A space and `#` begin a comment. If the rest belongs to the text, quote all of it.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: Order #5 is unknown\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: \"Order #5 is unknown\"\n",
        ],
    ),
    row(
        "Y017",
        "tag",
        Severity::Error,
        [
            "a value has a YAML tag such as `!!str`",
            "Tags are not used here: quotes make text, and numbers, true and false need none.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { kind: !!str 1 } }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { kind: \"1\" } }\n",
        ],
    ),
    row(
        "Y018",
        "no-such-number",
        Severity::Error,
        [
            "`.inf` and `.nan` cannot be sent",
            "JSON has no infinity and no not-a-number. Quote the text if the text is meant.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { limit: .inf } }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { limit: 1000000 } }\n",
        ],
    ),
    row(
        "Y019",
        "several-documents",
        Severity::Error,
        [
            "a line `---` begins a second document",
            "A file holds one mapping; what stands below would never be used. Remove the line or make a second file.",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, fail: unknown type }\n---\nrules: []\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, fail: unknown type }\n",
        ],
    ),
    row(
        "Y020",
        "merge-key",
        Severity::Error,
        [
            "the key `<<` is not part of this language",
            "Name the shared part under `fields:` and use it with `merge:`, or start from another file with `extends:`.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { <<: $.traits, id: $.userId } }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { merge: [$.traits, { id: $.userId }] } }\n",
        ],
    ),
    row(
        "Y021",
        "alias-bomb",
        Severity::Error,
        [
            "repeated parts make the file too large",
            "Each `*name` stands for a copy of what `&name` marks, and copies of copies grow quickly.",
            "destination: &a [x,x,x,x,x,x,x,x,x]\nlanguage: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nconfig: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nfields: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\nrules: [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nbatch: [*d,*d,*d,*d,*d,*d,*d,*d,*d]\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, fail: unknown type }\n",
        ],
    ),
    row(
        "Y022",
        "endless-anchor",
        Severity::Error,
        [
            "a part of the file contains itself",
            "`*name` stands inside the part that `&name` marks, so it would never end.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    when: &track [{ $.type: track }, *track]\n    fail: unknown type\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    when: { $.type: track }\n    fail: unknown type\n  - { name: rest, drop: true }\n",
        ],
    ),
    row(
        "Y023",
        "invisible-character",
        Severity::Error,
        [
            "a character that cannot be seen stands in a key, a value or the indentation",
            "It usually comes with text copied from a web page or a document, and makes a key another key. Delete it and type a plain space.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail\u{200b}: unknown type\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    fail: unknown type\n",
        ],
    ),
    row(
        "Y024",
        "bad-escape",
        Severity::Error,
        [
            "a backslash inside \" \" is followed by something it has no meaning with",
            "Inside \" \" a backslash begins an escape. Patterns are easier in ' ', where a backslash is only a backslash.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    when: { $.event: { matches: \"^\\d+$\" } }\n    fail: unknown type\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    when: { $.event: { matches: '^\\d+$' } }\n    fail: unknown type\n  - { name: rest, drop: true }\n",
        ],
    ),
    row(
        "Y025",
        "empty-file",
        Severity::Error,
        [
            "the file is empty",
            "A mapping names its destination and has at least one rule.",
            "# nothing yet\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, fail: unknown type }\n",
        ],
    ),
    row(
        "Y026",
        "typographic-quotes",
        Severity::Warning,
        [
            "typographic quotes are part of the value",
            "Only the straight quotes \" and ' are quotes for YAML; “ and ” would be sent.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { plan: “gold” } }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { plan: \"gold\" } }\n",
        ],
    ),
    row(
        "Y027",
        "too-deep",
        Severity::Error,
        [
            "values are nested deeper than 64 levels",
            "No request needs that; usually a bracket is missing, or a part contains copies of itself.",
            "destination: example\nlanguage: 1\nfields:\n  deep: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, fail: unknown type }\n",
        ],
    ),
    row(
        "Y028",
        "key-form",
        Severity::Error,
        [
            "a key is a map, a list or nothing",
            "A key is a word or a text before the colon.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { [a, b]: 1 } }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: { a: 1, b: 1 } }\n",
        ],
    ),
    row(
        "Y029",
        "not-a-mapping",
        Severity::Error,
        [
            "the file is not a map of sections",
            "At the left edge stand keys such as `destination:` and `rules:`, each followed by a colon.",
            "- destination: example\n- language: 1\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, fail: unknown type }\n",
        ],
    ),
    row(
        "Y030",
        "unreadable-file",
        Severity::Error,
        [
            "a file cannot be read",
            "It is missing, a folder, larger than 8 MiB, or not text in UTF-8.",
            "destination: example\nlanguage: 1\ninclude: [nowhere.yaml]\nrules:\n  - { name: all, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: all, fail: unknown type }\n",
        ],
    ),
];
