//! Which module may use which, and what the library may not use at all. Every path in `src/` is followed to where it
//! leads: through `super`, other names, re-exports, globs and macros.

mod planted;
mod resolve;
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::load::{files_below, project, text};
use resolve::{Crate, Target, Use};

pub(crate) use planted::tests as planted_tests;

tests![
    layers_use_only_what_the_table_permits,
    the_table_has_no_circles_but_the_known_ones,
    files_of_a_layer_need_each_other_in_one_direction,
    crates_are_named_where_they_are_wrapped,
    the_library_touches_nothing_outside
];

/// What each layer may use besides itself, the lowest layer first; `docs/architecture.md` says why. A layer may use
/// only those above its line, so nothing goes in a circle.
const LAYERS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("diag", &["source"]),
    ("arena", &[]),
    ("json", &["arena"]),
    ("value", &["arena", "json"]),
    ("abstract_value", &["arena", "value"]),
    ("predicate", &["abstract_value", "arena", "value"]),
    ("path", &["arena", "value"]),
    ("ops", &["abstract_value", "arena", "json", "value"]),
    ("template", &["arena", "ops", "path", "value"]),
    ("syntax", &["arena", "diag", "ops", "predicate", "source", "value"]),
    ("plan", &["arena", "predicate", "json", "ops", "path", "source", "template", "value"]),
    (
        "compile",
        &["arena", "predicate", "diag", "ops", "path", "plan", "source", "syntax", "template", "value"],
    ),
    (
        "contract",
        &["abstract_value", "arena", "diag", "ops", "path", "source", "syntax", "template", "value"],
    ),
    ("run", &["arena", "json", "ops", "path", "plan", "value"]),
    ("profile", &["arena", "diag", "json", "path", "plan", "run", "source", "syntax", "template", "value"]),
    (
        "lint",
        &[
            "abstract_value",
            "arena",
            "predicate",
            "diag",
            "ops",
            "path",
            "source",
            "syntax",
            "template",
            "value",
        ],
    ),
    ("trace", &["arena", "diag", "json", "path", "plan", "run", "value"]),
    ("cases", &["json", "plan", "run", "trace", "value"]),
    ("schema", &["predicate", "diag", "ops", "source", "syntax"]),
    // The crate's root, `lib.rs`, which uses them all.
    (ROOT, &[]),
    // A test of the library as a whole: lint, contract and run are held to each other.
    (
        "agreement",
        &[
            "abstract_value",
            "arena",
            "contract",
            "json",
            "lint",
            "ops",
            "predicate",
            "run",
            "syntax",
            "template",
            "value",
            ROOT,
        ],
    ),
];

/// The items of `lib.rs` itself.
const ROOT: &str = "lib";

/// Edges against that order which are still there. One that is no longer needed fails the tests, so the list only
/// gets shorter.
const KNOWN_CIRCLES: &[(&str, &str)] = &[("profile", ROOT)];

/// Files of one layer that still need each other in a circle. Again, one that is gone fails the tests.
const KNOWN_FILE_CIRCLES: &[&[&str]] = &[
    &["cli/progress", "cli/stats", "cli/summary", "cli/violations"],
    &["contract/exclusive", "contract/fit", "contract/scalar"],
    &["contract/infer", "contract/steps"],
    &["contract/read", "contract/schema"],
    &["run/evaluate", "run/locate", "run/settings"],
    &["syntax/condition", "syntax/step", "syntax/test", "syntax/value", "syntax/visit"],
];

/// Crates that one layer, or one file, keeps to itself.
const WRAPPED: &[(&str, &str)] = &[
    ("minijinja", "src/template/"),
    ("jsonpath_rust", "src/path/"),
    ("serde_yaml", "src/syntax/yaml.rs"),
    ("jsonschema", "src/contract/"),
];

/// What the library does not use: it has no files, clock, randomness, streams or environment.
const OUTSIDE: &[&str] = &[
    "std::env",
    "std::fs",
    "std::net",
    "std::os",
    "std::process",
    "std::time",
    "std::hash::RandomState",
    "std::collections::hash_map::RandomState",
    "std::io::stderr",
    "std::io::stdin",
    "std::io::stdout",
    "std::print!",
    "std::println!",
    "std::eprint!",
    "std::eprintln!",
    "std::dbg!",
    // A file is one module, where its name says.
    "std::include!",
    "#[path]",
];

