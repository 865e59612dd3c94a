//! Rules of the sources: how long a file may be, which words it may not have, what tests must have.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use mapwright::internal::diag::{CODES, Code, Severity};

use crate::load::{files_below, project, text};

tests![
    files_are_short,
    modules_are_named_for_their_data,
    words_that_say_nothing_are_not_used,
    a_planted_word_is_found,
    operators_are_named_in_their_rows_only,
    a_planted_operator_is_found,
    errors_are_raised_before_the_plan,
    a_planted_error_is_found,
    no_destination_is_known,
    a_planted_name_is_found,
    random_tests_have_a_seed,
    every_test_is_listed
];

/// Words for modules that say nothing.
const EMPTY_NAMES: [&str; 9] =
    ["util", "utils", "helper", "helpers", "common", "core", "engine", "manager", "misc"];

/// Words that have a plainer one, each with it; as a whole word or as a part of a name.
const WORDS: &[(&str, &str)] = &[("house", "project"), ("room", "module, memory"), ("rooms", "modules")];

/// Operators whose names are words of something else, too: keys of values, kinds of settings and of schemas.
const OTHER_WORDS: [&str; 6] = ["only", "except", "number", "string", "boolean", "each"];

/// Places with words of people: examples, keys of amounts.
const SHOWS_WORDS: [&str; 3] = ["src/diag/codes/", "src/schema/", "src/syntax/yaml/scalar.rs"];

fn name(path: &Path) -> String {
    let inside = path.strip_prefix(project()).unwrap_or(path);
    inside.to_string_lossy().replace('\\', "/")
}

fn all_rust() -> Vec<PathBuf> {
    ["src", "tests", "benches", "examples"].iter().flat_map(|folder| files_below(folder, "rs")).collect()
}

fn nothing_wrong(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn files_are_short() {
    let mut wrong = Vec::new();
    let mut lengths = Vec::new();
    for path in all_rust() {
        let (name, lines) = (name(&path), text(&path).lines().count());
        let most = match &*name {
            "src/lib.rs" => 100,
            "src/main.rs" => 40,
            _ => 400,
        };
        if lines > most {
            wrong.push(format!("{name} has {lines} lines and may have {most}"));
        }
        lengths.push(lines);
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    if median > 150 {
        wrong.push(format!("half of the files have more than {median} lines; it may be 150"));
    }
    nothing_wrong(&wrong);
}

fn modules_are_named_for_their_data() {
    let mut wrong = Vec::new();
    for path in all_rust() {
        let name = name(&path);
        if name.trim_end_matches(".rs").split('/').any(|part| EMPTY_NAMES.contains(&part)) {
            wrong.push(format!("{name}: a name that says nothing"));
        }
    }
    nothing_wrong(&wrong);
}

fn words_that_say_nothing_are_not_used() {
    let mut wrong = Vec::new();
    for path in files_below("src", "rs") {
        for (line, written) in text(&path).lines().enumerate() {
            for (word, plain) in WORDS.iter().filter(|(word, _)| says(written, word)) {
                wrong.push(format!("{}:{}: for `{word}` say {plain}", name(&path), line + 1));
            }
        }
    }
    nothing_wrong(&wrong);
}

/// Whether a line has a word, in a sentence or in a name: `the room`, `room_of`, `InRoom`.
fn says(line: &str, word: &str) -> bool {
    let mut spaced = String::new();
    for (before, c) in std::iter::once(' ').chain(line.chars()).zip(line.chars()) {
        if c.is_uppercase() && before.is_lowercase() {
            spaced.push(' ');
        }
        spaced.extend(c.to_lowercase());
    }
    spaced.split(|c: char| !c.is_alphabetic()).any(|found| found == word)
}

fn a_planted_word_is_found() {
    for line in
        ["// every room has a table", "let room_of = 1;", "struct ROOM;", "struct InRoom<T>;", "\"Room.\""]
    {
        assert!(says(line, "room"), "{line}");
    }
    for line in ["let broom = 1;", "// rooms", "roomy()"] {
        assert!(!says(line, "room"), "{line}");
    }
}

/// What an operator means stands in its row: nothing else asks for one by its name.
fn operators_are_named_in_their_rows_only() {
    let mut wrong = Vec::new();
    for path in files_below("src", "rs") {
        let name = name(&path);
        if name.starts_with("src/ops/") || SHOWS_WORDS.iter().any(|place| name.starts_with(place)) {
            continue;
        }
        let text = text(&path);
        wrong
            .extend(operators_in(shipped(&name, &text)).map(|named| format!("{name}: the operator {named}")));
    }
    nothing_wrong(&wrong);
}

/// The operators whose names stand in quotes in a text.
fn operators_in(text: &str) -> impl Iterator<Item = &'static str> {
    let named = |name: &&str| !OTHER_WORDS.contains(name) && text.contains(&format!("\"{name}\""));
    mapwright::internal::ops::OPS.iter().map(|row| row.name).filter(named)
}

/// The code of a file without its tests, which may name what they like.
fn shipped<'t>(name: &str, text: &'t str) -> &'t str {
    if name.ends_with("/tests.rs") || name.contains("/tests/") {
        return "";
    }
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

