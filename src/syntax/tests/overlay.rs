//! `extends` and `include`.

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

use super::check_files;

const BASE: &str = "destination: example
language: 1
include: [lib.yaml]
fields:
  a: base
conditions:
  c: $.x
request: { method: POST, endpoint: https://a.example, body: { x: 1 } }
rules:
  - { name: one, when: $.one, drop: true }
  - { name: two, when: $.two, drop: true }
  - { name: rest, fail: unknown }
batch: { rules: [two], max_items: 5 }
";
const LIB: &str = "fields:\n  a: library\n  b: library\n";

/// The names of the rules of `over` overlaid on the base, or the findings.
fn overlay(over: &str) -> Result<Vec<String>, Vec<String>> {
    let files = [("mapping.yaml", over), ("base.yaml", BASE), ("lib.yaml", LIB)];
    let (mapping, found) = check_files(&files);
    if found.is_empty() {
        Ok(mapping.expect("it loads").rules.into_iter().map(|rule| rule.name.node).collect())
    } else {
        Err(found)
    }
}

#[test]
fn rules_are_replaced_removed_and_placed() {
    let cases: &[(&str, &[&str])] = &[
        ("", &["one", "two", "rest"]),
        ("remove: [one]", &["two", "rest"]),
        ("rules: [{ name: two, drop: true }]", &["one", "two", "rest"]),
        ("rules: [{ name: new, before: two, drop: true }]", &["one", "new", "two", "rest"]),
        (
            "rules: [{ name: new, after: one, drop: true }, { name: newer, after: one, drop: true }]",
            &["one", "new", "newer", "two", "rest"],
        ),
        ("rules: [{ name: one, after: two, drop: true }]", &["two", "one", "rest"]),
        ("remove: [rest]\nrules: [{ name: new, drop: true }]", &["one", "two", "new"]),
    ];
    for (over, expected) in cases {
        let rules = overlay(&format!("extends: base.yaml\nlanguage: 1\n{over}\n"));
        assert_eq!(rules, Ok(owned(expected)), "{over}");
    }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

#[test]
fn invalid_overlays_are_reported() {
    let cases: &[(&str, &[&str])] = &[
        ("remove: [once]", &["R504 3:10"]),
        ("rules: [{ name: new, drop: true }]", &["S115 3:17"]),
        ("rules: [{ name: new, after: three, drop: true }]", &["R504 3:29"]),
        ("rules: [{ name: new, after: one, before: two, drop: true }]", &["S104 3:22"]),
        ("batch: { rules: [tow] }", &["R504 3:18"]),
        ("remove: [one, two, rest]", &["S113 3:20"]),
    ];
    for (over, expected) in cases {
        let found = overlay(&format!("extends: base.yaml\nlanguage: 1\n{over}\n"));
        assert_eq!(found, Err(owned(expected)), "{over}");
    }
}

#[test]
fn replaced_names_keep_their_position() {
    let over = "extends: base.yaml\nlanguage: 1\nfields: { a: mine, z: $a }\nrequest: { method: PUT }\nremove: [two]\n";
    let (mapping, found) = check_files(&[("mapping.yaml", over), ("base.yaml", BASE), ("lib.yaml", LIB)]);
    assert!(found.is_empty(), "{found:?}");
    let mapping = mapping.expect("it loads");
    let fields: Vec<_> =
        mapping.fields.iter().map(|field| (field.name.node.as_str(), field.included)).collect();
    assert_eq!(fields, [("a", false), ("b", true), ("z", false)]);
    let request = mapping.request.expect("shared");
    assert_eq!(request.method.expect("a method").node, "PUT");
    assert!(request.endpoint.is_some() && request.body.is_some());
    // The batch named only the removed rule; an empty list would mean all rules.
    assert!(mapping.batch.is_none());
    assert_eq!(mapping.destination.node, "example");
}

#[test]
fn unreadable_files_are_reported() {
    let rules = "rules: [{ name: all, drop: true }]";
    let cases: &[(&str, &[&str])] = &[
        ("include: [nowhere.yaml]", &["Y030 3:11"]),
        ("include: [../x.yaml]", &["X706 3:11"]),
        ("include: [/etc/passwd]", &["X706 3:11"]),
        ("include: [\"C:\\\\x.yaml\"]", &["X706 3:11"]),
        ("include: [\"..\\\\x.yaml\"]", &["X706 3:11"]),
        ("include: [a/../../x.yaml]", &["X706 3:11"]),
        ("include: [\"https://a.example/x.yaml\"]", &["X706 3:11"]),
        ("include: [mapping.yaml]", &["X707 3:11"]),
        ("include: [loop.yaml]", &["X707 loop.yaml:1:11"]),
        ("include: [large.yaml]", &["Y030 3:11"]),
        ("include: [rules.yaml]", &["S101 rules.yaml:1:1"]),
        ("include: [lib.yaml, lib.yaml]", &[]),
        ("include: [sub/../lib.yaml]", &["Y030 3:11"]),
        ("include: lib.yaml", &["S106 3:10"]),
        ("include: [broken.yaml]", &["Y012 broken.yaml:1:9"]),
    ];
    let large = "#".repeat(8 * 1024 * 1024 + 1);
    for (line, expected) in cases {
        let text = format!("destination: example\nlanguage: 1\n{line}\n{rules}\n");
        let (mapping, found) = check_files(&[
            ("mapping.yaml", &text),
            ("lib.yaml", LIB),
            ("loop.yaml", "include: [mapping.yaml]\n"),
            ("rules.yaml", "rules: []\n"),
            ("broken.yaml", "fields: [[a\n"),
            ("large.yaml", &large),
        ]);
        assert_eq!(found, *expected, "{line}");
        assert_eq!(mapping.is_some(), expected.iter().all(|finding| finding.starts_with('S')), "{line}");
    }
    let (mapping, found) = check_files(&[]);
    assert_eq!((mapping.is_none(), found), (true, vec!["Y030 1:1".to_owned()]));
}

/// A simple reference implementation of the rule order: a list with linear search.
fn reference_order(
    base: &[String],
    removed: &[String],
    rules: &[(String, Option<String>, Option<String>)],
) -> Vec<String> {
    let mut order: Vec<String> = base.iter().filter(|name| !removed.contains(name)).cloned().collect();
    let mut last_placed_after: Vec<(String, String)> = Vec::new();
    for (name, before, after) in rules {
        let Some(target) = before.as_ref().or(after.as_ref()) else {
            if !order.contains(name) {
                order.push(name.clone());
            }
            continue;
        };
        order.retain(|known| known != name);
        let follower =
            last_placed_after.iter().rev().find(|(known, _)| known == target).map(|(_, last)| last);
        let anchor = follower.filter(|_| before.is_none()).unwrap_or(target);
        let index = order.iter().position(|known| known == anchor).expect("the target exists");
        order.insert(if before.is_some() { index } else { index + 1 }, name.clone());
        if before.is_none() {
            last_placed_after.push((target.clone(), name.clone()));
        }
    }
    order
}

proptest::proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn rule_order_matches_the_reference_implementation(
        removed in proptest::collection::btree_set(0..8_usize, 0..4),
        placements in proptest::collection::vec((0..12_usize, 0..3_u8, 0..8_usize), 0..8),
    ) {
        let name = |index: usize| format!("r{index}");
        let base: Vec<String> = (0..8).map(name).collect();
        let removed: Vec<String> = removed.into_iter().map(name).collect();
        let (mut seen, mut rules) = (removed.clone(), Vec::new());
        for (index, placement, target) in placements {
            let (name, target) = (name(index), name(target));
            // A rule that is removed or moved itself cannot be a target.
            if seen.contains(&name) || (placement > 0 && (removed.contains(&target) || seen.contains(&target) || target == name)) {
                continue;
            }
            seen.push(name.clone());
            rules.push(match placement {
                0 => (name, None, None),
                1 => (name, Some(target), None),
                _ => (name, None, Some(target)),
            });
        }
        let rule = |name: &String| format!("  - {{ name: {name}, when: $.{name}, drop: true }}\n");
        let base_rules: String = base.iter().map(rule).collect();
        let base_text = format!("destination: example\nlanguage: 1\nrules:\n{base_rules}");
        let mut over = format!("extends: base.yaml\nlanguage: 1\nremove: [{}]\n", removed.join(", "));
        if !rules.is_empty() {
            over.push_str("rules:\n");
        }
        for (name, before, after) in &rules {
            let placement = match (before, after) {
                (Some(target), _) => format!("before: {target}, "),
                (_, Some(target)) => format!("after: {target}, "),
                _ => String::new(),
            };
            over.extend(["  - { name: ", name, ", ", &placement, "when: $.", name, ", drop: true }\n"]);
        }
        let (mapping, found) = check_files(&[("mapping.yaml", &over), ("base.yaml", &base_text)]);
        proptest::prop_assert_eq!(found, Vec::<String>::new(), "{}", over);
        let names: Vec<_> = mapping.expect("it loads").rules.into_iter().map(|rule| rule.name.node).collect();
        proptest::prop_assert_eq!(names, reference_order(&base, &removed, &rules), "{}", over);
    }
}