/// Places that may use something of [`OUTSIDE`]; one that does not fails the tests.
const PERMITTED_OUTSIDE: &[(&str, &str)] = &[
    // The seed of a hash table: no result depends on it.
    ("src/value/assemble.rs", "std::hash::RandomState"),
    // The modules that the table of operators declares.
    ("src/ops/table.rs", "#[path]"),
];

/// The sources with their names from the project's folder.
fn sources() -> Vec<(String, String)> {
    let files = files_below("src", "rs");
    assert!(files.len() > 50, "the sources are not found");
    let name = |path: &std::path::Path| {
        path.strip_prefix(project()).unwrap_or(path).to_string_lossy().replace('\\', "/")
    };
    files.iter().map(|path| (name(path), text(path))).collect()
}

fn is_command(file: &str) -> bool {
    file == "src/main.rs" || file.starts_with("src/cli/")
}

/// The library, and the command, which is a crate of its own.
static CRATES: LazyLock<[Crate; 2]> = LazyLock::new(|| {
    let sources = sources();
    let part = |command| sources.iter().filter(move |(file, _)| is_command(file) == command);
    let read =
        |root, command| Crate::read(root, part(command).map(|(file, text)| (file.as_str(), text.as_str())));
    [read("src/lib.rs", false), read("src/main.rs", true)]
});

/// What is wrong with the library.
static REPORT: LazyLock<Report> = LazyLock::new(|| report(&CRATES[0]));

/// What is wrong, and what is needed.
#[derive(Clone, Debug, Default)]
struct Report {
    wrong: Vec<String>,
    /// The edges between layers that code outside of tests needs.
    edges: BTreeSet<(String, String)>,
    /// The places outside of the library that are used.
    outside: BTreeSet<(String, String)>,
}

fn report(library: &Crate) -> Report {
    let mut report = Report::default();
    for one in library.uses() {
        report.layers(library, &one);
        report.outside(&one);
    }
    report
}

impl Report {
    fn layers(&mut self, library: &Crate, one: &Use<'_>) {
        let Some(from) = one.module.path.first() else { return };
        let place = format!("{}:{}", one.module.file, one.at.line);
        let Some((_, may)) = LAYERS.iter().find(|(layer, _)| layer == from) else {
            self.wrong.push(format!("{place}: the layer {from} is not in the table LAYERS"));
            return;
        };
        for target in &one.targets {
            let Target::Inside(path) = target else { continue };
            if path.iter().any(|name| name == "$") {
                self.wrong.push(format!("{place}: `{}`: a macro puts this path together", one.written));
            }
            let to = match path.first() {
                Some(first) if library.is_module(std::slice::from_ref(first)) => first.as_str(),
                _ => ROOT,
            };
            if to == from {
                continue;
            }
            // Tests may load a whole mapping.
            let permitted =
                may.contains(&to) || KNOWN_CIRCLES.contains(&(from, to)) || one.at.test && to == ROOT;
            if !permitted {
                self.wrong.push(format!("{place}: `{}`: {from} may not use {to}", one.written));
            }
            if !one.at.test {
                self.edges.insert((from.clone(), to.to_owned()));
            }
        }
    }

    fn outside(&mut self, one: &Use<'_>) {
        if one.at.test {
            return;
        }
        let (file, line) = (&one.module.file, one.at.line);
        for target in &one.targets {
            let Target::Outside(path) = target else { continue };
            let path = absolute(path);
            for (name, place) in WRAPPED {
                if begins(&path, name) && !file.starts_with(place) {
                    self.wrong.push(format!("{file}:{line}: {name} is named outside of {place}"));
                }
            }
            // `use std::*` has all of them.
            let glob = one.written.ends_with("::*");
            let used =
                OUTSIDE.iter().filter(|outside| begins(&path, outside) || glob && begins(outside, &path));
            for outside in used {
                self.outside.insert((file.clone(), (*outside).to_owned()));
                if !PERMITTED_OUTSIDE.contains(&(file, outside)) {
                    let written = &one.written;
                    self.wrong.push(format!("{file}:{line}: `{written}`: the library has no {outside}"));
                }
            }
        }
    }
}

/// A path of another crate: what `core` and `alloc` have, `std` has too, and macros stand in the prelude.
fn absolute(path: &[String]) -> String {
    let path = path.join("::");
    match path.split_once("::") {
        Some(("core" | "alloc", rest)) => format!("std::{rest}"),
        None if OUTSIDE.contains(&&*format!("std::{path}")) => format!("std::{path}"),
        _ => path,
    }
}

