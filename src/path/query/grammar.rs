//! The grammar of RFC 9535, section 2, with the types of its functions.
//!
//! jsonpath-rust accepts more than that and reads some of it differently, so a query is checked here first. What the crate
//! gets is a plain form of it: no white space, all names in quotes, and the position of each number in [`Checked::numbers`],
//! because the crate reads numbers as doubles.

mod filter;

use std::fmt::Write as _;

/// The greatest whole number that a double tells from its neighbours (RFC 7493), which bounds indexes and slices.
const MAX_WHOLE: i64 = (1 << 53) - 1;

/// What is wrong with a query, and the byte where it is.
pub(in crate::path) type Refused = (usize, String);

/// A query that is valid.
#[derive(Debug, Default)]
pub(super) struct Checked {
    /// The query in the form that jsonpath-rust reads as it is meant.
    pub(super) plain: String,
    /// The numbers in its filters, as written.
    pub(super) numbers: Vec<String>,
    /// Whether a filter refers to `$`.
    pub(super) uses_root: bool,
}

/// Checks what follows the root of a query.
pub(super) fn check(text: &str) -> Result<Checked, Refused> {
    let mut reader = Reader::new(text, 0);
    reader.checked.plain.push('$');
    reader.segments()?;
    if reader.at < text.len() { reader.unexpected("`.name` or `[…]`") } else { Ok(reader.checked) }
}

/// Reads a text in quotes at an offset; returns what it says, and the offset after it.
pub(in crate::path) fn quoted_text(text: &str, at: usize) -> Result<(String, usize), Refused> {
    let mut reader = Reader::new(text, at);
    let read = reader.string()?;
    Ok((read, reader.at))
}

/// Skips the white space at an offset.
pub(in crate::path) fn after_space(text: &str, at: usize) -> usize {
    let mut reader = Reader::new(text, at);
    reader.space();
    reader.at
}

/// The length in bytes of the name at the start of a text. RFC 9535 allows letters, digits, `_` and all non-ASCII
/// characters in an unquoted name.
pub(in crate::path) fn name_length(text: &str) -> usize {
    text.bytes().position(|byte| !IS_NAME_BYTE[usize::from(byte)]).unwrap_or(text.len())
}

