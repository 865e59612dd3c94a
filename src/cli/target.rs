//! Where a run writes, and that it does not write over what it reads.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use same_file::Handle;

use super::CommandError;
use super::files::in_words;

/// Where answers go.
pub(super) enum Target<'a> {
    /// Standard output.
    Standard,
    /// A file.
    File(&'a str),
}

impl<'a> Target<'a> {
    /// The file of that name; `-` and nothing are standard output.
    pub(super) fn named(name: Option<&'a str>) -> Self {
        match name {
            None | Some("-") => Self::Standard,
            Some(name) => Self::File(name),
        }
    }

    /// Opens it, and empties a file.
    pub(super) fn open(&self) -> Result<Box<dyn Write + Send>, CommandError> {
        match self {
            Self::Standard => Ok(Box::new(io::stdout())),
            Self::File(name) if Path::new(name).is_dir() => {
                Err(CommandError::Plain(format!("cannot write `{name}`: it is a folder")))
            }
            Self::File(name) => Ok(Box::new(File::create(name).map_err(|why| self.failed(&why))?)),
        }
    }

    /// Whether somebody reads the answers as they come.
    pub(super) fn is_terminal(&self) -> bool {
        matches!(self, Self::Standard) && io::stdout().is_terminal()
    }

    /// That it cannot be written.
    pub(super) fn failed(&self, why: &io::Error) -> CommandError {
        let name = match self {
            Self::Standard => "standard output".to_owned(),
            Self::File(name) => format!("`{name}`"),
        };
        CommandError::Plain(format!("cannot write {name}: {}", in_words(why)))
    }

    /// Refuses to write over one of these files; `-` is standard input.
    pub(super) fn spare(&self, names: &[String], what: &str) -> Result<(), CommandError> {
        let Some(target) = self.handle() else { return Ok(()) };
        for name in names {
            let read = if name == "-" { file(Handle::stdin()) } else { named(name) };
            if read.is_some_and(|read| read == target) {
                let name = if name == "-" { "standard input" } else { name };
                return Err(CommandError::Plain(format!(
                    "the output would be written over {what} ({name}); choose another file for it"
                )));
            }
        }
        Ok(())
    }

    /// The file behind it; nothing for a terminal, a pipe and a file that is not there yet.
    fn handle(&self) -> Option<Handle> {
        match self {
            Self::Standard => file(Handle::stdout()),
            Self::File(name) => named(name),
        }
    }
}

/// The file of that name. Others are not opened: a pipe would wait for its other end.
fn named(name: &str) -> Option<Handle> {
    if Path::new(name).is_file() { file(Handle::from_path(name)) } else { None }
}

/// A handle that is a file.
fn file(handle: io::Result<Handle>) -> Option<Handle> {
    handle.ok().filter(|handle| handle.as_file().metadata().is_ok_and(|about| about.is_file()))
}

/// The bytes of all inputs when they are files; the error tells of one that cannot be read.
pub(super) fn size_of(inputs: &[String]) -> Result<Option<u64>, CommandError> {
    let mut size = Some(0);
    for name in inputs {
        if name == "-" {
            size = None;
            continue;
        }
        let about = fs::metadata(name).map_err(|why| format!("cannot read `{name}`: {}", in_words(&why)))?;
        if about.is_dir() {
            return Err(CommandError::Plain(format!("cannot read `{name}`: it is a folder, not a file")));
        }
        size = if about.is_file() { size.map(|size| size + about.len()) } else { None };
    }
    Ok(size)
}
