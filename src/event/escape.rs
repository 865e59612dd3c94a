//! JSON's backslash escapes (RFC 8259, section 7).

/// The text that an escaped string stands for. The scanner has checked every escape before.
pub(super) fn unescape(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        let mark = rest.as_bytes().get(at + 1).copied().unwrap_or(b'\\');
        rest = rest.get(at + 2..).unwrap_or("");
        match mark {
            b'b' => text.push('\u{8}'),
            b'f' => text.push('\u{c}'),
            b'n' => text.push('\n'),
            b'r' => text.push('\r'),
            b't' => text.push('\t'),
            b'u' => {
                let (unit, after) = hex(rest);
                rest = after;
                let code = if (0xD800..0xDC00).contains(&unit) {
                    let (low, after) = hex(rest.get(2..).unwrap_or(""));
                    rest = after;
                    0x1_0000 + ((unit - 0xD800) << 10) + (low.wrapping_sub(0xDC00) & 0x3FF)
                } else {
                    unit
                };
                text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            other => text.push(char::from(other)),
        }
    }
    text.push_str(rest);
    text
}

fn hex(rest: &str) -> (u32, &str) {
    let digits = rest.get(..4).unwrap_or("");
    (u32::from_str_radix(digits, 16).unwrap_or(0xFFFD), rest.get(4..).unwrap_or(""))
}
