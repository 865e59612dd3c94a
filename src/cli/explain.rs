//! `mapwright explain`: how the requests of one event came about.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use clap::{ValueEnum, value_parser};
use mapwright::internal::{Trace, explain};

use super::exit::{CommandError, Exit, VerbResult};
use super::files::describe;
use super::numbers::counted;
use super::terminal::{self, Color};
use super::{help, mapping, settings};

/// The maximum size of the event in bytes when the whole file is one event.
const MAX_EVENT_BYTES: u64 = 64 << 20;

const EXAMPLES: &str = "\
Examples:
  mapwright explain --mapping mappings/shop.yaml --config settings.json event.json
  mapwright explain --mapping mappings/shop.yaml --line 17 --path body.email events.ndjson

Secret settings are shown as •••.";

const EXIT_CODES: &[(Exit, &str)] = &[
    (Exit::Success, "the event was explained, even if it is refused"),
    (Exit::Failed, "wrong usage, a mapping that cannot run, or a file that cannot be read"),
];

/// Show how an event is turned into requests: which rules were tried, and where each value comes from
#[derive(clap::Args)]
#[command(after_help = help::after_help(EXAMPLES, EXIT_CODES))]
pub(super) struct Args {
    /// The mapping, a YAML file
    #[arg(short, long, value_name = "FILE")]
    mapping: String,
    /// The destination's settings, a JSON file
    #[arg(short, long, value_name = "FILE", conflicts_with = "envelope")]
    config: Option<String>,
    /// The event is an envelope with its own settings: {"message": the event, "destination": {"Config": …}, "metadata": …}
    #[arg(short, long)]
    envelope: bool,
    /// Explain the event on this line of a file with one event per line
    #[arg(short, long, value_name = "N", value_parser = value_parser!(u64).range(1..))]
    line: Option<u64>,
    /// Explain only this value: `endpoint`, `headers.Authorization`, `body.traits.email`, or the name of a field
    #[arg(short, long, value_name = "PATH")]
    path: Option<String>,
    /// Output format: text for people, JSON for programs
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    format: Format,
    /// The event, a JSON file; with --line, a file of events; `-` is standard input
    #[arg(value_name = "EVENT")]
    event: String,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Runs the verb.
pub(super) fn run(args: &Args, color: Color) -> VerbResult {
    let engine = mapping::load_engine(&args.mapping, color)?;
    let worker = if args.envelope {
        engine.envelope_worker()
    } else {
        let settings = match &args.config {
            Some(name) => settings::read(&engine, name)?,
            None => settings::none(&engine)?,
        };
        engine.worker(&settings).map_err(|error| settings::unusable(&error))?
    };
    let event = read_event(&args.event, args.line)?;
    let mut worker = worker.with_max_line_bytes(usize::MAX);
    let trace = explain(&mut worker, args.line.unwrap_or(1), &event);
    terminal::print(&render(args, &trace, color)?)?;
    Ok(Exit::Success)
}

fn render(args: &Args, trace: &Trace, color: Color) -> Result<String, CommandError> {
    let rendered = match (&args.path, args.format) {
        (None, Format::Text) => Ok(trace.text(color.on_stdout(), terminal::width())),
        (None, Format::Json) => Ok(trace.json() + "\n"),
        (Some(path), Format::Text) => trace.text_of(path, None, color.on_stdout(), terminal::width()),
        (Some(path), Format::Json) => trace.json_of(path).map(|json| json + "\n"),
    };
    rendered.map_err(|error| CommandError::Message(error.to_string()))
}

/// Reads the event on a line of the file; without a line number, the whole file is the event.
fn read_event(name: &str, line: Option<u64>) -> Result<Vec<u8>, CommandError> {
    let read_error =
        |error: &io::Error| CommandError::Message(format!("cannot read `{name}`: {}", describe(error)));
    let reader: Box<dyn Read> = if name == "-" {
        Box::new(io::stdin())
    } else {
        if std::path::Path::new(name).is_dir() {
            return Err(CommandError::Message(format!("cannot read `{name}`: it is a folder, not a file")));
        }
        Box::new(File::open(name).map_err(|error| read_error(&error))?)
    };
    let Some(line) = line else {
        let mut bytes = Vec::new();
        reader.take(MAX_EVENT_BYTES + 1).read_to_end(&mut bytes).map_err(|error| read_error(&error))?;
        if bytes.len() as u64 > MAX_EVENT_BYTES {
            return Err(CommandError::Message(format!(
                "`{name}` is larger than {} MiB; choose one event with --line",
                MAX_EVENT_BYTES >> 20
            )));
        }
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        return Ok(bytes.trim_ascii().to_vec());
    };
    let (mut reader, mut text, mut number) = (BufReader::new(reader), Vec::new(), 0);
    loop {
        text.clear();
        if reader.read_until(b'\n', &mut text).map_err(|error| read_error(&error))? == 0 {
            return Err(CommandError::Message(format!("`{name}` has only {}", counted(number, "line"))));
        }
        number += 1;
        if number == line {
            return Ok(text.trim_ascii().to_vec());
        }
    }
}
