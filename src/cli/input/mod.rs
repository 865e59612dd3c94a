//! Reading events: all inputs one after another, split into chunks of whole lines.
//!
//! A chunk is returned as soon as it contains a line, so that a slow input is answered while it is still being written.
//! Of a line that is longer than the limit only the length is kept.

mod json_file;
mod source;

use std::fs;
use std::io::{ErrorKind, Read};

pub(super) use source::{cannot_read, open_text, shown_name};

use super::exit::CommandError;
use super::files::describe;

/// The minimum buffer size of one read, in bytes.
const READ_BYTES: usize = 256 << 10;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// An iterator over the lines of all inputs, chunk by chunk.
pub(super) struct Lines {
    inputs: std::vec::IntoIter<String>,
    current: Option<OpenInput>,
    /// Bytes that were read after the last line of the last chunk.
    rest: Vec<u8>,
    /// The maximum length of a line in bytes.
    limit: usize,
    /// The number of the next line in the current input, from 1.
    next_line: u64,
    next_chunk: u64,
    /// How many inputs have been opened.
    opened: usize,
}

/// The input that is being read.
struct OpenInput {
    name: String,
    reader: source::Reader,
    /// Whether the next chunk is the first one of this input, which may start with a byte order mark.
    at_start: bool,
}

/// A run of whole lines. Reused for the next chunk, to keep its memory.
#[derive(Default)]
pub(super) struct Chunk {
    bytes: Vec<u8>,
    /// The lines are `bytes[start..end]`.
    start: usize,
    end: usize,
    /// The length of a line that is longer than the limit. The chunk then consists of that line only.
    too_long: Option<u64>,
    /// The index of this chunk, from 0.
    pub(super) number: u64,
    /// The index of the input that it comes from, from 0.
    pub(super) input: usize,
    /// The line number of the first line in that input, from 1.
    first_line: u64,
}

/// One line of the input.
#[derive(Clone, Copy)]
pub(super) enum InputLine<'a> {
    /// The line without its line break.
    Text(&'a [u8]),
    /// The length in bytes of a line that is longer than the limit.
    TooLong(u64),
}

impl Chunk {
    /// The lines that are not blank, with their line numbers.
    pub(super) fn lines(&self, limit: usize) -> impl Iterator<Item = (u64, InputLine<'_>)> {
        let long = self.too_long.map(|bytes| (self.first_line, InputLine::TooLong(bytes)));
        let texts = (self.first_line..).zip(split_lines(&self.bytes[self.start..self.end]));
        let nonblank = texts.filter(|(_, line)| !line.iter().all(u8::is_ascii_whitespace));
        long.into_iter().chain(nonblank.map(move |(number, line)| {
            (
                number,
                if line.len() > limit {
                    InputLine::TooLong(line.len() as u64)
                } else {
                    InputLine::Text(line)
                },
            )
        }))
    }

    /// The size of the lines in bytes.
    pub(super) fn size(&self) -> u64 {
        self.too_long.unwrap_or((self.end - self.start) as u64)
    }

    /// The number of the last line.
    pub(super) fn last_line(&self) -> u64 {
        self.first_line + self.line_count() - 1
    }

    /// The number of lines, including blank ones.
    fn line_count(&self) -> u64 {
        let text = &self.bytes[..self.end];
        let unterminated = self.too_long.is_some() || text.last().is_some_and(|&last| last != b'\n');
        memchr::memchr_iter(b'\n', text).count() as u64 + u64::from(unterminated)
    }
}

/// The lines of a text, without their line breaks.
fn split_lines(mut text: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        if text.is_empty() {
            return None;
        }
        let (line, rest) = match memchr::memchr(b'\n', text) {
            Some(end) => (&text[..end], &text[end + 1..]),
            None => (text, &[][..]),
        };
        text = rest;
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    })
}

impl Lines {
    /// The lines of these files; `-` is standard input.
    pub(super) fn new(inputs: Vec<String>, limit: usize) -> Self {
        let inputs = inputs.into_iter();
        Self { inputs, current: None, rest: Vec::new(), limit, next_line: 1, next_chunk: 0, opened: 0 }
    }

    /// Reads the next chunk. Returns `false` at the end of the last input. After an error no more input is read.
    pub(super) fn next(&mut self, chunk: &mut Chunk) -> Result<bool, String> {
        let result = self.read_chunk(chunk);
        if result.is_err() {
            (self.inputs, self.current) = (Vec::new().into_iter(), None);
        }
        result
    }

