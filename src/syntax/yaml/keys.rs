//! Keys that cannot be keys, and characters that nobody sees.

use super::{Entry, Style, Yaml, YamlValue};
use crate::diag::{Code, Diagnostic};
use crate::source::{Span, Spanned};
use foldhash::HashMap;

/// So many keys of a map are compared one by one; more are found by their hash.
const FEW: usize = 12;

/// The keys of a map with many.
#[derive(Default)]
pub(super) struct SeenKeys(HashMap<String, Span>);

impl SeenKeys {
    /// Where a key stands already.
    fn first(&mut self, key: &str, entries: &[Entry]) -> Option<Span> {
        if entries.len() <= FEW {
            return entries.iter().find(|entry| entry.key.node == key).map(|entry| entry.key.span);
        }
        let new = entries.iter().skip(self.0.len());
        self.0.extend(new.map(|Entry { key, .. }| (key.node.clone(), key.span)));
        self.0.get(key).copied()
    }
}

/// A key that waits for its value.
pub(super) enum Key {
    Good(Spanned<String>),
    /// Its value is read and dropped: the key is already a finding.
    Bad,
}

/// A value in the place of a key, behind these entries.
pub(super) fn key(value: Yaml, entries: &[Entry], seen: &mut SeenKeys, found: &mut Vec<Diagnostic>) -> Key {
    let (span, form) = (value.span, value.form());
    let text = match value.node {
        // A number keeps the author's spelling: `0x10:` is the key `0x10`.
        YamlValue::Text(text) | YamlValue::Number(text) => text,
        YamlValue::Bool(yes) => yes.to_string(),
        YamlValue::Null | YamlValue::List(_) | YamlValue::Map(_) => {
            let message = format!("a key must be text, and this is {form}");
            found.push(Diagnostic::new(Code::KeyForm, span, message).help("quote the key if it is text"));
            return Key::Bad;
        }
    };
    if text == "<<" && value.style == Style::Plain {
        let message = "the key `<<` is not used here";
        let help = "name the shared part under `fields:` and use `merge:`, or `extends:` another file";
        found.push(Diagnostic::new(Code::MergeKey, span, message).help(help));
        return Key::Bad;
    }
    if let Some(first) = seen.first(&text, entries) {
        let message = format!("the key `{text}` stands here a second time; one of the two would be lost");
        found.push(Diagnostic::new(Code::DuplicateKey, span, message).related(first, "it stands here first"));
        return Key::Bad;
    }
    Key::Good(Spanned::new(text, span))
}

/// A character that cannot be seen, in a key or in text without quotes.
pub(super) fn invisible(source: &str, span: Span) -> Option<Diagnostic> {
    let text = source.get(span.range())?;
    if text.is_ascii() {
        return None;
    }
    // A no-break space inside words is good typography; at an edge it poses as indentation.
    let edge = text.len() - text.trim_start_matches(space).len();
    let hidden = text
        .char_indices()
        .find(|&(at, c)| name(c).is_some() || (space(c) && (at < edge || text[at..].chars().all(space))));
    let (at, c) = hidden?;
    Some(report(span.inside(at..at + c.len_utf8()), c))
}

/// A space that YAML does not count as one.
fn space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{3000}')
}

/// Whether a place holds such a space.
pub(super) fn is_space(source: &str, span: Span) -> bool {
    source.get(span.range()).is_some_and(|text| text.chars().all(space))
}

/// The text as its author sees it.
pub(super) fn without_invisible(text: &str) -> String {
    text.chars().filter(|&c| name(c).is_none()).collect::<String>().trim_matches(space).to_owned()
}

/// The finding for a character that cannot be seen.
pub(super) fn report(span: Span, c: char) -> Diagnostic {
    let what = name(c).unwrap_or("a no-break space");
    let message = format!("{what} (U+{:04X}) stands here and cannot be seen", c as u32);
    let plain = if name(c).is_some() { "" } else { " " };
    Diagnostic::new(Code::InvisibleCharacter, span, message).label("delete it").fix(span, plain)
}

/// What an invisible character is called.
pub(super) fn name(c: char) -> Option<&'static str> {
    Some(match c {
        '\0' => "a null character",
        '\u{ad}' => "a soft hyphen",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' => "a zero-width non-joiner",
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "a mark of the writing direction"
        }
        '\u{2060}' => "a word joiner",
        '\u{feff}' => "a byte-order mark",
        c if c.is_control() && c != '\t' && c != '\n' && c != '\r' => "a control character",
        _ => return None,
    })
}
