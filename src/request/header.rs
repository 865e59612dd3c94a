//! Headers: which ones a mapping may set, and to what.

use super::text_members::{MAKE_TEXT, member_without_text};

/// Headers of the connection and of its routing, which belong to the HTTP client and to proxies (RFC 9110, section 7.6.1).
/// A mapping must not set them.
const SET_BY_CLIENT: [&str; 17] = [
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "keep-alive",
    "te",
    "trailer",
    "upgrade",
    "expect",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "forwarded",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-original-url",
    "x-rewrite-url",
];

/// Whether the HTTP client or a proxy sets this header.
pub(crate) fn is_set_by_client(name: &str) -> bool {
    SET_BY_CLIENT.iter().any(|header| header.eq_ignore_ascii_case(name))
}

/// Whether a name is a token (RFC 9110, section 5.6.2).
pub(crate) fn is_token(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

/// Why a JSON object cannot be sent as headers: a value that is not text, or a control character.
pub(crate) fn header_fault(json: &[u8]) -> Option<String> {
    if has_control_character(json) {
        return Some("a header would hold a line break or another control character".to_owned());
    }
    let (name, kind) = member_without_text(json)?;
    Some(format!("the header `{name}` would hold {kind}, not text; {MAKE_TEXT}"))
}

/// Whether the strings of JSON text contain a control character, which a header value must not contain (RFC 9110,
/// section 5.5).
fn has_control_character(json: &[u8]) -> bool {
    let mut rest = json;
    // Those below U+0020 are escaped, DEL is not, and those from U+0080 on begin with 0xC2 in UTF-8.
    while let Some(at) = memchr::memchr3(b'\\', 0x7f, 0xc2, rest) {
        let (found, after) = (rest[at], rest.get(at + 1..).unwrap_or_default());
        match (found, after) {
            (0x7f, _)
            | (0xc2, [0x80..=0x9f, ..])
            | (
                b'\\',
                [b'n' | b'r' | b't' | b'b' | b'f', ..] | [b'u', b'0', b'0', b'0' | b'1' | b'8' | b'9', ..],
            ) => {
                return true;
            }
            (b'\\', [b'u', b'0', b'0', b'7', b'f' | b'F', ..]) => return true,
            (b'\\', after) => rest = after.get(1..).unwrap_or_default(),
            _ => rest = after,
        }
    }
    false
}
