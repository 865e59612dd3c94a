//! Writing the answers of several threads in the order of the input.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Write};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::output::AnswerWriter;
use super::progress::Progress;
use super::stats::EventCounts;

/// Buffers that are larger than this are shrunk before they are reused, in bytes.
const MAX_SPARE_BYTES: usize = 4 << 20;

/// The answers to one chunk of the input, or to the part of it that has not been written yet.
#[derive(Default)]
pub(super) struct ChunkOutput {
    /// Whole answer lines.
    pub(super) text: Vec<u8>,
    /// The events that were answered, for the progress display.
    pub(super) counts: EventCounts,
    /// The size of the input that was answered, in bytes.
    pub(super) bytes_read: u64,
}

/// A writer with a progress display that is updated after each write.
pub(super) struct ProgressWriter {
    /// Not buffered, since whole chunks are written.
    pub(super) writer: AnswerWriter,
    pub(super) progress: Progress,
}

/// Why writing stopped before the end of the input.
pub(super) enum StopReason {
    /// The reader closed the pipe. This is not an error.
    Closed,
    /// Writing failed.
    Failed(io::Error),
    /// A thread panicked.
    Panicked,
}

/// Writes the answers of several threads in the order of their chunks.
///
/// There is no separate writer thread: the thread that finishes the next chunk in order writes it, along with the chunks
/// after it that are already finished, while the other threads continue. The number of finished chunks that wait to be
/// written is limited, so that memory use is bounded.
pub(super) struct OrderedWriter {
    state: Mutex<State>,
    changed: Condvar,
    max_waiting: usize,
}

struct State {
    /// The number of the chunk to be written next.
    next: u64,
    /// Finished chunks that are not written yet.
    waiting: BTreeMap<u64, ChunkOutput>,
    /// `None` while a thread is writing.
    writer: Option<ProgressWriter>,
    /// Empty buffers to reuse.
    spare: Vec<ChunkOutput>,
    stop: Option<StopReason>,
}

impl OrderedWriter {
    /// A writer for the answers of `threads` threads.
    pub(super) fn new(writer: ProgressWriter, threads: usize) -> Self {
        let (waiting, spare) = (BTreeMap::new(), Vec::new());
        let state = State { next: 0, waiting, writer: Some(writer), spare, stop: None };
        Self { state: Mutex::new(state), changed: Condvar::new(), max_waiting: threads }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'s>(&self, state: MutexGuard<'s, State>) -> MutexGuard<'s, State> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    /// An empty buffer for the answers to another chunk. Blocks while too many chunks are waiting to be written. `None`
    /// if writing has stopped.
    pub(super) fn begin_chunk(&self) -> Option<ChunkOutput> {
        let mut state = self.lock();
        while state.stop.is_none() && state.waiting.len() >= self.max_waiting {
            state = self.wait(state);
        }
        if state.stop.is_some() {
            return None;
        }
        Some(state.spare.pop().unwrap_or_default())
    }

    /// Takes all answers to the chunk `number` and writes every finished chunk that is next in order.
    pub(super) fn finish_chunk(&self, number: u64, output: ChunkOutput) {
        let mut state = self.lock();
        state.waiting.insert(number, output);
        while state.stop.is_none() && state.writer.is_some() {
            let next = state.next;
            let Some(mut output) = state.waiting.remove(&next) else { break };
            state = self.write(state, &mut output);
            state.next += 1;
            output.text.shrink_to(MAX_SPARE_BYTES);
            state.spare.push(output);
            self.changed.notify_all();
        }
    }

    /// Writes the first part of the answers to the chunk `number` and clears the buffer. Blocks until that chunk is next
    /// in order.
    pub(super) fn write_part(&self, number: u64, output: &mut ChunkOutput) {
        let mut state = self.lock();
        while state.stop.is_none() && (state.next != number || state.writer.is_none()) {
            state = self.wait(state);
        }
        drop(self.write(state, output));
        self.changed.notify_all();
    }

