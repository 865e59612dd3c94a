//! `mapwright explain`: how the requests of one event came about.

use clap::ValueEnum;
use mapwright::internal::{Trace, explain};

use super::event_file::{self, EventFile};
use super::exit::{CommandError, Exit, VerbResult};
use super::input::shown_name;
use super::terminal::{self, Color};
use super::{help, mapping, settings};

const EXAMPLES: &str = "\
Examples:
  mapwright explain --mapping mappings/shop.yaml --config settings.json event.json
  mapwright explain --mapping mappings/shop.yaml --line 17 --path body.email events.ndjson
  mapwright explain --mapping mappings/shop.yaml events.ndjson     (lists its events)

Secret settings are shown as •••.";

const EXIT_CODES: &[(Exit, &str)] = &[
    (Exit::Success, "the event was explained, even if it is refused; or the events were listed"),
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
    /// Explain the event on this line of a file with one event per line; `FILE:N` names the file, too
    #[arg(short, long, value_name = "N", value_parser = parse_line)]
    line: Option<Line>,
    /// Explain only this value: `endpoint`, `headers.Authorization`, `body.traits.email`, or the name of a field
    #[arg(short, long, value_name = "PATH")]
    path: Option<String>,
    /// Output format: text for people, JSON for programs
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    format: Format,
    /// The event, a JSON file; with --line, a file of events; `-` is standard input
    #[arg(value_name = "EVENT", required_unless_present = "line")]
    event: Option<String>,
}

/// A line of a file of events, as answers name it.
#[derive(Clone, Debug)]
struct Line {
    file: Option<String>,
    number: u64,
}

fn parse_line(text: &str) -> Result<Line, String> {
    let (file, number) = match text.rsplit_once(':') {
        Some((file, number)) => (Some(file.to_owned()), number),
        None => (None, text),
    };
    match number.parse() {
        Ok(number) if number > 0 => Ok(Line { file, number }),
        _ => Err("it is not the number of a line, from 1, or `FILE:N`".to_owned()),
    }
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
    let mut worker = worker.with_max_line_bytes(usize::MAX);
    let line = args.line.as_ref();
    let name = match (&args.event, line.and_then(|line| line.file.as_ref())) {
        (Some(event), None) => event,
        (None, Some(file)) => file,
        (Some(event), Some(file)) if event == file => event,
        (Some(event), Some(file)) => {
            let message = format!("--line is in `{file}`, but the file to read is `{event}`; name only one");
            return Err(CommandError::Message(message));
        }
        (None, None) => {
            let message = "--line needs the file of events, as in `--line 3 events.ndjson`".to_owned();
            return Err(CommandError::Message(message));
        }
    };
    let number = line.map_or(1, |line| line.number);
    let event = match line {
        Some(_) => event_file::line(name, number)?,
        None => match event_file::read(name)? {
            EventFile::Event(event) => event,
            EventFile::Lines(lines) if args.format == Format::Text => {
                terminal::print(&event_file::list(&mut worker, name, &lines, terminal::width()))?;
                return Ok(Exit::Success);
            }
            EventFile::Lines(_) => {
                let message = format!("{} has several events; choose one with --line", shown_name(name));
                return Err(CommandError::Message(message));
            }
        },
    };
    let trace = explain(&mut worker, number, &event);
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
