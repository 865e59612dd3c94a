//! What a file is, if it is not text with one event per line, and what its author can do about it.

use mapwright::internal::display::shell_quoted;
use mapwright::internal::json::{Document, Limits, Tape};

/// Something else than UTF-8 text with one event per line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Utf16,
    Utf16Le,
    Utf16Be,
    Utf32,
    /// Read by itself where events are expected.
    Gzip,
    Zstd,
    Bzip2,
    Xz,
    Lz4,
    Zip,
    Tar,
    Parquet,
    Avro,
    /// JSON texts with a record separator before each (RFC 7464).
    JsonSequence,
    Csv,
    /// One JSON array of events.
    JsonArray,
    /// Events, each over several lines.
    PrettyJson,
}

/// The first bytes of files that are not UTF-8 text. A longer one comes before its beginning.
const SIGNATURES: &[(&[u8], Format)] = &[
    (b"\xff\xfe\0\0", Format::Utf32),
    (b"\0\0\xfe\xff", Format::Utf32),
    (b"\xff\xfe", Format::Utf16),
    (b"\xfe\xff", Format::Utf16),
    (GZIP, Format::Gzip),
    (b"\x28\xb5\x2f\xfd", Format::Zstd),
    (b"BZh", Format::Bzip2),
    (b"\xfd7zXZ\0", Format::Xz),
    (b"\x04\x22\x4d\x18", Format::Lz4),
    (b"PK\x03\x04", Format::Zip),
    (b"PAR1", Format::Parquet),
    (b"Obj\x01", Format::Avro),
    (b"\x1e", Format::JsonSequence),
];

/// The first bytes of a file compressed with gzip.
pub(super) const GZIP: &[u8] = b"\x1f\x8b";

impl Format {
    /// What the first bytes of a file say: everything but the forms of JSON and CSV, which need more of the text.
    pub(super) fn of_bytes(start: &[u8]) -> Option<Self> {
        if start.get(257..262) == Some(b"ustar") {
            return Some(Self::Tar);
        }
        let signature = SIGNATURES.iter().find(|(signature, _)| start.starts_with(signature));
        // ASCII characters in UTF-16 without a byte order mark.
        signature.map(|&(_, format)| format).or(match *start {
            [a, 0, b, 0, ..] if a > 0 && b > 0 => Some(Self::Utf16Le),
            [0, a, 0, b, ..] if a > 0 && b > 0 => Some(Self::Utf16Be),
            _ => None,
        })
    }

    /// What the file is and how to convert it, as the reason why the file `name` (`-` is standard input) cannot be read.
    pub(super) fn reason(self, name: &str) -> String {
        let convert = |command: &str| {
            let command = command.to_owned();
            if name == "-" { command } else { format!("{command} {}", shell_quoted(name)) }
        };
        let (is, command) = match self {
            Self::Utf16 => ("UTF-16 text, not UTF-8", convert("iconv -f UTF-16 -t UTF-8")),
            Self::Utf16Le => ("UTF-16 text, not UTF-8", convert("iconv -f UTF-16LE -t UTF-8")),
            Self::Utf16Be => ("UTF-16 text, not UTF-8", convert("iconv -f UTF-16BE -t UTF-8")),
            Self::Utf32 => ("UTF-32 text, not UTF-8", convert("iconv -f UTF-32 -t UTF-8")),
            Self::Gzip => ("compressed with gzip", convert("gzip -dc")),
            Self::Zstd => ("compressed with zstd", convert("zstd -dc")),
            Self::Bzip2 => ("compressed with bzip2", convert("bzip2 -dc")),
            Self::Xz => ("compressed with xz", convert("xz -dc")),
            Self::Lz4 => ("compressed with lz4", convert("lz4 -dc")),
            Self::Zip => ("a ZIP archive", convert("unzip -p")),
            Self::Tar => ("a tar archive", convert(if name == "-" { "tar -xO" } else { "tar -xOf" })),
            Self::Parquet => {
                return "it is a Parquet file, not JSON text; export its rows as JSON, one per line"
                    .to_owned();
            }
            Self::Avro => {
                return "it is an Avro file, not JSON text; export its records as JSON, one per line"
                    .to_owned();
            }
            Self::JsonSequence => {
                ("a JSON text sequence (RFC 7464), not one event per line", convert("jq --seq -c ."))
            }
            Self::Csv => {
                return "it is a table (CSV), not JSON; convert each row to a JSON object on a line of its own".to_owned();
            }
            Self::JsonArray => ("a JSON array, not one event per line", convert("jq -c '.[]'")),
            Self::PrettyJson => (
                "pretty-printed JSON, in which an event takes several lines, not one event per line",
                convert("jq -c ."),
            ),
        };
        let input = if name == "-" { "pipe it through" } else { "convert it with" };
        format!("it is {is}; {input} `{command}`")
    }
}

