//! The shell: one file a verb. Only here are files, streams and the terminal touched, and nothing here
//! decides anything about a mapping: that is the library's.

mod apply_fixes;
mod codes;
mod discover;
mod explain;
mod files;
mod input;
mod inspect;
mod mapping;
mod new;
mod ops;
mod ordered_writer;
mod profile;
mod progress;
mod schema;
mod settings;
mod stats;
mod summary;
mod table;
mod target;
mod terminal;
mod test;
mod threads;
mod transform;
mod validate;
mod violations;
mod walk;
mod whole;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use terminal::Color;

/// Why a verb could not do its work; it ends with exit code 2.
pub(crate) enum CommandError {
    /// One sentence in plain words.
    Plain(String),
    /// Text that is complete as it stands: findings in a mapping.
    Findings(String),
}

impl From<String> for CommandError {
    fn from(message: String) -> Self {
        Self::Plain(message)
    }
}

/// What a verb ends with.
pub(crate) type Done = Result<ExitCode, CommandError>;

/// Exit code for findings in a mapping, and for refused events where they are to count as a failure.
pub(crate) const EXIT_FINDINGS: u8 = 1;

/// Exit code for wrong usage and for what cannot be read or written.
const EXIT_FAILED: u8 = 2;

const AFTER_HELP: &str = "\
Examples:
  mapwright validate mappings/
  mapwright transform --mapping mappings/shop.yaml --config settings.json events.ndjson
  mapwright explain --mapping mappings/shop.yaml --config settings.json event.json
  mapwright test --mapping mappings/shop.yaml
  mapwright ops truncate

`mapwright VERB --help` tells more about a verb.

Exit codes: 0 done, 1 something was found, 2 wrong usage or a file that cannot be read.";

#[derive(Parser)]
#[command(
    name = "mapwright",
    version,
    about = "Turns customer-data events into the API requests of a destination, as a YAML mapping says.",
    after_help = AFTER_HELP,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    subcommand_value_name = "VERB",
    subcommand_help_heading = "Verbs",
    max_term_width = 100
)]
struct Command {
    #[command(subcommand)]
    verb: Verb,
    /// Whether text for people is coloured; `auto` asks the terminal and `NO_COLOR`
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto, display_order = 900)]
    color: Color,
}

#[derive(Subcommand)]
enum Verb {
    Transform(transform::Args),
    Validate(validate::Args),
    Explain(explain::Args),
    Test(test::Args),
    Ops(ops::Args),
    Codes(codes::Args),
    New(new::Args),
    Schema(schema::Args),
}

/// Reads the arguments, runs the verb and tells what went wrong.
pub(crate) fn main() -> ExitCode {
    let Command { verb, color } = Command::parse();
    let done = match verb {
        Verb::Transform(args) => transform::run(&args, color),
        Verb::Validate(args) => validate::run(&args, color),
        Verb::Explain(args) => explain::run(&args, color),
        Verb::Test(args) => test::run(&args, color),
        Verb::Ops(args) => ops::run(&args),
        Verb::Codes(args) => codes::run(&args),
        Verb::New(args) => new::run(&args),
        Verb::Schema(args) => schema::run(&args),
    };
    done.unwrap_or_else(|failure| {
        terminal::tell(&match failure {
            CommandError::Plain(message) => format!("error: {message}\n"),
            CommandError::Findings(text) => text,
        });
        ExitCode::from(EXIT_FAILED)
    })
}
