//! JSON's backslash escapes (RFC 8259, section 7).

use wide::u8x16;

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

/// Where the next quote, backslash or control character stands, from a place on: sixteen bytes in one look.
#[inline]
pub(crate) fn plain_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    let mut rest = bytes.get(from..).unwrap_or_default();
    while let Some((chunk, after)) = rest.split_first_chunk::<16>() {
        let hits = marks(*chunk);
        if hits != 0 {
            return at + hits.trailing_zeros() as usize;
        }
        at += 16;
        rest = after;
    }
    let mut last = [b'"'; 16];
    last[..rest.len()].copy_from_slice(rest);
    at + marks(last).trailing_zeros() as usize
}

/// The places of quotes, backslashes and control characters, as bits.
#[inline]
pub(super) fn marks(bytes: [u8; 16]) -> u32 {
    let bytes = u8x16::new(bytes);
    // With one bit turned around, the quote is the first byte behind the control characters.
    let turned = bytes ^ u8x16::splat(b'"' ^ b' ');
    let marks = turned.min(u8x16::splat(b' ')).simd_eq(turned) | bytes.simd_eq(u8x16::splat(b'\\'));
    marks.to_bitmask()
}
