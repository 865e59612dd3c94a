//! The catalogue of mistakes. Each file in `tests/invalid` has a finding with the code in its name, at the place given in
//! its second line, and at most one other finding. The files in `tests/valid` and the shipped mappings have no findings.

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use mapwright::internal::diag::{Diagnostic, Severity};
use mapwright::internal::source::Sources;
use mapwright::{Files, Loaded};

use crate::case;

/// The files in a folder.
struct Folder(PathBuf);

impl Files for Folder {
    fn read(&self, _: Option<&str>, name: &str) -> Result<(String, String), String> {
        // The shipped contracts are used.
        let folder = if name.starts_with("contracts/") { &root().join("mappings") } else { &self.0 };
        let text = fs::read_to_string(folder.join(name)).map_err(|_| "there is no such file".to_owned())?;
        Ok((name.to_owned(), text))
    }
}

pub(crate) fn tests() -> Vec<Trial> {
    let root = root();
    let mut trials = Vec::new();
    for path in yaml(&root.join("tests/invalid")) {
        // Files without a place are covered by their snapshots.
        if let Some(place) = expected_place(&path) {
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

/// The table in docs/diagnostics.md covers exactly the files that are tested here.
fn measured() -> Result<(), Failed> {
    let text = fs::read_to_string(root().join("crates/xtask/src/pages/measured.tsv"))?;
    let mut listed: Vec<_> = text.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
    listed.sort_unstable();
    let (invalid, valid) = (yaml(&root().join("tests/invalid")), yaml(&root().join("tests/valid")));
    let invalid = invalid.iter().filter(|path| expected_place(path).is_some()).map(|path| ("invalid", path));
    let files = invalid.chain(valid.iter().map(|path| ("valid", path)));
    let mut files: Vec<_> = files.map(|(folder, path)| format!("{folder}/{}", name(path))).collect();
    files.sort_unstable();
    if listed == files {
        return Ok(());
    }
    Err("crates/xtask/src/pages/measured.tsv is out of date: run tests/other-checkers.py".into())
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

fn describe(found: &[Diagnostic], sources: &Sources) -> String {
    let line = |d: &Diagnostic| format!("\n  {} {} {}", sources.place(d.span), d.code.id(), d.message);
    found.iter().map(line).collect()
}

/// The first finding with that code.
fn raised<'l>(loaded: &'l Loaded, code: &str) -> Result<&'l Diagnostic, Failed> {
    let found = loaded.findings.iter().find(|found| found.code.id() == code);
    let found =
        found.ok_or_else(|| format!("no {code} among:{}", describe(&loaded.findings, &loaded.sources)))?;
    let failed = loaded.findings.iter().any(|found| found.severity == Severity::Error);
    if failed == loaded.engine.is_some() {
        return Err("a mapping must be runnable if and only if none of its findings is an error".into());
    }
    Ok(found)
}

fn nothing(loaded: &Loaded) -> Result<(), Failed> {
    if loaded.findings.is_empty() && loaded.engine.is_some() {
        return Ok(());
    }
    Err(format!("found:{}", describe(&loaded.findings, &loaded.sources)).into())
}

fn valid(path: &Path) -> Result<(), Failed> {
    nothing(&load(path))
}

/// The place in the second line of a file; `None` if there is none, or if there are several.
fn expected_place(path: &Path) -> Option<String> {
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
        return Err(format!("no {code} at {place}:{}", describe(&loaded.findings, &loaded.sources)).into());
    }
    if loaded.findings.len() > 2 {
        return Err(
            format!("more than one other finding:{}", describe(&loaded.findings, &loaded.sources)).into()
        );
    }
    Ok(())
}