    fn read_chunk(&mut self, chunk: &mut Chunk) -> Result<bool, String> {
        (chunk.start, chunk.end, chunk.too_long) = (0, 0, None);
        loop {
            let Some(current) = &mut self.current else {
                let Some(name) = self.inputs.next() else { return Ok(false) };
                self.current = Some(OpenInput::open(name, self.limit)?);
                (self.next_line, self.opened) = (1, self.opened + 1);
                continue;
            };
            let more = current.fill(chunk, &mut self.rest, self.limit)?;
            let at_start = std::mem::replace(&mut current.at_start, false);
            if !more {
                self.current = None;
            }
            if let Some(bytes) = &mut chunk.too_long {
                *bytes -= if at_start && chunk.bytes.starts_with(BYTE_ORDER_MARK) { 3 } else { 0 };
            } else if at_start && chunk.bytes[..chunk.end].starts_with(BYTE_ORDER_MARK) {
                chunk.start = BYTE_ORDER_MARK.len();
            }
            if chunk.end > 0 || chunk.too_long.is_some() {
                (chunk.number, chunk.first_line) = (self.next_chunk, self.next_line);
                chunk.input = self.opened.saturating_sub(1);
                self.next_chunk += 1;
                self.next_line += chunk.line_count();
                return Ok(true);
            }
        }
    }
}

impl OpenInput {
    fn open(name: String, limit: usize) -> Result<Self, String> {
        let reader = source::open_lines(&name, limit)?;
        Ok(Self { name, reader, at_start: true })
    }

    /// Fills the chunk with `rest` and with bytes from this input, up to the last line break that was read. The bytes
    /// after it become the new `rest`. Returns `false` at the end of this input.
    fn fill(&mut self, chunk: &mut Chunk, rest: &mut Vec<u8>, limit: usize) -> Result<bool, String> {
        let bytes = &mut chunk.bytes;
        if bytes.len() > 8 * READ_BYTES && rest.len() < READ_BYTES {
            bytes.truncate(2 * READ_BYTES); // release the memory of a long line
            bytes.shrink_to_fit();
        }
        grow(bytes, rest.len() + READ_BYTES);
        bytes[..rest.len()].copy_from_slice(rest);
        let (mut searched, mut filled) = (0, rest.len());
        loop {
            if let Some(offset) = memchr::memrchr(b'\n', &bytes[searched..filled]) {
                chunk.end = searched + offset + 1;
                replace(rest, &bytes[chunk.end..filled]);
                return Ok(true);
            }
            if filled > limit + BYTE_ORDER_MARK.len() + 1 {
                return self.skip_line(chunk, filled, rest);
            }
            searched = filled;
            grow(bytes, filled + READ_BYTES);
            let read = self.read(&mut bytes[filled..])?;
            if read == 0 {
                chunk.end = filled;
                rest.clear();
                return Ok(false);
            }
            filled += read;
        }
    }

    /// Reads to the end of a line that is too long, and counts its bytes. The first `count` of them are in `chunk`; the
    /// others are not kept.
    fn skip_line(&mut self, chunk: &mut Chunk, count: usize, rest: &mut Vec<u8>) -> Result<bool, String> {
        let mut last = chunk.bytes[..count].last().copied();
        // The first bytes are not overwritten: they may be a byte order mark.
        let buffer = &mut chunk.bytes[BYTE_ORDER_MARK.len()..];
        let mut count = count as u64;
        rest.clear();
        let more = loop {
            let read = self.read(buffer)?;
            let line = match memchr::memchr(b'\n', &buffer[..read]) {
                Some(end) => {
                    replace(rest, &buffer[end + 1..read]);
                    &buffer[..end]
                }
                None => &buffer[..read],
            };
            count += line.len() as u64;
            last = line.last().copied().or(last);
            if line.len() < read || read == 0 {
                break read > 0;
            }
        };
        chunk.too_long = Some(count - u64::from(last == Some(b'\r')));
        Ok(more)
    }

    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, String> {
        loop {
            match self.reader.read(buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => {
                    return read.map_err(|error| cannot_read(&self.name, &describe(&error)));
                }
            }
        }
    }
}

/// Grows the buffer to at least `size` bytes. It never shrinks in between, so that each byte is zeroed only once.
fn grow(bytes: &mut Vec<u8>, size: usize) {
    if bytes.len() < size {
        bytes.resize(size.max(bytes.len() + bytes.len() / 2), 0);
    }
}

