//! `.json` files with a single event that is formatted over several lines.

use std::fs::File;
use std::io::{self, Cursor, Read};

use mapwright::internal::json::{Document, Limits, Tape};

/// A reader of the file's lines. If the file is named `*.json` and holds exactly one JSON value, the value is read as
/// one line. Files with several values, or with more than `limit` bytes, are read unchanged.
pub(super) fn open(name: &str, file: File, limit: usize) -> io::Result<Box<dyn Read + Send>> {
    if !name.to_ascii_lowercase().ends_with(".json") {
        return Ok(Box::new(file));
    }
    let mut bytes = Vec::new();
    (&file).take(limit as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        return Ok(Box::new(Cursor::new(bytes).chain(file)));
    }
    if is_one_value(&bytes) {
        // Inside strings line breaks are escaped, so these are only whitespace between tokens.
        bytes.iter_mut().filter(|byte| matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
    }
    Ok(Box::new(Cursor::new(bytes)))
}

/// Whether these bytes are exactly one JSON value.
fn is_one_value(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    // The limits of events do not apply here: the run itself refuses a value that exceeds them.
    let (mut tape, limits) = (Tape::default(), Limits { bytes: usize::MAX, depth: 1024 });
    Document::read(text.strip_prefix('\u{feff}').unwrap_or(text), &mut tape, &limits).is_ok()
}
