//! `mapwright test`: recorded events against what was accepted for them.

mod difference;
mod discover;
mod github;
mod junit;
mod report;
mod suite;

use std::process::ExitCode;

use clap::ValueEnum;

use super::terminal::{self, Color};
use super::{CommandError, Done, EXIT_FAILED, EXIT_FINDINGS};
use suite::{CaseOutcome, Suite};

/// Run recorded events and compare what comes out with what was accepted before
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  mapwright test
  mapwright test --mapping mappings/shop.yaml --accept

An event tests/events/shop/track/order.json belongs to the snapshot snapshots/events/shop/track/order.snap; settings
are in tests/events/shop/settings.json, or in the file of the event when it is an envelope. What has changed is written
beside the snapshot as order.snap.new; --accept makes it the snapshot.

Exit codes: 0 all as accepted, 1 something is different, new or without an event, 2 a file cannot be read or written.")]
pub(super) struct Args {
    /// The mapping, a YAML file; without it every mapping in mappings/ that has events
    #[arg(short, long, value_name = "FILE")]
    mapping: Option<String>,
    /// Where the events are [default: tests/events/ and the mapping's name]
    #[arg(short, long, value_name = "FOLDER", requires = "mapping")]
    events: Option<String>,
    /// Where the snapshots are [default: snapshots/events/ and the mapping's name]
    #[arg(short, long, value_name = "FOLDER", requires = "mapping")]
    snapshots: Option<String>,
    /// Accept what comes out: write the snapshots themselves
    #[arg(short, long)]
    accept: bool,
    /// Check every request with the mapping's contract, where it names one
    #[arg(long)]
    check_contract: bool,
    /// What becomes of snapshots without an event
    #[arg(short, long, value_enum, value_name = "WHAT", default_value_t = Unreferenced::Reject)]
    unreferenced: Unreferenced,
    /// How the result is written: for people, as a test report, or as notes on a pull request
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Unreferenced {
    /// They count as a failure
    Reject,
    /// They are only told
    Warn,
    /// They are deleted
    Delete,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Junit,
    Github,
}

/// Runs the verb.
pub(super) fn run(args: &Args, color: Color) -> Done {
    let mut suites = Vec::new();
    for place in discover::places(args)? {
        suites.push(Suite::run(place, args.accept, args.check_contract, color)?);
    }
    if args.unreferenced == Unreferenced::Delete {
        for lost in suites.iter().flat_map(|suite| &suite.unreferenced) {
            std::fs::remove_file(lost).map_err(|why| {
                format!("cannot delete `{}`: {}", lost.display(), super::files::in_words(&why))
            })?;
        }
    }
    let rejects = args.unreferenced == Unreferenced::Reject;
    let (text, width) = (color.on_output(), terminal::width());
    let summary = report::summary(&suites, args);
    match args.format {
        Format::Text => terminal::print(&(report::text(&suites, args, text, width) + &summary))?,
        Format::Junit => terminal::print(&junit::report(&suites, rejects))?,
        Format::Github => terminal::print(&github::notes(&suites, args))?,
    }
    if args.format != Format::Text {
        terminal::tell(&summary);
    }
    Ok(ExitCode::from(code(&suites, args)))
}

fn code(suites: &[Suite], args: &Args) -> u8 {
    let any = |wanted: fn(&CaseOutcome) -> bool| {
        suites.iter().flat_map(|suite| &suite.cases).any(|case| wanted(&case.outcome))
    };
    let lost = args.unreferenced == Unreferenced::Reject
        && suites.iter().any(|suite| !suite.unreferenced.is_empty());
    if any(|outcome| matches!(outcome, CaseOutcome::Unreadable(_))) {
        EXIT_FAILED
    } else if lost
        || any(|outcome| matches!(outcome, CaseOutcome::Rejected(_)))
        || !args.accept && any(|outcome| !matches!(outcome, CaseOutcome::Passed))
    {
        EXIT_FINDINGS
    } else {
        0
    }
}

/// A failure to write a file.
fn unwritable(path: &std::path::Path, why: &std::io::Error) -> CommandError {
    CommandError::Plain(format!("cannot write `{}`: {}", path.display(), super::files::in_words(why)))
}
