//! `mapwright transform`: events in, requests out.

use std::process::ExitCode;

use clap::value_parser;
use mapwright::internal::source::Sources;
use mapwright::{Engine, Worker};

use super::input::Lines;
use super::ordered_writer::{Sink, Stop};
use super::progress::{Progress, When};
use super::target::{self, Target};
use super::terminal::{self, Color};
use super::threads::{self, End, Work};
use super::{CommandError, Done, EXIT_FINDINGS, inspect, mapping, settings, summary};

const EXAMPLE: &str = "\
Example:
  mapwright transform --mapping mappings/shop.yaml --config settings.json events.ndjson

  An event, one line of events.ndjson:
    {\"type\":\"identify\",\"userId\":\"u1\",\"traits\":{\"email\":\"ann@example.com\"}}
  The destination's settings, settings.json:
    {\"token\":\"my-key\"}
  A request that is made of it:
    {\"line\":1,\"output\":{\"method\":\"PUT\",\"endpoint\":\"https://…\",…},\"statusCode\":200}
  An event that is refused is answered, too, and the run goes on:
    {\"line\":2,\"error\":\"…\",\"statusCode\":400,…,\"rule\":\"shop/identify\"}

Exit codes: 0 done (refused events too), 1 events were refused and --fail-on-error was given,
or requests break the contract with --check-contract,
2 wrong usage, a mapping with errors, or a file that cannot be read or written.";

/// Turn events into requests: one JSON event a line in, one JSON answer a line out, in the same order
#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[command(after_help = EXAMPLE)]
pub(super) struct Args {
    /// The mapping, a YAML file
    #[arg(short, long, value_name = "FILE")]
    mapping: String,
    /// The destination's settings, a JSON file
    #[arg(short, long, value_name = "FILE", conflicts_with = "envelope")]
    config: Option<String>,
    /// Each line is an envelope with its own settings: {"message": the event, "destination": {"Config": …}, "metadata": …}
    #[arg(short, long)]
    envelope: bool,
    /// Where the answers go; standard output when not given
    #[arg(short, long, value_name = "FILE")]
    output: Option<String>,
    /// How many threads work; the answers are the same for any number [default: one a processor]
    #[arg(short, long, value_name = "N", value_parser = value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
    /// The longest line in bytes; a longer one is refused
    #[arg(long, value_name = "N", default_value_t = 4 << 20, value_parser = value_parser!(u32).range(1..=2 << 30))]
    max_line_bytes: u32,
    /// How deeply lists and maps may be nested; a deeper event is refused
    #[arg(long, value_name = "N", default_value_t = 128, value_parser = value_parser!(u16).range(1..=1024))]
    max_depth: u16,
    /// Maximum number of settings of envelopes that are kept prepared per thread
    #[arg(long, value_name = "N", default_value_t = 1024, value_parser = value_parser!(u32).range(1..), requires = "envelope")]
    settings_cache: u32,
    /// End with exit code 1 when an event was refused
    #[arg(long)]
    fail_on_error: bool,
    /// Check every request with the mapping's contract; those that the destination would not accept are
    /// written with what is wrong under `contract`, counted at the end, and make the exit code 1
    #[arg(long)]
    check_contract: bool,
    /// Show how far the run is, on standard error
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = When::Auto)]
    progress: When,
    /// Write a summary to standard error even when it is no terminal
    #[arg(long)]
    summary: bool,
    /// Neither progress nor summary
    #[arg(short, long, conflicts_with_all = ["summary", "progress"])]
    quiet: bool,
    /// Files of events, read one after the other; `-` or nothing is standard input
    #[arg(value_name = "INPUT")]
    inputs: Vec<String>,
}

/// Runs the verb.
pub(super) fn run(args: &Args, color: Color) -> Done {
    let (engine, contract) = if args.check_contract {
        mapping::with_contract(&args.mapping, color)?
    } else {
        (mapping::ready(&args.mapping, color)?, None)
    };
    let inspector = contract.as_ref().map(inspect::inspector).transpose()?;
    if args.check_contract && inspector.is_none() {
        let why = format!("the mapping `{}` names no `contract:` to check requests with", args.mapping);
        return Err(CommandError::Plain(why));
    }
    let workers = workers(args, &engine)?;
    let inputs = if args.inputs.is_empty() { vec!["-".to_owned()] } else { args.inputs.clone() };
    let size = target::size_of(&inputs)?;
    if terminal::typed_in() && inputs.iter().any(|name| name == "-") && !args.quiet {
        terminal::tell("Waiting for events on the keyboard, one a line; Ctrl-D ends them.\n");
    }
    let target = Target::named(args.output.as_deref());
    target.spare(&inputs, "an input")?;
    target.spare(&others(args, engine.sources()), "a file this run reads")?;

    let longest = args.max_line_bytes as usize;
    let work = Work { rules: engine.rules().count(), longest, inspector: inspector.as_ref() };
    let sink = Sink { writer: target.open()?, progress: Progress::new(when(args, &target), size) };
    let end = threads::run(&work, workers, Lines::new(inputs, longest), sink);
    close(args, &engine, &target, end)
}

/// A worker for each thread.
fn workers(args: &Args, engine: &Engine) -> Result<Vec<Worker>, CommandError> {
    let settings = match &args.config {
        _ if args.envelope => None,
        Some(name) => Some(settings::read(engine, name)?),
        None => Some(settings::none(engine)?),
    };
    let worker = || match &settings {
        Some(settings) => engine.worker(settings).map_err(|why| settings::unusable(&why)),
        None => Ok(engine.envelope_worker().with_settings_cache(args.settings_cache as usize)),
    };
    let threads = args.threads.map_or_else(processors, usize::from);
    let limited = |worker: Worker| {
        let worker = worker.with_max_line_bytes(args.max_line_bytes as usize);
        worker.with_max_depth(usize::from(args.max_depth))
    };
    (0..threads).map(|_| worker().map(limited)).collect()
}

/// The files besides the inputs that must not be written over.
fn others(args: &Args, sources: &Sources) -> Vec<String> {
    let mapping = sources.files().map(|file| sources.name(file).to_owned());
    mapping.chain(args.config.clone()).collect()
}

/// One thread a processor; more than 16 only wait for each other.
fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, |count| count.get().min(16))
}

