//! What the terminal can show, and text for people on the two standard streams.

use std::io::{ErrorKind, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

use super::CommandError;

/// When text for people is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Whether text on standard output is to be coloured.
    pub(super) fn on_output(self) -> bool {
        self.decide(|| AutoStream::choice(&std::io::stdout()))
    }

    /// Whether text on standard error is to be coloured.
    pub(super) fn on_error(self) -> bool {
        self.decide(|| AutoStream::choice(&std::io::stderr()))
    }

    fn decide(self, ask: impl FnOnce() -> ColorChoice) -> bool {
        match self {
            Self::Auto => ask() != ColorChoice::Never,
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// Columns for text that is wrapped: of the terminal, or 100 when there is none.
pub(super) fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(columns, _)| usize::from(columns.0))
}

/// Whether somebody watches standard error.
pub(super) fn watched() -> bool {
    std::io::stderr().is_terminal()
}

/// Whether standard input is a keyboard.
pub(super) fn typed_in() -> bool {
    std::io::stdin().is_terminal()
}

/// Writes text to standard output; a reader that has gone away is no failure.
pub(super) fn print(text: &str) -> Result<(), CommandError> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(why) if why.kind() != ErrorKind::BrokenPipe => {
            Err(CommandError::Plain(format!("cannot write to standard output: {why}")))
        }
        _ => Ok(()),
    }
}

/// Writes text to standard error; when even that fails there is nobody left to tell.
pub(super) fn tell(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
