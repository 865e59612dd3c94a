//! Conventions for source files: length, names, forbidden words, seeds of random tests.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use mapwright::internal::diag::{CODES, Code, Severity};

use crate::load::{files_below, project, text};

tests![
    files_are_short,
    modules_have_meaningful_names,
    forbidden_words_are_not_used,
    a_forbidden_word_is_found,
    operators_are_named_only_in_their_rows,
    the_name_of_an_operator_is_found,
    errors_are_raised_before_the_plan,
    every_operator_file_is_in_the_table,
    a_planted_error_is_found,
    no_destination_is_named,
    the_name_of_a_destination_is_found,
    random_tests_have_a_seed,
    the_test_attribute_is_not_used
];

/// Module names without a meaning.
const EMPTY_NAMES: [&str; 9] =
    ["util", "utils", "helper", "helpers", "common", "core", "engine", "manager", "misc"];

/// Forbidden words, each with a plainer one. They must not occur as a word or as part of a name.
const FORBIDDEN_WORDS: &[(&str, &str)] =
    &[("house", "project"), ("room", "module, memory"), ("rooms", "modules")];

/// Names of operators that have other meanings as well: keys of values, types of settings and schemas.
const AMBIGUOUS_NAMES: [&str; 7] = ["only", "except", "number", "string", "boolean", "each", "count"];

/// Files that may contain names of operators: examples, keys of amounts, names of tests in other languages, members of `loop`.
const EXEMPT: [&str; 4] =
    ["src/diag/codes/", "src/schema/", "src/syntax/yaml/scalar.rs", "src/template/logic/statement.rs"];

fn name(path: &Path) -> String {
    let inside = path.strip_prefix(project()).unwrap_or(path);
    inside.to_string_lossy().replace('\\', "/")
}

fn all_rust() -> Vec<PathBuf> {
    ["src", "tests", "benches", "examples"].iter().flat_map(|folder| files_below(folder, "rs")).collect()
}

fn assert_empty(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn files_are_short() {
    let mut wrong = Vec::new();
    let mut lengths = Vec::new();
    for path in all_rust() {
        let (name, lines) = (name(&path), text(&path).lines().count());
        let limit = match &*name {
            "src/lib.rs" => 100,
            "src/main.rs" => 40,
            _ => 400,
        };
        if lines > limit {
            wrong.push(format!("{name} has {lines} lines, more than the limit of {limit}"));
        }
        lengths.push(lines);
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    if median > 150 {
        wrong.push(format!("the median length of a file is {median} lines, more than the limit of 150"));
    }
    assert_empty(&wrong);
}

fn modules_have_meaningful_names() {
    let mut wrong = Vec::new();
    for path in all_rust() {
        let name = name(&path);
        if name.trim_end_matches(".rs").split('/').any(|part| EMPTY_NAMES.contains(&part)) {
            wrong.push(format!("{name}: a name without a meaning"));
        }
    }
    assert_empty(&wrong);
}

fn forbidden_words_are_not_used() {
    let mut wrong = Vec::new();
    for path in files_below("src", "rs") {
        for (line, written) in text(&path).lines().enumerate() {
            for (word, plain) in FORBIDDEN_WORDS.iter().filter(|(word, _)| has_word(written, word)) {
                wrong.push(format!("{}:{}: for `{word}` say {plain}", name(&path), line + 1));
            }
        }
    }
    assert_empty(&wrong);
}

/// Whether a line contains a word, in a sentence or in an identifier: `the room`, `room_of`, `InRoom`.
fn has_word(line: &str, word: &str) -> bool {
    let mut spaced = String::new();
    for (before, c) in std::iter::once(' ').chain(line.chars()).zip(line.chars()) {
        if c.is_uppercase() && before.is_lowercase() {
            spaced.push(' ');
        }
        spaced.extend(c.to_lowercase());
    }
    spaced.split(|c: char| !c.is_alphabetic()).any(|found| found == word)
}

fn a_forbidden_word_is_found() {
    for line in
        ["// every room has a table", "let room_of = 1;", "struct ROOM;", "struct InRoom<T>;", "\"Room.\""]
    {
        assert!(has_word(line, "room"), "{line}");
    }
    for line in ["let broom = 1;", "// rooms", "roomy()"] {
        assert!(!has_word(line, "room"), "{line}");
    }
}

/// The behavior of an operator is defined in its row, so no other code refers to one by name.
fn operators_are_named_only_in_their_rows() {
    let mut wrong = Vec::new();
    for path in files_below("src", "rs") {
        let name = name(&path);
        if name.starts_with("src/ops/") || EXEMPT.iter().any(|place| name.starts_with(place)) {
            continue;
        }
        let text = text(&path);
        wrong.extend(
            operators_in(without_tests(&name, &text)).map(|named| format!("{name}: the operator {named}")),
        );
    }
    assert_empty(&wrong);
}

/// The operators whose names occur in quotes in a text.
fn operators_in(text: &str) -> impl Iterator<Item = &'static str> {
    let named = |name: &&str| !AMBIGUOUS_NAMES.contains(name) && text.contains(&format!("\"{name}\""));
    mapwright::internal::ops::OPS.iter().map(|row| row.name).filter(named)
}

/// The text of a file without its tests, which may name operators.
fn without_tests<'t>(name: &str, text: &'t str) -> &'t str {
    if name.ends_with("/tests.rs") || name.contains("/tests/") {
        return "";
    }
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

