//! `mapwright test`: comparing the results of recorded events with accepted snapshots.

mod args;
mod difference;
mod discover;
mod github;
mod junit;
mod report;
mod suite;

use super::atomic_file::{self, Scope};
use super::exit::{Exit, VerbResult};
use super::terminal::{self, Color};
use args::{Format, Unreferenced};
use suite::{CaseOutcome, Suite};

pub(super) use args::Args;

/// Runs the verb.
pub(super) fn run(args: &Args, color: Color) -> VerbResult {
    let mut suites = Vec::new();
    for paths in discover::find_suites(args)? {
        suites.push(Suite::run(paths, args.accept, args.check_contract, color)?);
    }
    if args.unreferenced == Unreferenced::Delete {
        for suite in &suites {
            for snapshot in &suite.unreferenced {
                atomic_file::remove(snapshot, Scope::Inside(&suite.writable)).map_err(|error| {
                    format!("cannot delete `{}`: {}", snapshot.display(), super::files::describe(&error))
                })?;
            }
        }
    }
    let fail_unreferenced = args.unreferenced == Unreferenced::Reject;
    let (color, width) = (color.on_stdout(), terminal::width());
    let summary = report::summary(&suites, args);
    match args.format {
        Format::Text => terminal::print(&(report::text(&suites, args, color, width) + &summary))?,
        Format::Junit => terminal::print(&junit::report(&suites, fail_unreferenced))?,
        Format::Github => terminal::print(&github::annotations(&suites, args))?,
    }
    if args.format != Format::Text {
        terminal::eprint(&summary);
    }
    Ok(exit_code(&suites, args))
}

fn exit_code(suites: &[Suite], args: &Args) -> Exit {
    let any = |condition: fn(&CaseOutcome) -> bool| {
        suites.iter().flat_map(|suite| &suite.cases).any(|case| condition(&case.outcome))
    };
    let unreferenced = args.unreferenced == Unreferenced::Reject
        && suites.iter().any(|suite| !suite.unreferenced.is_empty());
    if any(|outcome| matches!(outcome, CaseOutcome::Unreadable(_))) {
        Exit::Failed
    } else if unreferenced
        || any(|outcome| matches!(outcome, CaseOutcome::Rejected(_)))
        || !args.accept && any(|outcome| !matches!(outcome, CaseOutcome::Passed))
    {
        Exit::Findings
    } else {
        Exit::Success
    }
}
