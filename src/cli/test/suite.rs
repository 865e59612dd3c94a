//! The events of one mapping, each compared with its snapshot.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use mapwright::Engine;
use mapwright::internal::Trace;
use mapwright::internal::cases::{self, Case};
use mapwright::internal::contract::Violation;
use mapwright::internal::json::{Document, Limits, Malformed, Tape};

use super::super::files::{self, in_words, text_of};
use super::super::inspect::{Inspector, inspector};
use super::super::terminal::Color;
use super::super::{CommandError, mapping};
use super::discover::{SuitePaths, files_below, shown};
use super::unwritable;

/// The events of one mapping.
pub(super) struct Suite {
    pub(super) name: String,
    pub(super) mapping: String,
    pub(super) cases: Vec<CaseResult>,
    /// Snapshots without an event.
    pub(super) unreferenced: Vec<PathBuf>,
}

/// A case that has run.
pub(super) struct CaseResult {
    /// `track/order`
    pub(super) name: String,
    pub(super) event: PathBuf,
    pub(super) snapshot: PathBuf,
    pub(super) outcome: CaseOutcome,
}

/// What came of a case.
pub(super) enum CaseOutcome {
    Passed,
    /// Nothing was accepted for it yet.
    New {
        content: String,
    },
    Changed(Box<Change>),
    /// As accepted, but the destination would not take it, says the contract.
    Rejected(Vec<Violation>),
    /// The event or the snapshot cannot be read.
    Unreadable(String),
}

/// A case that gives something else now.
pub(super) struct Change {
    pub(super) before: String,
    pub(super) after: String,
    /// On which line of the snapshot file the content begins.
    pub(super) first_line: usize,
    pub(super) trace: Trace,
}

impl Suite {
    /// Runs all cases; `accept` writes the snapshots themselves.
    /// `check` holds every request against the contract of the mapping, if it names one.
    pub(super) fn run(
        place: SuitePaths,
        accept: bool,
        check: bool,
        color: Color,
    ) -> Result<Self, CommandError> {
        let (engine, contract) = mapping::with_contract(&place.mapping, color)?;
        let inspector = contract.as_ref().filter(|_| check).map(inspector).transpose()?;
        let beside = place.events.join("settings.json");
        let settings = match text_of(&beside) {
            Ok(settings) => settings,
            Err(_) if !beside.exists() => "{}".to_owned(),
            Err(why) => {
                return Err(CommandError::Plain(format!("cannot read `{}`: {why}", beside.display())));
            }
        };
        is_json(&settings).map_err(|why| format!("`{}` is not JSON: {why}", beside.display()))?;
        let mut suite =
            Self { name: place.name, mapping: place.mapping, cases: Vec::new(), unreferenced: Vec::new() };
        for event in files_below(&place.events, "json")?.into_iter().filter(|event| *event != beside) {
            let inside = event.strip_prefix(&place.events).unwrap_or(&event).with_extension("");
            let name = shown(&inside);
            let snapshot = place.snapshots.join(format!("{name}.snap"));
            let outcome = case(&engine, inspector.as_ref(), &name, [&event, &snapshot], &settings, accept)?;
            suite.cases.push(CaseResult { name, event, snapshot, outcome });
        }
        if suite.cases.is_empty() {
            return Err(CommandError::Plain(format!("there is no event in `{}`", place.events.display())));
        }
        if place.snapshots.is_dir() {
            let wanted = |path: &PathBuf| suite.cases.iter().any(|case| case.snapshot == *path);
            suite.unreferenced =
                files_below(&place.snapshots, "snap")?.into_iter().filter(|path| !wanted(path)).collect();
        }
        Ok(suite)
    }
}

fn is_json(text: &str) -> Result<(), Malformed> {
    Document::read(text, &mut Tape::default(), &Limits::default()).map(|_| ())
}

fn case(
    engine: &Engine,
    inspector: Option<&Inspector<'_>>,
    name: &str,
    [event, snapshot]: [&PathBuf; 2],
    settings: &str,
    accept: bool,
) -> Result<CaseOutcome, CommandError> {
    let text = match text_of(event) {
        Ok(text) => text,
        Err(why) => return Ok(CaseOutcome::Unreadable(format!("cannot read `{}`: {why}", event.display()))),
    };
    let case = match Case::read(text.trim_start_matches('\u{feff}'), settings) {
        Ok(case) => case,
        Err(why) => return Ok(CaseOutcome::Unreadable(format!("`{}` is not JSON: {why}", event.display()))),
    };
    let after = case.snapshot(engine);
    let before = match fs::read_to_string(snapshot) {
        Ok(file) => Some(file),
        Err(why) if why.kind() == ErrorKind::NotFound => None,
        Err(why) => {
            return Ok(CaseOutcome::Unreadable(format!(
                "cannot read `{}`: {}",
                snapshot.display(),
                in_words(&why)
            )));
        }
    };
    let pending = snapshot.with_extension("snap.new");
    if before.as_ref().is_some_and(|file| cases::same(cases::content(file), &after)) {
        let check = |inspector: &Inspector<'_>| {
            case.answer(engine, |answer| {
                answer.requests().flat_map(|request| inspector.request(request)).collect::<Vec<_>>()
            })
        };
        let violations = inspector.map(check).unwrap_or_default();
        let outcome =
            if violations.is_empty() { CaseOutcome::Passed } else { CaseOutcome::Rejected(violations) };
        return remove(&pending).map(|()| outcome);
    }
    let (kind, title) = name.rsplit_once('/').unwrap_or(("", name));
    let about = if kind.is_empty() {
        title.replace('-', " ")
    } else {
        format!("{} ({kind})", title.replace('-', " "))
    };
    let file = cases::written(&about, &shown(event), before.as_deref(), &after);
    if let Some(folder) = snapshot.parent() {
        fs::create_dir_all(folder).map_err(|why| unwritable(folder, &why))?;
    }
    if accept {
        files::write(snapshot, &file).map_err(|why| unwritable(snapshot, &why))?;
        remove(&pending)?;
    } else {
        files::write(&pending, &file).map_err(|why| unwritable(&pending, &why))?;
    }
    Ok(match before {
        None => CaseOutcome::New { content: after },
        Some(file) => CaseOutcome::Changed(Box::new(Change {
            before: cases::content(&file).replace("\r\n", "\n"),
            after,
            first_line: cases::first_line(&file),
            trace: case.explained(engine),
        })),
    })
}

/// Removes what an earlier run has left to be reviewed.
fn remove(pending: &Path) -> Result<(), CommandError> {
    match fs::remove_file(pending) {
        Err(why) if why.kind() != ErrorKind::NotFound => Err(unwritable(pending, &why)),
        _ => Ok(()),
    }
}
