//! The rules of the house: which room may know which, how long a file may be, what the library may not do.

#[path = "load/folders.rs"]
mod folders;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use folders::{files_below, project, text};

/// What each room may touch besides itself; `docs/architecture.md` says why.
const ROOMS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("diag", &["source"]),
    // Values borrow from the event and the event gives values: one layer.
    ("json", &["value"]),
    ("value", &["json"]),
    ("abstract_value", &["value"]),
    ("predicate", &["abstract_value", "value"]),
    ("path", &["value"]),
    ("ops", &["abstract_value", "json", "value"]),
    ("template", &["ops", "path", "value"]),
    ("syntax", &["diag", "predicate", "source", "value"]),
    ("plan", &["predicate", "json", "ops", "path", "source", "template", "value"]),
    ("compile", &["predicate", "diag", "ops", "path", "plan", "source", "syntax", "template", "value"]),
    ("contract", &["abstract_value", "diag", "ops", "path", "source", "syntax", "template", "value"]),
    ("profile", &["diag", "json", "path", "plan", "run", "source", "syntax", "template"]),
    (
        "lint",
        &[
            "abstract_value",
            "predicate",
            "diag",
            "ops",
            "path",
            "plan",
            "source",
            "syntax",
            "template",
            "value",
        ],
    ),
    ("run", &["predicate", "json", "ops", "path", "plan", "template", "value"]),
    ("trace", &["diag", "json", "path", "plan", "run", "value"]),
    ("cases", &["json", "plan", "run", "trace", "value"]),
    ("docs", &["predicate", "diag", "ops", "source", "syntax"]),
    // The command is another crate: it sees what everybody sees.
    ("cli", &[]),
];

/// Crates that one room, or one file, keeps to itself.
const KEPT: &[(&str, &str)] = &[
    ("minijinja", "src/template/"),
    ("jsonpath_rust", "src/path/"),
    ("serde_yaml", "src/syntax/yaml.rs"),
    ("jsonschema", "src/contract/"),
];

/// Words for modules that say nothing.
const EMPTY_WORDS: [&str; 9] =
    ["util", "utils", "helper", "helpers", "common", "core", "engine", "manager", "misc"];

/// What the library may not do: it has no files, clock, chance, streams or environment.
const OUTSIDE: [&str; 10] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::time",
    "io::stdout",
    "io::stdin",
    "io::stderr",
    "print!",
    "println!",
];

/// A source file: its name from the project's folder, its text without comments.
struct Source {
    name: String,
    code: String,
}

impl Source {
    fn new(name: &str, text: &str) -> Self {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        Self { name: name.to_owned(), code: code.collect::<Vec<_>>().join("\n") }
    }

    /// The room it stands in; none for `lib.rs` and `main.rs`.
    fn room(&self) -> Option<&str> {
        let (room, _) = self.name.strip_prefix("src/")?.split_once('/')?;
        Some(room)
    }

    /// The code without tests: those may use what they like.
    fn shipped(&self) -> &str {
        if self.name.ends_with("/tests.rs") || self.name.contains("/tests/") {
            return "";
        }
        self.code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
    }

    /// How many `super::` lead from it to the crate.
    fn depth(&self) -> usize {
        let folders = self.name.matches('/').count() - 1;
        folders + usize::from(!self.name.ends_with("/mod.rs"))
    }

    /// The first names after `crate::`, and after `super::` where that leads to the crate.
    fn touches(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for (at, found) in self.code.match_indices("crate::") {
            names.extend(first_names(&self.code[at + found.len()..]));
        }
        let up = "super::".repeat(self.depth());
        for (at, found) in self.code.match_indices(&up) {
            names.extend(first_names(&self.code[at + found.len()..]));
        }
        names
    }

    fn wrong_edges(&self) -> Vec<String> {
        let Some(room) = self.room() else { return Vec::new() };
        let Some((_, may)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            return vec![format!("{}: the room {room} is not on the list ROOMS", self.name)];
        };
        let touches = self.touches();
        let rooms = touches.iter().filter(|name| ROOMS.iter().any(|(room, _)| room == name));
        let wrong = rooms.filter(|name| *name != room && !may.contains(&name.as_str()));
        wrong.map(|name| format!("{}: {room} may not touch {name}", self.name)).collect()
    }
}

/// The names at the head of a path: one, or those of a list in braces.
fn first_names(path: &str) -> Vec<String> {
    let word = |text: &str| {
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
        text[..end].to_owned()
    };
    let Some(list) = path.strip_prefix('{') else { return vec![word(path)] };
    let (mut names, mut depth, mut start) = (Vec::new(), 0_i32, 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.push(word(list[start..at].trim_start()));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(word(list[start..at].trim_start()));
                start = at + 1;
            }
            _ => {}
        }
    }
    names
}

