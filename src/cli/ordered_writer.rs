//! Where answers go, and that they go there in the order of the input, whichever thread was first.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Write};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::progress::Progress;
use super::stats::Counts;

/// Memory of an answer buffer that is kept for the next chunk.
const KEPT: usize = 4 << 20;

/// The answers to one chunk, and how many events of which outcome they are.
#[derive(Default)]
pub(super) struct Answers {
    /// Whole lines.
    pub(super) text: Vec<u8>,
    /// What is counted for the progress.
    pub(super) counts: Counts,
    /// Bytes of input that were answered.
    pub(super) read: u64,
}

/// What is written to, and who is told of it.
pub(super) struct Sink {
    /// Unbuffered: whole chunks are written at once.
    pub(super) writer: Box<dyn Write + Send>,
    /// Told after each chunk.
    pub(super) progress: Progress,
}

/// Why writing ended before the input did.
pub(super) enum Stop {
    /// The reader of the output has gone away; nobody needs to hear of it.
    Closed,
    /// It cannot be written.
    Failed(io::Error),
    /// Another thread has panicked.
    Panicked,
}

/// Answers from several threads, written in the order of their chunks.
///
/// No thread only writes: the one that finishes the chunk whose turn it is writes that chunk and those
/// that were waiting behind it, while the others go on. Few may wait, so that memory stays constant.
pub(super) struct OrderedWriter {
    state: Mutex<State>,
    changed: Condvar,
    most_waiting: usize,
}

struct State {
    /// The chunk whose turn it is.
    turn: u64,
    waiting: BTreeMap<u64, Answers>,
    /// Taken out while a thread writes.
    sink: Option<Sink>,
    spare: Vec<Answers>,
    stop: Option<Stop>,
}

impl OrderedWriter {
    /// Nothing written yet; `threads` threads will give answers.
    pub(super) fn new(sink: Sink, threads: usize) -> Self {
        let (waiting, spare) = (BTreeMap::new(), Vec::new());
        let state = State { turn: 0, waiting, sink: Some(sink), spare, stop: None };
        Self { state: Mutex::new(state), changed: Condvar::new(), most_waiting: threads }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'s>(&self, state: MutexGuard<'s, State>) -> MutexGuard<'s, State> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    /// An empty buffer for the answers to a further chunk, once few enough wait; nothing when the run is over.
    pub(super) fn begin(&self) -> Option<Answers> {
        let mut state = self.lock();
        while state.stop.is_none() && state.waiting.len() >= self.most_waiting {
            state = self.wait(state);
        }
        if state.stop.is_some() {
            return None;
        }
        Some(state.spare.pop().unwrap_or_default())
    }

    /// Takes all answers to the chunk `number` and writes what has its turn.
    pub(super) fn finish(&self, number: u64, answers: Answers) {
        let mut state = self.lock();
        state.waiting.insert(number, answers);
        while state.stop.is_none() && state.sink.is_some() {
            let turn = state.turn;
            let Some(mut answers) = state.waiting.remove(&turn) else { break };
            state = self.write(state, &mut answers);
            state.turn += 1;
            answers.text.shrink_to(KEPT);
            state.spare.push(answers);
            self.changed.notify_all();
        }
    }

    /// Writes a part of the answers to the chunk `number`, as soon as it has its turn, and empties them.
    pub(super) fn part(&self, number: u64, answers: &mut Answers) {
        let mut state = self.lock();
        while state.stop.is_none() && (state.turn != number || state.sink.is_none()) {
            state = self.wait(state);
        }
        drop(self.write(state, answers));
        self.changed.notify_all();
    }

