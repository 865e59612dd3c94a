//! Opening a file of events, or standard input: what is compressed with gzip is read as the text in it, and what is not text
//! with one event per line is an error that says what it is.

use std::fs::File;
use std::io::{self, Cursor, ErrorKind, Read};

use flate2::read::MultiGzDecoder;

use super::super::file_format::{Beginning, Format, GZIP, beginning};
use super::super::files::describe;
use super::json_file;

/// How many bytes are needed to tell what a file is.
const SIGNATURE_BYTES: usize = 8;

/// How many bytes are read at once.
const READ_BYTES: usize = 64 << 10;

/// A file of events.
pub(in crate::cli) type Reader = Box<dyn Read + Send>;

/// A reader of the text in the file `name`; `-` is standard input. The error is a sentence.
pub(in crate::cli) fn open_text(name: &str) -> Result<Reader, String> {
    let reader: Reader = if name == "-" {
        Box::new(io::stdin())
    } else {
        if std::path::Path::new(name).is_dir() {
            return Err(cannot_read(name, "it is a folder, not a file"));
        }
        Box::new(File::open(name).map_err(|error| cannot_read(name, &describe(&error)))?)
    };
    let read_error = |error: io::Error| cannot_read(name, &describe(&error));
    let (mut start, mut reader) = signature(reader).map_err(read_error)?;
    if start.starts_with(GZIP) {
        let text: Reader = Box::new(MultiGzDecoder::new(Cursor::new(start).chain(reader)));
        (start, reader) = signature(text).map_err(read_error)?;
    }
    match Format::of_bytes(&start) {
        Some(format) => Err(cannot_read(name, &format.reason(name))),
        None => Ok(Box::new(Cursor::new(start).chain(reader))),
    }
}

/// A reader of the lines in the file `name`; `-` is standard input. A line may have `limit` bytes; a file named `*.json` with
/// one event may have as many, over any number of lines. The error is a sentence.
pub(in crate::cli) fn open_lines(name: &str, limit: usize) -> Result<Reader, String> {
    let read_error = |error: io::Error| cannot_read(name, &describe(&error));
    let mut reader = open_text(name)?;
    if json_file::is_named(name) {
        reader = json_file::open(reader, limit).map_err(read_error)?;
    }
    let mut start = Vec::new();
    loop {
        let more = read_more(&mut reader, &mut start).map_err(read_error)?;
        match beginning(&start, !more, limit) {
            Beginning::Other(format) => return Err(cannot_read(name, &format.reason(name))),
            Beginning::Unclear if more => {}
            Beginning::Lines | Beginning::Unclear => return Ok(Box::new(Cursor::new(start).chain(reader))),
        }
    }
}

/// The sentence for a file that cannot be read.
pub(in crate::cli) fn cannot_read(name: &str, reason: &str) -> String {
    format!("cannot read {}: {reason}", shown_name(name))
}

/// How a file is named in a sentence; `-` is standard input.
pub(in crate::cli) fn shown_name(name: &str) -> String {
    if name == "-" { "standard input".to_owned() } else { format!("`{name}`") }
}

/// Reads the first bytes, and returns them with the reader of the rest. A text that ends a line before is not waited for.
fn signature(mut reader: Reader) -> io::Result<(Vec<u8>, Reader)> {
    let mut start = Vec::new();
    while start.len() < SIGNATURE_BYTES && !start.contains(&b'\n') && read_more(&mut reader, &mut start)? {}
    Ok((start, reader))
}

/// Appends what can be read at once. Returns `false` at the end.
fn read_more(reader: &mut impl Read, bytes: &mut Vec<u8>) -> io::Result<bool> {
    let length = bytes.len();
    bytes.resize(length + READ_BYTES, 0);
    let read = loop {
        match reader.read(&mut bytes[length..]) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            read => break read,
        }
    };
    bytes.truncate(length + *read.as_ref().unwrap_or(&0));
    Ok(read? > 0)
}
