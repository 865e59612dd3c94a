//! The catalogue of mistakes: each file of `tests/invalid` raises the code of its name at the place that its
//! second line says, with at most one further finding; the files of `tests/valid` and the shipped mappings raise nothing.

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use mapwright::internal::diag::{Diagnostic, Severity};
use mapwright::internal::source::Sources;
use mapwright::{Files, Loaded};

use crate::case;

/// Files of a folder, named from it.
struct Folder(PathBuf);

impl Files for Folder {
    fn read(&self, _: Option<&str>, name: &str) -> Result<(String, String), String> {
        // Contracts are those that ship.
        let folder = if name.starts_with("contracts/") { &root().join("mappings") } else { &self.0 };
        let text = fs::read_to_string(folder.join(name)).map_err(|_| "there is no such file".to_owned())?;
        Ok((name.to_owned(), text))
    }
}

pub(crate) fn tests() -> Vec<Trial> {
    let root = root();
    let mut trials = Vec::new();
    for path in yaml(&root.join("tests/invalid")) {
        // Others say nothing of the place; their snapshots do.
        if let Some(place) = said(&path) {
            trials
                .push(case("catalogue", format!("invalid/{}", name(&path)), move || invalid(&path, &place)));
        }
    }
    for folder in ["tests/valid", "mappings"] {
        for path in yaml(&root.join(folder)) {
            trials.push(case("catalogue", format!("{folder}/{}", name(&path)), move || valid(&path)));
        }
    }
    trials.push(case("catalogue", "measured", measured));
    trials
}

/// The table of docs/diagnostics.md counts exactly the files that are tested here.
fn measured() -> Result<(), Failed> {
    let text = fs::read_to_string(root().join("crates/xtask/src/pages/measured.tsv"))?;
    let mut listed: Vec<_> = text.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
    listed.sort_unstable();
    let (invalid, valid) = (yaml(&root().join("tests/invalid")), yaml(&root().join("tests/valid")));
    let invalid = invalid.iter().filter(|path| said(path).is_some()).map(|path| ("invalid", path));
    let files = invalid.chain(valid.iter().map(|path| ("valid", path)));
    let mut files: Vec<_> = files.map(|(folder, path)| format!("{folder}/{}", name(path))).collect();
    files.sort_unstable();
    if listed == files {
        return Ok(());
    }
    Err("crates/xtask/src/pages/measured.tsv lists other files: run tests/other-checkers.py".into())
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn yaml(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect();
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

fn load(path: &Path) -> Loaded {
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    mapwright::load(&file, &Folder(path.parent().unwrap_or(path).to_owned()))
}

fn told(found: &[Diagnostic], sources: &Sources) -> String {
    let line = |d: &Diagnostic| format!("\n  {} {} {}", sources.place(d.span), d.code.id(), d.message);
    found.iter().map(line).collect()
}

/// The first finding with that code.
fn raised<'l>(loaded: &'l Loaded, code: &str) -> Result<&'l Diagnostic, Failed> {
    let found = loaded.findings.iter().find(|found| found.code.id() == code);
    let found =
        found.ok_or_else(|| format!("no {code} among:{}", told(&loaded.findings, &loaded.sources)))?;
    let failed = loaded.findings.iter().any(|found| found.severity == Severity::Error);
    if failed == loaded.engine.is_some() {
        return Err("a mapping runs exactly when none of its findings is an error".into());
    }
    Ok(found)
}

fn nothing(loaded: &Loaded) -> Result<(), Failed> {
    if loaded.findings.is_empty() && loaded.engine.is_some() {
        return Ok(());
    }
    Err(format!("found:{}", told(&loaded.findings, &loaded.sources)).into())
}

fn valid(path: &Path) -> Result<(), Failed> {
    nothing(&load(path))
}

/// The place that the second line of a file of the catalogue says; one with several mistakes is none of it.
fn said(path: &Path) -> Option<String> {
    let text = String::from_utf8_lossy(&fs::read(path).ok()?).into_owned();
    let place = text.lines().nth(1)?.strip_prefix("# at ")?;
    (!place.contains(", ")).then(|| place.to_owned())
}

fn invalid(path: &Path, place: &str) -> Result<(), Failed> {
    let name = name(path);
    let code = name.split('-').next().unwrap_or_default();
    let loaded = load(path);
    raised(&loaded, code)?;
    let here = |found: &Diagnostic| {
        let at = loaded.sources.place(found.span);
        found.code.id() == code && format!("{}:{}", at.line, at.column) == place
    };
    if !loaded.findings.iter().any(here) {
        return Err(format!("no {code} at {place}:{}", told(&loaded.findings, &loaded.sources)).into());
    }
    if loaded.findings.len() > 2 {
        return Err(
            format!("more than one further finding:{}", told(&loaded.findings, &loaded.sources)).into()
        );
    }
    Ok(())
}
