//! Values as JSON text and as plain text.

use super::{Arena, Number, Value, View};
use crate::json::{Node, TapeKind, find_special};

/// What JSON is appended to: the bytes of an answer, or a text. It takes text only, so a text stays UTF-8 and no
/// conversion can fail afterwards.
pub trait Buffer {
    /// Appends text.
    fn put(&mut self, text: &str);
}

impl Buffer for Vec<u8> {
    #[inline]
    fn put(&mut self, text: &str) {
        self.extend_from_slice(text.as_bytes());
    }
}

impl Buffer for String {
    #[inline]
    fn put(&mut self, text: &str) {
        self.push_str(text);
    }
}

impl Buffer for bumpalo::collections::String<'_> {
    #[inline]
    fn put(&mut self, text: &str) {
        self.push_str(text);
    }
}

/// The JSON text of a value.
#[must_use]
pub fn to_json(value: Value<'_>) -> String {
    let mut out = String::new();
    json(value, &mut out);
    out
}

/// The JSON text of a text: in quotes, with JSON's escapes.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    quote(text, &mut out);
    out
}

/// Appends a text in quotes, with JSON's escapes.
pub fn quote(text: &str, out: &mut impl Buffer) {
    out.put("\"");
    escape(text, out);
    out.put("\"");
}

/// Writes a value as JSON. Pieces of a document are copied as they stand, unless they hold a line break.
pub fn json(value: Value<'_>, out: &mut impl Buffer) {
    match value {
        Value::Null => out.put("null"),
        Value::Bool(true) => out.put("true"),
        Value::Bool(false) => out.put("false"),
        Value::Number(number) => print_number(number, out),
        Value::Text(text) => quote(text, out),
        Value::List(items) => {
            out.put("[");
            for (at, item) in items.iter().enumerate() {
                comma(at, out);
                json(*item, out);
            }
            out.put("]");
        }
        Value::Map(members) => {
            out.put("{");
            for (at, (key, member)) in members.iter().enumerate() {
                comma(at, out);
                quote(key, out);
                out.put(":");
                json(*member, out);
            }
            out.put("}");
        }
        Value::Node(node) => print_node(node, out),
    }
}

fn comma(at: usize, out: &mut impl Buffer) {
    if at > 0 {
        out.put(",");
    }
}

fn print_node(node: Node<'_>, out: &mut impl Buffer) {
    let text = node.json();
    // A line break can only stand between tokens; one answer must stay one line.
    if !matches!(node.kind(), TapeKind::List | TapeKind::Map)
        || memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_none()
    {
        out.put(text);
    } else if node.kind() == TapeKind::List {
        out.put("[");
        for (at, item) in node.elements().enumerate() {
            comma(at, out);
            print_node(item, out);
        }
        out.put("]");
    } else {
        out.put("{");
        for (at, (key, member)) in node.members().enumerate() {
            comma(at, out);
            quote(&key, out);
            out.put(":");
            print_node(member, out);
        }
        out.put("}");
    }
}

fn print_number(number: Number<'_>, out: &mut impl Buffer) {
    match number {
        Number::Literal(text) => out.put(text),
        Number::Int(number) => out.put(itoa::Buffer::new().format(number)),
        Number::Float(number) => out.put(number.text(&mut zmij::Buffer::new())),
    }
}

/// Writes text with JSON's escapes, without the quotes.
pub fn escape(text: &str, out: &mut impl Buffer) {
    let bytes = text.as_bytes();
    let mut from = 0;
    loop {
        let at = find_special(bytes, from);
        out.put(&text[from..at]);
        let Some(&byte) = bytes.get(at) else { return };
        from = at + 1;
        match byte {
            b'"' => out.put("\\\""),
            b'\\' => out.put("\\\\"),
            b'\n' => out.put("\\n"),
            b'\r' => out.put("\\r"),
            b'\t' => out.put("\\t"),
            _ => {
                out.put("\\u00");
                out.put(hex_digit(byte >> 4));
                out.put(hex_digit(byte & 15));
            }
        }
    }
}

/// One of the sixteen digits.
fn hex_digit(digit: u8) -> &'static str {
    let at = usize::from(digit);
    &"0123456789abcdef"[at..=at]
}

/// A value as compact JSON: no blanks, each key once, no needless escapes. For JSON that becomes a text, where
/// a receiver would see how it was written.
#[must_use]
pub fn compact<'a>(value: Value<'a>, arena: &'a Arena) -> &'a str {
    let mut out = bumpalo::collections::String::new_in(arena);
    print_compact(value, arena, &mut out);
    out.into_bump_str()
}

fn print_compact<'a>(value: Value<'a>, arena: &'a Arena, out: &mut impl Buffer) {
    match value.view(arena) {
        View::Null | View::Bool(_) | View::Number(_) => json(value, out),
        View::Text(text) => quote(text, out),
        View::List(list) => {
            out.put("[");
            for (at, item) in list.iter().enumerate() {
                comma(at, out);
                print_compact(item, arena, out);
            }
            out.put("]");
        }
        View::Map(map) => {
            out.put("{");
            for (at, (key, member)) in map.members(arena).iter().enumerate() {
                comma(at, out);
                quote(key, out);
                out.put(":");
                print_compact(*member, arena, out);
            }
            out.put("}");
        }
    }
}

/// A value as text the way the operator `string` and templates see it: maps and lists as JSON, `1.0` as `1`.
#[must_use]
pub fn plain<'a>(value: Value<'a>, arena: &'a Arena) -> &'a str {
    match value.view(arena) {
        View::Null => "null",
        View::Bool(true) => "true",
        View::Bool(false) => "false",
        View::Number(number) => number.to_text(arena),
        View::Text(text) => text,
        View::List(_) | View::Map(_) => compact(value, arena),
    }
}
