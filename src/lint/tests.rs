//! What the lints cost, and what they must not say.

use crate::Files;
use crate::diag::Code;
use crate::diag::Findings;
use crate::source::Sources;
use crate::template::ParseCache;

struct One(String);

impl Files for One {
    fn read(&self, _: Option<&str>, name: &str) -> Result<(String, String), String> {
        Ok((name.to_owned(), self.0.clone()))
    }
}

/// How often rules were compared, and the codes that were found.
fn looked(text: &str) -> (usize, Vec<&'static str>) {
    let (mut sources, mut findings) = (Sources::default(), Findings::default());
    let mapping = crate::syntax::load("mapping.yaml", &One(text.to_owned()), &mut sources, &mut findings);
    let compared =
        mapping.map_or(0, |mapping| super::look(&mapping, &sources, &ParseCache::default(), &mut findings));
    (compared, findings.sorted().iter().map(|found| found.code.id()).collect())
}

/// A mapping of so many rules; `asks` is what each asks.
fn many(rules: usize, asks: impl Fn(usize) -> String) -> String {
    let head = "destination: many\nlanguage: 1\nrules:\n".to_owned();
    let each = (0..rules).map(|at| format!("  - {{ name: r{at}, when: {}, drop: true }}\n", asks(at)));
    let text: String = std::iter::once(head).chain(each).collect();
    text + "  - { name: rest, drop: true }\n"
}

#[test]
fn ten_times_the_rules_are_ten_times_the_work() {
    let families: [fn(usize) -> String; 4] = [
        |at| format!("{{ $.type: track, $.event: Event {at} }}"),
        |at| format!("[{{ $.type: track }}, $.properties.p{at}]"),
        |at| format!("[{{ $.type: [track, page] }}, {{ $.n: {{ more_than: {at} }} }}]"),
        |at| format!("{{ $.event: [A {at}, B {}, C] }}", at % 7),
    ];
    for asks in families {
        let (small, _) = looked(&many(200, asks));
        let (large, found) = looked(&many(2_000, asks));
        assert!(large <= 12 * small.max(200), "{}: {small} and {large}", asks(0));
        assert!(found.is_empty(), "{}: {found:?}", asks(0));
    }
}

#[test]
fn one_of_ten_thousand_rules_is_never_reached() {
    let asks = |at| match at {
        9_999 => "{ $.event: Event 17, $.type: track, $.userId: { is: text } }".to_owned(),
        _ => format!("{{ $.type: track, $.event: Event {at} }}"),
    };
    assert_eq!(looked(&many(10_000, asks)).1, ["R501"]);
}

#[test]
fn conditions_that_can_hold_are_left_alone() {
    for when in [
        "[{ $.a: { is_not: number } }, { $.a: { is_not: string } }]",
        "{ $.a: [x, $.b], $.c: 1 }",
        "[{ $.a: { is: absent } }, { $.a: { is_not: filled } }]",
        "[{ $.a: { is: string } }, { $.a: { is: absent } }]",
        "[{ $.a: { at_least: 1 } }, { $.a: { at_most: 1 } }]",
        "{ any: [{ $.type: track }, { $.type: page }] }",
        "[{ $.type: [track, page] }, { $.type: [page, screen] }]",
        "[{ $.a: null }, { $.a: { is: absent } }]",
        "[{ $.a: { matches: x } }, { $.a: { size: { at_least: 1 } } }]",
        "[{ not: { $.a: 1 } }, { not: { $.a: 2 } }]",
        "[{ $.a: { not: { is: number } } }, { $.a: 1x }]",
        "[{ $.a: { is: [text, number] } }, { $.a: 1 }]",
        "[{ $.a: { is: filled } }, { $.a: true }]",
        "[{ $.a: { contains: x } }, { $.a: { is: list } }]",
    ] {
        assert_eq!(looked(&many(1, |_| when.to_owned())).1, [""; 0], "{when}");
    }
}

