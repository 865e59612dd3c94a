//! Names of headers: which ones a mapping may set.

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
