//! Regular expressions of a mapping: checked when it is loaded, matched in linear time.

use std::ops::Range;

use regex::{Error, Regex, RegexBuilder};

use super::ArgError;

/// What a compiled pattern may take, in bytes; far more than any sensible one does.
const MOST_BYTES: usize = 4 << 20;

/// What other engines have and this one has not, by how it begins.
const LOOK_AROUND: [(&str, &str); 4] =
    [("(?=", "look-ahead"), ("(?!", "look-ahead"), ("(?<=", "look-behind"), ("(?<!", "look-behind")];

/// Compiles a pattern.
///
/// # Errors
/// In plain words, with the place in the pattern where the crate tells it.
pub fn pattern(text: &str) -> Result<Regex, ArgError> {
    RegexBuilder::new(text).size_limit(MOST_BYTES).build().map_err(|error| match error {
        Error::Syntax(report) => {
            let range = place(text, &report);
            ArgError { message: explain(text, &report, range.clone()), range, ..ArgError::new("") }
        }
        Error::CompiledTooBig(_) => {
            ArgError::new("the pattern is too large once it is compiled; make the numbers in `{…}` smaller")
        }
        _ => ArgError::new("the pattern cannot be compiled"),
    })
}

/// The last line of the report says what is wrong.
fn explain(pattern: &str, report: &str, range: Option<Range<usize>>) -> String {
    let what = report.lines().next_back().unwrap_or(report);
    let what = what.strip_prefix("error: ").unwrap_or(what);
    let written = range.and_then(|range| pattern.get(range.start..)).unwrap_or(pattern);
    if let Some((mark, name)) = LOOK_AROUND.iter().find(|(mark, _)| written.starts_with(mark)) {
        format!(
            "`{mark}…)` ({name}) is not supported: patterns here always run in linear time; use several steps or \
             conditions instead"
        )
    } else if what.contains("backreference") {
        "references back to a group (`\\1`) are not possible: every pattern here runs in linear time"
            .to_owned()
    } else {
        format!("not a valid pattern: {what}")
    }
}

/// The report shows the pattern, indented by four blanks, and carets below the place.
fn place(pattern: &str, report: &str) -> Option<Range<usize>> {
    let mut lines = report.lines().skip_while(|line| line.strip_prefix("    ") != Some(pattern));
    let carets = lines.nth(1)?.strip_prefix("    ")?;
    let from = carets.find('^')?;
    let length = carets[from..].chars().take_while(|&mark| mark == '^').count();
    let byte = |column: usize| pattern.char_indices().nth(column).map_or(pattern.len(), |(at, _)| at);
    Some(byte(from)..byte(from + length))
}
