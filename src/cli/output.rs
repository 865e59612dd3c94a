//! Where a run writes its answers. It never overwrites a file that it reads.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use same_file::Handle;

use super::exit::CommandError;
use super::files::describe;

/// The destination of the answers.
pub(super) enum Output<'a> {
    Stdout,
    /// The file of this name.
    File(&'a str),
}

impl<'a> Output<'a> {
    /// Standard output for `None` and `-`, otherwise the file of that name.
    pub(super) fn new(name: Option<&'a str>) -> Self {
        match name {
            None | Some("-") => Self::Stdout,
            Some(name) => Self::File(name),
        }
    }

    /// Opens the output. An existing file is truncated.
    pub(super) fn open(&self) -> Result<Box<dyn Write + Send>, CommandError> {
        match self {
            Self::Stdout => Ok(Box::new(io::stdout())),
            Self::File(name) if Path::new(name).is_dir() => {
                Err(CommandError::Message(format!("cannot write `{name}`: it is a folder")))
            }
            Self::File(name) => Ok(Box::new(File::create(name).map_err(|error| self.write_error(&error))?)),
        }
    }

    /// Whether the answers are displayed on a terminal.
    pub(super) fn is_terminal(&self) -> bool {
        matches!(self, Self::Stdout) && io::stdout().is_terminal()
    }

    /// The error for a failure to write.
    pub(super) fn write_error(&self, error: &io::Error) -> CommandError {
        let name = match self {
            Self::Stdout => "standard output".to_owned(),
            Self::File(name) => format!("`{name}`"),
        };
        CommandError::Message(format!("cannot write {name}: {}", describe(error)))
    }

    /// Fails if the output is one of these files (`-` is standard input). The message calls the file `what`.
    pub(super) fn must_differ_from(&self, names: &[String], what: &str) -> Result<(), CommandError> {
        let Some(output) = self.file() else { return Ok(()) };
        for name in names {
            let read = if name == "-" { only_file(Handle::stdin()) } else { file_named(name) };
            if read.is_some_and(|read| read == output) {
                let name = if name == "-" { "standard input" } else { name };
                return Err(CommandError::Message(format!(
                    "the output would overwrite {what} ({name}); choose a different output file"
                )));
            }
        }
        Ok(())
    }

    /// The file that is written to; `None` for a terminal, a pipe, or a file that does not exist yet.
    fn file(&self) -> Option<Handle> {
        match self {
            Self::Stdout => only_file(Handle::stdout()),
            Self::File(name) => file_named(name),
        }
    }
}

/// The file of that name. Anything else is not opened, since opening a pipe blocks until its other end is open.
fn file_named(name: &str) -> Option<Handle> {
    if Path::new(name).is_file() { only_file(Handle::from_path(name)) } else { None }
}

/// The handle, if it belongs to a regular file.
fn only_file(handle: io::Result<Handle>) -> Option<Handle> {
    handle.ok().filter(|handle| handle.as_file().metadata().is_ok_and(|metadata| metadata.is_file()))
}
