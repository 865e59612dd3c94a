//! The result of each `tests/events/<mapping>/<type>/<case>.json` matches
//! `snapshots/events/<mapping>/<type>/<case>.snap`.
//!
//! `tests/events/<mapping>/settings.json` are the settings of events that have none of their own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use libtest_mimic::{Failed, Trial};
use mapwright::Engine;
use mapwright::internal::cases::Case;

use crate::case;
use crate::load::{files_below, mapping, project, text};

const CASES: &str = "tests/events";
const SNAPSHOTS: &str = "snapshots/events";

/// The path of a case: mapping, type of event, name.
struct CasePath {
    mapping: String,
    kind: String,
    name: String,
}

impl CasePath {
    fn parse(path: &Path) -> Option<Self> {
        let inside = path.strip_prefix(project().join(CASES)).ok()?;
        let names: Vec<_> = inside.iter().filter_map(std::ffi::OsStr::to_str).collect();
        let [mapping, kind, file] = names[..] else { return None };
        let name = file.strip_suffix(".json")?;
        Some(Self { mapping: mapping.to_owned(), kind: kind.to_owned(), name: name.to_owned() })
    }

    fn title(&self) -> String {
        format!("{}/{}/{}", self.mapping, self.kind, self.name)
    }

    fn snapshot(&self) -> PathBuf {
        project().join(SNAPSHOTS).join(self.title() + ".snap")
    }
}

/// A mapping that is loaded when a test needs it, since a run may select only a few tests.
type Lazy = Arc<LazyLock<Engine, Box<dyn FnOnce() -> Engine + Send>>>;

fn lazy(name: &str) -> Lazy {
    let name = name.to_owned();
    Arc::new(LazyLock::new(Box::new(move || mapping(&name, None))))
}

pub(crate) fn tests() -> Vec<Trial> {
    let (mut trials, mut snapshots) = (Vec::new(), Vec::new());
    let mut engines: BTreeMap<String, (Lazy, Vec<PathBuf>)> = BTreeMap::new();
    for path in files_below(CASES, "json") {
        let Some(place) = CasePath::parse(&path) else {
            let settings = path.file_name().is_some_and(|name| name == "settings.json");
            assert!(settings, "{}: cases belong in {CASES}/<mapping>/<type>", path.display());
            continue;
        };
        let engine = engines.entry(place.mapping.clone());
        let (engine, cases) = engine.or_insert_with(|| (lazy(&place.mapping), Vec::new()));
        cases.push(path.clone());
        let engine = Arc::clone(engine);
        snapshots.push(place.snapshot());
        trials.push(case("events", place.title(), move || check(&path, &place, &engine)));
    }
    for (mapping, (engine, cases)) in engines {
        let title = format!("an_empty_overlay_changes_nothing/{mapping}");
        trials.push(case("events", title, move || unchanged(&mapping, &engine, &cases)));
    }
    trials.push(case("events", "every_snapshot_has_a_case", move || referenced(&snapshots)));
    trials
}

fn read(path: &Path, mapping: &str) -> Result<Case, Failed> {
    let settings = text(&project().join(CASES).join(mapping).join("settings.json"));
    Ok(Case::read(&text(path), &settings)?)
}

fn check(path: &Path, place: &CasePath, engine: &Engine) -> Result<(), Failed> {
    let snapshot = read(path, &place.mapping)?.snapshot(engine);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(place.snapshot().with_file_name(""));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(format!("{} ({})", place.name.replace('-', " "), place.kind));
    settings.set_input_file(path);
    settings.bind(|| insta::assert_snapshot!(place.name.as_str(), snapshot));
    Ok(())
}

fn unchanged(name: &str, engine: &Engine, cases: &[PathBuf]) -> Result<(), Failed> {
    let overlay = mapping("nothing", Some(&format!("extends: {name}.yaml\nlanguage: 1\n")));
    for path in cases {
        let case = read(path, name)?;
        if case.snapshot(engine) != case.snapshot(&overlay) {
            return Err(format!("{}:\n{}", path.display(), case.snapshot(&overlay)).into());
        }
    }
    Ok(())
}

fn referenced(cases: &[PathBuf]) -> Result<(), Failed> {
    let has_no_case = |snapshot: &PathBuf| !cases.contains(snapshot);
    let unreferenced: Vec<_> = files_below(SNAPSHOTS, "snap").into_iter().filter(has_no_case).collect();
    if unreferenced.is_empty() {
        Ok(())
    } else {
        Err(format!("snapshots without a case, delete them: {unreferenced:#?}").into())
    }
}
