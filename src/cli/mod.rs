//! The command line: one module for each verb. All access to files, streams and the terminal is here; everything that
//! concerns the meaning of a mapping is in the library.

mod apply_fixes;
mod atomic_file;
mod codes;
mod completions;
mod discover;
mod event_file;
mod exit;
mod explain;
mod file_format;
mod files;
mod help;
mod input;
mod inspect;
mod mapping;
mod new;
mod numbers;
mod ops;
mod ordered_writer;
mod output;
mod parallel_run;
mod profile;
mod progress;
mod schema;
mod settings;
mod shown_lines;
mod stats;
mod summary;
mod terminal;
mod test;
mod text_table;
mod topics;
mod transform;
mod validate;
mod violations;
mod walk_dir;
mod wrap;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use exit::{CommandError, EXIT_CODES, Exit, VerbResult};
use terminal::Color;

const EXAMPLES: &str = "\
Examples:
  mapwright validate mappings/
  mapwright transform --mapping mappings/shop.yaml --config settings.json events.ndjson
  mapwright explain --mapping mappings/shop.yaml --config settings.json event.json
  mapwright test --mapping mappings/shop.yaml
  mapwright ops truncate

Run `mapwright VERB --help` for the options of a verb, `mapwright help` for more topics.";

#[derive(Parser)]
#[command(
    name = "mapwright",
    version,
    about = "Turns customer-data events into the API requests of a destination, as defined by a YAML mapping",
    after_help = help::after_help(EXAMPLES, EXIT_CODES),
    arg_required_else_help = true,
    disable_help_subcommand = true,
    subcommand_value_name = "VERB",
    subcommand_help_heading = "Verbs",
    max_term_width = help::MAX_WIDTH
)]
struct Command {
    #[command(subcommand)]
    verb: Verb,
    /// When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`
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
    Completions(completions::CompletionsArgs),
    Man(completions::ManArgs),
    Help(topics::Args),
}

/// Parses the arguments and runs the verb.
pub(crate) fn main() -> ExitCode {
    let Command { verb, color } = match Command::try_parse() {
        Ok(command) => command,
        Err(error) if error.use_stderr() => error.exit(),
        // Help and version are output like any other.
        Err(help) => return exit_code(print_help(&help)),
    };
    exit_code(match verb {
        Verb::Transform(args) => transform::run(&args, color),
        Verb::Validate(args) => validate::run(&args, color),
        Verb::Explain(args) => explain::run(&args, color),
        Verb::Test(args) => test::run(&args, color),
        Verb::Ops(args) => ops::run(&args),
        Verb::Codes(args) => codes::run(&args),
        Verb::New(args) => new::run(&args),
        Verb::Schema(args) => schema::run(&args),
        Verb::Completions(args) => completions::completions(&args),
        Verb::Man(args) => completions::man(&args),
        Verb::Help(args) => topics::run::<Command>(&args),
    })
}

fn print_help(help: &clap::Error) -> VerbResult {
    let text = help.render();
    let text = if Color::Auto.on_stdout() { text.ansi().to_string() } else { text.to_string() };
    terminal::print(&text).map(|()| Exit::Success)
}

/// Reports the error of a verb, if any.
fn exit_code(result: VerbResult) -> ExitCode {
    let exit = result.unwrap_or_else(|error| {
        terminal::eprint(&match error {
            CommandError::Message(message) => format!("error: {message}\n"),
            CommandError::Findings(text) => text,
        });
        Exit::Failed
    });
    exit.into()
}