    /// Writes and clears a buffer. The lock is released while writing.
    fn write<'s>(
        &'s self,
        mut state: MutexGuard<'s, State>,
        output: &mut ChunkOutput,
    ) -> MutexGuard<'s, State> {
        let writer = if state.stop.is_none() { state.writer.take() } else { None };
        drop(state);
        let mut error = None;
        let writer = writer.map(|mut to| {
            error = to.writer.write_all(&output.text).and_then(|()| to.writer.flush()).err();
            to.progress.advance(output.counts, output.bytes_read);
            to
        });
        output.text.clear();
        (output.counts, output.bytes_read) = (EventCounts::default(), 0);
        let mut state = self.lock();
        state.writer = writer.or(state.writer.take());
        if let Some(error) = error {
            state.stop = Some(match error.kind() {
                ErrorKind::BrokenPipe => StopReason::Closed,
                _ => StopReason::Failed(error),
            });
        }
        state
    }

    /// A guard that stops the run if the current thread panics, so that other threads do not wait for its chunk.
    pub(super) fn panic_guard(&self) -> impl Drop {
        PanicGuard(self)
    }

    /// After all threads have ended: the writer, and why writing stopped early, if it did.
    pub(super) fn finish(self) -> (Option<ProgressWriter>, Option<StopReason>) {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        (state.writer, state.stop)
    }
}

struct PanicGuard<'a>(&'a OrderedWriter);

impl Drop for PanicGuard<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.lock().stop.get_or_insert(StopReason::Panicked);
            self.0.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;
    use crate::cli::progress::ShowProgress;

    /// Stores what is written, and fails with the error `fails` after `capacity` bytes.
    #[derive(Clone)]
    struct Buffer {
        text: Arc<Mutex<Vec<u8>>>,
        capacity: usize,
        fails: ErrorKind,
    }

    impl Write for Buffer {
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
    fn run(capacity: usize, fails: ErrorKind) -> (String, Option<StopReason>) {
        let buffer = Buffer { text: Arc::default(), capacity, fails };
        let writer = ProgressWriter {
            writer: AnswerWriter::Stream(Box::new(buffer.clone())),
            progress: Progress::new(ShowProgress::Never, None),
        };
        let (order, next) = (OrderedWriter::new(writer, 4), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    while let Some(mut output) = order.begin_chunk() {
                        assert!(output.text.is_empty());
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= 500 {
                            break;
                        }
                        if number % 7 == 0 {
                            output.text.extend_from_slice(b"part ");
                            order.write_part(number, &mut output);
                        }
                        std::thread::sleep(std::time::Duration::from_micros(number * 37 % 200));
                        output.text.extend_from_slice(format!("{number}\n").as_bytes());
                        order.finish_chunk(number, output);
                    }
                });
            }
        });
        let (_, stop) = order.finish();
        let text = buffer.text.lock().expect("no test panics here").clone();
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
        assert!(matches!(run(500, ErrorKind::BrokenPipe).1, Some(StopReason::Closed)));
        assert!(matches!(run(500, ErrorKind::StorageFull).1, Some(StopReason::Failed(_))));
    }

    #[test]
    fn a_panic_in_one_thread_ends_the_others() {
        let buffer = Buffer { text: Arc::default(), capacity: 0, fails: ErrorKind::Other };
        let writer = ProgressWriter {
            writer: AnswerWriter::Stream(Box::new(buffer)),
            progress: Progress::new(ShowProgress::Never, None),
        };
        let order = OrderedWriter::new(writer, 1);
        order.finish_chunk(1, ChunkOutput::default()); // waits for chunk 0, which never comes
        std::thread::scope(|scope| {
            let waits = scope.spawn(|| order.begin_chunk().is_none());
            let panics = scope.spawn(|| {
                let _guard = order.panic_guard();
                panic!("this is the test");
            });
            assert!(panics.join().is_err());
            assert!(waits.join().is_ok_and(|ended| ended));
        });
    }
}