/// Whether a byte is allowed in an unquoted name.
const IS_NAME_BYTE: [bool; 256] = {
    let (mut table, mut byte) = ([false; 256], u8::MAX);
    loop {
        table[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii();
        if byte == 0 {
            break table;
        }
        byte -= 1;
    }
};

struct Reader<'t> {
    text: &'t str,
    at: usize,
    checked: Checked,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, at: usize) -> Self {
        Self { text, at, checked: Checked::default() }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self, expected: &str) -> bool {
        let found = self.rest().starts_with(expected);
        if found {
            self.at += expected.len();
        }
        found
    }

    /// Skips white space; returns whether there was any.
    fn space(&mut self) -> bool {
        let start = self.at;
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        self.at > start
    }

    fn write(&mut self, plain: &str) {
        self.checked.plain.push_str(plain);
    }

    fn write_name(&mut self, name: &str) {
        let plain = &mut self.checked.plain;
        plain.push('\'');
        for letter in name.chars() {
            match letter {
                '\'' | '\\' => plain.extend(['\\', letter]),
                // Writing to a string cannot fail.
                '\0'..='\x1f' => _ = write!(plain, "\\u{:04X}", u32::from(letter)),
                _ => plain.push(letter),
            }
        }
        plain.push('\'');
    }

    fn unexpected<T>(&self, expected: &str) -> Result<T, Refused> {
        let found = match self.rest().chars().next() {
            Some(letter) => format!("unexpected `{letter}`"),
            None => "the path ends too early".to_owned(),
        };
        Err((self.at, format!("{found}; expected {expected} (RFC 9535)")))
    }

    /// Reads segments; returns whether they are those of a singular query.
    fn segments(&mut self) -> Result<bool, Refused> {
        let mut singular = true;
        loop {
            let end = self.at;
            self.space();
            if !matches!(self.peek(), Some(b'.' | b'[')) {
                self.at = end;
                return Ok(singular);
            }
            singular &= self.segment()?;
        }
    }

    fn segment(&mut self) -> Result<bool, Refused> {
        let descendant = self.skip("..");
        if descendant {
            self.write("..");
        }
        if self.peek() == Some(b'[') {
            return Ok(self.brackets()? && !descendant);
        }
        if !descendant {
            self.skip(".");
        }
        self.write("[");
        let wildcard = self.skip("*");
        if wildcard {
            self.write("*");
        } else {
            let length = name_length(self.rest());
            let name = &self.rest()[..length];
            if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
                return self.unexpected("a name, which begins with a letter or `_`, or `*`");
            }
            self.at += length;
            self.write_name(name);
        }
        self.write("]");
        Ok(!wildcard && !descendant)
    }

    /// Reads `[…]`; returns whether it is one name or index, without white space around it, as in a singular query.
    fn brackets(&mut self) -> Result<bool, Refused> {
        self.skip("[");
        self.write("[");
        let mut singular = !self.space();
        singular &= self.selector()?;
        loop {
            singular &= !self.space();
            if self.skip("]") {
                self.write("]");
                return Ok(singular);
            }
            if !self.skip(",") {
                return self.unexpected("`,` or `]`");
            }
            self.write(",");
            self.space();
            self.selector()?;
            singular = false;
        }
    }

    /// Reads a selector; returns whether it is a name or an index.
    fn selector(&mut self) -> Result<bool, Refused> {
        match self.peek() {
            Some(b'\'' | b'"') => {
                let name = self.string()?;
                self.write_name(&name);
                Ok(true)
            }
            Some(b'*') => {
                self.skip("*");
                self.write("*");
                Ok(false)
            }
            Some(b'?') => {
                self.skip("?");
                self.write("?");
                self.space();
                self.alternatives()?;
                Ok(false)
            }
            Some(b':' | b'-' | b'0'..=b'9') => self.index_or_slice(),
            _ => self.unexpected(
                "a name in quotes, an index, `*`, a slice such as `0:2`, or a filter such as `?@.a`",
            ),
        }
    }

    fn index_or_slice(&mut self) -> Result<bool, Refused> {
        self.whole_number()?;
        let end = self.at;
        self.space();
        if !self.skip(":") {
            self.at = end;
            return Ok(true);
        }
        self.write(":");
        self.space();
        self.whole_number()?;
        let end = self.at;
        self.space();
        if self.skip(":") {
            self.write(":");
            let end = self.at;
            self.space();
            if !self.whole_number()? {
                self.at = end;
            }
        } else {
            self.at = end;
        }
        Ok(false)
    }

    /// Reads a whole number, if one is there: without leading zeros, and not `-0`.
    fn whole_number(&mut self) -> Result<bool, Refused> {
        let digits = self.rest().strip_prefix('-').unwrap_or(self.rest());
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        let written = &self.rest()[..self.rest().len() - digits.len() + length];
        if written.is_empty() {
            return Ok(false);
        }
        if length == 0 || digits.starts_with('0') && written != "0" {
            return Err((
                self.at,
                format!("`{written}` is not a whole number; write it without leading zeros (RFC 9535)"),
            ));
        }
        if !written.parse::<i64>().is_ok_and(|number| number.abs() <= MAX_WHOLE) {
            return Err((self.at, format!("a whole number must be between -{MAX_WHOLE} and {MAX_WHOLE}")));
        }
        self.at += written.len();
        self.write(written);
        Ok(true)
    }

    /// Reads a text in quotes.
    fn string(&mut self) -> Result<String, Refused> {
        let (start, mut text) = (self.at, String::new());
        let quote = self.rest().chars().next().unwrap_or('\'');
        self.at += quote.len_utf8();
        loop {
            let Some(letter) = self.rest().chars().next() else {
                return Err((start, "a quote is not closed".to_owned()));
            };
            let here = self.at;
            self.at += letter.len_utf8();
            match letter {
                '\\' => text.push(self.escape(quote).ok_or_else(|| {
                    (here, "this escape does not exist in a path; a backslash itself is written `\\\\` (RFC 9535)".to_owned())
                })?),
                '\0'..='\x1f' => {
                    return Err((here, "a control character in quotes is written as an escape, such as `\\n`".to_owned()));
                }
                _ if letter == quote => return Ok(text),
                _ => text.push(letter),
            }
        }
    }

    fn escape(&mut self, quote: char) -> Option<char> {
        let escaped = self.rest().chars().next()?;
        self.at += escaped.len_utf8();
        Some(match escaped {
            'b' => '\x08',
            'f' => '\x0c',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '/' | '\\' => escaped,
            'u' => match self.hexadecimal()? {
                high @ 0xD800..=0xDBFF => {
                    let low = if self.skip("\\u") { self.hexadecimal()? } else { return None };
                    let low = low.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
                    char::from_u32(0x1_0000 + (high - 0xD800) * 0x400 + low)?
                }
                other => char::from_u32(other)?,
            },
            _ if escaped == quote => quote,
            _ => return None,
        })
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        let digits =
            self.rest().get(..4).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}
