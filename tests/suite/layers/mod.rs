//! Checks which modules use which, and that the library does not use files, the clock and the like. Every path in `src/`
//! is resolved, through `super`, renaming, re-exports, globs and macros.

mod planted;
mod resolve;
mod source;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::load::{files_below, project, text};
use resolve::{Crate, Target, Use};
use table::{
    KNOWN_CIRCLES, KNOWN_FILE_CIRCLES, LAYERS, OUTSIDE, PERMITTED_OUTSIDE, ROOT, WIRE_NAMES, WRAPPED,
};

pub(crate) use planted::tests as planted_tests;

tests![
    layers_use_only_what_the_table_permits,
    the_table_has_no_cycles,
    files_have_no_cycles_but_the_known_ones,
    wrapped_crates_are_used_only_by_their_wrappers,
    the_answer_format_is_known_to_one_layer,
    the_library_has_no_side_effects
];

/// The source files, as path (relative to the project folder) and text.
fn sources() -> Vec<(String, String)> {
    let files = files_below("src", "rs");
    assert!(files.len() > 50, "the source files were not found");
    let name = |path: &std::path::Path| {
        path.strip_prefix(project()).unwrap_or(path).to_string_lossy().replace('\\', "/")
    };
    files.iter().map(|path| (name(path), text(path))).collect()
}

fn is_command(file: &str) -> bool {
    file == "src/main.rs" || file.starts_with("src/cli/")
}

/// The library and the command, which are separate crates.
static CRATES: LazyLock<[Crate; 2]> = LazyLock::new(|| {
    let sources = sources();
    let part = |command| sources.iter().filter(move |(file, _)| is_command(file) == command);
    let read =
        |root, command| Crate::read(root, part(command).map(|(file, text)| (file.as_str(), text.as_str())));
    [read("src/lib.rs", false), read("src/main.rs", true)]
});

/// The report on the library.
static REPORT: LazyLock<Report> = LazyLock::new(|| report(&CRATES[0]));

/// The problems of a crate, and what it uses.
#[derive(Clone, Debug, Default)]
struct Report {
    wrong: Vec<String>,
    /// The dependencies between layers, without those of tests only.
    edges: BTreeSet<(String, String)>,
    /// Pairs of a file and an entry of [`OUTSIDE`] that it uses.
    outside: BTreeSet<(String, String)>,
}

fn report(library: &Crate) -> Report {
    let mut report = Report::default();
    for path in library.uses() {
        report.check_layers(library, &path);
        report.check_outside(&path);
    }
    report
}

impl Report {
    fn check_layers(&mut self, library: &Crate, one: &Use<'_>) {
        let Some(from) = one.module.path.first() else { return };
        let place = format!("{}:{}", one.module.file, one.at.line);
        let Some((_, may)) = LAYERS.iter().find(|(layer, _)| layer == from) else {
            self.wrong.push(format!("{place}: the layer {from} is not in the table LAYERS"));
            return;
        };
        for target in &one.targets {
            let Target::Inside(path) = target else { continue };
            if path.iter().any(|name| name == "$") {
                self.wrong.push(format!("{place}: `{}`: a macro assembles this path", one.written));
            }
            let to = match path.first() {
                Some(first) if library.is_module(std::slice::from_ref(first)) => first.as_str(),
                _ => ROOT,
            };
            if to == from {
                continue;
            }
            // Tests may use the public items of the crate root.
            let at_root = one.written.strip_prefix("crate::").is_some_and(|name| {
                !name.contains("::") && !library.is_module(std::slice::from_ref(&name.to_owned()))
            });
            let permitted = may.contains(&to)
                || KNOWN_CIRCLES.contains(&(from, to))
                || one.at.test && (to == ROOT || at_root);
            if !permitted {
                self.wrong.push(format!("{place}: `{}`: {from} may not use {to}", one.written));
            }
            if !one.at.test {
                self.edges.insert((from.clone(), to.to_owned()));
            }
        }
    }

