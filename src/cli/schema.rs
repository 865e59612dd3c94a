//! `mapwright schema`: the JSON Schema of the language, for editors.

use std::process::ExitCode;

use super::{Done, terminal};

/// Print the JSON Schema of mappings, with which editors complete and check while you type
#[derive(clap::Args)]
#[command(after_help = "\
Example:
  mapwright schema > mapping.schema.json

  The first line of a mapping names it:
  # yaml-language-server: $schema=mapping.schema.json")]
pub(super) struct Args {}

/// Runs the verb.
pub(super) fn run(Args {}: &Args) -> Done {
    terminal::print(&mapwright::internal::schema::text())?;
    Ok(ExitCode::SUCCESS)
}