fn the_name_of_an_operator_is_found() {
    assert_eq!(operators_in("if row.name == \"truncate\" {").next(), Some("truncate"));
    assert_eq!(operators_in("// truncate\n\"only\"").next(), None);
}

/// A file in `src/ops` that neither the table nor a `mod` names would be compiled by nobody and missed by nobody.
fn every_operator_file_is_in_the_table() {
    let declared = text(&project().join("src/ops/table.rs")) + &text(&project().join("src/ops/mod.rs"));
    let mut wrong = Vec::new();
    for path in files_below("src/ops", "rs")
        .iter()
        .filter(|path| path.parent().is_some_and(|dir| dir.ends_with("ops")))
    {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let known =
            declared.contains(&format!("\"{stem}.rs\"")) || declared.contains(&format!("mod {stem};"));
        if !known && stem != "mod" {
            wrong.push(format!("src/ops/{stem}.rs is not in src/ops/table.rs"));
        }
    }
    assert_empty(&wrong);
}

/// `check` raises errors only, `lint` and what filters findings raise none, and a plan is made at the end of `check`.
fn errors_are_raised_before_the_plan() {
    let mut wrong = Vec::new();
    for path in files_below("src", "rs") {
        let (name, text) = (name(&path), text(&path));
        let shipped = without_tests(&name, &text);
        let other = if name.starts_with("src/check/") {
            raised(shipped, |severity| severity < Severity::Error)
        } else if name.starts_with("src/lint/") || name.starts_with("src/report/") {
            raised(shipped, |severity| severity == Severity::Error)
        } else if name.starts_with("src/analysis/") {
            raised(shipped, |_| true)
        } else {
            Vec::new()
        };
        wrong.extend(other.iter().map(|code| format!("{name} raises {code:?}, which is not its kind")));
        if shipped.contains("Draft::finish") && !["src/check/mod.rs", "src/plan/mod.rs"].contains(&&*name) {
            wrong.push(format!("{name} makes a plan without `check`"));
        }
    }
    assert_empty(&wrong);
}

/// The codes of some severity that a text makes findings of: there a message follows after a comma, elsewhere codes are
/// compared or matched.
fn raised(text: &str, kind: impl Fn(Severity) -> bool) -> Vec<Code> {
    let codes = CODES.iter().filter(|row| kind(row.severity)).map(|row| row.code);
    codes.filter(|code| text.contains(&format!("Code::{code:?},"))).collect()
}

fn a_planted_error_is_found() {
    let error = |severity| severity == Severity::Error;
    let planted = "Diagnostic::new(Code::NeverTrue, span, message)";
    assert_eq!(raised(planted, error), [Code::NeverTrue]);
    assert!(raised(&planted.replace("NeverTrue", "AlwaysTrue"), error).is_empty());
    assert!(raised("Code::NeverTrue | Code::BadPath => true", error).is_empty());
    assert!(raised("any(|found| found.code == Code::DuplicateRule)", error).is_empty());
}

/// No source file names a destination. Their names are those of the mappings.
fn no_destination_is_named() {
    let destinations: BTreeSet<String> = files_below("mappings", "yaml")
        .iter()
        .filter(|path| path.parent().is_some_and(|folder| folder.ends_with("mappings")))
        .filter_map(|path| path.file_stem()?.to_str()?.split('_').next().map(str::to_lowercase))
        .collect();
    assert!(!destinations.is_empty());
    let mut wrong = Vec::new();
    for path in files_below("src", "rs") {
        for (line, written) in text(&path).lines().enumerate() {
            let named = destinations.iter().filter(|destination| names_destination(written, destination));
            wrong.extend(named.map(|destination| format!("{}:{}: {destination}", name(&path), line + 1)));
        }
    }
    assert_empty(&wrong);
}

/// Whether a line names a destination as a word, ignoring periods, hyphens and underscores. A long name is also found
/// inside a word.
fn names_destination(line: &str, destination: &str) -> bool {
    let line = line.to_lowercase().replace(['.', '-', '_'], "");
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    line.match_indices(destination).any(|(offset, found)| {
        let (before, after) = (&line[..offset], &line[offset + found.len()..]);
        destination.len() > 6 || !(word(before.chars().next_back()) || word(after.chars().next()))
    })
}

fn the_name_of_a_destination_is_found() {
    assert!(names_destination("// as Acme.Mail wants it", "acmemail"));
    assert!(names_destination("let acme_mail_url = 1;", "acmemail"));
    assert!(names_destination("send to Fern, soon", "fern"));
    assert!(!names_destination("the northern host", "fern"));
}

/// Random tests have fixed seeds, so that every run is the same.
fn random_tests_have_a_seed() {
    let mut wrong = Vec::new();
    for path in all_rust() {
        let code = text(&path);
        let count = |text: &str| code.matches(text).count();
        let random = count(concat!("proptest", "! {")) + count(concat!("TestRunner", "::new("));
        if random > count(concat!("RngSeed", "::Fixed(")) {
            wrong.push(format!("{}: a random test has no fixed seed", name(&path)));
        }
    }
    assert_empty(&wrong);
}

/// The attribute has no effect in this test program: the function would silently not run.
fn the_test_attribute_is_not_used() {
    let attribute = concat!("#[", "test]");
    let wrong = files_below("tests/suite", "rs").into_iter().filter(|path| text(path).contains(attribute));
    let wrong: Vec<_> =
        wrong.map(|path| format!("{}: {attribute} has no effect here", name(&path))).collect();
    assert_empty(&wrong);
}