fn name(path: &Path) -> String {
    let inside = path.strip_prefix(project()).unwrap_or(path);
    inside.to_string_lossy().replace('\\', "/")
}

fn sources() -> Vec<Source> {
    let files = files_below("src", "rs");
    assert!(files.len() > 50, "the sources are not found");
    files.iter().map(|path| Source::new(&name(path), &text(path))).collect()
}

fn all_rust() -> Vec<PathBuf> {
    ["src", "tests", "benches", "examples"].iter().flat_map(|folder| files_below(folder, "rs")).collect()
}

fn nothing_wrong(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn rooms_know_only_the_rooms_below() {
    let wrong: Vec<String> = sources().iter().flat_map(Source::wrong_edges).collect();
    nothing_wrong(&wrong);
}

#[test]
fn a_planted_edge_is_found() {
    for (name, planted, found) in [
        ("src/run/worker.rs", "use crate::syntax::Mapping;", true),
        ("src/run/worker.rs", "fn f() { crate::compile::compile(); }", true),
        ("src/run/worker.rs", "use crate::{plan::Plan, value::{Value, same}, syntax};", true),
        ("src/run/worker.rs", "use super::super::syntax::Mapping;", true),
        ("src/run/mod.rs", "use super::syntax::Mapping;", true),
        ("src/ops/time/mod.rs", "use super::super::plan::Plan;", true),
        ("src/attic/mod.rs", "", true),
        ("src/run/worker.rs", "use crate::{plan::Plan, value::{Value, same}};", false),
        ("src/run/worker.rs", "// use crate::syntax::Mapping;", false),
        ("src/run/worker.rs", "use super::refusal::Refusal;", false),
        ("src/lib.rs", "use crate::syntax::Mapping;", false),
    ] {
        let wrong = Source::new(name, planted).wrong_edges();
        assert_eq!(!wrong.is_empty(), found, "{name}: {planted}: {wrong:?}");
    }
}

#[test]
fn crates_are_named_where_they_are_wrapped() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (kept, place) in KEPT {
            if source.shipped().contains(kept) && !source.name.starts_with(place) {
                wrong.push(format!("{}: {kept} is named outside {place}", source.name));
            }
        }
    }
    nothing_wrong(&wrong);
}

/// Operators whose names are words of something else, too: keys of values, kinds of settings and of schemas.
const OTHER_WORDS: [&str; 6] = ["only", "except", "number", "string", "boolean", "each"];

/// Places with words of people: examples, keys of amounts, what tests are called in other languages.
const SHOWS_WORDS: [&str; 4] =
    ["src/diag/codes/", "src/docs/schema/", "src/syntax/yaml/scalar.rs", "src/compile/condition.rs"];

#[test]
fn operators_are_named_in_their_rows_only() {
    let mut wrong = Vec::new();
    for source in sources() {
        let free = source.name.starts_with("src/ops/")
            || SHOWS_WORDS.iter().any(|place| source.name.starts_with(place));
        let names = mapwright::ops::OPS
            .iter()
            .map(|row| row.name)
            .filter(|name| !free && !OTHER_WORDS.contains(name));
        let named = names.filter(|name| source.shipped().contains(&format!("\"{name}\"")));
        wrong.extend(named.map(|name| format!("{}: the operator {name}", source.name)));
    }
    nothing_wrong(&wrong);
}

#[test]
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

#[test]
fn modules_are_named_for_their_data() {
    let mut wrong = Vec::new();
    for path in all_rust() {
        let name = name(&path);
        if name.trim_end_matches(".rs").split('/').any(|part| EMPTY_WORDS.contains(&part)) {
            wrong.push(format!("{name}: a name that says nothing"));
        }
    }
    nothing_wrong(&wrong);
}

#[test]
fn the_library_keeps_to_itself() {
    let mut wrong = Vec::new();
    for source in sources() {
        if source.room() == Some("cli") || source.name == "src/main.rs" {
            continue;
        }
        let used = OUTSIDE.iter().filter(|outside| source.shipped().contains(**outside));
        wrong.extend(used.map(|outside| format!("{}: {outside}", source.name)));
    }
    nothing_wrong(&wrong);
}

/// The names of destinations are those of the mappings; none of them is known to the program.
#[test]
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

#[test]
fn a_planted_name_is_found() {
    assert!(tells("// as Acme.Mail wants it", "acmemail"));
    assert!(tells("let acme_mail_url = 1;", "acmemail"));
    assert!(tells("send to Fern, soon", "fern"));
    assert!(!tells("the northern host", "fern"));
}
