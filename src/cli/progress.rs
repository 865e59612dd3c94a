//! How far a long run is, on standard error.

use std::time::{Duration, Instant};

use clap::ValueEnum;
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::tally::Counts;
use super::terminal;

/// A run that is shorter than this shows nothing.
const SHORT: Duration = Duration::from_secs(1);

/// How often a line is written where there is no terminal.
const SELDOM: Duration = Duration::from_secs(5);

/// How often a terminal is drawn.
const OFTEN: Duration = Duration::from_millis(100);

/// When progress is shown: `auto` on a terminal in a run that lasts, `always` also where standard error is
/// a file, as a line every five seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    Auto,
    Always,
    Never,
}

/// What is shown of a run.
pub(super) struct Progress {
    /// When it began.
    pub(super) start: Instant,
    due: Option<Instant>,
    seen: Counts,
    read: u64,
    size: Option<u64>,
    bar: Option<ProgressBar>,
    terminal: bool,
}

impl Progress {
    /// The progress of a run that begins now; `size` is the bytes of its input, where they are known.
    pub(super) fn new(when: When, size: Option<u64>) -> Self {
        let (start, terminal) = (Instant::now(), terminal::watched());
        let shown = match when {
            When::Auto => terminal,
            When::Always => true,
            When::Never => false,
        };
        let due = shown.then(|| start + SHORT);
        Self { start, due, seen: Counts::default(), read: 0, size, bar: None, terminal }
    }

    /// Adds what has been written.
    pub(super) fn advance(&mut self, counts: Counts, read: u64) {
        self.seen += counts;
        self.read += read;
        let Some(due) = self.due else { return };
        let now = Instant::now();
        if now < due {
            return;
        }
        let words = in_words(self.seen, now - self.start);
        if self.terminal {
            let bar = self.bar.get_or_insert_with(|| bar(self.size));
            bar.set_position(self.read);
            bar.set_message(words);
        } else {
            terminal::tell(&format!("{words}\n"));
        }
        self.due = Some(now + if self.terminal { OFTEN } else { SELDOM });
    }

    /// Takes the bar away.
    pub(super) fn end(&mut self) {
        self.due = None;
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// A bar with what is left where the size of the input is known; a line of words otherwise. Both are cut at
/// the edge of a narrow terminal.
fn bar(size: Option<u64>) -> ProgressBar {
    let (bar, template) = match size {
        Some(size) => (ProgressBar::new(size), "{percent:>3}% {wide_msg} {eta} left"),
        None => (ProgressBar::no_length(), "{spinner} {wide_msg}"),
    };
    bar.set_draw_target(ProgressDrawTarget::stderr());
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

fn in_words(seen: Counts, time: Duration) -> String {
    format!(
        "{} events, {}/s, {} refused",
        HumanCount(seen.events),
        HumanCount(each_second(seen.events, time)),
        HumanCount(seen.refused)
    )
}

/// How many a second.
pub(super) fn each_second(count: u64, time: Duration) -> u64 {
    let nanoseconds = time.as_nanos().max(1);
    u64::try_from(u128::from(count) * 1_000_000_000 / nanoseconds).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_short() {
        let seen = Counts { events: 1_234_567, requests: 1_234_000, dropped: 0, refused: 567 };
        assert_eq!(in_words(seen, Duration::from_millis(2500)), "1,234,567 events, 493,826/s, 567 refused");
    }

    #[test]
    fn every_template_is_well_formed() {
        for size in [None, Some(1)] {
            bar(size).finish_and_clear();
        }
        assert!(ProgressStyle::with_template("{percent:>3}% {wide_msg} {eta} left").is_ok());
        assert!(ProgressStyle::with_template("{spinner} {wide_msg}").is_ok());
    }
}
