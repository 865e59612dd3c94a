//! The scanner: validates a text by RFC 8259 and writes the tape, in one pass over the text and its structural index.

use super::structural_index::StructuralIndex;
use super::{Tape, TapeEntry, TapeKind};
use crate::limits;

/// Limits of a document.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Maximum size in bytes.
    pub bytes: usize,
    /// Maximum nesting depth of lists and maps.
    pub depth: usize,
}

impl Default for Limits {
    /// 4 MiB and 128 levels.
    fn default() -> Self {
        Self { bytes: limits::LINE_BYTES, depth: limits::LINE_DEPTH }
    }
}

/// A syntax error, or a limit that was exceeded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} at byte {offset}")]
pub struct Malformed {
    /// What is wrong, without the position.
    pub message: &'static str,
    /// The byte offset, from 0.
    pub offset: usize,
}

impl Malformed {
    /// Whether the text may be JSON but exceeds a limit.
    pub(crate) fn exceeds_limit(&self) -> bool {
        matches!(self.message, TOO_LONG | TOO_DEEP)
    }
}

const TOO_LONG: &str = "longer than the limit";
const TOO_DEEP: &str = "nested too deeply";

struct Scanner<'a, 's> {
    bytes: &'a [u8],
    /// How many more levels of nesting are allowed.
    depth: usize,
    index: &'s StructuralIndex,
    entries: &'s mut Vec<TapeEntry>,
    /// The first error. It is stored here to keep [`Scanned`] small, which every function returns.
    error: Option<Malformed>,
}

/// The offset after what was scanned; `None` after an error, which is in [`Scanner::error`]. Returning the offset instead
/// of storing it in the scanner keeps it in a register.
type Scanned = Option<usize>;

/// Parses a document into `tape`, replacing its contents.
pub(super) fn document(text: &str, tape: &mut Tape, limits: &Limits) -> Result<(), Malformed> {
    let Tape { entries, index } = tape;
    entries.clear();
    // Offsets are 32 bits wide, so no document can reach 4 GiB.
    if text.len() > limits.bytes.min(u32::MAX as usize - 8) {
        return Err(Malformed { message: TOO_LONG, offset: limits.bytes });
    }
    index.build(text.as_bytes());
    let mut scanner = Scanner { bytes: text.as_bytes(), depth: limits.depth, index, entries, error: None };
    match scanner.document() {
        Some(_) => Ok(()),
        None => Err(scanner.error.unwrap_or(Malformed { message: "not a JSON value", offset: 0 })),
    }
}

impl Scanner<'_, '_> {
    fn document(&mut self) -> Scanned {
        let at = self.skip_whitespace(0);
        let at = self.value(at)?;
        let at = self.skip_whitespace(at);
        if at < self.bytes.len() {
            return self.error(at, "text after the end of the JSON value");
        }
        Some(at)
    }

    #[cold]
    fn error(&mut self, offset: usize, message: &'static str) -> Scanned {
        self.error.get_or_insert(Malformed { message, offset });
        None
    }

    /// The byte at an offset; after the end 0, which is never valid in JSON.
    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    #[inline]
    fn skip_whitespace(&self, at: usize) -> usize {
        if self.byte(at) > b' ' { at } else { self.skip_blanks(at) }
    }

