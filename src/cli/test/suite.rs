//! Running the events of one mapping and comparing the results with the snapshots.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use mapwright::Engine;
use mapwright::internal::Trace;
use mapwright::internal::cases::{self, Case};
use mapwright::internal::contract::Violation;
use mapwright::internal::json::{Document, Limits, Malformed, Tape};

use super::super::atomic_file::{self, Scope};
use super::super::event_file;
use super::super::exit::CommandError;
use super::super::files::{describe, must_not_block, text_in_folder, write_error};
use super::super::inspect::{Inspector, inspector};
use super::super::mapping;
use super::super::terminal::Color;
use super::discover::{SuitePaths, portable, sorted_files_below};

/// The results of all events of one mapping.
pub(super) struct Suite {
    pub(super) name: String,
    pub(super) mapping: String,
    pub(super) cases: Vec<CaseResult>,
    /// Snapshots without an event.
    pub(super) unreferenced: Vec<PathBuf>,
    /// The folder outside which nothing is written.
    pub(super) writable: PathBuf,
}

/// The result of one event.
pub(super) struct CaseResult {
    /// The name, such as `track/order`.
    pub(super) name: String,
    pub(super) event: PathBuf,
    pub(super) snapshot: PathBuf,
    pub(super) outcome: CaseOutcome,
}

/// The outcome of a case.
pub(super) enum CaseOutcome {
    Passed,
    /// There is no snapshot yet.
    New {
        content: String,
    },
    Changed(Box<Change>),
    /// The result matches the snapshot but violates the contract.
    Rejected(Vec<Violation>),
    /// The event or the snapshot cannot be read.
    Unreadable(String),
}

/// A result that differs from its snapshot.
pub(super) struct Change {
    pub(super) before: String,
    pub(super) after: String,
    /// The line number, from 1, at which the content starts in the snapshot file.
    pub(super) first_line: usize,
    pub(super) trace: Trace,
}

impl Suite {
    /// Runs all cases. With `accept`, snapshots are updated. With `check_contract`, requests are checked against the
    /// mapping's contract, if it names one.
    pub(super) fn run(
        paths: SuitePaths,
        accept: bool,
        check_contract: bool,
        color: Color,
    ) -> Result<Self, CommandError> {
        let (engine, contract) = mapping::load_engine_and_contract(&paths.mapping, color)?;
        let inspector = contract.as_ref().filter(|_| check_contract).map(inspector).transpose()?;
        let settings_file = paths.events.join("settings.json");
        let settings = match text_in_folder(&settings_file) {
            Ok(settings) => settings,
            Err(_) if !settings_file.exists() => "{}".to_owned(),
            Err(reason) => {
                return Err(CommandError::Message(format!(
                    "cannot read `{}`: {reason}",
                    settings_file.display()
                )));
            }
        };
        check_json(&settings)
            .map_err(|error| format!("`{}` is not JSON: {error}", settings_file.display()))?;
        let mut suite = Self {
            name: paths.name,
            mapping: paths.mapping,
            cases: Vec::new(),
            unreferenced: Vec::new(),
            writable: paths.writable,
        };
        let scope = Scope::Inside(&suite.writable);
        for event in
            sorted_files_below(&paths.events, "json")?.into_iter().filter(|event| *event != settings_file)
        {
            let inside = event.strip_prefix(&paths.events).unwrap_or(&event).with_extension("");
            let name = portable(&inside);
            let snapshot = paths.snapshots.join(format!("{name}.snap"));
            let files = CaseFiles { event: &event, snapshot: &snapshot, scope, accept };
            let outcome = run_case(&engine, inspector.as_ref(), &name, &files, &settings)?;
            suite.cases.push(CaseResult { name, event, snapshot, outcome });
        }
        if suite.cases.is_empty() {
            return Err(CommandError::Message(format!(
                "there is no event in `{}`; a test is a file named `*.json` with one event",
                paths.events.display()
            )));
        }
        if paths.snapshots.is_dir() {
            let has_event = |path: &PathBuf| suite.cases.iter().any(|case| case.snapshot == *path);
            suite.unreferenced = sorted_files_below(&paths.snapshots, "snap")?
                .into_iter()
                .filter(|path| !has_event(path))
                .collect();
        }
        Ok(suite)
    }
}

fn check_json(text: &str) -> Result<(), Malformed> {
    Document::read(text, &mut Tape::default(), &Limits::default()).map(|_| ())
}

/// The files of one case.
struct CaseFiles<'a> {
    event: &'a Path,
    snapshot: &'a Path,
    /// What may be written.
    scope: Scope<'a>,
    /// Whether the snapshot is updated.
    accept: bool,
}

/// Runs one case and writes its new snapshot or its `.snap.new` file, if the result differs.
fn run_case(
    engine: &Engine,
    inspector: Option<&Inspector<'_>>,
    name: &str,
    &CaseFiles { event, snapshot, scope, accept }: &CaseFiles<'_>,
    settings: &str,
) -> Result<CaseOutcome, CommandError> {
    let text = match event_file::text_in_folder(event) {
        Ok(text) => text,
        Err(message) => return Ok(CaseOutcome::Unreadable(message)),
    };
    let case = match Case::read(&text, settings) {
        Ok(case) => case,
        Err(error) => {
            return Ok(CaseOutcome::Unreadable(format!("`{}` is not JSON: {error}", event.display())));
        }
    };
    let after = case.snapshot(engine);
    let unreadable =
        |reason: &str| CaseOutcome::Unreadable(format!("cannot read `{}`: {reason}", snapshot.display()));
    if let Err(reason) = must_not_block(snapshot) {
        return Ok(unreadable(&reason));
    }
    if let Err(error) = atomic_file::check_link(snapshot, scope) {
        let message = format!("cannot read `{}`: {}", snapshot.display(), describe(&error));
        return Err(CommandError::Message(message));
    }
    let before = match fs::read_to_string(snapshot) {
        Ok(file) => Some(file),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Ok(unreadable(&describe(&error))),
    };
    let pending = snapshot.with_extension("snap.new");
    if before.as_ref().is_some_and(|file| cases::same(cases::content(file), &after)) {
        let check = |inspector: &Inspector<'_>| {
            case.answer_with_names(engine, |answer, names| {
                answer.requests().flat_map(|request| inspector.request(request, names)).collect::<Vec<_>>()
            })
        };
        let violations = inspector.map(check).unwrap_or_default();
        let outcome =
            if violations.is_empty() { CaseOutcome::Passed } else { CaseOutcome::Rejected(violations) };
        return remove_pending(&pending, scope).map(|()| outcome);
    }
    let (kind, title) = name.rsplit_once('/').unwrap_or(("", name));
    let description = if kind.is_empty() {
        title.replace('-', " ")
    } else {
        format!("{} ({kind})", title.replace('-', " "))
    };
    let file = cases::written(&description, &portable(event), before.as_deref(), &after);
    let written = if accept { snapshot } else { &pending };
    atomic_file::write(written, &file, scope).map_err(|error| write_error(written, &error))?;
    if accept {
        remove_pending(&pending, scope)?;
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

/// Removes the `.snap.new` file of an earlier run, if there is one.
fn remove_pending(pending: &Path, scope: Scope<'_>) -> Result<(), CommandError> {
    atomic_file::remove(pending, scope).map_err(|error| write_error(pending, &error))
}
