//! Workflow commands of GitHub Actions, which become annotations in a pull request.

use std::fmt;

use super::ends;
use crate::diag::Diagnostic;
use crate::source::Sources;

/// An annotation, formatted as a workflow command.
#[derive(Clone, Copy, Debug)]
pub struct Note<'n> {
    /// `error`, `warning` or `notice`.
    pub level: &'n str,
    /// The path of the file in the repository.
    pub file: &'n str,
    /// The line, from 1.
    pub line: usize,
    /// The last line, and the start and end columns if it is the same line.
    pub until: Option<(usize, Option<(usize, usize)>)>,
    /// A short title.
    pub title: &'n str,
    /// The message; it may have several lines.
    pub message: &'n str,
}

impl fmt::Display for Note<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "::{} file={},line={}", self.level, property(self.file), self.line)?;
        if let Some((end, columns)) = self.until {
            write!(f, ",endLine={end}")?;
            if let Some((from, to)) = columns {
                write!(f, ",col={from},endColumn={to}")?;
            }
        }
        write!(f, ",title={}::{}", property(self.title), data(self.message))
    }
}

/// The diagnostics of several mappings as workflow commands, one per line.
#[must_use]
pub fn github(mappings: &[(&[Diagnostic], &Sources)]) -> String {
    let diagnostics = mappings
        .iter()
        .flat_map(|(diagnostics, sources)| diagnostics.iter().map(|diagnostic| (diagnostic, *sources)));
    diagnostics.map(|(diagnostic, sources)| command(diagnostic, sources) + "\n").collect()
}

fn command(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let (start, end) = ends(diagnostic.span, sources);
    // GitHub accepts columns only if the annotation is on a single line.
    let columns = (start.line == end.line).then_some((start.column, end.column));
    let mut message = diagnostic.message.clone();
    message.extend(diagnostic.help.iter().flat_map(|help| ["\n", help]));
    Note {
        level: diagnostic.severity.names().github,
        file: start.file,
        line: start.line,
        until: Some((end.line, columns)),
        title: &format!("{} {}", diagnostic.code.id(), diagnostic.code.name()),
        message: &message,
    }
    .to_string()
}

/// Escapes the message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
