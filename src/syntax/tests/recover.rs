//! Recovery: what is still read and reported after a syntax error.

use super::Memory;
use crate::load;

fn findings(files: &[(&str, &str)]) -> Vec<String> {
    let loaded = load("mapping.yaml", &Memory(files));
    let found = loaded.findings.iter();
    let findings: Vec<String> = found
        .map(|found| format!("{} {}", found.code.id(), crate::diag::place(found, &loaded.sources)))
        .map(|finding| finding.replace("mapping.yaml:", ""))
        .collect();
    assert!(loaded.engine.is_none(), "{findings:?}");
    findings
}

/// Sections after a head of two lines, with all findings.
#[test]
fn the_readable_rest_is_checked_and_unreadable_names_are_not_reported_as_missing() {
    let rest = "rules:\n  - { name: all, drop: true }\n";
    let cases: &[(String, &[&str])] = &[
        // Two errors in two sections.
        (format!("fields:\n  a: @x\nconditions:\n  c: 'it's'\n{rest}"), &["Y003 4:6", "Y009 6:10"]),
        (format!("fields:\n  a: [x\nconditions:\n  c: \"x\n{rest}"), &["Y012 4:6", "Y011 6:6"]),
        // Two errors in one section, and the entries between them.
        (
            format!("fields:\n  a: @x\n  b: {{ from: $.x, transform: nonsense }}\n  c: @x\n  d: $.d\n{rest}"),
            &["Y003 4:6", "O301 5:30", "Y003 6:6"],
        ),
        // A semantic error in another section, before and after.
        ("fields:\n  a: [x\nrules:\n  - { name: all, when: { $.x: { eq: 1 } }, drop: true }\n  - { name: rest, drop: true }\n".to_owned(), &["Y012 4:6", "R502 6:33"]),
        ("fields:\n  a: { frm: $.x }\nrules:\n  - name: a\n    fail: {{ x }}/a\n  - { name: rest, drop: true }\n".to_owned(), &["S102 4:8", "Y013 7:11"]),
        // An error in the next rule, and none caused by the unreadable one.
        ("rules:\n  - name: a\n    when: $.x\n   drop: true\n  - { name: b, dorp: true }\n".to_owned(), &["Y015 6:4", "S101 7:16"]),
        ("rules:\n- name: a\n  fail: %x\n- { name: b, dorp: true }\n".to_owned(), &["Y003 5:9", "S101 6:14"]),
        // Names that may be defined in the gap are not reported as unknown; others are.
        ("fields:\n  a: @x\nrules:\n  - { name: all, fail: \"{{ a }} {{ other }}\", when: nobody }\n".to_owned(), &["Y003 4:6", "R509 5:1", "P203 6:53"]),
        ("conditions:\n  c: @x\nrules:\n  - { name: a, when: c, drop: true }\n  - { name: b, when: $nobody, drop: true }\n  - { name: rest, drop: true }\n".to_owned(), &["Y003 4:6", "P201 7:22"]),
        ("transforms:\n  p: [@x]\nfields:\n  a: { from: $.x, transform: p }\nrules:\n  - { name: rest, fail: \"{{ a }}\" }\n".to_owned(), &["Y003 4:7"]),
        ("config:\n  token: { required: @ }\nrules:\n  - { name: rest, drop: true, when: { $config.tokn: { not: $.x } } }\n".to_owned(), &["Y003 4:22", "R509 5:1"]),
        ("request:\n  endpoint: @x\nrules:\n  - name: all\n    request: { body: { a: $.x } }\n".to_owned(), &["Y003 4:13"]),
        ("batch: { rules: [a] }\nrules:\n  - name: a\n    fail: @x\n".to_owned(), &["Y003 6:11"]),
        ("rules: [\n  { name: a, fail: @x },\n  { name: b, dorp: true }\n]\nfields: { a: { frm: $.x } }\n".to_owned(), &["Y003 4:20", "S102 7:16"]),
        // Tabs are findings once.
        ("fields:\n\ta: $.x\nrules:\n\t- { name: all, drop: true }\n".to_owned(), &["Y001 4:1"]),
        // A suppression comment in the gap is not reported as unused.
        (format!("fields:\n  # mapwright: allow R515 -- for others\n  a: @x\n{rest}"), &["Y003 5:6"]),
    ];
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let text = format!("destination: example\nlanguage: 1\n{text}");
        let findings = findings(&[("mapping.yaml", &text)]);
        if findings != *expected {
            wrong.push(format!("{text}{findings:?} instead of {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn gaps_before_the_first_section_or_in_another_file_are_not_reported_as_missing() {
    let rules = "rules:\n  - { name: all, fail: \"{{ a }}\" }\n";
    let broken = "destination: @x\nlanguage: 1\n";
    assert_eq!(findings(&[("mapping.yaml", &format!("{broken}{rules}"))]), ["Y003 1:14", "T401 4:28"]);
    let (head, include) = ("destination: a\nlanguage: 1\n", "include: [fields.yaml]\n");
    let files = [
        ("mapping.yaml", format!("{head}{include}{rules}")),
        ("fields.yaml", "fields:\n  a: @x\n".to_owned()),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    assert_eq!(findings(&files), ["Y003 fields.yaml:2:6"]);
    let extends = "extends: base.yaml\nlanguage: 1\nremove: [gone]\nrules:\n  - { name: new, after: gone, drop: true }\n";
    let base =
        "destination: a\nlanguage: 1\nrules:\n  - name: gone\n    fail: @x\n  - { name: rest, drop: true }\n";
    assert_eq!(findings(&[("mapping.yaml", extends), ("base.yaml", base)]), ["Y003 base.yaml:5:11"]);
}

/// A line in column 1 without a colon is a section of its own, with the lines below it.
#[test]
fn a_damaged_section_is_one_finding() {
    let head = "destination: example\nlanguage: 1\n";
    let all = "rules:\n  - { name: all, drop: true }\n";
    let uses = "rules:\n  - { name: a, when: c, fail: \"{{ a }}\" }\n  - name: rest\n    request: { endpoint: \"https://example.com/{{ a | url_encode }}\", body: { a: $a, b: { from: $.x, transform: p }, c: { from: [$a, $.x] } } }\n";
    let cases: &[(String, &[&str])] = &[
        (format!("destination shop\nlanguage: 1\nfields:\n  a: $.a\n{all}"), &["Y014 1:1"]),
        (format!("destination:shop\nlanguage: 1\nfields:\n  a: $.a\n{all}"), &["Y014 1:12"]),
        (format!("nonsense\n{head}{all}"), &["Y014 1:1"]),
        (format!("destination shop\n\n# The version.\nlanguage 1\n{all}"), &["Y014 1:1", "Y014 4:1"]),
        // What follows is read and checked.
        (
            format!("destination shop\nlanguage: 1\nfields:\n  a: {{ frm: $.a }}\n{all}"),
            &["Y014 1:1", "S102 4:8"],
        ),
        (format!("{head}fields\n  a: $.x\n  b: @x\n{uses}"), &["Y014 3:1", "P203 7:22", "O301 9:112"]),
        (
            format!("{head}conditions\n  c: $.x\nfields:\n  a: $.x\ntransforms:\n  p: [trim]\n{uses}"),
            &["Y014 3:1"],
        ),
        (
            format!("{head}transforms\n  p: [trim]\nconditions:\n  c: $.x\nfields:\n  a: $.x\n{uses}"),
            &["Y014 3:1"],
        ),
        (
            format!("{head}fields:\n  a: $.x\nrules\n  - name: all\n    fail: \"{{{{ a }}}}\"\n"),
            &["Y014 5:1"],
        ),
        (format!("{head}fields:\n  a: $.x\nrules\n- name: all\n  drop: true\n"), &["Y014 5:1"]),
        (
            format!(
                "{head}request\n  endpoint: https://example.com\nrules:\n  - {{ name: all, request: {{ body: {{ a: $.x }} }} }}\n"
            ),
            &["Y014 3:1"],
        ),
        (format!("{head}config\n  token: {{ required: no }}\n{all}"), &["Y014 3:1"]),
        (
            format!(
                "{head}config\n  token: {{ required: no }}\nrules:\n  - {{ name: a, when: {{ $config.tokn: x }}, drop: true }}\n  - {{ name: b, drop: true }}\n"
            ),
            &["Y014 3:1"],
        ),
        // Warnings that depend on what was lost.
        (
            format!(
                "{head}conditions\n  c: $.a\nfields:\n  a: $.a\nrules:\n  - name: a\n    when: c\n    request: {{ endpoint: \"https://example.com/{{{{ a | url_encode }}}}\" }}\n  - {{ name: rest, drop: true }}\n"
            ),
            &["Y014 3:1"],
        ),
        (
            format!(
                "{head}fields\n  a: {{ from: $.a, default: x }}\nrules:\n  - name: rest\n    request: {{ endpoint: \"https://example.com/{{{{ a | url_encode }}}}\", body: {{ b: {{ from: [$a, $.x] }} }} }}\n"
            ),
            &["Y014 3:1"],
        ),
        (format!("{head}fields:\n  f: @x\n  g: {{ from: [$f, x, $.b] }}\n{all}"), &["Y003 4:6"]),
        // Text below its key without indentation.
        (format!("{head}description: |\nabc\ndef ghi.\n{all}"), &["Y014 4:1"]),
        (format!("{head}description:\nabc\ndef ghi.\n{all}"), &["Y014 4:1"]),
        // Nobody knows which section a misspelt name stands for.
        (format!("{head}feilds\n  a: $.x\n{uses}"), &["Y014 3:1"]),
        // Names that may come from a lost file.
        (format!("{head}include\n  - shared.yaml\n{uses}"), &["Y014 3:1"]),
        (format!("{head}include:\n  - @shared.yaml\n{uses}"), &["Y003 4:5"]),
        (format!("{head}include: [@shared.yaml]\n{uses}"), &["Y003 3:11"]),
        (format!("extends base.yaml\nlanguage: 1\nremove: [gone]\n{uses}"), &["Y014 1:1"]),
    ];
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let findings = findings(&[("mapping.yaml", text)]);
        if findings != *expected {
            wrong.push(format!("{text}{findings:?} instead of {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The number of syntax errors reported, and so the number of passes, is limited.
#[test]
fn the_number_of_syntax_errors_is_limited() {
    let fields = (0..1000).fold(String::new(), |text, n| text + &format!("  f{n}: @x\n"));
    let text = format!(
        "destination: example\nlanguage: 1\nfields:\n{fields}rules:\n  - {{ name: all, drop: true }}\n"
    );
    let loaded = load("mapping.yaml", &Memory(&[("mapping.yaml", &text)]));
    let stopped = |help: &Option<String>| {
        help.as_ref()
            .is_some_and(|help| help.ends_with("reading stopped after 16 syntax errors; correct these first"))
    };
    let stops: Vec<bool> = loaded.findings.iter().map(|found| stopped(&found.help)).collect();
    assert_eq!(stops.iter().position(|&stop| stop), Some(15), "{stops:?}");
    let findings = findings(&[("mapping.yaml", &text)]);
    assert_eq!(findings.len(), 16, "{findings:?}");
    assert!(findings.iter().all(|finding| finding.starts_with("Y003")), "{findings:?}");
}