#[test]
fn conditions_that_cannot_hold_are_found() {
    for when in [
        "[{ $.a: { is: number } }, { $.a: { is: text } }]",
        "[$.a, { $.a: { is: absent } }]",
        "[{ $.a: x }, { not: { $.a: x } }]",
        "[{ $.a: { more_than: 1 } }, { $.a: { less_than: 1 } }]",
        "[{ $.a: { at_least: 2 } }, { $.a: 1 }]",
        "[{ $.a: { is: list } }, { $.a: x }]",
        "[{ $.a: { is: filled } }, { $.a: false }]",
        "{ any: [$.b, [{ $.a: 1 }, { $.a: 2 }]] }",
        "[{ $.a: 1 }, { any: [{ $.a: 2 }, $.b] }]",
    ] {
        assert_eq!(looked(&many(1, |_| when.to_owned())).1, ["R510"], "{when}");
    }
}

#[test]
fn rules_are_compared_without_guessing() {
    let two =
        |first: &str, second: &str| looked(&many(2, |at| if at == 0 { first } else { second }.to_owned())).1;
    for (first, second) in [
        ("{ $.a: 1 }", "{ $.a: \"1\" }"),
        ("$.a", "{ $.a: { is: string } }"),
        ("{ $.a: { matches: x } }", "{ $.a: { matches: y } }"),
        ("{ not: { $.a: x } }", "{ $.a: x }"),
        ("{ $.a: { is: number } }", "{ not: { $.a: { is: number } } }"),
        ("[$.a, { any: [$.b, $.c] }]", "[$.a, $.d]"),
        ("{ $.a: [x, $.b] }", "{ $.a: [x, y] }"),
    ] {
        assert_eq!(two(first, second), [""; 0], "{first} / {second}");
    }
    for (first, second) in [
        ("$.a", "{ $.a: { is: text } }"),
        ("{ $.a: { matches: x } }", "[{ $.a: { matches: x } }, $.b]"),
        ("{ $.a: [1, 2, 3] }", "{ $.a: [3, 1.0] }"),
        ("{ \"$['a']\": x }", "{ $.a: x }"),
        ("{ not: $.a }", "[{ not: $.a }, $.b]"),
    ] {
        assert_eq!(two(first, second), ["R501"], "{first} / {second}");
    }
}

fn codes(text: &str) -> Vec<&'static str> {
    crate::load("mapping.yaml", &One(text.to_owned())).findings.iter().map(|found| found.code.id()).collect()
}

#[test]
fn comments_allow_what_stands_on_their_line_and_nothing_else() {
    let with = |before: &str, behind: &str| {
        codes(&format!(
            "destination: d\nlanguage: 1\n{before}rules:{behind}\n  - {{ name: a, when: $.a, drop: \"it's # not\" }}\n"
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
fn a_comment_is_seen_whatever_stands_before_it() {
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
        let behind = found("\n# mapwright: allow R509 -- known");
        assert!(!behind.contains(&"R509") && without.contains(&"R509"), "{description}: {behind:?}");
    }
}

#[test]
fn findings_of_later_can_be_allowed_too() {
    let text = "destination: d\nlanguage: 1\nrules: # mapwright: allow R509, E801 -- known\n  - { name: a, when: $.a, drop: true }\n";
    let loaded = crate::load("mapping.yaml", &One(text.to_owned()));
    let file = loaded.sources.files().next().expect("it is the file that was read");
    let at = |start| crate::source::Span { file, start, end: start + 5 };
    let later = |start| crate::diag::Diagnostic::new(Code::PathNoEventHas, at(start), "no event has it");
    let rules = u32::try_from(text.find("rules").expect("it stands there")).expect("it is small");
    assert_eq!(loaded.findings.len(), 0);
    assert_eq!(loaded.without_allowed(vec![later(rules), later(0)]).len(), 1);
}
