//! The scanner: one pass over the text, every rule of RFC 8259, no conversion.

use super::{Kind, Slot};

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
    at: usize,
    depth: usize,
    slots: &'s mut Vec<Slot>,
    /// What is wrong, once something is: kept here so that the way without errors carries nothing.
    wrong: Option<Malformed>,
}

/// The scan ends; [`Scanner::wrong`] says why.
struct Stop;

type Scanned = Result<(), Stop>;

pub(super) fn document(text: &str, slots: &mut Vec<Slot>, limits: &Limits) -> Result<(), Malformed> {
    // Places are 32 bits wide, so the largest limit is below 4 GiB.
    if text.len() > limits.bytes.min(u32::MAX as usize - 8) {
        return Err(Malformed { what: "longer than the limit", at: limits.bytes });
    }
    let bytes = text.as_bytes();
    let mut scanner = Scanner { bytes, at: 0, depth: limits.depth, slots, wrong: None };
    match scanner.all() {
        Ok(()) => Ok(()),
        Err(Stop) => Err(scanner.wrong.unwrap_or(Malformed { what: "not a JSON value", at: 0 })),
    }
}

impl Scanner<'_, '_> {
    fn all(&mut self) -> Scanned {
        self.blank();
        self.value()?;
        self.blank();
        if self.at < self.bytes.len() {
            return self.wrong("text after the end of the JSON value");
        }
        Ok(())
    }

    #[cold]
    fn wrong<T>(&mut self, what: &'static str) -> Result<T, Stop> {
        self.wrong_at(what, self.at)
    }

    #[cold]
    fn wrong_at<T>(&mut self, what: &'static str, at: usize) -> Result<T, Stop> {
        self.wrong.get_or_insert(Malformed { what, at });
        Err(Stop)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    #[inline]
    fn blank(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "a document is shorter than 4 GiB")]
    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        let next = self.slots.len() as u32 + 1;
        self.slots.push(Slot { start: start as u32, end: end as u32, next, kind });
    }

    fn value(&mut self) -> Scanned {
        let start = self.at;
        match self.peek() {
            Some(b'"') => self.text(Kind::Text, Kind::EscapedText),
            Some(b'{') => self.map(),
            Some(b'[') => self.list(),
            Some(b'-' | b'0'..=b'9') => {
                self.number()?;
                self.push(Kind::Number, start, self.at);
                Ok(())
            }
            Some(b't') => self.word(b"true", Kind::True),
            Some(b'f') => self.word(b"false", Kind::False),
            Some(b'n') => self.word(b"null", Kind::Null),
            Some(_) => self.wrong("not a JSON value"),
            None => self.wrong("the text ends where a value should be"),
        }
    }

    fn word(&mut self, word: &[u8], kind: Kind) -> Scanned {
        if !self.bytes[self.at..].starts_with(word) {
            return self.wrong("not a JSON value");
        }
        self.push(kind, self.at, self.at + word.len());
        self.at += word.len();
        Ok(())
    }

    fn enter(&mut self) -> Scanned {
        if self.depth == 0 {
            return self.wrong("nested too deeply");
        }
        self.depth -= 1;
        self.at += 1;
        self.blank();
        Ok(())
    }

    #[expect(clippy::cast_possible_truncation, reason = "a document is shorter than 4 GiB")]
    fn leave(&mut self, opened: usize) {
        self.depth += 1;
        self.at += 1;
        let next = self.slots.len() as u32;
        let slot = &mut self.slots[opened];
        slot.end = self.at as u32;
        slot.next = next;
    }

    fn list(&mut self) -> Scanned {
        let opened = self.slots.len();
        self.push(Kind::List, self.at, self.at);
        self.enter()?;
        if self.peek() != Some(b']') {
            loop {
                self.value()?;
                self.blank();
                match self.peek() {
                    Some(b',') => self.at += 1,
                    Some(b']') => break,
                    _ => return self.wrong("`,` or `]` expected"),
                }
                self.blank();
            }
        }
        self.leave(opened);
        Ok(())
    }

    fn map(&mut self) -> Scanned {
        let opened = self.slots.len();
        self.push(Kind::Map, self.at, self.at);
        self.enter()?;
        if self.peek() != Some(b'}') {
            loop {
                if self.peek() != Some(b'"') {
                    return self.wrong("a key in quotes expected");
                }
                self.text(Kind::Key, Kind::EscapedKey)?;
                self.blank();
                if self.peek() != Some(b':') {
                    return self.wrong("`:` expected");
                }
                self.at += 1;
                self.blank();
                self.value()?;
                self.blank();
                match self.peek() {
                    Some(b',') => self.at += 1,
                    Some(b'}') => break,
                    _ => return self.wrong("`,` or `}` expected"),
                }
                self.blank();
            }
        }
        self.leave(opened);
        Ok(())
    }

    fn text(&mut self, plain: Kind, escaped: Kind) -> Scanned {
        let start = self.at + 1;
        let mut kind = plain;
        self.at = plain_end(self.bytes, start);
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.push(kind, start, self.at);
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => {
                    kind = escaped;
                    self.escape()?;
                    self.at = plain_end(self.bytes, self.at);
                }
                Some(_) => return self.wrong("a control character inside a text"),
                None => return self.wrong("a text without its closing quote"),
            }
        }
    }

    fn escape(&mut self) -> Scanned {
        match self.bytes.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.at += 2;
                Ok(())
            }
            Some(b'u') => {
                let unit = self.unit(self.at + 2)?;
                if (0xDC00..0xE000).contains(&unit) {
                    return self.wrong("half of a surrogate pair");
                }
                self.at += 6;
                if (0xD800..0xDC00).contains(&unit) {
                    let pair = self.bytes[self.at..].starts_with(b"\\u")
                        && (0xDC00..0xE000).contains(&self.unit(self.at + 2)?);
                    if !pair {
                        return self.wrong("half of a surrogate pair");
                    }
                    self.at += 6;
                }
                Ok(())
            }
            _ => self.wrong("an unknown escape inside a text"),
        }
    }

    fn unit(&mut self, at: usize) -> Result<u32, Stop> {
        let mut unit = 0;
        for offset in at..at + 4 {
            let digit = self.bytes.get(offset).and_then(|&byte| char::from(byte).to_digit(16));
            let Some(digit) = digit else {
                return self.wrong_at("four hexadecimal digits expected", offset);
            };
            unit = unit * 16 + digit;
        }
        Ok(unit)
    }

    fn number(&mut self) -> Scanned {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits()?,
            _ => return self.wrong("a digit expected"),
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Scanned {
        if !self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return self.wrong("a digit expected");
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }
}

/// Where a quote, a backslash or a control character stands: eight bytes in one look.
#[inline]
fn plain_end(bytes: &[u8], from: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let mut at = from;
    let mut rest = bytes.get(from..).unwrap_or_default();
    while let Some((chunk, after)) = rest.split_first_chunk::<8>() {
        let word = u64::from_le_bytes(*chunk);
        let below_space = word.wrapping_sub(ONES * 0x20) & !word & HIGH;
        let hit = zero(word ^ (ONES * 0x22)) | zero(word ^ (ONES * 0x5C)) | below_space;
        if hit != 0 {
            return at + (hit.trailing_zeros() / 8) as usize;
        }
        at += 8;
        rest = after;
    }
    at + rest.iter().position(|&byte| byte == b'"' || byte == b'\\' || byte < 0x20).unwrap_or(rest.len())
}
