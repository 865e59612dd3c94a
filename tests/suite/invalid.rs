//! Each `tests/invalid/<CODE>-<slug>.yaml` has a finding with its code and matches
//! `snapshots/invalid/<CODE>-<slug>.snap`. The examples of every code are correct.

use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use mapwright::internal::diag::{CODES, Code, CodeRow, human};
use mapwright::{Engine, Loaded};

use crate::case;
use crate::load::{files_below, load, project, text};

const FILES: &str = "tests/invalid";
const SNAPSHOTS: &str = "snapshots/invalid";

/// Codes that are not reported when a mapping is loaded, since they need events. An entry that is reported fails the
/// test, so the list stays up to date.
const NEED_MORE: &[&str] = &["E801", "E802", "E803", "E804", "E805", "E820", "E821", "E822"];

pub(crate) fn tests() -> Vec<Trial> {
    let mut trials = Vec::new();
    let files = files_below(FILES, "yaml");
    for path in files.clone() {
        let name = stem(&path);
        trials.push(case("invalid", format!("file/{name}"), move || file(&path, &name)));
    }
    for row in CODES {
        if NEED_MORE.contains(&row.id) {
            trials.push(case("invalid", format!("example/{}-needs-more", row.id), || quiet(row)));
        } else {
            trials.push(case("invalid", format!("example/{}-bad", row.id), || bad(row)));
            trials.push(case("invalid", format!("example/{}-good", row.id), || good(row)));
        }
    }
    trials.push(case("invalid", "every_code_and_every_snapshot_has_a_file", move || complete(&files)));
    trials
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

fn raised(loaded: &Loaded) -> Vec<&str> {
    loaded.findings.iter().map(|found| found.code.id()).collect()
}

fn rendered(loaded: &Loaded) -> String {
    let sources = loaded.engine.as_ref().map_or(&loaded.sources, Engine::sources);
    human(&loaded.findings, sources, false, Some(100))
}

fn file(path: &Path, name: &str) -> Result<(), Failed> {
    let loaded = load(&format!("{name}.yaml"), &text(path));
    let code = name.split('-').next().unwrap_or_default();
    if !raised(&loaded).contains(&code) {
        return Err(format!("{code} is not raised, but:\n{}", rendered(&loaded)).into());
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(project().join(SNAPSHOTS));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(Code::parse(code).map_or("", |code| code.row().summary));
    settings.set_input_file(path);
    settings.bind(|| insta::assert_snapshot!(name, rendered(&loaded)));
    Ok(())
}

fn bad(row: &CodeRow) -> Result<(), Failed> {
    let loaded = load("mapping.yaml", row.bad);
    if raised(&loaded).contains(&row.id) {
        return Ok(());
    }
    Err(format!("the bad example does not raise {}, but:\n{}", row.id, rendered(&loaded)).into())
}

fn good(row: &CodeRow) -> Result<(), Failed> {
    let loaded = load("mapping.yaml", row.good);
    if loaded.findings.is_empty() && loaded.engine.is_some() {
        return Ok(());
    }
    Err(format!("the good example of {} raises:\n{}", row.id, rendered(&loaded)).into())
}

fn quiet(row: &CodeRow) -> Result<(), Failed> {
    match bad(row) {
        Ok(()) => Err(format!("loading raises {}: remove it from NEED_MORE", row.id).into()),
        Err(_) => Ok(()),
    }
}

fn complete(files: &[PathBuf]) -> Result<(), Failed> {
    let names: Vec<String> = files.iter().map(|path| stem(path)).collect();
    let has_file = |id: &str| names.iter().any(|name| name.split('-').next() == Some(id));
    let mut wrong: Vec<String> = CODES
        .iter()
        .filter(|row| !NEED_MORE.contains(&row.id) && !has_file(row.id))
        .map(|row| format!("{} has no file in {FILES}", row.id))
        .collect();
    let unknown = NEED_MORE.iter().filter(|id| Code::parse(id).is_none());
    wrong.extend(unknown.map(|id| format!("{id} in NEED_MORE is not a code")));
    for snapshot in files_below(SNAPSHOTS, "snap") {
        if !names.contains(&stem(&snapshot)) {
            wrong.push(format!("{} has no file, delete it", snapshot.display()));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}
