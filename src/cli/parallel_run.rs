//! Running events on several threads. Each thread repeatedly takes a chunk of lines, transforms it, and passes the answers
//! to the [`OrderedWriter`].

use std::sync::{Mutex, PoisonError};

use mapwright::Worker;
use mapwright::internal::{with_file, with_shown_answer};

use super::input::{Chunk, InputLine, Lines};
use super::inspect::Inspector;
use super::ordered_writer::{ChunkOutput, OrderedWriter, ProgressWriter, StopReason};
use super::shown_lines::ShownLines;
use super::stats::RunStats;

/// Answers to one chunk are written early when they exceed this many bytes.
const MAX_BUFFERED_BYTES: usize = 2 << 20;

/// The stack size of each thread in bytes, enough for events of the maximum depth.
const STACK_BYTES: usize = 8 << 20;

/// What all threads need to know.
pub(super) struct RunOptions<'a> {
    /// The number of rules in the mapping.
    pub(super) rule_count: usize,
    /// The maximum length of a line in bytes.
    pub(super) max_line_bytes: usize,
    /// Checks every request against the contract, if requested.
    pub(super) inspector: Option<&'a Inspector<'a>>,
    /// The names of the inputs, if the answers name them.
    pub(super) files: Option<&'a [String]>,
    /// How answers are shown to people, if they are not written for programs.
    pub(super) shown: Option<&'a ShownLines<'a>>,
}

/// The result of a run.
pub(super) struct RunResult {
    /// The statistics of all threads.
    pub(super) stats: RunStats,
    /// The writer, to finish its progress display. `None` after a panic while writing.
    pub(super) writer: Option<ProgressWriter>,
    /// Why writing stopped early, if it did.
    pub(super) stop: Option<StopReason>,
    /// Why the input could not be read to the end, if so.
    pub(super) read_error: Option<String>,
}

/// Answers all lines. Each worker runs in its own thread, the last one in the calling thread.
pub(super) fn run(
    options: &RunOptions<'_>,
    mut workers: Vec<Worker>,
    lines: Lines,
    writer: ProgressWriter,
) -> RunResult {
    let writer = OrderedWriter::new(writer, workers.len());
    let (lines, read_error) = (Mutex::new(lines), Mutex::new(None));
    let run_worker = |worker| run_worker(options, worker, &lines, &read_error, &writer);
    let own_worker = workers.pop();
    let stats = std::thread::scope(|scope| {
        let run_worker = &run_worker;
        let threads: Vec<_> = workers
            .into_iter()
            .map_while(|worker| {
                std::thread::Builder::new()
                    .stack_size(STACK_BYTES)
                    .spawn_scoped(scope, move || run_worker(worker))
                    .ok()
            })
            .collect();
        let mut stats = own_worker.map_or_else(|| RunStats::new(options.rule_count), run_worker);
        for thread in threads {
            match thread.join() {
                Ok(other) => stats.merge(other),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        stats
    });
    let (writer, stop) = writer.finish();
    RunResult {
        stats,
        writer,
        stop,
        read_error: read_error.into_inner().unwrap_or_else(PoisonError::into_inner),
    }
}

/// Answers chunks until the input ends or the run is stopped.
fn run_worker(
    options: &RunOptions<'_>,
    mut worker: Worker,
    lines: &Mutex<Lines>,
    read_error: &Mutex<Option<String>>,
    writer: &OrderedWriter,
) -> RunStats {
    let _guard = writer.panic_guard();
    let mut stats = RunStats::new(options.rule_count);
    let mut chunk = Chunk::default();
    while let Some(mut output) = writer.begin_chunk() {
        let next = lines.lock().unwrap_or_else(PoisonError::into_inner).next(&mut chunk);
        match next {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                *read_error.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                break;
            }
        }
        answer_chunk(&mut worker, &chunk, options, &mut stats, &mut output, writer);
        writer.finish_chunk(chunk.number, output);
    }
    stats
}

/// Appends the answers to all lines of a chunk to `output`.
fn answer_chunk(
    worker: &mut Worker,
    chunk: &Chunk,
    options: &RunOptions<'_>,
    stats: &mut RunStats,
    output: &mut ChunkOutput,
    writer: &OrderedWriter,
) {
    output.bytes_read = chunk.size();
    let file = options.files.and_then(|files| files.get(chunk.input));
    for (number, line) in chunk.lines(options.max_line_bytes) {
        if let Some(shown) = options.shown {
            shown.append(worker, (chunk.input, number), line, options.inspector, stats, output);
        } else {
            let start = output.text.len();
            answer_line(worker, number, line, options.inspector, stats, output);
            if let Some(file) = file {
                let lines = output.text.split_off(start);
                with_file(&lines, file, &mut output.text);
            }
        }
        if output.text.len() > MAX_BUFFERED_BYTES {
            writer.write_part(chunk.number, output);
        }
    }
}

/// Appends the answer to one line to `output`.
fn answer_line(
    worker: &mut Worker,
    number: u64,
    line: InputLine<'_>,
    inspector: Option<&Inspector<'_>>,
    stats: &mut RunStats,
    output: &mut ChunkOutput,
) {
    let start = output.text.len();
    let answer = match line {
        InputLine::Text(line) => worker.line(number, line, &mut output.text),
        InputLine::TooLong(bytes) => worker.too_long(number, bytes, &mut output.text),
    };
    output.counts += stats.add(&answer);
    let accepted = |inspector: &Inspector<'_>| answer.requests().all(|request| inspector.accepts(request));
    let rejecting = inspector.filter(|inspector| !accepted(inspector));
    if let (Some(inspector), InputLine::Text(line)) = (rejecting, line) {
        let checked = with_shown_answer(worker, number, line, |shown| {
            let answer = &shown.answer;
            stats.violations.add(inspector, answer, answer.lines(), &shown.names())
        });
        output.text.truncate(start);
        output.text.extend_from_slice(&checked);
    }
}
