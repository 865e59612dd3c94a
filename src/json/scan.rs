//! The scanner: one pass over a text whose quotes are known, every rule of RFC 8259, no conversion.

use super::structural_index::StructuralIndex;
use super::{Tape, TapeEntry, TapeKind};

/// What a document may not pass.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of a document.
    pub bytes: usize,
    /// Lists and maps inside each other.
    pub depth: usize,
}

impl Default for Limits {
    /// 4 MiB and 128 levels.
    fn default() -> Self {
        Self { bytes: 4 << 20, depth: 128 }
    }
}

/// Why a text is not JSON, and at which byte.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} at byte {at}")]
pub struct Malformed {
    /// In words, without the place.
    pub what: &'static str,
    /// The byte, from 0.
    pub at: usize,
}

struct Scanner<'a, 's> {
    bytes: &'a [u8],
    depth: usize,
    index: &'s StructuralIndex,
    entries: &'s mut Vec<TapeEntry>,
    /// What is wrong, once something is: kept here so that the way without errors carries nothing.
    wrong: Option<Malformed>,
}

/// Where to go on; `None` when the scan ends because of [`Scanner::wrong`]. The place goes from hand to hand and not
/// through memory.
type Scanned = Option<usize>;

/// Reads a document into slots, which lose what they held.
pub(super) fn document(text: &str, entries: &mut Tape, limits: &Limits) -> Result<(), Malformed> {
    let Tape { entries, index } = entries;
    entries.clear();
    // Places are 32 bits wide, so the largest limit is below 4 GiB.
    if text.len() > limits.bytes.min(u32::MAX as usize - 8) {
        return Err(Malformed { what: "longer than the limit", at: limits.bytes });
    }
    index.fill(text.as_bytes());
    let mut scanner = Scanner { bytes: text.as_bytes(), depth: limits.depth, index, entries, wrong: None };
    match scanner.all() {
        Some(_) => Ok(()),
        None => Err(scanner.wrong.unwrap_or(Malformed { what: "not a JSON value", at: 0 })),
    }
}

impl Scanner<'_, '_> {
    fn all(&mut self) -> Scanned {
        let at = self.blank(0);
        let at = self.value(at)?;
        let at = self.blank(at);
        if at < self.bytes.len() {
            return self.wrong(at, "text after the end of the JSON value");
        }
        Some(at)
    }

    #[cold]
    fn wrong(&mut self, at: usize, what: &'static str) -> Scanned {
        self.wrong.get_or_insert(Malformed { what, at });
        None
    }

    /// The byte at a place; 0, which stands nowhere in JSON, behind the end.
    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    #[inline]
    fn blank(&self, at: usize) -> usize {
        if self.byte(at) > b' ' { at } else { self.after_blanks(at) }
    }

