//! `mapwright explain`: how one event came to its requests.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::process::ExitCode;

use clap::{ValueEnum, value_parser};
use mapwright::internal::{Trace, explain};

use super::files::in_words;
use super::terminal::{self, Color};
use super::{CommandError, Done, mapping, settings};

/// The largest event that is read.
const LARGEST: u64 = 64 << 20;

/// Show how an event comes to its requests: the rules that were tried, and where every value comes from
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  mapwright explain --mapping mappings/shop.yaml --config settings.json event.json
  mapwright explain --mapping mappings/shop.yaml --line 17 --path body.email events.ndjson

Secret settings are shown as •••.

Exit codes: 0 done (also when the event is refused), 2 wrong usage or something cannot be read.")]
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
    /// The file has one event a line: the number of the line that is meant
    #[arg(short, long, value_name = "N", value_parser = value_parser!(u64).range(1..))]
    line: Option<u64>,
    /// Only this value: `endpoint`, `headers.Authorization`, `body.traits.email`, or the name of a field
    #[arg(short, long, value_name = "PATH")]
    path: Option<String>,
    /// How it is written: for people, or for programs
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    format: Format,
    /// The event, a JSON file; with --line a file of events; `-` is standard input
    #[arg(value_name = "EVENT")]
    event: String,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Runs the verb.
pub(super) fn run(args: &Args, color: Color) -> Done {
    let engine = mapping::ready(&args.mapping, color)?;
    let worker = if args.envelope {
        engine.envelope_worker()
    } else {
        let settings = match &args.config {
            Some(name) => settings::read(&engine, name)?,
            None => settings::none(&engine)?,
        };
        engine.worker(&settings).map_err(|why| settings::unusable(&why))?
    };
    let event = event(&args.event, args.line)?;
    let mut worker = worker.with_max_line_bytes(usize::MAX);
    let trace = explain(&mut worker, args.line.unwrap_or(1), &event);
    terminal::print(&shown(args, &trace, color)?)?;
    Ok(ExitCode::SUCCESS)
}

fn shown(args: &Args, trace: &Trace, color: Color) -> Result<String, CommandError> {
    let shown = match (&args.path, args.format) {
        (None, Format::Text) => Ok(trace.text(color.on_output(), terminal::width())),
        (None, Format::Json) => Ok(trace.json() + "\n"),
        (Some(path), Format::Text) => trace.text_of(path, None, color.on_output(), terminal::width()),
        (Some(path), Format::Json) => trace.json_of(path).map(|json| json + "\n"),
    };
    shown.map_err(|unknown| CommandError::Plain(unknown.to_string()))
}

/// The bytes of the event; without a line the whole file is one event.
fn event(name: &str, line: Option<u64>) -> Result<Vec<u8>, CommandError> {
    let unreadable =
        |why: &io::Error| CommandError::Plain(format!("cannot read `{name}`: {}", in_words(why)));
    let source: Box<dyn Read> = if name == "-" {
        Box::new(io::stdin())
    } else {
        if std::path::Path::new(name).is_dir() {
            return Err(CommandError::Plain(format!("cannot read `{name}`: it is a folder, not a file")));
        }
        Box::new(File::open(name).map_err(|why| unreadable(&why))?)
    };
    let Some(wanted) = line else {
        let mut bytes = Vec::new();
        source.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|why| unreadable(&why))?;
        if bytes.len() as u64 > LARGEST {
            return Err(CommandError::Plain(format!(
                "`{name}` is larger than {} MiB; choose one event with --line",
                LARGEST >> 20
            )));
        }
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        return Ok(bytes.trim_ascii().to_vec());
    };
    let (mut source, mut text, mut number) = (BufReader::new(source), Vec::new(), 0);
    loop {
        text.clear();
        if source.read_until(b'\n', &mut text).map_err(|why| unreadable(&why))? == 0 {
            return Err(CommandError::Plain(format!(
                "`{name}` has only {}",
                super::summary::counted(number, "line")
            )));
        }
        number += 1;
        if number == wanted {
            return Ok(text.trim_ascii().to_vec());
        }
    }
}
