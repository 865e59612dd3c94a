//! Checks that the names and values of headers can be sent.

use crate::diag::{Code, Diagnostic, Errors};
use crate::syntax::{Name, ValueKind, ValueNode, YamlValue};

/// Headers of the connection, which the HTTP client sets.
const SET_BY_CLIENT: [&str; 9] = [
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "keep-alive",
    "te",
    "trailer",
    "upgrade",
    "expect",
];

pub(super) fn name(name: &Name, errors: &mut Errors<'_>) {
    let is_token_char = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    let lower = name.node.to_ascii_lowercase();
    if SET_BY_CLIENT.contains(&lower.as_str()) {
        let message = format!("`{}` is set by the HTTP client", name.node);
        errors.push(Diagnostic::new(Code::BadHeaderName, name.span, message).help("remove it"));
    } else if name.node.is_empty() || name.node.contains(|c| !is_token_char(c)) {
        let message = format!("`{}` is not a valid header name; use letters, digits and `-`", name.node);
        errors.push(Diagnostic::new(Code::BadHeaderName, name.span, message));
    }
}

pub(super) fn value(value: &ValueNode, errors: &mut Errors<'_>) {
    let (text, span) = match &value.kind {
        ValueKind::Constant(yaml) => match &yaml.node {
            YamlValue::Text(text) => (text, yaml.span),
            _ => return,
        },
        ValueKind::Template(text) => (&text.text, text.span),
        _ => return,
    };
    // A final line break comes from a YAML block scalar and is reported elsewhere.
    if text.trim_end_matches('\n').contains(|c: char| c.is_control() && c != '\t') {
        let message = "a header cannot contain a line break or another control character";
        errors.push(Diagnostic::new(Code::BadHeaderValue, span, message));
    }
}
