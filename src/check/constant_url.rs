//! Checks the constant parts of addresses: the scheme, the host, and that there are no credentials.

use crate::diag::{Code, Diagnostic, Errors};
use crate::source::Span;
use crate::syntax::Text;

/// Checks the constant beginning of an address; `text` is the constant or template that contains it.
pub(super) fn address(address: &str, text: &Text, errors: &mut Errors<'_>) {
    let lower = address.to_ascii_lowercase();
    let Some(end) = lower.find("://") else { return };
    let rest = &address[end + 3..];
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let shift = if text.text.starts_with(address) { 0 } else { text.text.len() };
    let span_of = |from: usize, to: usize| if shift == 0 { text.at(from..to) } else { text.span };
    let start = end + 3;
    if let Some(at) = authority.rfind('@') {
        let message = "the address contains a user name or a password, which would appear in logs";
        let diagnostic = Diagnostic::new(Code::CredentialsInAddress, span_of(start, start + at + 1), message);
        errors.push(
            diagnostic.help("send it in a header: `Authorization: \"Basic {{ config.key | base64 }}\"`"),
        );
    }
    let host = &authority[authority.rfind('@').map_or(0, |at| at + 1)..];
    if is_private(host) {
        let message = "this host is on a private network, not on the internet";
        errors.push(Diagnostic::new(Code::PrivateHost, span_of(start, start + authority.len()), message));
    } else if &lower[..end] != "https" && !lower[..end].contains(|c: char| !c.is_ascii_alphanumeric()) {
        let message = format!("requests must use `https`, and this is `{}`", &address[..end]);
        let diagnostic = Diagnostic::new(Code::NotHttps, span_of(0, end), message);
        let http = &lower[..end] == "http" && shift == 0 && text.exact;
        errors.push(if http { diagnostic.fix(span_of(0, end), "https") } else { diagnostic });
    }
}

/// Checks that an address begins with a scheme; `more` is whether an inserted value may follow `text`.
pub(super) fn start(text: &str, span: Span, more: bool, errors: &mut Errors<'_>) {
    let lower = text.trim_start().to_ascii_lowercase();
    let has_scheme = lower.is_empty() && more
        || lower.split_once("://").is_some_and(|(scheme, _)| {
            !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+')
        });
    if !has_scheme {
        let message = "an address must begin with `https://` and a host";
        errors.push(Diagnostic::new(Code::NotAnAddress, span, message));
    }
}

/// Whether a host is the local machine or on a private network.
fn is_private(authority: &str) -> bool {
    let Ok(url) = url::Url::parse(&format!("https://{authority}/")) else { return false };
    match url.host() {
        Some(url::Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost"
                || [".localhost", ".local", ".internal", ".localdomain"].iter().any(|end| name.ends_with(end))
        }
        Some(url::Host::Ipv4(address)) => is_private_v4(address.octets()),
        Some(url::Host::Ipv6(address)) => {
            let mapped = address.to_ipv4_mapped().is_some_and(|inner| is_private_v4(inner.octets()));
            let first = address.segments()[0];
            let local = first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80;
            local || mapped || address.is_loopback() || address.is_unspecified()
        }
        None => false,
    }
}

fn is_private_v4(octets: [u8; 4]) -> bool {
    match octets {
        [0 | 10 | 127, ..] | [169, 254, ..] | [192, 168, ..] => true,
        [172, second, ..] => (16..32).contains(&second),
        [100, second, ..] => (64..128).contains(&second),
        _ => false,
    }
}
