//! JSON for people.

use std::fmt::Write;

use crate::diag::text::harmless;
use crate::json::{Document, Limits, Node, Tape};

/// None: a body can repeat the event, so it may be longer and deeper than any event.
const LIMITS: Limits = Limits { bytes: usize::MAX, depth: usize::MAX };

/// JSON text with each member and each element on a line of its own; names, texts and numbers stay as they are written.
pub(super) fn indented(json: &str) -> String {
    let mut tape = Tape::default();
    let Ok(document) = Document::read(json, &mut tape, &LIMITS) else { return json.to_owned() };
    let mut text = String::with_capacity(json.len() * 2);
    write_value(document.root(), 0, &mut text);
    text
}

fn write_value(node: Node<'_>, depth: usize, out: &mut String) {
    let mut entries = node.members().map(|(name, value)| (Some(name), value)).peekable();
    let mut elements = node.elements().map(|value| (None, value)).peekable();
    let (open, close, entries): (_, _, &mut dyn Iterator<Item = _>) = if entries.peek().is_some() {
        ('{', '}', &mut entries)
    } else if elements.peek().is_some() {
        ('[', ']', &mut elements)
    } else {
        return out.push_str(node.json());
    };
    out.push(open);
    for (index, (name, value)) in entries.enumerate() {
        out.push_str(if index > 0 { ",\n" } else { "\n" });
        out.extend(std::iter::repeat_n("  ", depth + 1));
        if let Some(name) = name {
            out.extend([crate::value::quoted(&name).as_str(), ": "]);
        }
        write_value(value, depth + 1, out);
    }
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
    out.push(close);
}

/// JSON text in which the characters that [`harmless`] replaces are escaped as JSON has them, so that it means the same.
pub(super) fn json_harmless(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if c == '\n' || harmless(c.encode_utf8(&mut [0; 4])).chars().eq([c]) {
            text.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_indented_and_keeps_its_numbers() {
        let json = "{\"a\":[],\"b\":[1.50,{\"c\":\"x\\ny\"}],\"d\\\"\":{}, \"n\":12345678901234567890}";
        let expected = "{\n  \"a\": [],\n  \"b\": [\n    1.50,\n    {\n      \"c\": \"x\\ny\"\n    }\n  ],\n  \
                        \"d\\\"\": {},\n  \"n\": 12345678901234567890\n}";
        assert_eq!(indented(json), expected);
        assert_eq!(json_harmless("\"\u{9b}\u{202e}é\""), "\"\\u009b\\u202eé\"");
    }
}