    /// Writes without holding the lock.
    fn write<'s>(&'s self, mut state: MutexGuard<'s, State>, answers: &mut Answers) -> MutexGuard<'s, State> {
        let sink = if state.stop.is_none() { state.sink.take() } else { None };
        drop(state);
        let mut stop = None;
        let sink = sink.map(|mut sink| {
            stop = sink.writer.write_all(&answers.text).and_then(|()| sink.writer.flush()).err();
            sink.progress.advance(answers.counts, answers.read);
            sink
        });
        answers.text.clear();
        (answers.counts, answers.read) = (Counts::default(), 0);
        let mut state = self.lock();
        state.sink = sink.or(state.sink.take());
        if let Some(why) = stop {
            state.stop = Some(match why.kind() {
                ErrorKind::BrokenPipe => Stop::Closed,
                _ => Stop::Failed(why),
            });
        }
        state
    }

    /// Tells the other threads when this one panics, so that they do not wait for it.
    pub(super) fn watch(&self) -> impl Drop {
        Watch(self)
    }

    /// The sink when all threads have ended, and why they ended early.
    pub(super) fn end(self) -> (Option<Sink>, Option<Stop>) {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        (state.sink, state.stop)
    }
}

struct Watch<'a>(&'a OrderedWriter);

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.lock().stop.get_or_insert(Stop::Panicked);
            self.0.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;
    use crate::cli::progress::When;

    /// Keeps what is written; refuses with `fails` after `capacity` bytes.
    #[derive(Clone)]
    struct Kept {
        text: Arc<Mutex<Vec<u8>>>,
        capacity: usize,
        fails: ErrorKind,
    }

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let mut text = self.text.lock().expect("no test panics here");
            if text.len() + bytes.len() > self.capacity {
                return Err(self.fails.into());
            }
            text.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// 500 chunks from four threads that are now quick, now slow; every seventh comes in two parts.
    fn run(capacity: usize, fails: ErrorKind) -> (String, Option<Stop>) {
        let kept = Kept { text: Arc::default(), capacity, fails };
        let sink = Sink { writer: Box::new(kept.clone()), progress: Progress::new(When::Never, None) };
        let (order, next) = (OrderedWriter::new(sink, 4), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    while let Some(mut answers) = order.begin() {
                        assert!(answers.text.is_empty());
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= 500 {
                            break;
                        }
                        if number % 7 == 0 {
                            answers.text.extend_from_slice(b"part ");
                            order.part(number, &mut answers);
                        }
                        std::thread::sleep(std::time::Duration::from_micros(number * 37 % 200));
                        answers.text.extend_from_slice(format!("{number}\n").as_bytes());
                        order.finish(number, answers);
                    }
                });
            }
        });
        let (_, stop) = order.end();
        let text = kept.text.lock().expect("no test panics here").clone();
        (String::from_utf8(text).expect("it is ASCII"), stop)
    }

    #[test]
    fn threads_write_in_order() {
        let expected: String =
            (0..500).map(|n| if n % 7 == 0 { format!("part {n}\n") } else { format!("{n}\n") }).collect();
        let (text, stop) = run(usize::MAX, ErrorKind::Other);
        assert_eq!(text, expected);
        assert!(stop.is_none());
    }

    #[test]
    fn a_run_ends_when_nothing_can_be_written() {
        assert!(matches!(run(500, ErrorKind::BrokenPipe).1, Some(Stop::Closed)));
        assert!(matches!(run(500, ErrorKind::StorageFull).1, Some(Stop::Failed(_))));
    }

    #[test]
    fn a_panic_in_one_thread_ends_the_others() {
        let kept = Kept { text: Arc::default(), capacity: 0, fails: ErrorKind::Other };
        let sink = Sink { writer: Box::new(kept), progress: Progress::new(When::Never, None) };
        let order = OrderedWriter::new(sink, 1);
        order.finish(1, Answers::default()); // waits for chunk 0, which never comes
        std::thread::scope(|scope| {
            let waits = scope.spawn(|| order.begin().is_none());
            let panics = scope.spawn(|| {
                let _watch = order.watch();
                panic!("this is the test");
            });
            assert!(panics.join().is_err());
            assert!(waits.join().is_ok_and(|ended| ended));
        });
    }
}
