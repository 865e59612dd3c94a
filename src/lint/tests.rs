//! Tests of the cost of the lints, and of false positives.

use crate::analysis;
use crate::diag::Findings;
use crate::source::Sources;

/// The number of comparisons of two rules.
fn compared(text: &str) -> usize {
    let (mut sources, mut findings) = (Sources::default(), Findings::default());
    let mapping = crate::syntax::load("mapping.yaml", &[("mapping.yaml", text)], &mut sources, &mut findings);
    let mapping = mapping.expect("it can be read");
    let mut lint = super::Lint::new(&mapping, &sources);
    analysis::walk_alone(&mapping, &mut lint);
    lint.comparisons
}

/// The codes that are reported.
fn codes(text: &str) -> Vec<&'static str> {
    crate::load("mapping.yaml", &[("mapping.yaml", text)]).codes()
}

/// A mapping with the given number of rules; `asks` returns the condition of the rule at an index.
fn many(rules: usize, condition: impl Fn(usize) -> String) -> String {
    let head = "destination: many\nlanguage: 1\nrules:\n".to_owned();
    let each =
        (0..rules).map(|index| format!("  - {{ name: r{index}, when: {}, drop: true }}\n", condition(index)));
    let text: String = std::iter::once(head).chain(each).collect();
    text + "  - { name: rest, drop: true }\n"
}

#[test]
fn comparisons_grow_linearly_with_the_number_of_rules() {
    let conditions: [fn(usize) -> String; 4] = [
        |index| format!("{{ $.type: track, $.event: Event {index} }}"),
        |index| format!("[{{ $.type: track }}, $.properties.p{index}]"),
        |index| format!("[{{ $.type: [track, page] }}, {{ $.n: {{ more_than: {index} }} }}]"),
        |index| format!("{{ $.event: [A {index}, B {}, C] }}", index % 7),
    ];
    for condition in conditions {
        let small = compared(&many(200, condition));
        let large = compared(&many(2_000, condition));
        let found = codes(&many(2_000, condition));
        assert!(large <= 12 * small.max(200), "{}: {small} and {large}", condition(0));
        assert!(found.is_empty(), "{}: {found:?}", condition(0));
    }
}

#[test]
fn one_unreachable_rule_of_ten_thousand_is_reported() {
    let condition = |index| match index {
        9_999 => "{ $.event: Event 17, $.type: track, $.userId: { is: text } }".to_owned(),
        _ => format!("{{ $.type: track, $.event: Event {index} }}"),
    };
    assert_eq!(codes(&many(10_000, condition)), ["R501"]);
}

#[test]
fn only_rules_that_are_certainly_unreachable_are_reported() {
    let two = |first: &str, second: &str| {
        codes(&many(2, |index| if index == 0 { first } else { second }.to_owned()))
    };
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