/// What the beginning of a text says about the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beginning {
    /// One event per line, as far as can be seen: what is not JSON is the fault of its line.
    Lines,
    Other(Format),
    /// More of the text has to be read.
    Unclear,
}

/// Looks at the beginning of a text, at most its first three lines that are not blank. `at_end` says that this is all of it.
///
/// Whole files are told from lines only if these lines cannot be anything else: one broken line, even the first,
/// is refused by itself, and the lines after it get their answers.
pub(super) fn beginning(text: &[u8], at_end: bool, limit: usize) -> Beginning {
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    let mut lines = text.split_inclusive(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let ends = |line: &[u8]| at_end || line.ends_with(b"\n");
    let Some(first) = lines.next() else {
        return if at_end || text.len() > limit { Beginning::Lines } else { Beginning::Unclear };
    };
    if !ends(first) {
        return match first.len() > limit {
            true if opens_array(first) => Beginning::Other(Format::JsonArray),
            true => Beginning::Lines,
            false => Beginning::Unclear,
        };
    }
    let state = State::of(first);
    if state == State::Map || state == State::Broken && separator(first).is_none() {
        return Beginning::Lines;
    }
    let second = lines.next();
    let Some(second) = second.filter(|second| ends(second)) else {
        return match (second, state) {
            (None, State::Array) if at_end => Beginning::Other(Format::JsonArray),
            (second, _) if at_end || second.is_some_and(|second| second.len() > limit) => Beginning::Lines,
            // An array and another line: the array is a broken line.
            (Some(_), State::Array) => Beginning::Lines,
            _ => Beginning::Unclear,
        };
    };
    match state {
        State::Open => {}
        State::Broken if is_table(first, second) => return Beginning::Other(Format::Csv),
        State::Broken | State::Array | State::Map => return Beginning::Lines,
    }
    let both = [first, second].concat();
    let array = first.trim_ascii_start().starts_with(b"[");
    match (State::of(&both), State::of(second)) {
        (State::Broken, _) => Beginning::Lines,
        // An element on a line of its own is followed by a comma or by the end of the array, unless the first line is broken.
        (_, State::Map) if array => match lines.next() {
            None if !at_end => Beginning::Unclear,
            Some(third)
                if !third.trim_ascii_start().starts_with(b"]")
                    && !third.trim_ascii_start().starts_with(b",") =>
            {
                Beginning::Lines
            }
            _ => Beginning::Other(Format::JsonArray),
        },
        (_, _) if array => Beginning::Other(Format::JsonArray),
        // The first line is cut off, perhaps by the end of a disk.
        (_, State::Map) => Beginning::Lines,
        (..) => Beginning::Other(Format::PrettyJson),
    }
}

/// What a piece of text is as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Map,
    Array,
    /// The beginning of a map or an array.
    Open,
    /// Anything else.
    Broken,
}

impl State {
    fn of(text: &[u8]) -> Self {
        let Ok(text) = std::str::from_utf8(text) else { return Self::Broken };
        let text = text.trim();
        let state = match text.as_bytes().first() {
            Some(b'{') => Self::Map,
            Some(b'[') => Self::Array,
            _ => return Self::Broken,
        };
        let (mut tape, limits) = (Tape::default(), Limits { bytes: usize::MAX, depth: 1024 });
        match Document::read(text, &mut tape, &limits) {
            Ok(_) => state,
            Err(error) if error.offset >= text.len() => Self::Open,
            Err(_) => Self::Broken,
        }
    }
}

fn starts_a_value(line: &[u8]) -> bool {
    line.trim_ascii_start().starts_with(b"{") || line.trim_ascii_start().starts_with(b"[")
}

/// Whether a line starts an array of maps.
fn opens_array(line: &[u8]) -> bool {
    let inside = line.trim_ascii_start().strip_prefix(b"[").unwrap_or_default();
    inside.trim_ascii_start().starts_with(b"{")
}

