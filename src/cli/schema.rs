//! `mapwright schema`: the JSON Schema of the language, for editors.

use super::exit::{Exit, VerbResult};
use super::terminal;

/// Print the JSON Schema of mappings, which lets editors complete and check them as you type
#[derive(clap::Args)]
#[command(after_help = "\
Example:
  mapwright schema > mapping.schema.json

  Refer to it in the first line of a mapping:
  # yaml-language-server: $schema=mapping.schema.json")]
pub(super) struct Args {}

/// Runs the verb.
pub(super) fn run(Args {}: &Args) -> VerbResult {
    terminal::print(&mapwright::internal::schema::text())?;
    Ok(Exit::Success)
}
