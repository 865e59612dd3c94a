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
#[cfg(target_arch = "x86_64")]
#[inline]
pub(super) fn marks(bytes: [u8; 16]) -> u32 {
    use safe_arch::{cmp_eq_mask_i8_m128i, m128i, min_u8_m128i, move_mask_i8_m128i};

    let bytes = m128i::from(bytes);
    // With one bit flipped, the quote is the first byte after the control characters.
    let flipped = bytes ^ m128i::from([b'"' ^ b' '; 16]);
    let marks = cmp_eq_mask_i8_m128i(min_u8_m128i(flipped, m128i::from([b' '; 16])), flipped)
        | cmp_eq_mask_i8_m128i(bytes, m128i::from([b'\\'; 16]));
    move_mask_i8_m128i(marks).cast_unsigned()
}

/// The places of quotes, backslashes and control characters, as bits.
#[cfg(not(target_arch = "x86_64"))]
#[inline]
pub(super) fn marks(bytes: [u8; 16]) -> u32 {
    portable_marks(bytes)
}

/// The same without vector instructions: eight bytes at a time, each in its own part of a number.
#[cfg(any(test, not(target_arch = "x86_64")))]
pub(super) fn portable_marks(bytes: [u8; 16]) -> u32 {
    const LOW: u64 = u64::from_le_bytes([0x7F; 8]);
    let eight = |bytes: &[u8; 8]| {
        let bytes = u64::from_le_bytes(*bytes);
        let flipped = bytes ^ u64::from_le_bytes([b'"' ^ b' '; 8]);
        let escape = bytes ^ u64::from_le_bytes([b'\\'; 8]);
        // The high bit of each byte: set when it is larger than a space, and when it is not zero. Nothing is carried.
        let above = ((flipped & LOW) + u64::from_le_bytes([0x7F - b' '; 8])) | flipped;
        let other = ((escape & LOW) + LOW) | escape;
        // The high bits move together into the top byte.
        let marks = !((above & other) | LOW) >> 7;
        marks.wrapping_mul(0x0102_0408_1020_4080).to_be_bytes()[0]
    };
    let (halves, _) = bytes.as_chunks::<8>();
    halves.iter().rev().fold(0, |marks, half| marks << 8 | u32::from(eight(half)))
}