/// The total size of all inputs in bytes, if all of them are regular files that are not compressed.
pub(super) fn total_size(inputs: &[String]) -> Result<Option<u64>, CommandError> {
    let mut total = Some(0);
    for name in inputs {
        if name == "-" {
            total = None;
            continue;
        }
        let metadata =
            fs::metadata(name).map_err(|error| format!("cannot read `{name}`: {}", describe(&error)))?;
        if metadata.is_dir() {
            return Err(CommandError::Message(format!("cannot read `{name}`: it is a folder, not a file")));
        }
        let is_plain = metadata.is_file() && !name.to_ascii_lowercase().ends_with(".gz");
        total = if is_plain { total.map(|total| total + metadata.len()) } else { None };
    }
    Ok(total)
}

/// Replaces the contents of a buffer.
fn replace(buffer: &mut Vec<u8>, bytes: &[u8]) {
    buffer.clear();
    buffer.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    /// A reader that returns at most this many bytes per read.
    struct SlowReader(io::Cursor<Vec<u8>>, usize);

    impl Read for SlowReader {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let size = self.1.min(buffer.len());
            self.0.read(&mut buffer[..size])
        }
    }

    /// The lines of a text that is read in pieces of `size` bytes: line number and text, or the length in brackets.
    fn lines(text: &[u8], size: usize, limit: usize) -> Vec<(u64, String)> {
        let mut lines = Lines::new(Vec::new(), limit);
        let reader = Box::new(SlowReader(io::Cursor::new(text.to_owned()), size));
        lines.current = Some(OpenInput { name: "-".to_owned(), reader, at_start: true });
        let (mut chunk, mut found, mut chunks) = (Chunk::default(), Vec::new(), 0);
        while lines.next(&mut chunk).expect("it can be read") {
            assert_eq!(chunk.number, chunks, "chunks are numbered from 0");
            chunks += 1;
            found.extend(chunk.lines(limit).map(|(number, line)| match line {
                InputLine::Text(line) => (number, String::from_utf8_lossy(line).into_owned()),
                InputLine::TooLong(bytes) => (number, format!("[{bytes}]")),
            }));
        }
        found
    }

    #[test]
    fn lines_are_the_same_in_pieces_of_any_size() {
        let long = "x".repeat(40);
        for (text, expected) in [
            (String::new(), vec![]),
            ("\n\n".to_owned(), vec![]),
            ("a".to_owned(), vec![(1, "a")]),
            ("a\nb\n".to_owned(), vec![(1, "a"), (2, "b")]),
            ("a\r\n\r\n  \nb\r".to_owned(), vec![(1, "a"), (4, "b")]),
            ("\u{feff}a\n\u{feff}b".to_owned(), vec![(1, "a"), (2, "\u{feff}b")]),
            (format!("a\n{long}\r\nb\n{long}"), vec![(1, "a"), (2, "[40]"), (3, "b"), (4, "[40]")]),
            (format!("\u{feff}{long}\nb"), vec![(1, "[40]"), (2, "b")]),
            (format!("{long}\n\n{long}\n"), vec![(1, "[40]"), (3, "[40]")]),
            ("1234567890\n12345678901\n".to_owned(), vec![(1, "1234567890"), (2, "[11]")]),
        ] {
            for size in 1..60 {
                let found = lines(text.as_bytes(), size, 10);
                let found: Vec<_> = found.iter().map(|(number, line)| (*number, line.as_str())).collect();
                assert_eq!(found, expected, "{text:?} in pieces of {size}");
            }
        }
    }

    #[test]
    fn long_inputs_are_split_at_line_breaks_only() {
        let long = |number: usize| "y".repeat(number % 700);
        let text: String = (0..2000).map(|number| long(number) + "\n").collect();
        let expected: Vec<_> = (1..).zip((0..2000).map(long)).filter(|(_, line)| !line.is_empty()).collect();
        for size in [1000, 8192, READ_BYTES - 1, usize::MAX] {
            assert_eq!(lines(text.as_bytes(), size, 4 << 20), expected, "pieces of {size}");
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_not_kept() {
        let text = format!("a\n{}\nb\n", "z".repeat(20 << 20));
        let mut lines = Lines::new(Vec::new(), 1 << 20);
        let reader = Box::new(io::Cursor::new(text.into_bytes()));
        lines.current = Some(OpenInput { name: "-".to_owned(), reader, at_start: true });
        let mut chunk = Chunk::default();
        while lines.next(&mut chunk).expect("it can be read") {
            assert!(chunk.bytes.capacity() + lines.rest.capacity() < 4 << 20);
        }
    }
}
