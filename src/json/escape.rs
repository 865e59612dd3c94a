//! JSON's backslash escapes (RFC 8259, section 7).

/// Decodes the escapes of a string. The scanner has already validated them.
pub(super) fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(backslash) = memchr::memchr(b'\\', rest.as_bytes()) {
        text.push_str(&rest[..backslash]);
        let escape = rest.as_bytes().get(backslash + 1).copied().unwrap_or(b'\\');
        rest = rest.get(backslash + 2..).unwrap_or("");
        match escape {
            b'b' => text.push('\u{8}'),
            b'f' => text.push('\u{c}'),
            b'n' => text.push('\n'),
            b'r' => text.push('\r'),
            b't' => text.push('\t'),
            b'u' => {
                let (unit, after) = code_unit(rest);
                rest = after;
                let code = if (0xD800..0xDC00).contains(&unit) {
                    let (low, after) = code_unit(rest.get(2..).unwrap_or(""));
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

/// The UTF-16 code unit that four hexadecimal digits encode, and the rest of the text.
fn code_unit(rest: &str) -> (u32, &str) {
    let digits = rest.get(..4).unwrap_or("");
    (u32::from_str_radix(digits, 16).unwrap_or(0xFFFD), rest.get(4..).unwrap_or(""))
}

/// The offset of the first quote, backslash or control character at or after `from`, or the length of `bytes` if there
/// is none. It tests sixteen bytes at a time.
#[inline]
pub(crate) fn find_special(bytes: &[u8], from: usize) -> usize {
    let mut offset = from;
    let mut rest = bytes.get(from..).unwrap_or_default();
    while let Some((chunk, after)) = rest.split_first_chunk::<16>() {
        let special = special_bits(*chunk);
        if special != 0 {
            return offset + special.trailing_zeros() as usize;
        }
        offset += 16;
        rest = after;
    }
    let mut last = [b'"'; 16];
    last[..rest.len()].copy_from_slice(rest);
    offset + special_bits(last).trailing_zeros() as usize
}

/// One bit for each byte, the lowest for the first: set for quotes, backslashes and control characters.
#[cfg(target_arch = "x86_64")]
#[inline]
pub(super) fn special_bits(bytes: [u8; 16]) -> u32 {
    use safe_arch::{cmp_eq_mask_i8_m128i, m128i, min_u8_m128i, move_mask_i8_m128i};

    let bytes = m128i::from(bytes);
    // With this bit flipped, the quote is a space and control characters stay below it, so one comparison finds both.
    let flipped = bytes ^ m128i::from([b'"' ^ b' '; 16]);
    let special = cmp_eq_mask_i8_m128i(min_u8_m128i(flipped, m128i::from([b' '; 16])), flipped)
        | cmp_eq_mask_i8_m128i(bytes, m128i::from([b'\\'; 16]));
    move_mask_i8_m128i(special).cast_unsigned()
}

/// One bit for each byte, the lowest for the first: set for quotes, backslashes and control characters.
#[cfg(not(target_arch = "x86_64"))]
#[inline]
pub(super) fn special_bits(bytes: [u8; 16]) -> u32 {
    portable_special_bits(bytes)
}

/// The same without vector instructions: eight bytes at a time, packed into a `u64`.
#[cfg(any(test, not(target_arch = "x86_64")))]
pub(super) fn portable_special_bits(bytes: [u8; 16]) -> u32 {
    const LOW: u64 = u64::from_le_bytes([0x7F; 8]);
    let eight_bits = |bytes: &[u8; 8]| {
        let bytes = u64::from_le_bytes(*bytes);
        let flipped = bytes ^ u64::from_le_bytes([b'"' ^ b' '; 8]);
        let escape = bytes ^ u64::from_le_bytes([b'\\'; 8]);
        // The high bit of each byte: set if the byte is above a space, or is not zero. No addition carries into the next byte.
        let above = ((flipped & LOW) + u64::from_le_bytes([0x7F - b' '; 8])) | flipped;
        let nonzero = ((escape & LOW) + LOW) | escape;
        // The multiplication gathers the high bits in the top byte.
        let special = !((above & nonzero) | LOW) >> 7;
        special.wrapping_mul(0x0102_0408_1020_4080).to_be_bytes()[0]
    };
    let (halves, _) = bytes.as_chunks::<8>();
    halves.iter().rev().fold(0, |bits, half| bits << 8 | u32::from(eight_bits(half)))
}