    #[cold]
    fn skip_blanks(&self, mut at: usize) -> usize {
        while let b' ' | b'\t' | b'\n' | b'\r' = self.byte(at) {
            at += 1;
        }
        at
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "a document is shorter than 4 GiB")]
    fn push(&mut self, kind: TapeKind, start: usize, end: usize) {
        let next = self.entries.len() as u32 + 1;
        self.entries.push(TapeEntry { start: start as u32, end: end as u32, next, kind });
    }

    fn value(&mut self, at: usize) -> Scanned {
        match self.byte(at) {
            b'"' => self.string(at + 1, self.index.next(at + 1), TapeKind::Text, TapeKind::EscapedText),
            b'{' => self.map(at),
            b'[' => self.list(at),
            b'-' | b'0'..=b'9' => self.number(at),
            b't' => self.literal(at, b"true", TapeKind::True),
            b'f' => self.literal(at, b"false", TapeKind::False),
            b'n' => self.literal(at, b"null", TapeKind::Null),
            _ if at < self.bytes.len() => self.error(at, "not a JSON value"),
            _ => self.error(at, "the text ends where a value is expected"),
        }
    }

    fn literal(&mut self, at: usize, literal: &[u8], kind: TapeKind) -> Scanned {
        if !self.bytes[at..].starts_with(literal) {
            return self.error(at, "not a JSON value");
        }
        self.push(kind, at, at + literal.len());
        Some(at + literal.len())
    }

    /// Begins a list or map; returns the index of its entry and the offset of its first element or its end.
    #[inline]
    fn enter(&mut self, at: usize, kind: TapeKind) -> Option<(usize, usize)> {
        if self.depth == 0 {
            self.error(at, TOO_DEEP)?;
        }
        self.depth -= 1;
        let index = self.entries.len();
        self.push(kind, at, at);
        Some((index, self.skip_whitespace(at + 1)))
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "a document is shorter than 4 GiB")]
    fn leave(&mut self, at: usize, index: usize) {
        self.depth += 1;
        let next = self.entries.len() as u32;
        let entry = &mut self.entries[index];
        entry.end = at as u32 + 1;
        entry.next = next;
    }

    fn list(&mut self, at: usize) -> Scanned {
        let (index, mut at) = self.enter(at, TapeKind::List)?;
        if self.byte(at) != b']' {
            loop {
                at = self.value(at)?;
                at = self.skip_whitespace(at);
                match self.byte(at) {
                    b',' => at = self.skip_whitespace(at + 1),
                    b']' => break,
                    _ => return self.error(at, "expected `,` or `]`"),
                }
            }
        }
        self.leave(at, index);
        Some(at + 1)
    }

    fn map(&mut self, at: usize) -> Scanned {
        let (bytes, structural_index) = (self.bytes, self.index);
        let (index, mut at) = self.enter(at, TapeKind::Map)?;
        if self.byte(at) != b'}' {
            at = self.key(at)?;
            loop {
                let end = structural_index.next(at);
                // A fast path: most values are strings without escapes, and most documents have no whitespace.
                at = if let Some([b'"', b':', b'"', ..]) = bytes.get(end..) {
                    self.push(TapeKind::Key, at, end);
                    let start = end + 3;
                    let end = structural_index.next(start);
                    if let Some([b'"', b',', b'"', ..]) = bytes.get(end..) {
                        self.push(TapeKind::Text, start, end);
                        at = end + 3;
                        continue;
                    }
                    self.string(start, end, TapeKind::Text, TapeKind::EscapedText)?
                } else {
                    at = self.string(at, end, TapeKind::Key, TapeKind::EscapedKey)?;
                    at = self.skip_whitespace(at);
                    if self.byte(at) != b':' {
                        return self.error(at, "expected `:`");
                    }
                    at = self.skip_whitespace(at + 1);
                    self.value(at)?
                };
                at = self.skip_whitespace(at);
                match self.byte(at) {
                    b',' => at = self.key(self.skip_whitespace(at + 1))?,
                    b'}' => break,
                    _ => return self.error(at, "expected `,` or `}`"),
                }
            }
        }
        self.leave(at, index);
        Some(at + 1)
    }

    /// Begins a key; returns the offset after its opening quote.
    #[inline]
    fn key(&mut self, at: usize) -> Scanned {
        if self.byte(at) == b'"' { Some(at + 1) } else { self.error(at, "expected a key in quotes") }
    }

    /// A string or key from `start`, the offset after its opening quote; `end` is the first special byte.
    #[inline]
    fn string(&mut self, start: usize, end: usize, plain: TapeKind, escaped: TapeKind) -> Scanned {
        if self.byte(end) != b'"' {
            return self.escaped_string(start, end, escaped);
        }
        self.push(plain, start, end);
        Some(end + 1)
    }

    /// A string that contains an escape or an error.
    #[cold]
    fn escaped_string(&mut self, start: usize, mut at: usize, escaped: TapeKind) -> Scanned {
        loop {
            match self.byte(at) {
                b'"' => {
                    self.push(escaped, start, at);
                    return Some(at + 1);
                }
                b'\\' => at = self.index.next(self.escape(at)?),
                _ if at < self.bytes.len() => return self.error(at, "a control character in a string"),
                _ => return self.error(at, "a string without a closing quote"),
            }
        }
    }

    fn escape(&mut self, at: usize) -> Scanned {
        match self.byte(at + 1) {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(at + 2),
            b'u' => {
                let unit = self.code_unit(at + 2)?;
                if (0xDC00..0xE000).contains(&unit) {
                    self.error(at, "an unpaired surrogate")?;
                }
                if !(0xD800..0xDC00).contains(&unit) {
                    return Some(at + 6);
                }
                let pair = self.bytes[at + 6..].starts_with(b"\\u")
                    && (0xDC00..0xE000).contains(&self.code_unit(at + 8)?);
                if pair { Some(at + 12) } else { self.error(at + 6, "an unpaired surrogate") }
            }
            _ => self.error(at, "an invalid escape in a string"),
        }
    }

    /// The UTF-16 code unit that four hexadecimal digits encode.
    fn code_unit(&mut self, at: usize) -> Option<usize> {
        let mut unit = 0;
        for offset in at..at + 4 {
            match char::from(self.byte(offset)).to_digit(16) {
                Some(digit) => unit = unit * 16 + digit as usize,
                None => self.error(offset, "expected four hexadecimal digits").map(drop)?,
            }
        }
        Some(unit)
    }

    fn number(&mut self, start: usize) -> Scanned {
        let mut at = start + usize::from(self.byte(start) == b'-');
        at = match self.byte(at) {
            b'0' => at + 1,
            b'1'..=b'9' => self.digits(at)?,
            _ => return self.error(at, "expected a digit"),
        };
        if self.byte(at) == b'.' {
            at = self.digits(at + 1)?;
        }
        if let b'e' | b'E' = self.byte(at) {
            at += 1 + usize::from(matches!(self.byte(at + 1), b'+' | b'-'));
            at = self.digits(at)?;
        }
        self.push(TapeKind::Number, start, at);
        Some(at)
    }

    #[inline]
    fn digits(&mut self, mut at: usize) -> Scanned {
        if !self.byte(at).is_ascii_digit() {
            return self.error(at, "expected a digit");
        }
        while self.byte(at).is_ascii_digit() {
            at += 1;
        }
        Some(at)
    }
}