fn a_planted_operator_is_found() {
    assert_eq!(operators_in("if row.name == \"truncate\" {").next(), Some("truncate"));
    assert_eq!(operators_in("// truncate\n\"only\"").next(), None);
}

/// `check` raises errors only, `lint` and what filters findings raise none, and a plan is made at the end of `check`.
fn errors_are_raised_before_the_plan() {
    let mut wrong = Vec::new();
    for path in files_below("src", "rs") {
        let (name, text) = (name(&path), text(&path));
        let shipped = shipped(&name, &text);
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
    nothing_wrong(&wrong);
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

/// The names of destinations are those of the mappings; none of them is known to the program.
fn no_destination_is_known() {
    let destinations: BTreeSet<String> = files_below("mappings", "yaml")
        .iter()
        .filter(|path| path.parent().is_some_and(|folder| folder.ends_with("mappings")))
        .filter_map(|path| path.file_stem()?.to_str()?.split('_').next().map(str::to_lowercase))
        .collect();
    assert!(!destinations.is_empty());
    let mut wrong = Vec::new();
    for path in files_below("src", "rs") {
        for (line, written) in text(&path).lines().enumerate() {
            let told = destinations.iter().filter(|destination| tells(written, destination));
            wrong.extend(told.map(|destination| format!("{}:{}: {destination}", name(&path), line + 1)));
        }
    }
    nothing_wrong(&wrong);
}

/// Whether a line names a destination: as a word, with or without a point or hyphen in it; long names also inside words.
fn tells(line: &str, destination: &str) -> bool {
    let line = line.to_lowercase().replace(['.', '-', '_'], "");
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    line.match_indices(destination).any(|(at, found)| {
        let (before, after) = (&line[..at], &line[at + found.len()..]);
        destination.len() > 6 || !(word(before.chars().next_back()) || word(after.chars().next()))
    })
}

fn a_planted_name_is_found() {
    assert!(tells("// as Acme.Mail wants it", "acmemail"));
    assert!(tells("let acme_mail_url = 1;", "acmemail"));
    assert!(tells("send to Fern, soon", "fern"));
    assert!(!tells("the northern host", "fern"));
}

/// A run is like the last one: what is random has a fixed seed.
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
    nothing_wrong(&wrong);
}

/// The attribute means nothing here: such a function would be left out without a word.
fn every_test_is_listed() {
    let attribute = concat!("#[", "test]");
    let wrong = files_below("tests/suite", "rs").into_iter().filter(|path| text(path).contains(attribute));
    let wrong: Vec<_> =
        wrong.map(|path| format!("{}: {attribute} has no effect here", name(&path))).collect();
    nothing_wrong(&wrong);
}
