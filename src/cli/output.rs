//! Where a run writes its answers. It never overwrites a file that it reads, and replaces a file only when all answers are
//! written.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use same_file::Handle;

use super::atomic_file::{AtomicFile, Scope};
use super::exit::CommandError;
use super::files::describe;
use super::terminal;

/// The destination of the answers.
pub(super) enum Output<'a> {
    Stdout,
    /// The file of this name.
    File(&'a str),
}

impl<'a> Output<'a> {
    /// Standard output for `None`, `-` and its name as a file, otherwise the file of that name.
    pub(super) fn new(name: Option<&'a str>) -> Self {
        match name {
            None | Some("-" | "/dev/stdout" | "/dev/fd/1" | "/proc/self/fd/1") => Self::Stdout,
            Some(name) => Self::File(name),
        }
    }

    /// Opens the output. An existing file stays as it is until [`AnswerWriter::finish`].
    pub(super) fn open(&self) -> Result<AnswerWriter, CommandError> {
        let opened = match self {
            Self::Stdout => terminal::stdout().map(AnswerWriter::Stream),
            Self::File(name) if Path::new(name).is_dir() => {
                return Err(CommandError::Message(format!("cannot write `{name}`: it is a folder")));
            }
            Self::File(name) if is_stream(name) => {
                let file = File::options().write(true).truncate(true).open(name);
                file.map(|file| AnswerWriter::Stream(Box::new(file)))
            }
            Self::File(name) => AtomicFile::create(Path::new(name), Scope::Anywhere).map(AnswerWriter::File),
        };
        opened.map_err(|error| CommandError::Message(self.cannot_write(&error)))
    }

    /// Whether the answers are displayed on a terminal.
    pub(super) fn is_terminal(&self) -> bool {
        matches!(self, Self::Stdout) && io::stdout().is_terminal()
    }

    /// The message for a failure to write.
    pub(super) fn cannot_write(&self, error: &io::Error) -> String {
        let name = match self {
            Self::Stdout => "to standard output".to_owned(),
            Self::File(name) => format!("`{name}`"),
        };
        format!("cannot write {name}: {}", describe(error))
    }

    /// What became of a file that could not be written to the end, to be appended to the message; nothing for a stream.
    pub(super) fn unfinished(&self) -> String {
        match self {
            Self::File(name) if !is_stream(name) => {
                let is = if Path::new(name).exists() { "is unchanged" } else { "was not created" };
                format!("; `{name}` {is}: answers are kept only if all of them can be written")
            }
            _ => String::new(),
        }
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

/// An open output.
pub(super) enum AnswerWriter {
    /// A pipe, a terminal or a device: what is written cannot be taken back.
    Stream(Box<dyn Write + Send>),
    /// A regular file, which stays as it is until all answers are written.
    File(AtomicFile),
}

impl AnswerWriter {
    /// Ends the output after the last answer. Without this, a file stays as it was.
    pub(super) fn finish(self) -> io::Result<()> {
        match self {
            Self::Stream(mut stream) => stream.flush(),
            Self::File(file) => file.replace(),
        }
    }
}

impl Write for AnswerWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stream(stream) => stream.write(bytes),
            Self::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stream(stream) => stream.flush(),
            Self::File(file) => file.flush(),
        }
    }
}

/// Whether the name refers to something that is not a regular file, or to an open file of a process.
fn is_stream(name: &str) -> bool {
    let opened = name.starts_with("/dev/fd/") || name.starts_with("/proc/");
    opened || Path::new(name).metadata().is_ok_and(|metadata| !metadata.is_file())
}

/// The file of that name. Anything else is not opened, since opening a pipe blocks until its other end is open.
fn file_named(name: &str) -> Option<Handle> {
    if Path::new(name).is_file() { only_file(Handle::from_path(name)) } else { None }
}

/// The handle, if it belongs to a regular file.
fn only_file(handle: io::Result<Handle>) -> Option<Handle> {
    handle.ok().filter(|handle| handle.as_file().metadata().is_ok_and(|metadata| metadata.is_file()))
}
