//! The text of a path (RFC 9535, section 2.3) and what is wrong with it.

use std::ops::Range;

use super::{Path, Query, Root, Segment};

/// The longest path in steps: deeper ones are mistakes.
const MAX_STEPS: usize = 32;
/// The largest index: a larger one is a mistake.
const LARGEST_INDEX: i64 = 9_999;

/// Why a text is no path, in the author's words, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct BadPath {
    /// One sentence.
    pub message: String,
    /// The bytes that are meant.
    pub range: Range<usize>,
}

fn bad<T>(range: Range<usize>, message: impl Into<String>) -> Result<T, BadPath> {
    Err(BadPath { message: message.into(), range })
}

/// Reads a path that begins with `$`.
///
/// # Errors
/// When it is no path of RFC 9535, is longer than 32 steps, or holds an index beyond 9,999.
pub fn parse(text: &str) -> Result<Path, BadPath> {
    let Some(after) = text.strip_prefix('$') else {
        return bad(0..text.len(), "a path begins with `$`");
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
        match step(text, at)? {
            Some((step, end)) => {
                steps.push(step);
                at = end;
            }
            None => break Some(Query::parse(&text[at..]).or_else(|message| bad(at..text.len(), message))?),
        }
        if steps.len() > MAX_STEPS {
            return bad(0..text.len(), format!("a path has at most {MAX_STEPS} steps"));
        }
    };
    Ok(Path { root, steps, query: query.map(Box::new) })
}

/// The bytes of the name that a text begins with. Letters, digits, `_` and everything beyond ASCII are what RFC 9535
/// lets stand after a dot.
fn name_length(text: &str) -> usize {
    text.bytes().position(|byte| !NAME[usize::from(byte)]).unwrap_or(text.len())
}

/// Whether a byte can stand in a name.
const NAME: [bool; 256] = {
    let (mut table, mut byte) = ([false; 256], u8::MAX);
    loop {
        table[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii();
        if byte == 0 {
            break table;
        }
        byte -= 1;
    }
};

/// One step of names and indexes, with its end; `None` where something else of RFC 9535 begins.
fn step(text: &str, at: usize) -> Result<Option<(Segment, usize)>, BadPath> {
    let rest = &text[at..];
    if let Some(name) = rest.strip_prefix('.') {
        return bare(name, at);
    }
    let Some(inner) = rest.strip_prefix('[') else {
        let odd = rest.chars().next().unwrap_or(' ');
        return bad(
            at..at + odd.len_utf8(),
            format!("`{odd}` cannot stand here; `.name` or `[…]` must follow"),
        );
    };
    if inner.starts_with(['\'', '"']) {
        return quoted(text, at + 1);
    }
    let Some(len) = inner.find(']') else {
        return bad(at..text.len(), "`[` without its `]`");
    };
    let (inside, end) = (&inner[..len], at + len + 2);
    if inside.is_empty() || inside.contains(|c: char| !c.is_ascii_digit() && c != '-') {
        return if inside.starts_with(['*', '?', ':', '-']) || inside.contains([':', ',']) {
            Ok(None)
        } else {
            bad(at + 1..end - 1, format!("write `['{inside}']` for a key and `[0]` for an index"))
        };
    }
    match inside.parse::<i64>() {
        Ok(index) if index.abs() <= LARGEST_INDEX => Ok(Some((Segment::Index(index), end))),
        _ => bad(at + 1..end - 1, format!("an index lies between -{LARGEST_INDEX} and {LARGEST_INDEX}")),
    }
}

/// `name` behind a dot, which stands at `at`.
fn bare(name: &str, at: usize) -> Result<Option<(Segment, usize)>, BadPath> {
    let len = name_length(name);
    let end = at + 1 + len;
    match (name.as_bytes().first(), name.as_bytes().get(len)) {
        (Some(b'.' | b'*'), _) => Ok(None),
        _ if len == 0 => bad(at..at + 1, "a name must follow the dot"),
        (Some(b'0'..=b'9'), _) => bad(at + 1..end, format!("write an index as `[{}]`", &name[..len])),
        (_, None | Some(b'.' | b'[')) => Ok(Some((Segment::Name(name[..len].into()), end))),
        (_, Some(&odd)) => {
            let tail = &name[..name.find(['.', '[']).unwrap_or(name.len())];
            let message = format!("`{}` cannot stand in a bare name; write `['{tail}']`", char::from(odd));
            bad(end..end + 1, message)
        }
    }
}

/// `['name']` or `["name"]`; a list of several goes to the query.
fn quoted(text: &str, at: usize) -> Result<Option<(Segment, usize)>, BadPath> {
    let quote = char::from(text.as_bytes()[at]);
    let mut name = String::new();
    let mut chars = text[at + 1..].char_indices();
    while let Some((offset, c)) = chars.next() {
        if c == '\\' {
            match chars.next() {
                Some((_, escaped @ ('\\' | '\'' | '"' | '/'))) => name.push(escaped),
                _ => return Ok(None), // rarer escapes are the query parser's
            }
        } else if c == quote {
            let end = at + 1 + offset + 1;
            return match text[end..].chars().next() {
                Some(']') => Ok(Some((Segment::Name(name.into()), end + 1))),
                Some(',' | ' ') => Ok(None),
                _ => bad(at..end, "`]` must follow the quoted key"),
            };
        } else {
            name.push(c);
        }
    }
    bad(at..text.len(), "a quote is not closed")
}