/// Answers on the terminal and a bar on the terminal would be written over each other.
fn when(args: &Args, target: &Target) -> When {
    match args.progress {
        _ if args.quiet => When::Never,
        When::Auto if target.is_terminal() => When::Never,
        when => when,
    }
}

/// Tells how the run has ended.
fn close(args: &Args, engine: &Engine, target: &Target, end: End) -> Done {
    let End { stats, sink, stop, unread } = end;
    let mut time = None;
    if let Some(mut sink) = sink {
        sink.progress.end();
        time = Some(sink.progress.start.elapsed());
    }
    match stop {
        Some(Stop::Closed) => return Ok(ExitCode::SUCCESS),
        Some(Stop::Failed(why)) => return Err(target.failed(&why)),
        Some(Stop::Panicked) | None => {}
    }
    let wanted = args.summary || args.progress == When::Always || terminal::watched();
    if let Some(time) = time.filter(|_| wanted && !args.quiet) {
        terminal::tell(&summary::of(&stats, engine.rules(), time, terminal::width()));
    }
    if !stats.violations.is_empty() {
        terminal::tell(&stats.violations.told(engine.rules(), terminal::width()));
    }
    match unread {
        Some(why) => Err(CommandError::Plain(why)),
        None if !stats.violations.is_empty() => Ok(ExitCode::from(EXIT_FINDINGS)),
        None if args.fail_on_error && stats.all.refused > 0 => Ok(ExitCode::from(EXIT_FINDINGS)),
        None => Ok(ExitCode::SUCCESS),
    }
}
