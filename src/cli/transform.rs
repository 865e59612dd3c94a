//! `mapwright transform`: turning events into requests.

use clap::value_parser;
use mapwright::internal::display::RequestFormat;
use mapwright::internal::limits;
use mapwright::internal::source::Sources;
use mapwright::{Engine, Worker};

use super::exit::{CommandError, Exit, VerbResult};
use super::input::{self, Lines};
use super::ordered_writer::{ProgressWriter, StopReason};
use super::output::Output;
use super::parallel_run::{self, RunOptions, RunResult};
use super::progress::{Progress, ShowProgress};
use super::shown_lines::ShownLines;
use super::terminal::{self, Color};
use super::{help, inspect, mapping, settings, summary};

const EXAMPLES: &str = "\
Example:
  mapwright transform --mapping mappings/shop.yaml --config settings.json events.ndjson
  An event, one line of events.ndjson:
    {\"type\":\"identify\",\"userId\":\"u1\",\"traits\":{\"email\":\"ann@example.com\"}}
  The destination's settings, settings.json: {\"token\":\"my-key\"}
  The request for that event, as JSON (`mapwright help answers`):
    {\"line\":1,\"output\":{\"method\":\"PUT\",\"endpoint\":\"https://…\",…},\"statusCode\":200}
  The answer to an event that is refused; the run continues:
    {\"line\":2,\"error\":\"…\",\"statusCode\":400,…,\"rule\":\"shop/identify\"}";

const EXIT_CODES: &[(Exit, &str)] = &[
    (Exit::Success, "all events were read and answered, even if some were refused"),
    (Exit::Findings, "events were refused (with --fail-on-error), or requests violate the contract"),
    (Exit::Failed, "wrong usage, a mapping that cannot run, or a file that cannot be read or written"),
];

/// Turn events into requests: one JSON event per line in, one JSON answer per line out, in input order
#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a command-line flag")]
#[command(after_help = help::after_help(EXAMPLES, EXIT_CODES))]
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
    /// The file to write the answers to, replaced when all of them are written [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<String>,
    /// Number of threads [default: one per processor, at most 16]
    #[arg(short, long, value_name = "N", value_parser = value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
    /// Maximum bytes of a line
    #[arg(long, value_name = "N", default_value_t = limits::LINE_BYTES as u32, value_parser = value_parser!(u32).range(1..=2 << 30))]
    max_line_bytes: u32,
    /// Maximum nesting of an event
    #[arg(long, value_name = "N", default_value_t = limits::LINE_DEPTH as u16, value_parser = value_parser!(u16).range(1..=1024))]
    max_depth: u16,
    /// Maximum bytes of memory for one event
    #[arg(long, value_name = "N", default_value_t = limits::EVENT_MEMORY as u64, value_parser = value_parser!(u64).range(1..=1 << 40))]
    max_event_memory: u64,
    /// Maximum elements and members made of one event
    #[arg(long, value_name = "N", default_value_t = limits::EVENT_VALUES, value_parser = value_parser!(u64).range(1..))]
    max_event_values: u64,
    /// Maximum steps for one event
    #[arg(long, value_name = "N", default_value_t = limits::EVENT_STEPS, value_parser = value_parser!(u64).range(1..))]
    max_event_steps: u64,
    /// Maximum bytes of prepared settings
    #[arg(long, value_name = "N", default_value_t = limits::SETTINGS_CACHE_MEMORY as u64, value_parser = value_parser!(u64).range(..=1 << 40), requires = "envelope")]
    settings_cache_memory: u64,
    /// Exit with code 1 if an event was refused
    #[arg(long)]
    fail_on_error: bool,
    /// Check requests against the mapping's contract: violations are listed under `contract` in the answer, and the exit
    /// code is 1
    #[arg(long)]
    check_contract: bool,
    /// When to show progress on standard error
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ShowProgress::Auto)]
    progress: ShowProgress,
    /// Write a summary to standard error even if it is not a terminal
    #[arg(long)]
    summary: bool,
    /// Show neither progress nor summary
    #[arg(short, long, conflicts_with_all = ["summary", "progress"])]
    quiet: bool,
    /// Show requests for people to read; secret settings as •••
    #[arg(long, group = "shown")]
    pretty: bool,
    /// Show requests as curl commands; secret settings as •••
    #[arg(long, group = "shown")]
    curl: bool,
    /// Show secret settings with --pretty or --curl
    #[arg(long, requires = "shown")]
    show_secrets: bool,
    /// Files of events, read in this order; `-` is standard input [default: -]
    #[arg(value_name = "INPUT")]
    inputs: Vec<String>,
}

