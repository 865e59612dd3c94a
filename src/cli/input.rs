//! Events as they come in: all inputs as one stream, cut into chunks of whole lines.
//!
//! A chunk is handed out as soon as it holds a line, so a slow input is answered while it is still
//! being written. A line that is longer than the limit is counted and not kept.

use std::fs::File;
use std::io::{self, ErrorKind, Read};

use super::files::in_words;
use super::whole;

/// Bytes that are asked for at once.
const PIECE: usize = 256 << 10;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The lines of all inputs.
pub(super) struct Lines {
    inputs: std::vec::IntoIter<String>,
    current: Option<Current>,
    /// What was read behind the last line that was handed out.
    rest: Vec<u8>,
    limit: usize,
    next_line: u64,
    next_chunk: u64,
}

struct Current {
    name: String,
    source: Box<dyn Read + Send>,
    /// Whether nothing of it has been handed out.
    fresh: bool,
}

/// Whole lines, with the number of the first; its memory is used again for the next chunk.
#[derive(Default)]
pub(super) struct Chunk {
    bytes: Vec<u8>,
    /// The lines are `bytes[start..end]`.
    start: usize,
    end: usize,
    /// The line that is too long to be kept, instead of lines.
    too_long: Option<u64>,
    /// The number of this chunk, from 0.
    pub(super) number: u64,
    /// The number of its first line in all inputs, from 1.
    first_line: u64,
}

/// One line of the input.
pub(super) enum Line<'a> {
    /// Without its line break.
    Text(&'a [u8]),
    /// Longer than the limit: its bytes are counted only.
    TooLong(u64),
}

impl Chunk {
    /// Its lines that are not blank, with their numbers.
    pub(super) fn lines(&self, limit: usize) -> impl Iterator<Item = (u64, Line<'_>)> {
        let long = self.too_long.map(|bytes| (self.first_line, Line::TooLong(bytes)));
        let texts = (self.first_line..).zip(split(&self.bytes[self.start..self.end]));
        let kept = texts.filter(|(_, line)| !line.iter().all(u8::is_ascii_whitespace));
        long.into_iter().chain(kept.map(move |(number, line)| {
            (number, if line.len() > limit { Line::TooLong(line.len() as u64) } else { Line::Text(line) })
        }))
    }

    /// How many bytes of lines it holds.
    pub(super) fn size(&self) -> u64 {
        self.too_long.unwrap_or((self.end - self.start) as u64)
    }

    /// How many lines it holds, blank ones too.
    fn count(&self) -> u64 {
        let text = &self.bytes[..self.end];
        let open = self.too_long.is_some() || text.last().is_some_and(|&last| last != b'\n');
        memchr::memchr_iter(b'\n', text).count() as u64 + u64::from(open)
    }
}

/// The lines of a text, without their breaks.
fn split(mut text: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        if text.is_empty() {
            return None;
        }
        let (line, rest) = match memchr::memchr(b'\n', text) {
            Some(at) => (&text[..at], &text[at + 1..]),
            None => (text, &[][..]),
        };
        text = rest;
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    })
}

impl Lines {
    /// The lines of files; `-` is standard input.
    pub(super) fn new(inputs: Vec<String>, limit: usize) -> Self {
        let inputs = inputs.into_iter();
        Self { inputs, current: None, rest: Vec::new(), limit, next_line: 1, next_chunk: 0 }
    }

    /// The next chunk; `false` at the end of the last input. After an error there is nothing more.
    pub(super) fn next(&mut self, chunk: &mut Chunk) -> Result<bool, String> {
        let found = self.find(chunk);
        if found.is_err() {
            (self.inputs, self.current) = (Vec::new().into_iter(), None);
        }
        found
    }

    fn find(&mut self, chunk: &mut Chunk) -> Result<bool, String> {
        (chunk.start, chunk.end, chunk.too_long) = (0, 0, None);
        loop {
            let Some(current) = &mut self.current else {
                let Some(name) = self.inputs.next() else { return Ok(false) };
                self.current = Some(Current::open(name, self.limit)?);
                continue;
            };
            let more = current.fill(chunk, &mut self.rest, self.limit)?;
            let fresh = std::mem::replace(&mut current.fresh, false);
            if !more {
                self.current = None;
            }
            if let Some(bytes) = &mut chunk.too_long {
                *bytes -= if fresh && chunk.bytes.starts_with(BYTE_ORDER_MARK) { 3 } else { 0 };
            } else if fresh && chunk.bytes[..chunk.end].starts_with(BYTE_ORDER_MARK) {
                chunk.start = BYTE_ORDER_MARK.len();
            }
            if chunk.end > 0 || chunk.too_long.is_some() {
                (chunk.number, chunk.first_line) = (self.next_chunk, self.next_line);
                self.next_chunk += 1;
                self.next_line += chunk.count();
                return Ok(true);
            }
        }
    }
}

impl Current {
    fn open(name: String, limit: usize) -> Result<Self, String> {
        let source: Box<dyn Read + Send> = if name == "-" {
            Box::new(io::stdin())
        } else {
            let file = File::open(&name).and_then(|file| whole::lines(&name, file, limit));
            file.map_err(|why| format!("cannot read `{name}`: {}", in_words(&why)))?
        };
        Ok(Self { name, source, fresh: true })
    }

