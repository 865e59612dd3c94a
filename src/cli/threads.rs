//! The run itself: threads that each take a chunk of lines, answer it, and write it when its turn comes.

use std::sync::{Mutex, PoisonError};

use mapwright::Worker;

use super::input::{Chunk, Line, Lines};
use super::inspect::Inspector;
use super::ordered_writer::{Answers, OrderedWriter, Sink, Stop};
use super::stats::RunStats;

/// Answers to one chunk that are not held back any longer, in bytes.
const HELD: usize = 2 << 20;

/// Memory for calls of each thread: enough for the deepest event that is allowed.
const STACK: usize = 8 << 20;

/// What every thread needs.
pub(super) struct Work<'a> {
    /// How many rules the mapping has.
    pub(super) rules: usize,
    /// The longest line that is read, in bytes.
    pub(super) longest: usize,
    /// Checks every request, if that is wanted.
    pub(super) inspector: Option<&'a Inspector<'a>>,
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

/// Answers all lines, each worker in a thread of its own; the last one works in the calling thread.
pub(super) fn run(work: &Work<'_>, mut workers: Vec<Worker>, lines: Lines, sink: Sink) -> End {
    let (lines, unread, order) =
        (Mutex::new(lines), Mutex::new(None), OrderedWriter::new(sink, workers.len()));
    let each = |worker| one(work, worker, &lines, &unread, &order);
    let own = workers.pop();
    let stats = std::thread::scope(|scope| {
        let each = &each;
        let others: Vec<_> = workers
            .into_iter()
            .map_while(|worker| {
                std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || each(worker)).ok()
            })
            .collect();
        let mut stats = own.map_or_else(|| RunStats::new(work.rules), each);
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
    mut worker: Worker,
    lines: &Mutex<Lines>,
    unread: &Mutex<Option<String>>,
    order: &OrderedWriter,
) -> RunStats {
    let _watch = order.watch();
    let mut stats = RunStats::new(work.rules);
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
    worker: &mut Worker,
    chunk: &Chunk,
    work: &Work<'_>,
    stats: &mut RunStats,
    answers: &mut Answers,
    order: &OrderedWriter,
) {
    answers.read = chunk.size();
    for (number, line) in chunk.lines(work.longest) {
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
