//! Workflow commands of GitHub Actions: a note beside the line of a pull request.

use super::ends;
use crate::diag::{Diagnostic, Severity};
use crate::source::Sources;
use std::fmt::Write;

/// The findings of several mappings as workflow commands, one a line.
#[must_use]
pub fn github(mappings: &[(&[Diagnostic], &Sources)]) -> String {
    let mut out = String::new();
    let findings =
        mappings.iter().flat_map(|(findings, sources)| findings.iter().map(move |found| (found, *sources)));
    for (found, sources) in findings {
        let command = match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info | Severity::Hint => "notice",
        };
        let (start, end) = ends(found.span, sources);
        let file = property(start.file);
        let _ = write!(out, "::{command} file={file},line={},endLine={}", start.line, end.line);
        // GitHub takes columns only within one line; the runner drops those of an annotation that spans several.
        if start.line == end.line {
            let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
        }
        let title = format!("{} {}", found.code.id(), found.code.name());
        let help = found.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
        let message = format!("{}{help}", found.message);
        let _ = writeln!(out, ",title={}::{}", property(&title), data(&message));
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
