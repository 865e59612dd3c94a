//! The run itself: threads that each take a chunk of lines, answer it, and write it when its turn comes.

use std::sync::{Mutex, PoisonError};

use mapwright::contract::Inspector;
use mapwright::json::Limits;
use mapwright::{Input, Plan, Settings, Worker};

use super::input::{Chunk, Line, Lines};
use super::ordered_writer::{Answers, OrderedWriter, Sink, Stop};
use super::stats::RunStats;

/// Answers to one chunk that are not held back any longer, in bytes.
const HELD: usize = 2 << 20;

/// Memory for calls of each thread: enough for the deepest event that is allowed.
const STACK: usize = 8 << 20;

/// What every thread needs.
pub(super) struct Work<'a> {
    /// The mapping.
    pub(super) plan: &'a Plan,
    /// The destination's settings.
    pub(super) settings: &'a Settings,
    /// What a line is.
    pub(super) input: Input,
    /// What an event may not pass.
    pub(super) limits: Limits,
    /// Checks every request, if that is wanted.
    pub(super) inspector: Option<&'a Inspector<'a>>,
    /// How many threads work.
    pub(super) threads: usize,
}

/// How a run ended.
pub(super) struct End {
    /// What was counted.
    pub(super) stats: RunStats,
    /// The sink, to end its progress.
    pub(super) sink: Option<Sink>,
    /// Why it was not written to the end.
    pub(super) stop: Option<Stop>,
    /// Why it was not read to the end.
    pub(super) unread: Option<String>,
}

/// Answers all lines. One thread works in the calling thread.
pub(super) fn run(work: &Work<'_>, lines: Lines, sink: Sink) -> End {
    let (lines, unread, order) =
        (Mutex::new(lines), Mutex::new(None), OrderedWriter::new(sink, work.threads));
    let each = || one(work, &lines, &unread, &order);
    let stats = std::thread::scope(|scope| {
        let others: Vec<_> = (1..work.threads)
            .map_while(|_| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, each).ok())
            .collect();
        let mut stats = each();
        for other in others {
            match other.join() {
                Ok(theirs) => stats.merge(theirs),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        stats
    });
    let (sink, stop) = order.end();
    End { stats, sink, stop, unread: unread.into_inner().unwrap_or_else(PoisonError::into_inner) }
}

/// What one thread does until nothing is left.
fn one(
    work: &Work<'_>,
    lines: &Mutex<Lines>,
    unread: &Mutex<Option<String>>,
    order: &OrderedWriter,
) -> RunStats {
    let _watch = order.watch();
    let mut worker = Worker::new(work.plan, work.settings, work.input, work.limits);
    let mut stats = RunStats::new(work.plan.rules().count());
    let mut chunk = Chunk::default();
    while let Some(mut answers) = order.begin() {
        let found = lines.lock().unwrap_or_else(PoisonError::into_inner).next(&mut chunk);
        match found {
            Ok(true) => {}
            Ok(false) => break,
            Err(why) => {
                *unread.lock().unwrap_or_else(PoisonError::into_inner) = Some(why);
                break;
            }
        }
        answer(&mut worker, &chunk, work, &mut stats, &mut answers, order);
        order.finish(chunk.number, answers);
    }
    stats
}

fn answer(
    worker: &mut Worker<'_>,
    chunk: &Chunk,
    work: &Work<'_>,
    stats: &mut RunStats,
    answers: &mut Answers,
    order: &OrderedWriter,
) {
    answers.read = chunk.size();
    for (number, line) in chunk.lines(work.limits.bytes) {
        let start = answers.text.len();
        let answer = match line {
            Line::Text(line) => worker.line(number, line, &mut answers.text),
            Line::TooLong(bytes) => worker.too_long(number, bytes, &mut answers.text),
        };
        answers.counts += stats.add(&answer);
        let checked = work.inspector.and_then(|inspector| stats.violations.check(inspector, &answer));
        if let Some(checked) = checked {
            answers.text.truncate(start);
            answers.text.extend_from_slice(&checked);
        }
        if answers.text.len() > HELD {
            order.part(chunk.number, answers);
        }
    }
}
