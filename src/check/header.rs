//! Checks that the names and values of headers can be sent.

use crate::diag::{Code, Diagnostic, Errors};
use crate::request::{is_set_by_client, is_token};
use crate::syntax::{Name, Request, ValueKind, ValueNode, ValueSource, YamlValue};

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

/// Reports a header that a request has twice, in different letter case, its shared headers included.
pub(super) fn repeated(request: &Request, shared: Option<&Request>, errors: &mut Errors<'_>) {
    let shared = shared.and_then(|shared| shared.headers.as_ref());
    let mut names: Vec<&Name> = Vec::new();
    for name in [shared, request.headers.as_ref()].into_iter().flatten().flat_map(names_of) {
        match names.iter().find(|known| known.node.eq_ignore_ascii_case(&name.node)) {
            Some(known) if known.node == name.node => {}
            Some(known) => {
                let message = format!(
                    "the header `{}` is set twice: letter case makes no difference in names of headers",
                    name.node
                );
                let diagnostic = Diagnostic::new(Code::RepeatedHeader, name.span, message);
                let help = format!("write `{}`, so that it replaces the other one", known.node);
                errors.push(diagnostic.related(known.span, "the same header is set here").help(help));
            }
            None => names.push(name),
        }
    }
}

/// The names that are written in a map of headers.
fn names_of(headers: &ValueNode) -> Vec<&Name> {
    match &headers.kind {
        ValueKind::Map(members, _) => members.iter().map(|member| &member.key).collect(),
        ValueKind::Rule(rule) => match &rule.source {
            ValueSource::Object(members) => members.iter().map(|member| &member.key).collect(),
            ValueSource::Merge(layers) => layers.iter().flat_map(names_of).collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
