//! The progress of a long run, on standard error.

use std::time::{Duration, Instant};

use clap::ValueEnum;
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::numbers::per_second;
use super::stats::EventCounts;
use super::terminal;

/// A shorter run shows no progress.
const FIRST_UPDATE: Duration = Duration::from_secs(1);

/// How often a line is written when standard error is not a terminal.
const LINE_INTERVAL: Duration = Duration::from_secs(5);

/// How often the progress bar on a terminal is redrawn.
const REDRAW_INTERVAL: Duration = Duration::from_millis(100);

/// When progress is shown: with `auto`, only if standard error is a terminal; with `always`, also otherwise, as a line
/// every five seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ShowProgress {
    Auto,
    Always,
    Never,
}

/// The progress of a run, and its display.
pub(super) struct Progress {
    /// When the run started.
    pub(super) start: Instant,
    /// When the display is to be updated next; `None` if no progress is shown.
    next_update: Option<Instant>,
    counts: EventCounts,
    bytes_read: u64,
    /// The size of the input in bytes, if it is known.
    input_bytes: Option<u64>,
    bar: Option<ProgressBar>,
    is_terminal: bool,
}

impl Progress {
    /// The progress of a run that starts now. `input_bytes` is the size of its input, if known.
    pub(super) fn new(show: ShowProgress, input_bytes: Option<u64>) -> Self {
        let (start, is_terminal) = (Instant::now(), terminal::stderr_is_terminal());
        let enabled = match show {
            ShowProgress::Auto => is_terminal,
            ShowProgress::Always => true,
            ShowProgress::Never => false,
        };
        let next_update = enabled.then(|| start + FIRST_UPDATE);
        let counts = EventCounts::default();
        Self { start, next_update, counts, bytes_read: 0, input_bytes, bar: None, is_terminal }
    }

    /// Adds events whose answers were written, and the bytes of input that they took.
    pub(super) fn advance(&mut self, counts: EventCounts, bytes_read: u64) {
        self.counts += counts;
        self.bytes_read += bytes_read;
        let Some(next_update) = self.next_update else { return };
        let now = Instant::now();
        if now < next_update {
            return;
        }
        let bytes = self.input_bytes.map(|total| (self.bytes_read, total));
        let message = message(self.counts, now - self.start, bytes);
        if self.is_terminal {
            self.bar.get_or_insert_with(new_bar).set_message(message);
        } else {
            terminal::eprint(&format!("{message}\n"));
        }
        self.next_update = Some(now + if self.is_terminal { REDRAW_INTERVAL } else { LINE_INTERVAL });
    }

    /// Removes the progress bar.
    pub(super) fn finish(&mut self) {
        self.next_update = None;
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// A progress bar that consists of its message, truncated to the width of the terminal.
fn new_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{wide_msg}");
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}

/// What was done in `time`. `bytes` are those read and those of the whole input; with them, the message also has the
/// percentage and the remaining time.
fn message(counts: EventCounts, time: Duration, bytes: Option<(u64, u64)>) -> String {
    let done = format!(
        "{} events, {}/s, {} refused",
        HumanCount(counts.events),
        HumanCount(per_second(counts.events, time)),
        HumanCount(counts.refused)
    );
    let Some((read, total)) = bytes.filter(|(read, total)| *read > 0 && read <= total) else { return done };
    let percent = u128::from(read) * 100 / u128::from(total);
    let left = u128::from(total - read) * time.as_millis() / u128::from(read) / 1000;
    match left {
        0..120 => format!("{percent}%, {done}, {left} s left"),
        _ => format!(
            "{percent}%, {done}, {} min left",
            HumanCount(u64::try_from(left / 60).unwrap_or(u64::MAX))
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_has_percentage_and_remaining_time_if_the_size_is_known() {
        let counts = EventCounts { events: 1_234_567, requests: 1_234_000, dropped: 0, refused: 567 };
        for (bytes, expected) in [
            (None, "1,234,567 events, 493,826/s, 567 refused"),
            (Some((0, 100)), "1,234,567 events, 493,826/s, 567 refused"),
            (Some((20, 100)), "20%, 1,234,567 events, 493,826/s, 567 refused, 10 s left"),
            (Some((1, 1000)), "0%, 1,234,567 events, 493,826/s, 567 refused, 41 min left"),
            (Some((100, 100)), "100%, 1,234,567 events, 493,826/s, 567 refused, 0 s left"),
        ] {
            assert_eq!(message(counts, Duration::from_millis(2500), bytes), expected);
        }
    }

    #[test]
    fn the_template_is_well_formed() {
        assert!(ProgressStyle::with_template("{wide_msg}").is_ok());
        new_bar().finish_and_clear();
    }
}