/// Runs the verb.
pub(super) fn run(args: &Args, color: Color) -> VerbResult {
    let (engine, contract) = if args.check_contract {
        mapping::load_engine_and_contract(&args.mapping, color)?
    } else {
        (mapping::load_engine(&args.mapping, color)?, None)
    };
    let inspector = contract.as_ref().map(inspect::inspector).transpose()?;
    if args.check_contract && inspector.is_none() {
        let message =
            format!("the mapping `{}` names no `contract:` to check requests against", args.mapping);
        return Err(CommandError::Message(message));
    }
    let workers = workers(args, &engine)?;
    if args.config.is_none() && !args.envelope && !args.quiet {
        terminal::eprint(&settings::missing(&engine, &args.mapping).unwrap_or_default());
    }
    let inputs = if args.inputs.is_empty() { vec!["-".to_owned()] } else { args.inputs.clone() };
    let input_bytes = input::total_size(&inputs)?;
    if terminal::stdin_is_terminal() && inputs.iter().any(|name| name == "-") && !args.quiet {
        terminal::eprint("Reading events from the terminal, one per line; press Ctrl-D to finish.\n");
    }
    let output = Output::new(args.output.as_deref());
    output.must_differ_from(&inputs, "an input")?;
    output.must_differ_from(&other_files(args, engine.sources()), "a file this run reads")?;

    let max_line_bytes = args.max_line_bytes as usize;
    let shown = shown_lines(args, &engine, &inputs);
    let options = RunOptions {
        rule_count: engine.rules().count(),
        max_line_bytes,
        inspector: inspector.as_ref(),
        files: (inputs.len() > 1).then_some(&inputs),
        shown: shown.as_ref(),
    };
    let progress = Progress::new(show_progress(args, &output), input_bytes);
    let writer = ProgressWriter { writer: output.open()?, progress };
    let result = parallel_run::run(&options, workers, Lines::new(inputs.clone(), max_line_bytes), writer);
    report(args, &engine, &output, result)
}

/// One worker for each thread.
fn workers(args: &Args, engine: &Engine) -> Result<Vec<Worker>, CommandError> {
    let settings = match &args.config {
        _ if args.envelope => None,
        Some(name) => Some(settings::read(engine, name)?),
        None => Some(settings::none(engine)?),
    };
    let worker = || match &settings {
        Some(settings) => engine.worker(settings).map_err(|error| settings::unusable(&error)),
        None => Ok(engine.envelope_worker().with_settings_cache_memory(bytes(args.settings_cache_memory))),
    };
    let threads = args.threads.map_or_else(default_threads, usize::from);
    let with_limits = |worker: Worker| {
        worker
            .with_max_line_bytes(args.max_line_bytes as usize)
            .with_max_depth(usize::from(args.max_depth))
            .with_max_event_memory(bytes(args.max_event_memory))
            .with_max_event_values(args.max_event_values)
            .with_max_event_steps(args.max_event_steps)
    };
    (0..threads).map(|_| worker().map(with_limits)).collect()
}

/// How the answers are shown to people; `None` if they are for programs.
fn shown_lines<'a>(args: &Args, engine: &'a Engine, inputs: &'a [String]) -> Option<ShownLines<'a>> {
    let format = match (args.pretty, args.curl) {
        (true, _) => RequestFormat::Http,
        (_, true) => RequestFormat::Curl,
        _ => return None,
    };
    Some(ShownLines { format, secrets: args.show_secrets, inputs, rules: engine.rules().collect() })
}

/// A number of bytes; more than this machine can address counts as unlimited.
fn bytes(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// The files besides the inputs that must not be overwritten.
fn other_files(args: &Args, sources: &Sources) -> Vec<String> {
    let mapping = sources.files().map(|file| sources.name(file).to_owned());
    mapping.chain(args.config.clone()).collect()
}

/// One thread per processor, up to 16; more threads only wait for each other.
fn default_threads() -> usize {
    std::thread::available_parallelism().map_or(1, |count| count.get().min(16))
}

/// By default there is no progress bar if the answers are written to the terminal, because the two would mix.
fn show_progress(args: &Args, output: &Output) -> ShowProgress {
    match args.progress {
        _ if args.quiet => ShowProgress::Never,
        ShowProgress::Auto if output.is_terminal() => ShowProgress::Never,
        show => show,
    }
}

/// Reports how the run ended.
fn report(args: &Args, engine: &Engine, output: &Output, result: RunResult) -> VerbResult {
    let RunResult { stats, writer, stop, read_error } = result;
    let (mut answers, mut time) = (None, None);
    if let Some(ProgressWriter { writer, mut progress }) = writer {
        progress.finish();
        (answers, time) = (Some(writer), Some(progress.start.elapsed()));
    }
    let unfinished = |message: String| CommandError::Message(message + &output.unfinished());
    match stop {
        Some(StopReason::Closed) => return Ok(Exit::Success),
        Some(StopReason::Failed(error)) => return Err(unfinished(output.cannot_write(&error))),
        Some(StopReason::Panicked) | None => {}
    }
    if let Some(answers) = answers.filter(|_| read_error.is_none()) {
        answers.finish().map_err(|error| unfinished(output.cannot_write(&error)))?;
    }
    let with_summary =
        args.summary || args.progress == ShowProgress::Always || terminal::stderr_is_terminal();
    if let Some(time) = time.filter(|_| with_summary && !args.quiet) {
        terminal::eprint(&summary::summary(&stats, engine.rules(), time, terminal::width()));
    }
    if stats.masked && !args.quiet {
        terminal::eprint("Secret settings are shown as •••; `--show-secrets` shows them.\n");
    }
    if !stats.violations.is_empty() {
        terminal::eprint(&stats.violations.summary(engine.rules(), terminal::width()));
    }
    match read_error {
        Some(error) => Err(unfinished(error)),
        None if !stats.violations.is_empty() => Ok(Exit::Findings),
        None if args.fail_on_error && stats.total.refused > 0 => Ok(Exit::Findings),
        None => Ok(Exit::Success),
    }
}
