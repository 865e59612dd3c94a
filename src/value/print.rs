//! Values as JSON text and as plain text.

use std::io::Write as _;

use super::{Arena, Number, Value, View};
use crate::json::{Node, TapeKind, plain_end};

/// Writes a value as JSON. Pieces of a document are copied as they stand, unless they hold a line break.
pub fn json(value: Value<'_>, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => print_number(number, out),
        Value::Text(text) => {
            out.push(b'"');
            escape(text, out);
            out.push(b'"');
        }
        Value::List(items) => {
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                comma(at, out);
                json(*item, out);
            }
            out.push(b']');
        }
        Value::Map(members) => {
            out.push(b'{');
            for (at, (key, member)) in members.iter().enumerate() {
                comma(at, out);
                out.push(b'"');
                escape(key, out);
                out.extend_from_slice(b"\":");
                json(*member, out);
            }
            out.push(b'}');
        }
        Value::Node(node) => print_node(node, out),
    }
}

fn comma(at: usize, out: &mut Vec<u8>) {
    if at > 0 {
        out.push(b',');
    }
}

fn print_node(node: Node<'_>, out: &mut Vec<u8>) {
    let text = node.json().as_bytes();
    // A line break can only stand between tokens; one answer must stay one line.
    if !matches!(node.kind(), TapeKind::List | TapeKind::Map) || memchr::memchr2(b'\n', b'\r', text).is_none()
    {
        out.extend_from_slice(text);
    } else if node.kind() == TapeKind::List {
        out.push(b'[');
        for (at, item) in node.elements().enumerate() {
            comma(at, out);
            print_node(item, out);
        }
        out.push(b']');
    } else {
        out.push(b'{');
        for (at, (key, member)) in node.members().enumerate() {
            comma(at, out);
            json(Value::Text(&key), out);
            out.push(b':');
            print_node(member, out);
        }
        out.push(b'}');
    }
}

fn print_number(number: Number<'_>, out: &mut Vec<u8>) {
    match number {
        Number::ValueNode(text) => out.extend_from_slice(text.as_bytes()),
        Number::Int(number) => out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes()),
        Number::Float(number) => match serde_json::Number::from_f64(number) {
            Some(number) => {
                let written = write!(out, "{number}");
                debug_assert!(written.is_ok(), "a Vec takes everything");
            }
            None => out.extend_from_slice(b"null"),
        },
    }
}

/// Writes text with JSON's escapes, without the quotes.
pub fn escape(text: &str, out: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let bytes = text.as_bytes();
    let mut from = 0;
    loop {
        let at = plain_end(bytes, from);
        out.extend_from_slice(&bytes[from..at]);
        let Some(&byte) = bytes.get(at) else { return };
        from = at + 1;
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            _ => {
                out.extend_from_slice(b"\\u00");
                out.push(HEX[usize::from(byte >> 4)]);
                out.push(HEX[usize::from(byte & 15)]);
            }
        }
    }
}

/// A value as compact JSON: no blanks, each key once, no needless escapes. For JSON that becomes a text, where
/// a receiver would see how it was written.
#[must_use]
pub fn compact<'a>(value: Value<'a>, arena: &'a Arena) -> &'a str {
    let mut out = Vec::new();
    print_compact(value, arena, &mut out);
    arena.alloc_str(std::str::from_utf8(&out).unwrap_or_default())
}

fn print_compact<'a>(value: Value<'a>, arena: &'a Arena, out: &mut Vec<u8>) {
    match value.view(arena) {
        View::Null | View::Bool(_) | View::Number(_) => json(value, out),
        View::Text(text) => json(Value::Text(text), out),
        View::List(list) => {
            out.push(b'[');
            for (at, item) in list.iter().enumerate() {
                comma(at, out);
                print_compact(item, arena, out);
            }
            out.push(b']');
        }
        View::Map(map) => {
            out.push(b'{');
            for (at, (key, member)) in map.members(arena).iter().enumerate() {
                comma(at, out);
                json(Value::Text(key), out);
                out.push(b':');
                print_compact(*member, arena, out);
            }
            out.push(b'}');
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