/// Whether a path is that place or in it. An imported macro is written without its `!`.
fn begins(path: &str, place: &str) -> bool {
    let rest = path.strip_prefix(place).or_else(|| path.strip_prefix(place.strip_suffix('!')?));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn nothing_wrong(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn layers_use_only_what_the_table_permits() {
    let Report { mut wrong, edges, .. } = REPORT.clone();
    wrong.retain(|one| {
        one.contains(": the layer ") || one.contains(" may not use ") || one.contains("a macro")
    });
    let needed = |from: &str, to: &str| edges.contains(&(from.to_owned(), to.to_owned()));
    for (from, may) in LAYERS {
        let unused = may.iter().filter(|to| !needed(from, to));
        wrong.extend(unused.map(|to| format!("LAYERS permits {from} to use {to}, which it does not")));
    }
    let gone = KNOWN_CIRCLES.iter().filter(|(from, to)| !needed(from, to));
    wrong.extend(
        gone.map(|(from, to)| format!("KNOWN_CIRCLES: {from} does not use {to} any more; take it out")),
    );
    nothing_wrong(&wrong);
}

fn the_table_has_no_circles_but_the_known_ones() {
    let mut wrong = Vec::new();
    for (at, (layer, may)) in LAYERS.iter().enumerate() {
        let above: BTreeSet<&str> = LAYERS[..at].iter().map(|(layer, _)| *layer).collect();
        let against = may.iter().filter(|to| !above.contains(*to));
        wrong.extend(against.map(|to| format!("{to} is not above {layer}, which may use it")));
    }
    nothing_wrong(&wrong);
}

fn files_of_a_layer_need_each_other_in_one_direction() {
    let mut found: Vec<Vec<String>> = CRATES.iter().flat_map(file_circles).collect();
    found.sort();
    let known: Vec<Vec<String>> =
        KNOWN_FILE_CIRCLES.iter().map(|files| files.iter().map(|&file| file.to_owned()).collect()).collect();
    let mut wrong = Vec::new();
    for circle in found.iter().filter(|circle| !known.contains(circle)) {
        wrong.push(format!("these need each other: {}", circle.join(", ")));
    }
    for circle in known.iter().filter(|circle| !found.contains(circle)) {
        wrong.push(format!("KNOWN_FILE_CIRCLES: this is no circle: {}", circle.join(", ")));
    }
    nothing_wrong(&wrong);
}

/// The circles among the modules beside each other, each as the names of its modules.
fn file_circles(library: &Crate) -> Vec<Vec<String>> {
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for one in library.uses().filter(|one| !one.at.test) {
        for target in &one.targets {
            let (Target::Inside(to), from) = (target, &one.module.path) else { continue };
            let same = from.iter().zip(to).take_while(|(from, to)| from == to).count();
            if same == 0 || same >= from.len() || same >= to.len() || !library.is_module(&to[..=same]) {
                continue;
            }
            edges.entry(from[..=same].join("/")).or_default().insert(to[..=same].join("/"));
        }
    }
    let reached = |from: &String| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(module) = next.pop() {
            let new = edges.get(module).into_iter().flatten().filter(|to| seen.insert((*to).clone()));
            next.extend(new.collect::<Vec<_>>());
        }
        seen
    };
    let reached: BTreeMap<&String, BTreeSet<String>> =
        edges.keys().map(|from| (from, reached(from))).collect();
    let mut circles = BTreeSet::new();
    for (from, to) in &reached {
        let back = |to: &&String| reached.get(to).is_some_and(|reached| reached.contains(*from));
        let circle: Vec<String> = to.iter().filter(back).cloned().collect();
        if circle.len() > 1 {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

fn crates_are_named_where_they_are_wrapped() {
    let mut wrong = REPORT.wrong.clone();
    wrong.retain(|one| one.contains(" is named outside of "));
    nothing_wrong(&wrong);
}

fn the_library_touches_nothing_outside() {
    let Report { mut wrong, outside, .. } = REPORT.clone();
    wrong.retain(|one| one.contains(": the library has no "));
    for (file, place) in PERMITTED_OUTSIDE {
        if !outside.contains(&((*file).to_owned(), (*place).to_owned())) {
            wrong.push(format!("PERMITTED_OUTSIDE: {file} does not use {place}; take it out"));
        }
    }
    nothing_wrong(&wrong);
}
