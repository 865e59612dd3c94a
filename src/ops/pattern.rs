//! Regular expressions: compiled when a mapping is loaded, matched in linear time.

use std::ops::Range;

use regex::{Error, Regex, RegexBuilder};

use super::ArgError;

/// Maximum size of a compiled pattern in bytes; far more than sensible patterns need.
const MAX_COMPILED_BYTES: usize = 4 << 20;

/// Syntax of other regex engines that is not supported here, by prefix.
const LOOK_AROUND: [(&str, &str); 4] =
    [("(?=", "look-ahead"), ("(?!", "look-ahead"), ("(?<=", "look-behind"), ("(?<!", "look-behind")];

/// Compiles a pattern.
///
/// # Errors
/// Why the pattern is invalid, in plain language, with the byte range in the pattern if known.
pub fn pattern(text: &str) -> Result<Regex, ArgError> {
    RegexBuilder::new(text).size_limit(MAX_COMPILED_BYTES).build().map_err(|error| match error {
        Error::Syntax(report) => {
            let range = error_range(text, &report);
            ArgError { message: explain(text, &report, range.clone()), range, ..ArgError::new("") }
        }
        Error::CompiledTooBig(_) => {
            ArgError::new("the pattern is too large when compiled; reduce the numbers in `{…}`")
        }
        _ => ArgError::new("the pattern cannot be compiled"),
    })
}

/// A message made from the error report of the regex crate, whose last line says what is wrong.
fn explain(pattern: &str, report: &str, range: Option<Range<usize>>) -> String {
    let what = report.lines().next_back().unwrap_or(report);
    let what = what.strip_prefix("error: ").unwrap_or(what);
    let from_error = range.and_then(|range| pattern.get(range.start..)).unwrap_or(pattern);
    if let Some((mark, name)) = LOOK_AROUND.iter().find(|(mark, _)| from_error.starts_with(mark)) {
        format!(
            "`{mark}…)` ({name}) is not supported: patterns here always run in linear time; use several steps or \
             conditions instead"
        )
    } else if what.contains("backreference") {
        "backreferences (`\\1`) are not supported: patterns here always run in linear time".to_owned()
    } else {
        format!("invalid pattern: {what}")
    }
}

/// The byte range of the error. The report shows the pattern, indented by four spaces, with carets below the error.
fn error_range(pattern: &str, report: &str) -> Option<Range<usize>> {
    let mut lines = report.lines().skip_while(|line| line.strip_prefix("    ") != Some(pattern));
    let carets = lines.nth(1)?.strip_prefix("    ")?;
    let from = carets.find('^')?;
    let length = carets[from..].chars().take_while(|&mark| mark == '^').count();
    let byte_offset = |column: usize| pattern.char_indices().nth(column).map_or(pattern.len(), |(at, _)| at);
    Some(byte_offset(from)..byte_offset(from + length))
}