/// The character between the columns of a table, if the line can be its first.
fn separator(line: &[u8]) -> Option<u8> {
    let is_name = |name: &[u8]| {
        let name = name.trim_ascii();
        let name = name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")).unwrap_or(name);
        name.first().is_some_and(|&first| first.is_ascii_alphabetic() || first == b'_')
            && name.iter().all(|&byte| byte.is_ascii_alphanumeric() || b"_-. ".contains(&byte))
    };
    let line = line.trim_ascii();
    b",;\t"
        .iter()
        .copied()
        .find(|separator| line.contains(separator) && line.split(|byte| byte == separator).all(is_name))
}

/// Whether two lines are the names and the first row of a table.
fn is_table(first: &[u8], second: &[u8]) -> bool {
    let Some(separator) = separator(first) else { return false };
    let count = |line: &[u8]| memchr::memchr_iter(separator, line).count();
    !starts_a_value(second) && count(second) >= count(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_files_are_told_from_lines() {
        let (array, pretty) = (Beginning::Other(Format::JsonArray), Beginning::Other(Format::PrettyJson));
        let (lines, table) = (Beginning::Lines, Beginning::Other(Format::Csv));
        for (text, expected) in [
            ("", lines),
            ("{\"a\":1}\n{\"a\":2}\n", lines),
            ("[{\"a\":1},{\"a\":2}]", array),
            ("\n[{\"a\":1}]\n\n", array),
            ("[\n{\"a\":1},\n{\"a\":2}\n]\n", array),
            ("[{\"a\":1},\n{\"a\":2}]\n", array),
            ("[\n  {\n    \"a\": 1\n  }\n]\n", array),
            ("{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}\n", pretty),
            ("\u{feff}{\r\n  \"a\": 1\r\n}\r\n", pretty),
            ("{\n}\n", pretty),
            // One broken line, and others that must be answered.
            ("[1,2]\n{\"a\":1}\n", lines),
            ("[{\"a\":1}\n{\"a\":1}\n", lines),
            ("[\n{\"a\":1}\n]\n", array),
            ("[\n{\"a\":1}\n,{\"a\":2}\n]\n", array),
            ("[\n{\"a\":1}\n{\"a\":1}\n", lines),
            ("{\"a\":\n{\"a\":1}\n", lines),
            ("{\"a\":\"x\n{\"a\":1}\n", lines),
            ("{\"a\":1\n{\"a\":1}\n", lines),
            ("{\"a\":", lines),
            ("hello\n{\"a\":1}\n", lines),
            ("a,b\n{\"a\":1}\n", lines),
            ("a,b\n1,2\n", table),
            ("\"type\";\"user id\"\n\"track\";\"1\"\n", table),
            ("no JSON, none at all\nnone\n", lines),
        ] {
            assert_eq!(beginning(text.as_bytes(), true, 1 << 20), expected, "{text:?}");
            // What is said early is said of the whole, too.
            for end in 0..text.len() {
                let early = beginning(&text.as_bytes()[..end], false, 1 << 20);
                assert!(early == Beginning::Unclear || early == expected, "{text:?} up to {end}: {early:?}");
            }
        }
        let long = format!("[{}", "{\"a\":1},".repeat(1000));
        assert_eq!(beginning(long.as_bytes(), false, 1000), array);
        assert_eq!(beginning("x".repeat(2000).as_bytes(), false, 1000), lines);
    }

    #[test]
    fn an_archive_of_files_is_named() {
        let tar = [b"events.ndjson".as_slice(), &[0; 244], b"ustar\0"].concat();
        assert_eq!(Format::of_bytes(&tar), Some(Format::Tar));
        let reason = Format::Tar.reason("my events.tgz");
        assert_eq!(reason, "it is a tar archive; convert it with `tar -xOf 'my events.tgz'`");
    }

    #[test]
    fn bytes_that_are_no_utf8_text_are_named() {
        for (bytes, format) in [
            (&b"\xff\xfe{\0"[..], Some(Format::Utf16)),
            (b"{\0\"\0a\0", Some(Format::Utf16Le)),
            (b"\0{\0\"\0a", Some(Format::Utf16Be)),
            (b"\xff\xfe\0\0{\0\0\0", Some(Format::Utf32)),
            (b"PK\x03\x04rest", Some(Format::Zip)),
            (b"{\"a\":1}", None),
            (b"\xef\xbb\xbf{}", None),
            (b"", None),
        ] {
            assert_eq!(Format::of_bytes(bytes), format, "{bytes:?}");
        }
    }
}
