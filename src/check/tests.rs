//! Tests of which conditions can hold.

/// The codes that are reported for a mapping with one condition.
fn codes(when: &str) -> Vec<&'static str> {
    let text = format!(
        "destination: one\nlanguage: 1\nrules:\n  - {{ name: first, when: {when}, drop: true }}\n  \
         - {{ name: rest, drop: true }}\n"
    );
    crate::load("mapping.yaml", &[("mapping.yaml", text.as_str())]).codes()
}

#[test]
fn conditions_that_can_hold_are_not_reported() {
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
        assert_eq!(codes(when), [""; 0], "{when}");
    }
}

#[test]
fn conditions_that_cannot_hold_are_reported() {
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
        assert_eq!(codes(when), ["R510"], "{when}");
    }
}
