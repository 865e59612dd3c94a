//! Files that hold one event over several lines, as a person writes it: `event.json`.

use std::fs::File;
use std::io::{self, Cursor, Read};

use mapwright::internal::json::{Document, Limits, Tape};

/// What a file holds, line by line. One JSON value in a file called `*.json` is one line, however it is laid out;
/// several values, and whatever is longer than `limit`, stay as they are.
pub(super) fn lines(name: &str, file: File, limit: usize) -> io::Result<Box<dyn Read + Send>> {
    if !name.to_ascii_lowercase().ends_with(".json") {
        return Ok(Box::new(file));
    }
    let mut start = Vec::new();
    (&file).take(limit as u64 + 1).read_to_end(&mut start)?;
    if start.len() > limit {
        return Ok(Box::new(Cursor::new(start).chain(file)));
    }
    if is_json(&start) {
        // Line breaks stand only between the parts of a value: inside text they are escaped.
        start.iter_mut().filter(|byte| matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
    }
    Ok(Box::new(Cursor::new(start)))
}

/// Whether a file holds one JSON value.
fn is_json(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    // One that is nested too deeply for an event is one value all the same: the run refuses it.
    let (mut slots, limits) = (Tape::default(), Limits { bytes: usize::MAX, depth: 1024 });
    Document::read(text.strip_prefix('\u{feff}').unwrap_or(text), &mut slots, &limits).is_ok()
}