    /// Fills a chunk with `rest` and what follows it, up to the last line break that came with it;
    /// `false` at the end of this input.
    fn fill(&mut self, chunk: &mut Chunk, rest: &mut Vec<u8>, limit: usize) -> Result<bool, String> {
        let bytes = &mut chunk.bytes;
        if bytes.len() > 8 * PIECE && rest.len() < PIECE {
            bytes.truncate(2 * PIECE); // a long line is over: its memory is not kept
            bytes.shrink_to_fit();
        }
        reserve(bytes, rest.len() + PIECE);
        bytes[..rest.len()].copy_from_slice(rest);
        let (mut searched, mut filled) = (0, rest.len());
        loop {
            if let Some(at) = memchr::memrchr(b'\n', &bytes[searched..filled]) {
                chunk.end = searched + at + 1;
                keep(rest, &bytes[chunk.end..filled]);
                return Ok(true);
            }
            if filled > limit + BYTE_ORDER_MARK.len() + 1 {
                return self.skip(chunk, filled, rest);
            }
            searched = filled;
            reserve(bytes, filled + PIECE);
            let read = self.read(&mut bytes[filled..])?;
            if read == 0 {
                chunk.end = filled;
                rest.clear();
                return Ok(false);
            }
            filled += read;
        }
    }

    /// Counts the bytes of a line of which `chunk` holds the first `count`, without keeping more of it.
    fn skip(&mut self, chunk: &mut Chunk, count: usize, rest: &mut Vec<u8>) -> Result<bool, String> {
        let mut last = chunk.bytes[..count].last().copied();
        // The start of the line stays where it is: it may hold a byte order mark.
        let piece = &mut chunk.bytes[BYTE_ORDER_MARK.len()..];
        let mut count = count as u64;
        rest.clear();
        let more = loop {
            let read = self.read(piece)?;
            let line = match memchr::memchr(b'\n', &piece[..read]) {
                Some(at) => {
                    keep(rest, &piece[at + 1..read]);
                    &piece[..at]
                }
                None => &piece[..read],
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
            match self.source.read(buffer) {
                Err(why) if why.kind() == ErrorKind::Interrupted => {}
                read => {
                    let input = if self.name == "-" { "standard input" } else { &self.name };
                    return read.map_err(|why| format!("cannot read `{input}`: {}", in_words(&why)));
                }
            }
        }
    }
}

/// Makes the buffer at least `size` bytes long. The bytes stay initialised, so that they are set to zero only once.
fn reserve(bytes: &mut Vec<u8>, size: usize) {
    if bytes.len() < size {
        bytes.resize(size.max(bytes.len() + bytes.len() / 2), 0);
    }
}

fn keep(rest: &mut Vec<u8>, bytes: &[u8]) {
    rest.clear();
    rest.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A source that gives its bytes in pieces of a certain size.
    struct Pieces(io::Cursor<Vec<u8>>, usize);

    impl Read for Pieces {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let size = self.1.min(buffer.len());
            self.0.read(&mut buffer[..size])
        }
    }

    /// What comes out of a text that arrives in pieces: number and text, or the length in brackets.
    fn lines(text: &[u8], piece: usize, limit: usize) -> Vec<(u64, String)> {
        let mut lines = Lines::new(Vec::new(), limit);
        let source = Box::new(Pieces(io::Cursor::new(text.to_owned()), piece));
        lines.current = Some(Current { name: "-".to_owned(), source, fresh: true });
        let (mut chunk, mut found, mut chunks) = (Chunk::default(), Vec::new(), 0);
        while lines.next(&mut chunk).expect("it can be read") {
            assert_eq!(chunk.number, chunks, "chunks are counted");
            chunks += 1;
            found.extend(chunk.lines(limit).map(|(number, line)| match line {
                Line::Text(line) => (number, String::from_utf8_lossy(line).into_owned()),
                Line::TooLong(bytes) => (number, format!("[{bytes}]")),
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
            for piece in 1..60 {
                let found = lines(text.as_bytes(), piece, 10);
                let found: Vec<_> = found.iter().map(|(number, line)| (*number, line.as_str())).collect();
                assert_eq!(found, expected, "{text:?} in pieces of {piece}");
            }
        }
    }

    #[test]
    fn long_inputs_are_cut_at_line_breaks_only() {
        let long = |number: usize| "y".repeat(number % 700);
        let text: String = (0..2000).map(|number| long(number) + "\n").collect();
        let expected: Vec<_> = (1..).zip((0..2000).map(long)).filter(|(_, line)| !line.is_empty()).collect();
        for piece in [1000, 8192, PIECE - 1, usize::MAX] {
            assert_eq!(lines(text.as_bytes(), piece, 4 << 20), expected, "pieces of {piece}");
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_not_kept() {
        let text = format!("a\n{}\nb\n", "z".repeat(20 << 20));
        let mut lines = Lines::new(Vec::new(), 1 << 20);
        let source = Box::new(io::Cursor::new(text.into_bytes()));
        lines.current = Some(Current { name: "-".to_owned(), source, fresh: true });
        let mut chunk = Chunk::default();
        while lines.next(&mut chunk).expect("it can be read") {
            assert!(chunk.bytes.capacity() + lines.rest.capacity() < 4 << 20);
        }
    }
}
