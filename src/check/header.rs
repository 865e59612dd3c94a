//! Headers: names and values that can be sent.

use crate::diag::{Code, Diagnostic, Errors};
use crate::syntax::{Name, ValueKind, ValueNode, YamlValue};

/// Headers that belong to the connection: whoever sends the request sets them.
const OF_THE_CLIENT: [&str; 9] = [
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
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    let lower = name.node.to_ascii_lowercase();
    if OF_THE_CLIENT.contains(&lower.as_str()) {
        let message = format!("`{}` is set by whoever sends the request", name.node);
        errors.push(Diagnostic::new(Code::BadHeaderName, name.span, message).help("remove it"));
    } else if name.node.is_empty() || name.node.contains(|c| !token(c)) {
        let message = format!("`{}` is no name of a header: letters, digits and `-` make one", name.node);
        errors.push(Diagnostic::new(Code::BadHeaderName, name.span, message));
    }
}

pub(super) fn value(value: &ValueNode, errors: &mut Errors<'_>) {
    let (words, span) = match &value.kind {
        ValueKind::Constant(yaml) => match &yaml.node {
            YamlValue::Text(words) => (words, yaml.span),
            _ => return,
        },
        ValueKind::Template(text) => (&text.text, text.span),
        _ => return,
    };
    // One at the very end is the business of how YAML blocks are written.
    if words.trim_end_matches('\n').contains(|c: char| c.is_control() && c != '\t') {
        let message = "a line break or another control character cannot be sent in a header";
        errors.push(Diagnostic::new(Code::BadHeaderValue, span, message));
    }
}
