//! Text that was probably meant to be replaced: placeholders of other tools, and paths without `$`.

use crate::diag::{Code, Diagnostic, Warnings};
use crate::syntax::{Mapping, Text, Yaml, YamlValue};

/// Names that paths in other tools begin with.
const ROOTS: [&str; 7] = ["event", "message", "traits", "properties", "context", "config", "metadata"];

/// Keys in every event.
const EVENT_KEYS: [&str; 6] = ["userId", "anonymousId", "groupId", "previousId", "messageId", "timestamp"];

/// Reports a constant that looks like a path; `path_only` is whether only a path makes sense in its position.
pub(super) fn text_like_a_path(yaml: &Yaml, path_only: bool, warnings: &mut Warnings) {
    let YamlValue::Text(text) = &yaml.node else { return };
    let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let mut parts = text.split('.');
    let first = parts.next().unwrap_or_default();
    let inner = parts.clone().count() > 0 && parts.all(word);
    if !(ROOTS.contains(&first) && inner || EVENT_KEYS.contains(&text.as_str()) && path_only) {
        return;
    }
    let path = match first {
        "event" | "message" => format!("${}", &text[first.len()..]),
        "config" | "metadata" => format!("${text}"),
        _ => format!("$.{text}"),
    };
    let message = format!("this is the text `{text}`, not a path; write `{path}`");
    let diagnostic = Diagnostic::new(Code::TextLikeAPath, yaml.span, message);
    warnings.push(diagnostic.help("if the text itself is meant, write it under `literal:`"));
}

/// Reports `{name}` and `${name}`, and in an address `/:name` and `/$name`. Outside addresses, only known names are
/// reported.
pub(super) fn placeholder(
    fragment: &str,
    text: &Text,
    address: bool,
    mapping: &Mapping,
    warnings: &mut Warnings,
) {
    let Some((start, end, name)) = find_placeholder(fragment, address) else { return };
    let root = name.split('.').next().unwrap_or_default();
    let known = root == "event" || mapping.fields.iter().any(|field| field.name.node == root);
    if !(known || address) {
        return;
    }
    let placeholder_text = &fragment[start..end];
    let message = format!("`{placeholder_text}` is sent literally");
    let span = match text.text.find(fragment) {
        Some(offset) => text.at(offset + start..offset + end),
        None => text.span,
    };
    let filter = if address || fragment.contains("://") { " | url_encode" } else { "" };
    warnings.push(
        Diagnostic::new(Code::OtherPlaceholder, span, message)
            .help(format!("write `{{{{ {name}{filter} }}}}` to insert the value")),
    );
}

/// The first placeholder: its start and end as byte offsets, and the name in it.
fn find_placeholder(fragment: &str, address: bool) -> Option<(usize, usize, &str)> {
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'.')
    };
    let braces = fragment.match_indices('{').find_map(|(offset, _)| {
        let name = &fragment[offset + 1..offset + 1 + fragment[offset + 1..].find('}')?];
        let start = if fragment[..offset].ends_with('$') { offset - 1 } else { offset };
        is_name(name.trim()).then(|| (start, offset + name.len() + 2, name.trim()))
    });
    if !address {
        return braces;
    }
    braces.or_else(|| {
        ["/:", "/$"].iter().find_map(|sign| {
            let offset = fragment.find(sign)? + 1;
            let rest = &fragment[offset + 1..];
            let name = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
            is_name(name).then(|| (offset, offset + 1 + name.len(), name))
        })
    })
}
