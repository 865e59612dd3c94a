//! The arguments of `mapwright test`.

use clap::ValueEnum;

use super::super::exit::Exit;
use super::super::help;

const EXAMPLES: &str = "\
Examples:
  mapwright test
  mapwright test --mapping mappings/shop.yaml --accept

The result of the event tests/events/shop/track/order.json is compared with the snapshot \
snapshots/events/shop/track/order.snap. Settings are read from tests/events/shop/settings.json, or from the event's \
file if it is an envelope. A result that differs is written next to the snapshot as order.snap.new; --accept replaces \
the snapshot.";

const EXIT_CODES: &[(Exit, &str)] = &[
    (Exit::Success, "every case matches its snapshot"),
    (
        Exit::Findings,
        "a case differs, is new or (with --check-contract) violates the contract, or a snapshot has no event",
    ),
    (Exit::Failed, "wrong usage, a mapping that cannot run, or a file that cannot be read or written"),
];

/// Run recorded events and compare the results with the accepted snapshots
#[derive(clap::Args)]
#[command(after_help = help::after_help(EXAMPLES, EXIT_CODES))]
pub(crate) struct Args {
    /// The mapping, a YAML file [default: every mapping in mappings/ that has events]
    #[arg(short, long, value_name = "FILE")]
    pub(super) mapping: Option<String>,
    /// The folder of events [default: tests/events/ and the mapping's name]
    #[arg(short, long, value_name = "FOLDER", requires = "mapping")]
    pub(super) events: Option<String>,
    /// The folder of snapshots [default: snapshots/events/ and the mapping's name]
    #[arg(short, long, value_name = "FOLDER", requires = "mapping")]
    pub(super) snapshots: Option<String>,
    /// Accept the results by updating the snapshots
    #[arg(short, long)]
    pub(super) accept: bool,
    /// Check every request against the mapping's contract, if it names one
    #[arg(long)]
    pub(super) check_contract: bool,
    /// Report snapshots that have no event as a failure, only report them, or delete them
    #[arg(short, long, value_enum, value_name = "WHAT", default_value_t = Unreferenced::Reject)]
    pub(super) unreferenced: Unreferenced,
    /// Output format: text for people, an XML test report, or GitHub annotations
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(super) format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Unreferenced {
    Reject,
    Warn,
    Delete,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Junit,
    Github,
}
