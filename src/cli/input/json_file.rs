//! `.json` files with a single event that is formatted over several lines.

use std::io::{self, Cursor, Read};
use std::path::Path;

use mapwright::internal::json::{Document, Limits, Tape};

/// Whether a file may be one event over several lines.
pub(super) fn is_named(name: &str) -> bool {
    let has_extension = |path: &Path, expected: &str| {
        path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(expected))
    };
    let path = Path::new(name);
    if !has_extension(path, "gz") {
        return has_extension(path, "json");
    }
    path.file_stem().is_some_and(|stem| has_extension(Path::new(stem), "json"))
}

/// A reader of the file's lines. If it holds exactly one JSON value, the value is read as one line. Files with several values,
/// or with more than `limit` bytes, are read unchanged.
pub(super) fn open(mut file: Box<dyn Read + Send>, limit: usize) -> io::Result<Box<dyn Read + Send>> {
    let mut bytes = Vec::new();
    file.by_ref().take(limit as u64 + 1).read_to_end(&mut bytes)?;
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
