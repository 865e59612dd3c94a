//! The parser of paths (RFC 9535, section 2.3).

use std::ops::Range;

use super::query::grammar::{after_space, name_length, quoted_text};
use super::{Path, Query, Root, Segment};

/// Maximum number of names and indexes in a path. Events are not nested that deeply, so a longer path is a mistake.
const MAX_STEPS: usize = crate::limits::PATH_STEPS;
/// Maximum absolute value of an index. A larger one is a mistake.
const MAX_INDEX: i64 = crate::limits::PATH_INDEX;

/// The white space of RFC 9535.
const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

/// Why a text is not a valid path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct BadPath {
    /// One sentence for the author of the mapping.
    pub message: String,
    /// The byte range of the error in the text.
    pub range: Range<usize>,
}

fn error<T>(range: Range<usize>, message: impl Into<String>) -> Result<T, BadPath> {
    Err(BadPath { message: message.into(), range })
}

/// Parses a path that begins with `$`.
///
/// # Errors
/// If it is not a valid path of RFC 9535, has more than 32 steps, or contains an index beyond ±9,999.
pub fn parse(text: &str) -> Result<Path, BadPath> {
    let Some(after) = text.strip_prefix('$') else {
        return error(0..text.len(), "a path begins with `$`");
    };
    let name_len = name_length(after);
    let root = match &after[..name_len] {
        "" => Root::Event,
        name => Root::Named(name.to_owned()),
    };
    let mut at = 1 + name_len;
    let mut steps = Vec::new();
    let query = loop {
        if at == text.len() {
            break None;
        }
        let Some((step, end)) = step(text, at)? else {
            let query = Query::parse(&text[at..]);
            break Some(query.or_else(|(offset, message)| error(at + offset..text.len(), message))?);
        };
        steps.push(step);
        at = end;
        if steps.len() > MAX_STEPS {
            return error(0..text.len(), format!("a path has at most {MAX_STEPS} steps"));
        }
    };
    Ok(Path { root, steps, query: query.map(Box::new) })
}

/// Parses the name or index at offset `at`; returns it with the offset after it, or `None` at other syntax of RFC 9535.
fn step(text: &str, at: usize) -> Result<Option<(Segment, usize)>, BadPath> {
    let at = match after_space(text, at) {
        end if end == text.len() => return error(at..end, "unexpected white space at the end of a path"),
        end => end,
    };
    let rest = &text[at..];
    if let Some(name) = rest.strip_prefix('.') {
        return dot_name(name, at);
    }
    let Some(inner) = rest.strip_prefix('[') else {
        let unexpected = rest.chars().next().unwrap_or(' ');
        return error(
            at..at + unexpected.len_utf8(),
            format!("unexpected `{unexpected}`; expected `.name` or `[…]`"),
        );
    };
    let start = after_space(text, at + 1);
    if text[start..].starts_with(['\'', '"']) {
        return quoted_name(text, start);
    }
    let Some(len) = inner.find(']') else {
        return error(at..text.len(), "`[` is not closed by `]`");
    };
    let (inside, end) = (inner[..len].trim_matches(SPACE), at + len + 2);
    if inside.is_empty() || inside.contains(|c: char| !c.is_ascii_digit() && c != '-') {
        return if inside.starts_with(['*', '?', ':', '-']) || inside.contains([':', ',']) {
            Ok(None)
        } else {
            error(at + 1..end - 1, format!("write `['{inside}']` for a key and `[0]` for an index"))
        };
    }
    if inside.trim_start_matches('-').starts_with('0') && inside != "0" {
        return error(
            at + 1..end - 1,
            format!("`{inside}` is not an index; write it without leading zeros (RFC 9535)"),
        );
    }
    match inside.parse::<i64>() {
        Ok(index) if index.abs() <= MAX_INDEX => Ok(Some((Segment::Index(index), end))),
        _ => error(at + 1..end - 1, format!("an index must be between -{MAX_INDEX} and {MAX_INDEX}")),
    }
}

/// Parses a name after a dot at offset `at`.
fn dot_name(name: &str, at: usize) -> Result<Option<(Segment, usize)>, BadPath> {
    let len = name_length(name);
    let end = at + 1 + len;
    match (name.as_bytes().first(), name.as_bytes().get(len)) {
        (Some(b'.' | b'*'), _) => Ok(None),
        _ if len == 0 => error(at..at + 1, "a name must follow the dot"),
        (Some(b'0'..=b'9'), _) => error(at + 1..end, format!("write an index as `[{}]`", &name[..len])),
        (_, None | Some(b'.' | b'[' | b' ' | b'\t' | b'\n' | b'\r')) => {
            Ok(Some((Segment::Name(name[..len].into()), end)))
        }
        (_, Some(&unexpected)) => {
            let tail = &name[..name.find(['.', '[']).unwrap_or(name.len())];
            let message = format!(
                "`{}` is not allowed in an unquoted name; write `['{tail}']`",
                char::from(unexpected)
            );
            error(end..end + 1, message)
        }
    }
}

/// Parses `['name']` or `["name"]` at the offset of its quote; `None` for a list of several names.
fn quoted_name(text: &str, at: usize) -> Result<Option<(Segment, usize)>, BadPath> {
    let (name, end) = quoted_text(text, at).or_else(|(at, message)| error(at..text.len(), message))?;
    let end = after_space(text, end);
    match text.as_bytes().get(end) {
        Some(b']') => Ok(Some((Segment::Name(name.into()), end + 1))),
        Some(b',') => Ok(None),
        _ => error(at..end, "`]` must follow the quoted key"),
    }
}
