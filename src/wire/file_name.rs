//! The file that an input line comes from, in its answers.

use crate::value::quote;

/// Appends copies of answer `lines` with the name of the input file as the member `file`, behind the line number.
pub fn with_file(lines: &[u8], file: &str, out: &mut Vec<u8>) {
    for line in lines.split_inclusive(|&byte| byte == b'\n') {
        // The first member is the line number.
        let (number, rest) = line.split_at(memchr::memchr(b',', line).unwrap_or(line.len()));
        out.extend_from_slice(number);
        out.extend_from_slice(b",\"file\":");
        quote(file, out);
        out.extend_from_slice(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::with_file;

    #[test]
    fn each_line_gets_the_name_behind_its_number() {
        let mut out = Vec::new();
        with_file(b"{\"line\":7,\"output\":{}}\n{\"line\":7,\"error\":\"x\"}\n", "a \"b\".ndjson", &mut out);
        let expected = "{\"line\":7,\"file\":\"a \\\"b\\\".ndjson\",\"output\":{}}\n\
                        {\"line\":7,\"file\":\"a \\\"b\\\".ndjson\",\"error\":\"x\"}\n";
        assert_eq!(String::from_utf8(out).as_deref(), Ok(expected));
    }
}
