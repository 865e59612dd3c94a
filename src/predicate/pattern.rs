//! What is wrong with a regular expression, in the author's words.

use std::ops::Range;

/// One sentence, and the bytes of the pattern that are meant.
#[must_use]
pub fn bad_pattern(pattern: &str, error: &regex::Error) -> (String, Range<usize>) {
    let whole = 0..pattern.len();
    for (mark, name) in
        [("(?=", "look-ahead"), ("(?!", "look-ahead"), ("(?<=", "look-behind"), ("(?<!", "look-behind")]
    {
        if let Some(at) = pattern.find(mark) {
            let message =
                format!("`{mark}…)` ({name}) is not supported: patterns here always run in linear time");
            return (message, at..at + mark.len());
        }
    }
    let back = (1..=9).find_map(|digit| pattern.find(&format!("\\{digit}")));
    if let Some(at) = back {
        return (
            "back-references are not supported: patterns here always run in linear time".to_owned(),
            at..at + 2,
        );
    }
    if let regex::Error::CompiledTooBig(_) = error {
        return ("this pattern is too large; lower its repetition counts".to_owned(), whole);
    }
    let text = error.to_string();
    let why = text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
    // The crate draws a caret under the place; its column is the place.
    let caret = text.lines().find(|line| line.trim_start().starts_with('^'));
    let at = caret.and_then(|line| line.find('^')?.checked_sub(4)).filter(|&at| at < pattern.len());
    let range =
        at.filter(|&at| pattern.is_char_boundary(at)).map_or(whole, |at| at..pattern.len().min(at + 1));
    (format!("this is not a regular expression: {why}"), range)
}
