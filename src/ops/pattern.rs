//! Regular expressions: compiled when a mapping is loaded, matched in linear time.

use std::ops::Range;

use regex::Error;

use super::ArgError;
use crate::value::Pattern;

/// Constructs that other regular expression engines support: how each begins, and its name.
const LOOK_AROUND: [(&str, &str); 4] =
    [("(?=", "look-ahead"), ("(?!", "look-ahead"), ("(?<=", "look-behind"), ("(?<!", "look-behind")];

/// Compiles a pattern.
///
/// # Errors
/// A message for the author of the mapping, with the byte range in the pattern if it is known.
pub fn pattern(text: &str) -> Result<Pattern, ArgError> {
    Pattern::new(text).map_err(|error| match error {
        Error::Syntax(report) => {
            let range = error_range(text, &report);
            ArgError { message: message(text, &report, range.clone()), range, ..ArgError::new("") }
        }
        Error::CompiledTooBig(_) => {
            ArgError::new("the compiled pattern is too large; use smaller numbers in `{…}`")
        }
        _ => ArgError::new("the pattern cannot be compiled"),
    })
}

/// A message from the last line of the crate's report, or a specific one for unsupported constructs.
fn message(pattern: &str, report: &str, range: Option<Range<usize>>) -> String {
    let reason = report.lines().next_back().unwrap_or(report);
    let reason = reason.strip_prefix("error: ").unwrap_or(reason);
    let construct = range.and_then(|range| pattern.get(range.start..)).unwrap_or(pattern);
    if let Some((start, name)) = LOOK_AROUND.iter().find(|(start, _)| construct.starts_with(start)) {
        format!(
            "`{start}…)` ({name}) is not supported, since patterns must run in linear time; use several steps or \
             conditions instead"
        )
    } else if reason.contains("backreference") {
        "back-references such as `\\1` are not supported, since patterns must run in linear time".to_owned()
    } else {
        format!("invalid pattern: {reason}")
    }
}

/// The byte range of the error. The report contains the pattern, indented by four spaces, with carets below the error.
fn error_range(pattern: &str, report: &str) -> Option<Range<usize>> {
    let mut lines = report.lines().skip_while(|line| line.strip_prefix("    ") != Some(pattern));
    let carets = lines.nth(1)?.strip_prefix("    ")?;
    let from = carets.find('^')?;
    let length = carets[from..].chars().take_while(|&c| c == '^').count();
    let offset =
        |column: usize| pattern.char_indices().nth(column).map_or(pattern.len(), |(offset, _)| offset);
    Some(offset(from)..offset(from + length))
}
