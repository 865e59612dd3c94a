//! Text that was probably meant to be replaced: placeholders of other tools, and paths without `$`.

use crate::diag::{Code, Diagnostic, Warnings};
use crate::syntax::{Mapping, Text, Yaml, YamlValue};

/// Names that paths in other tools begin with.
const ROOTS: [&str; 7] = ["event", "message", "traits", "properties", "context", "config", "metadata"];

/// Keys in every event.
const KEYS: [&str; 6] = ["userId", "anonymousId", "groupId", "previousId", "messageId", "timestamp"];

/// Reports a constant that looks like a path; `alone` is whether only a path makes sense in its position.
pub(super) fn like_a_path(yaml: &Yaml, alone: bool, warnings: &mut Warnings) {
    let YamlValue::Text(text) = &yaml.node else { return };
    let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let mut parts = text.split('.');
    let first = parts.next().unwrap_or_default();
    let inner = parts.clone().count() > 0 && parts.all(word);
    if !(ROOTS.contains(&first) && inner || KEYS.contains(&text.as_str()) && alone) {
        return;
    }
    let path = match first {
        "event" | "message" => format!("${}", &text[first.len()..]),
        "config" | "metadata" => format!("${text}"),
        _ => format!("$.{text}"),
    };
    let message = format!("this is the text `{text}`, not a path; write `{path}`");
    let found = Diagnostic::new(Code::TextLikeAPath, yaml.span, message);
    warnings.push(found.help("if the text itself is meant, write it under `literal:`"));
}

/// Reports `{name}` and `${name}`, and in an address `/:name` and `/$name`. Outside addresses, only known names are
/// reported.
pub(super) fn placeholder(
    words: &str,
    text: &Text,
    address: bool,
    mapping: &Mapping,
    warnings: &mut Warnings,
) {
    let Some((start, end, name)) = first(words, address) else { return };
    let root = name.split('.').next().unwrap_or_default();
    let known = root == "event" || mapping.fields.iter().any(|field| field.name.node == root);
    if !(known || address) {
        return;
    }
    let sent = &words[start..end];
    let message = format!("`{sent}` is sent literally");
    let span = match text.text.find(words) {
        Some(at) => text.at(at + start..at + end),
        None => text.span,
    };
    let filter = if address || words.contains("://") { " | url_encode" } else { "" };
    warnings.push(
        Diagnostic::new(Code::OtherPlaceholder, span, message)
            .help(format!("write `{{{{ {name}{filter} }}}}` to insert the value")),
    );
}

/// The first placeholder: its start and end as byte offsets, and the name in it.
fn first(words: &str, address: bool) -> Option<(usize, usize, &str)> {
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'.')
    };
    let braces = words.match_indices('{').find_map(|(at, _)| {
        let name = &words[at + 1..at + 1 + words[at + 1..].find('}')?];
        let start = if words[..at].ends_with('$') { at - 1 } else { at };
        is_name(name.trim()).then(|| (start, at + name.len() + 2, name.trim()))
    });
    if !address {
        return braces;
    }
    braces.or_else(|| {
        ["/:", "/$"].iter().find_map(|sign| {
            let at = words.find(sign)? + 1;
            let rest = &words[at + 1..];
            let name = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
            is_name(name).then(|| (at, at + 1 + name.len(), name))
        })
    })
}