    fn check_outside(&mut self, one: &Use<'_>) {
        if one.at.test {
            return;
        }
        let (file, line) = (&one.module.file, one.at.line);
        for target in &one.targets {
            let Target::Outside(path) = target else { continue };
            let path = absolute(path);
            for (name, place) in WRAPPED {
                if begins(&path, name) && !file.starts_with(place) {
                    self.wrong.push(format!("{file}:{line}: {name} is used outside of {place}"));
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

/// A path of another crate, normalized: `core` and `alloc` are written as `std`, and macros of the prelude in full.
fn absolute(path: &[String]) -> String {
    let path = path.join("::");
    match path.split_once("::") {
        Some(("core" | "alloc", rest)) => format!("std::{rest}"),
        None if OUTSIDE.contains(&&*format!("std::{path}")) => format!("std::{path}"),
        _ => path,
    }
}

/// Whether a path is `place` or inside it. An imported macro is written without its `!`.
fn begins(path: &str, place: &str) -> bool {
    let rest = path.strip_prefix(place).or_else(|| path.strip_prefix(place.strip_suffix('!')?));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn assert_empty(wrong: &[String]) {
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
        gone.map(|(from, to)| format!("KNOWN_CIRCLES: {from} no longer uses {to}; remove the entry")),
    );
    assert_empty(&wrong);
}

fn the_table_has_no_cycles() {
    let mut wrong = Vec::new();
    for (index, (layer, may)) in LAYERS.iter().enumerate() {
        let above: BTreeSet<&str> = LAYERS[..index].iter().map(|(layer, _)| *layer).collect();
        let against = may.iter().filter(|to| !above.contains(*to));
        wrong.extend(against.map(|to| format!("{to} is not above {layer}, which may use it")));
    }
    assert_empty(&wrong);
}

fn files_have_no_cycles_but_the_known_ones() {
    let mut found: Vec<Vec<String>> = CRATES.iter().flat_map(file_circles).collect();
    found.sort();
    let known: Vec<Vec<String>> =
        KNOWN_FILE_CIRCLES.iter().map(|files| files.iter().map(|&file| file.to_owned()).collect()).collect();
    let mut wrong = Vec::new();
    for circle in found.iter().filter(|circle| !known.contains(circle)) {
        wrong.push(format!("these files form a cycle: {}", circle.join(", ")));
    }
    for circle in known.iter().filter(|circle| !found.contains(circle)) {
        wrong.push(format!("KNOWN_FILE_CIRCLES: this is not a cycle; remove it: {}", circle.join(", ")));
    }
    assert_empty(&wrong);
}

/// The cycles among sibling modules, each as the names of its modules.
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

fn wrapped_crates_are_used_only_by_their_wrappers() {
    let mut wrong = REPORT.wrong.clone();
    wrong.retain(|one| one.contains(" is used outside of "));
    assert_empty(&wrong);
}

fn the_answer_format_is_known_to_one_layer() {
    let (wire, others): (Vec<_>, Vec<_>) =
        sources().into_iter().partition(|(file, _)| file.starts_with("src/wire/"));
    for name in WIRE_NAMES {
        assert!(wire.iter().any(|(_, text)| text.contains(name)), "{name} is not used in src/wire/");
        let elsewhere = others.iter().filter(|(_, text)| text.contains(name)).map(|(file, _)| file);
        assert_eq!(elsewhere.collect::<Vec<_>>(), [""; 0], "{name} is used outside of src/wire/");
    }
}

fn the_library_has_no_side_effects() {
    let Report { mut wrong, outside, .. } = REPORT.clone();
    wrong.retain(|one| one.contains(": the library has no "));
    for (file, place) in PERMITTED_OUTSIDE {
        if !outside.contains(&((*file).to_owned(), (*place).to_owned())) {
            wrong.push(format!("PERMITTED_OUTSIDE: {file} does not use {place}; remove the entry"));
        }
    }
    assert_empty(&wrong);
}
