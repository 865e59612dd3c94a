//! Tests of comments that allow findings.

use crate::diag::Code;

fn codes(text: &str) -> Vec<&'static str> {
    crate::load("mapping.yaml", &[("mapping.yaml", text)]).codes()
}

#[test]
fn comments_allow_only_findings_on_their_line() {
    let with = |before: &str, after: &str| {
        codes(&format!(
            "destination: d\nlanguage: 1\n{before}rules:{after}\n  - {{ name: a, when: $.a, drop: \"it's # not\" }}\n"
        ))
    };
    let none: [&str; 0] = [];
    assert_eq!(with("", ""), ["R509"]);
    assert_eq!(with("", " # mapwright: allow R509 -- nothing else is sent"), none);
    assert_eq!(with("# mapwright: allow R509 -- nothing else is sent\n\n# more words\n", ""), none);
    assert_eq!(with("# mapwright: allow R509, R515 -- both\n", ""), ["C810"]);
    assert_eq!(with("# mapwright: allow R509\n", ""), ["C811"]);
    assert_eq!(with("# mapwright: allow X999 -- no such code\n", ""), ["C810", "R509"]);
    assert_eq!(with("# mapwright: ignore R509 -- another word\n", ""), ["C811", "R509"]);
    assert_eq!(with("# mapwright: allow E801 -- asked only with events\n", ""), ["R509"]);
    for text in [
        "\"x # mapwright: allow R509 -- y\"",
        "|\n  # mapwright: allow R509 -- y\n  z",
        "'it''s # mapwright: allow R509 -- y'",
        ">2-\n    # mapwright: allow R509 -- y",
        "\"x\n  # mapwright: allow R509 -- y\"",
    ] {
        assert_eq!(with(&format!("description: {text}\n"), ""), ["R509"], "{text}");
    }
}

#[test]
fn a_comment_is_recognized_after_any_scalar() {
    for description in [
        "words 'tis said",
        "5 \" wide",
        "it - 'is",
        "a, 'b",
        "\"a \\\" ' b\"",
        "'it''s \"'",
        "&a 'b'",
        "!!str 'b'",
        ">\n  it - 'is\nlanguage: 1",
    ] {
        let found = |comment: &str| {
            let text = format!(
                "description: {description}{comment}\nrules:\n  - {{ name: a, when: $.a, drop: it - 's }}"
            );
            codes(&format!(
                "destination: d\n{}{text}\n",
                if description.contains("language") { "" } else { "language: 1\n" }
            ))
        };
        let without = found("");
        let with = found(" # mapwright: allow X999 -- no such code");
        assert_eq!(with.iter().filter(|code| **code == "C810").count(), 1, "{description}: {with:?}");
        assert_eq!(with.len(), without.len() + 1, "{description}: {with:?}, {without:?}");
        let after = found("\n# mapwright: allow R509 -- known");
        assert!(!after.contains(&"R509") && without.contains(&"R509"), "{description}: {after:?}");
    }
}

#[test]
fn findings_of_later_stages_can_be_allowed() {
    let text = "destination: d\nlanguage: 1\nrules: # mapwright: allow R509, E801 -- known\n  - { name: a, when: $.a, drop: true }\n";
    let loaded = crate::load("mapping.yaml", &[("mapping.yaml", text)]);
    let file = loaded.sources.files().next().expect("one file was loaded");
    let at = |start| crate::source::Span { file, start, end: start + 5 };
    let later = |start| crate::diag::Diagnostic::new(Code::PathNoEventHas, at(start), "no event has it");
    let rules = u32::try_from(text.find("rules").expect("the text contains it")).expect("it is small");
    assert_eq!(loaded.findings.len(), 0);
    assert_eq!(loaded.without_allowed(vec![later(rules), later(0)]).len(), 1);
}
