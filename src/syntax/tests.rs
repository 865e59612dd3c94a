//! YAML texts and the findings expected for them.

mod overlay;
mod recover;
mod shape;
mod yaml;

use super::{Files, Mapping, load};
use crate::diag::{CODES, Findings, place};
use crate::source::Sources;

/// Files held in memory.
struct Memory<'a>(&'a [(&'a str, &'a str)]);

impl Files for Memory<'_> {
    fn read(&self, _: Option<&str>, name: &str) -> Result<(String, String), String> {
        let found = self.0.iter().find(|(known, _)| *known == name).ok_or("there is no such file")?;
        Ok((name.to_owned(), found.1.to_owned()))
    }
}

/// Loads `mapping.yaml`; returns the findings as `CODE line:column`.
fn check_files(files: &[(&str, &str)]) -> (Option<Mapping>, Vec<String>) {
    let (mut sources, mut findings) = (Sources::default(), Findings::default());
    let mapping = load("mapping.yaml", &Memory(files), &mut sources, &mut findings);
    let found = findings.sorted();
    let reported = found.iter().map(|d| {
        let place = place(d, &sources);
        format!("{} {}", d.code.id(), place.strip_prefix("mapping.yaml:").unwrap_or(&place))
    });
    (mapping, reported.collect())
}

fn check(text: &str) -> (Option<Mapping>, Vec<String>) {
    let base = "destination: example\nlanguage: 1\nrules:\n  - { name: track, when: { $.type: track }, drop: true }\n  - { name: all, fail: unknown type }\n";
    check_files(&[("mapping.yaml", text), ("base.yaml", base)])
}

/// The wrong example of every code that is raised while loading raises exactly that code; the right one raises nothing.
#[test]
fn each_code_example_raises_only_its_own_code() {
    let raised_by_loading =
        |id: &str| id.starts_with(['Y', 'S']) || ["X706", "X707", "R503", "R504"].contains(&id);
    for row in CODES {
        let (_, bad) = check(row.bad);
        if raised_by_loading(row.id) {
            assert!(
                bad.iter().all(|finding| finding.starts_with(row.id)) && !bad.is_empty(),
                "{}: {bad:?}",
                row.id
            );
        } else {
            assert!(bad.is_empty(), "{}: {bad:?}", row.id);
        }
        let (mapping, good) = check(row.good);
        assert!(good.is_empty() && mapping.is_some(), "{}: {good:?}", row.id);
    }
}

/// All of ten thousand findings are reported.
#[test]
fn ten_thousand_findings_are_all_reported() {
    let rule = |n: usize| format!("  - {{ name: r{n}, foo: 1, when: $.x, drop: true }}\n");
    let text = format!("destination: e\nlanguage: 1\nrules:\n{}", (0..10_000).map(rule).collect::<String>());
    assert_eq!(check(&text).1.len(), 10_000);
}

/// The example of every row of `TESTS` is parsed as a known test; an unknown name is not.
#[test]
fn every_row_of_tests_is_parsed_as_a_known_test() {
    use super::{ConditionKind, TestKind};
    for (example, name) in crate::predicate::TESTS
        .iter()
        .map(|row| (row.example, row.name))
        .chain([("{ $.x: { eq: 1 } }", "eq")])
    {
        let mapping = format!(
            "destination: a\nlanguage: 1\nconditions: {{ c: {example} }}\nrules: [{{ name: a, drop: true }}]\n"
        );
        let (mapping, found) = check(&mapping);
        assert_eq!(found, [""; 0], "{name}");
        let mapping = mapping.expect("a mapping");
        let ConditionKind::Test(_, test) = &mapping.conditions[0].node.kind else { panic!("{name}") };
        let TestKind::All(tests) = &test.kind else { panic!("{name}") };
        assert_eq!(matches!(tests[0].kind, TestKind::Unknown(_)), name == "eq", "{name}");
    }
}