    #[cold]
    fn after_blanks(&self, mut at: usize) -> usize {
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
            b'"' => self.text(at + 1, self.index.next(at + 1), TapeKind::Text, TapeKind::EscapedText),
            b'{' => self.map(at),
            b'[' => self.list(at),
            b'-' | b'0'..=b'9' => self.number(at),
            b't' => self.word(at, b"true", TapeKind::True),
            b'f' => self.word(at, b"false", TapeKind::False),
            b'n' => self.word(at, b"null", TapeKind::Null),
            _ if at < self.bytes.len() => self.wrong(at, "not a JSON value"),
            _ => self.wrong(at, "the text ends where a value should be"),
        }
    }

    fn word(&mut self, at: usize, word: &[u8], kind: TapeKind) -> Scanned {
        if !self.bytes[at..].starts_with(word) {
            return self.wrong(at, "not a JSON value");
        }
        self.push(kind, at, at + word.len());
        Some(at + word.len())
    }

    /// Begins a list or a map; its slot, and where its inside begins.
    #[inline]
    fn enter(&mut self, at: usize, kind: TapeKind) -> Option<(usize, usize)> {
        if self.depth == 0 {
            self.wrong(at, "nested too deeply")?;
        }
        self.depth -= 1;
        let opened = self.entries.len();
        self.push(kind, at, at);
        Some((opened, self.blank(at + 1)))
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "a document is shorter than 4 GiB")]
    fn leave(&mut self, at: usize, opened: usize) {
        self.depth += 1;
        let next = self.entries.len() as u32;
        let slot = &mut self.entries[opened];
        slot.end = at as u32 + 1;
        slot.next = next;
    }

    fn list(&mut self, at: usize) -> Scanned {
        let (opened, mut at) = self.enter(at, TapeKind::List)?;
        if self.byte(at) != b']' {
            loop {
                at = self.value(at)?;
                at = self.blank(at);
                match self.byte(at) {
                    b',' => at = self.blank(at + 1),
                    b']' => break,
                    _ => return self.wrong(at, "`,` or `]` expected"),
                }
            }
        }
        self.leave(at, opened);
        Some(at + 1)
    }

    fn map(&mut self, at: usize) -> Scanned {
        let (bytes, index) = (self.bytes, self.index);
        let (opened, mut at) = self.enter(at, TapeKind::Map)?;
        if self.byte(at) != b'}' {
            at = self.key(at)?;
            loop {
                let end = index.next(at);
                // Most values are texts, and most documents have no blanks.
                at = if let Some([b'"', b':', b'"', ..]) = bytes.get(end..) {
                    self.push(TapeKind::Key, at, end);
                    let start = end + 3;
                    let end = index.next(start);
                    if let Some([b'"', b',', b'"', ..]) = bytes.get(end..) {
                        self.push(TapeKind::Text, start, end);
                        at = end + 3;
                        continue;
                    }
                    self.text(start, end, TapeKind::Text, TapeKind::EscapedText)?
                } else {
                    at = self.text(at, end, TapeKind::Key, TapeKind::EscapedKey)?;
                    at = self.blank(at);
                    if self.byte(at) != b':' {
                        return self.wrong(at, "`:` expected");
                    }
                    at = self.blank(at + 1);
                    self.value(at)?
                };
                at = self.blank(at);
                match self.byte(at) {
                    b',' => at = self.key(self.blank(at + 1))?,
                    b'}' => break,
                    _ => return self.wrong(at, "`,` or `}` expected"),
                }
            }
        }
        self.leave(at, opened);
        Some(at + 1)
    }

    /// Begins a key: the place behind its quote.
    #[inline]
    fn key(&mut self, at: usize) -> Scanned {
        if self.byte(at) == b'"' { Some(at + 1) } else { self.wrong(at, "a key in quotes expected") }
    }

    /// A text or a key from the byte behind its quote, plain up to `end`.
    #[inline]
    fn text(&mut self, start: usize, end: usize, plain: TapeKind, escaped: TapeKind) -> Scanned {
        if self.byte(end) != b'"' {
            return self.unusual(start, end, escaped);
        }
        self.push(plain, start, end);
        Some(end + 1)
    }

    /// A text that is not plain up to its closing quote.
    #[cold]
    fn unusual(&mut self, start: usize, mut at: usize, escaped: TapeKind) -> Scanned {
        loop {
            match self.byte(at) {
                b'"' => {
                    self.push(escaped, start, at);
                    return Some(at + 1);
                }
                b'\\' => at = self.index.next(self.escape(at)?),
                _ if at < self.bytes.len() => return self.wrong(at, "a control character inside a text"),
                _ => return self.wrong(at, "a text without its closing quote"),
            }
        }
    }

    fn escape(&mut self, at: usize) -> Scanned {
        match self.byte(at + 1) {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(at + 2),
            b'u' => {
                let unit = self.unit(at + 2)?;
                if (0xDC00..0xE000).contains(&unit) {
                    self.wrong(at, "half of a surrogate pair")?;
                }
                if !(0xD800..0xDC00).contains(&unit) {
                    return Some(at + 6);
                }
                let pair = self.bytes[at + 6..].starts_with(b"\\u")
                    && (0xDC00..0xE000).contains(&self.unit(at + 8)?);
                if pair { Some(at + 12) } else { self.wrong(at + 6, "half of a surrogate pair") }
            }
            _ => self.wrong(at, "an unknown escape inside a text"),
        }
    }

    fn unit(&mut self, at: usize) -> Option<usize> {
        let mut unit = 0;
        for offset in at..at + 4 {
            match char::from(self.byte(offset)).to_digit(16) {
                Some(digit) => unit = unit * 16 + digit as usize,
                None => self.wrong(offset, "four hexadecimal digits expected").map(drop)?,
            }
        }
        Some(unit)
    }

    fn number(&mut self, start: usize) -> Scanned {
        let mut at = start + usize::from(self.byte(start) == b'-');
        at = match self.byte(at) {
            b'0' => at + 1,
            b'1'..=b'9' => self.digits(at)?,
            _ => return self.wrong(at, "a digit expected"),
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
            return self.wrong(at, "a digit expected");
        }
        while self.byte(at).is_ascii_digit() {
            at += 1;
        }
        Some(at)
    }
}
