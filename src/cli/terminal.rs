//! The capabilities of the terminal, and writing text to standard output and standard error.

use std::io::{self, ErrorKind, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

use super::exit::CommandError;
use super::files::describe;

/// When human-readable output is colored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Whether to color text on standard output.
    pub(super) fn on_stdout(self) -> bool {
        self.resolve(|| AutoStream::choice(&std::io::stdout()))
    }

    /// Whether to color text on standard error.
    pub(super) fn on_stderr(self) -> bool {
        self.resolve(|| AutoStream::choice(&std::io::stderr()))
    }

    fn resolve(self, detect: impl FnOnce() -> ColorChoice) -> bool {
        match self {
            Self::Auto => detect() != ColorChoice::Never,
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// The width of the terminal in columns, or 100 if there is none.
pub(super) fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(columns, _)| usize::from(columns.0))
}

/// Whether standard error is a terminal.
pub(super) fn stderr_is_terminal() -> bool {
    std::io::stderr().is_terminal()
}

/// Whether standard input is a terminal.
pub(super) fn stdin_is_terminal() -> bool {
    std::io::stdin().is_terminal()
}

/// Standard output, not buffered. Unlike `std::io::stdout` it reports that it is not open for writing.
pub(super) fn stdout() -> io::Result<Box<dyn Write + Send>> {
    #[cfg(unix)]
    {
        let stdout = std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned()?;
        Ok(Box::new(std::fs::File::from(stdout)))
    }
    #[cfg(not(unix))]
    Ok(Box::new(io::stdout()))
}

/// Writes text to standard output. A pipe whose reader has ended is not an error: the reader needs no more.
pub(super) fn print(text: &str) -> Result<(), CommandError> {
    let printed = stdout().and_then(|mut out| out.write_all(text.as_bytes()).and_then(|()| out.flush()));
    match printed {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(CommandError::Message(format!("cannot write to standard output: {}", describe(&error))))
        }
        _ => Ok(()),
    }
}

/// Writes text to standard error. A failure is ignored, since it could not be reported anywhere.
pub(super) fn eprint(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
