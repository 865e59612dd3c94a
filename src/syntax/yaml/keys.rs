//! Invalid keys, and invisible characters.

use super::{Entry, Style, Yaml, YamlValue};
use crate::diag::{Code, Diagnostic};
use crate::source::{Span, Spanned};
use foldhash::HashMap;

/// Maximum number of keys that are compared one by one; larger maps use a hash table.
const MAX_LINEAR_KEYS: usize = 12;

/// The keys of a large map with their spans.
#[derive(Default)]
pub(super) struct SeenKeys(HashMap<String, Span>);

impl SeenKeys {
    /// The span of an earlier entry with the same key.
    fn first_occurrence(&mut self, key: &str, entries: &[Entry]) -> Option<Span> {
        if entries.len() <= MAX_LINEAR_KEYS {
            return entries.iter().find(|entry| entry.key.node == key).map(|entry| entry.key.span);
        }
        let new = entries.iter().skip(self.0.len());
        self.0.extend(new.map(|Entry { key, .. }| (key.node.clone(), key.span)));
        self.0.get(key).copied()
    }
}

/// A key whose value has not been read yet.
pub(super) enum Key {
    Valid(Spanned<String>),
    /// The key has been reported; its value is read and discarded.
    Invalid,
}

/// Converts a value to a key. A key that is invalid, or already in `entries`, is reported.
pub(super) fn read_key(
    value: Yaml,
    entries: &[Entry],
    seen: &mut SeenKeys,
    findings: &mut Vec<Diagnostic>,
) -> Key {
    let (span, form) = (value.span, value.form());
    let text = match value.node {
        // A number keeps the author's spelling: `0x10:` is the key `0x10`.
        YamlValue::Text(text) | YamlValue::Number(text) => text,
        YamlValue::Bool(yes) => yes.to_string(),
        YamlValue::Null | YamlValue::List(_) | YamlValue::Map(_) => {
            let message = format!("a key must be text, and this is {form}");
            findings.push(Diagnostic::new(Code::KeyForm, span, message).help("quote the key if it is text"));
            return Key::Invalid;
        }
    };
    if text == "<<" && value.style == Style::Plain {
        let message = "the merge key `<<` is not supported";
        let help =
            "define the shared part under `fields:` and use `merge:`, or extend another file with `extends:`";
        findings.push(Diagnostic::new(Code::MergeKey, span, message).help(help));
        return Key::Invalid;
    }
    if let Some(first) = seen.first_occurrence(&text, entries) {
        let message = format!("duplicate key `{text}`; one of the two values would be lost");
        findings.push(Diagnostic::new(Code::DuplicateKey, span, message).related(first, "first used here"));
        return Key::Invalid;
    }
    Key::Valid(Spanned::new(text, span))
}

/// Reports an invisible character in a key or in unquoted text.
pub(super) fn find_invisible(source: &str, span: Span) -> Option<Diagnostic> {
    let text = source.get(span.range())?;
    if text.is_ascii() {
        return None;
    }
    // A no-break space between words is good typography; at an edge it looks like indentation.
    let edge = text.len() - text.trim_start_matches(non_yaml_space).len();
    let hidden = text.char_indices().find(|&(at, c)| {
        invisible_name(c).is_some()
            || (non_yaml_space(c) && (at < edge || text[at..].chars().all(non_yaml_space)))
    });
    let (at, c) = hidden?;
    Some(report_invisible(span.inside(at..at + c.len_utf8()), c))
}

/// Whether a character is a space that YAML does not treat as one.
fn non_yaml_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{3000}')
}

/// Whether a span contains only such spaces.
pub(super) fn is_non_yaml_space(source: &str, span: Span) -> bool {
    source.get(span.range()).is_some_and(|text| text.chars().all(non_yaml_space))
}

/// The text without its invisible characters, as its author sees it.
pub(super) fn without_invisible(text: &str) -> String {
    text.chars()
        .filter(|&c| invisible_name(c).is_none())
        .collect::<String>()
        .trim_matches(non_yaml_space)
        .to_owned()
}

/// The finding for an invisible character.
pub(super) fn report_invisible(span: Span, c: char) -> Diagnostic {
    let what = invisible_name(c).unwrap_or("a no-break space");
    let message = format!("invisible character: {what} (U+{:04X})", c as u32);
    let replacement = if invisible_name(c).is_some() { "" } else { " " };
    Diagnostic::new(Code::InvisibleCharacter, span, message).label("delete it").fix(span, replacement)
}

/// The name of an invisible character; `None` for visible ones.
pub(super) fn invisible_name(c: char) -> Option<&'static str> {
    Some(match c {
        '\0' => "a null character",
        '\u{ad}' => "a soft hyphen",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' => "a zero-width non-joiner",
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "a text-direction mark"
        }
        '\u{2060}' => "a word joiner",
        '\u{feff}' => "a byte-order mark",
        c if c.is_control() && c != '\t' && c != '\n' && c != '\r' => "a control character",
        _ => return None,
    })
}
