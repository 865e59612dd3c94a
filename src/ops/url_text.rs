//! Text in URLs: the encoding of one component, and checks of text that is encoded already.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

/// What is encoded: the component percent-encode set of the URL Standard, section 1.3, which is that of JavaScript's
/// `encodeURIComponent`.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// The text encoded as one component of a URL: a segment of its path, or a value of its query.
#[must_use]
pub fn encode_component(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, COMPONENT)
}

/// Which bytes are written as they are by [`push_component`]: those that [`COMPONENT`] leaves.
const UNCHANGED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric()
            || matches!(byte, b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')');
        byte += 1;
    }
    table
};

/// Appends text encoded as one component. Returns whether it contains a `\`. The same as [`encode_component`], for text
/// that rarely needs it.
pub fn push_component(text: &str, out: &mut Vec<u8>) -> bool {
    let unchanged = |byte: u8| UNCHANGED[usize::from(byte)];
    let (mut rest, mut backslash) = (text.as_bytes(), false);
    loop {
        let length = rest.iter().position(|&byte| !unchanged(byte)).unwrap_or(rest.len());
        let (same, changed) = rest.split_at(length);
        out.extend_from_slice(same);
        let Some((&byte, after)) = changed.split_first() else { return backslash };
        backslash |= byte == b'\\';
        out.extend_from_slice(percent_encoding::percent_encode_byte(byte).as_bytes());
        rest = after;
    }
}

/// Whether text is one encoded component: nothing in it can end the component, and every `%` begins an encoded byte.
#[must_use]
pub fn is_component(text: &str) -> bool {
    // `+` occurs in numbers, which `url_encode` leaves as they are.
    is_encoded(text, |byte| byte.is_ascii_alphanumeric() || b"-_.!~*'()+".contains(&byte))
}

/// Whether text is an encoded path: segments with `/` between them (RFC 3986, section 3.3), or an encoded query, which
/// has the same characters and `?` (section 3.4).
#[must_use]
pub fn is_path_or_query(text: &str) -> bool {
    is_encoded(text, |byte| byte.is_ascii_alphanumeric() || b"-_.~!$&'()*+,;=:@/?".contains(&byte))
}

/// Whether clients or servers resolve a segment of a path as `.` or `..`: percent-encoded dots count (URL Standard,
/// section 4.1), `\` divides segments as `/` does (section 4.4), and what follows `;` is not part of the name in many servers.
#[must_use]
pub fn is_dot_segment(segment: &str) -> bool {
    let mut rest = segment.as_bytes();
    let (mut dots, mut name_is_dots, mut in_name) = (0, true, true);
    while let [first, tail @ ..] = rest {
        let (byte, tail) = match rest {
            [b'%', b'2', b'e' | b'E', tail @ ..] => (b'.', tail),
            [b'%', b'5', b'c' | b'C', tail @ ..] => (b'\\', tail),
            [b'%', b'3', b'b' | b'B', tail @ ..] => (b';', tail),
            _ => (*first, tail),
        };
        rest = tail;
        match byte {
            b'\\' if name_is_dots && matches!(dots, 1 | 2) => return true,
            b'\\' => (dots, name_is_dots, in_name) = (0, true, true),
            b';' => in_name = false,
            b'.' if in_name => dots += 1,
            _ if in_name => name_is_dots = false,
            _ => {}
        }
    }
    name_is_dots && matches!(dots, 1 | 2)
}

/// Whether each `%` in text begins an encoded byte. Otherwise what follows the text could complete it.
#[must_use]
pub fn has_whole_percents(text: &str) -> bool {
    is_encoded(text, |_| true)
}

fn is_encoded(text: &str, allowed: impl Fn(u8) -> bool) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let hex = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_hexdigit());
        if byte == b'%' {
            if !(hex(bytes.next()) && hex(bytes.next())) {
                return false;
            }
        } else if !allowed(byte) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{encode_component, is_component, is_dot_segment, is_path_or_query, push_component};

    #[test]
    fn dots_are_found_in_every_spelling() {
        let dots = [
            ".",
            "..",
            "%2e",
            ".%2E",
            "%2e%2e",
            "..;",
            "..;a=1",
            "%2e%3Bx",
            "a\\..",
            "..\\a",
            "a%5C..",
            ".%5cx",
            "a\\.;b\\c",
        ];
        for text in dots {
            assert!(is_dot_segment(text), "{text}");
        }
        for text in
            ["", "...", "a.", ".a", "a..b", "%252e", "．．", ";..", "..%2Fa", "a;..", "%2", "%", "..a\\b"]
        {
            assert!(!is_dot_segment(text), "{text}");
        }
    }

    #[test]
    fn what_is_encoded_is_one_component() {
        for c in '\0'..='\u{ff}' {
            let (text, mut pushed) = (format!("a{c}b{c}"), Vec::new());
            assert_eq!(push_component(&text, &mut pushed), c == '\\');
            assert_eq!(pushed, encode_component(&text).to_string().into_bytes());
        }
        for text in ["", "a b/c?d#e", "ä.🚀", "%2F", "..", "-_.!~*'()", "\u{0}\n\\"] {
            let encoded = encode_component(text).to_string();
            assert!(is_component(&encoded), "{encoded}");
        }
        for text in ["a/b", "a?b", "a#b", "a%2", "a%zz", "a b", "ä", "a\\b", "a&b"] {
            assert!(!is_component(text), "{text}");
        }
        assert!(is_component("1e+5"));
        for (text, path) in
            [("a/b;c=1", true), ("a%2Fb?x=1&y", true), ("a#b", false), ("a\\b", false), ("ä", false)]
        {
            assert_eq!(is_path_or_query(text), path, "{text}");
        }
    }
}
