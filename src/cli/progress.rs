//! How far a long run is, on standard error.

use std::time::{Duration, Instant};

use clap::ValueEnum;
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::stats::Counts;
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
        let words = in_words(self.seen, now - self.start, self.size.map(|size| (self.read, size)));
        if self.terminal {
            self.bar.get_or_insert_with(bar).set_message(words);
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

/// A line that is drawn again and again, cut at the edge of a narrow terminal.
fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{wide_msg}");
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}

/// What was done in `time`; with the part of the input that has been read, also how long the rest will take.
fn in_words(seen: Counts, time: Duration, part: Option<(u64, u64)>) -> String {
    let done = format!(
        "{} events, {}/s, {} refused",
        HumanCount(seen.events),
        HumanCount(each_second(seen.events, time)),
        HumanCount(seen.refused)
    );
    let Some((read, size)) = part.filter(|(read, size)| *read > 0 && read <= size) else { return done };
    let percent = u128::from(read) * 100 / u128::from(size);
    let left = u128::from(size - read) * time.as_millis() / u128::from(read) / 1000;
    match left {
        0..120 => format!("{percent}%, {done}, {left} s left"),
        _ => format!(
            "{percent}%, {done}, {} min left",
            HumanCount(u64::try_from(left / 60).unwrap_or(u64::MAX))
        ),
    }
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
        for (part, expected) in [
            (None, "1,234,567 events, 493,826/s, 567 refused"),
            (Some((0, 100)), "1,234,567 events, 493,826/s, 567 refused"),
            (Some((20, 100)), "20%, 1,234,567 events, 493,826/s, 567 refused, 10 s left"),
            (Some((1, 1000)), "0%, 1,234,567 events, 493,826/s, 567 refused, 41 min left"),
            (Some((100, 100)), "100%, 1,234,567 events, 493,826/s, 567 refused, 0 s left"),
        ] {
            assert_eq!(in_words(seen, Duration::from_millis(2500), part), expected);
        }
    }

    #[test]
    fn the_template_is_well_formed() {
        assert!(ProgressStyle::with_template("{wide_msg}").is_ok());
        bar().finish_and_clear();
    }
}
