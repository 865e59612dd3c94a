//! Checks that the names and values of headers can be sent.

use crate::diag::{Code, Diagnostic, Errors};
use crate::request::{is_set_by_client, is_token};
use crate::syntax::{Name, ValueKind, ValueNode, YamlValue};

pub(super) fn name(name: &Name, errors: &mut Errors<'_>) {
    if is_set_by_client(&name.node) {
        let message = format!("`{}` is set by the HTTP client or a proxy", name.node);
        errors.push(Diagnostic::new(Code::BadHeaderName, name.span, message).help("remove it"));
    } else if !is_token(&name.node) {
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
    if text.trim_end_matches('\n').contains(|c: char| c.is_control()) {
        let message = "a header cannot contain a line break or another control character";
        errors.push(Diagnostic::new(Code::BadHeaderValue, span, message));
    }
}
