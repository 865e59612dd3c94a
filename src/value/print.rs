//! Writing values as JSON and as plain text.

use super::{Arena, BoundedString, Number, Value, View};
use crate::json::{Node, TapeKind, find_special};

/// A buffer that JSON is appended to. It accepts only text, so that its contents are always valid UTF-8.
pub trait Buffer {
    /// Appends text.
    fn put(&mut self, text: &str);

    /// Appends text as a JSON string: quoted and escaped.
    fn put_quoted(&mut self, text: &str)
    where
        Self: Sized,
    {
        self.put("\"");
        escape(text, self);
        self.put("\"");
    }

    /// Whether a limit is exceeded, so that nothing more is needed.
    fn is_full(&self) -> bool {
        false
    }
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

impl Buffer for BoundedString<'_> {
    #[inline]
    fn put(&mut self, text: &str) {
        // If it does not fit, the run finds out that a limit is exceeded.
        let _added = self.push(text);
    }

    fn is_full(&self) -> bool {
        BoundedString::is_full(self)
    }
}

/// A buffer of bytes that lists and maps are written to until it has so many bytes as the arena allows.
struct BoundedBytes<'o> {
    out: &'o mut Vec<u8>,
    /// The length at which it is full.
    end: usize,
}

impl Buffer for BoundedBytes<'_> {
    #[inline]
    fn put(&mut self, text: &str) {
        self.out.put(text);
    }

    /// By the code that does it for a `Vec`, so that a run needs only one of them.
    #[inline]
    fn put_quoted(&mut self, text: &str) {
        self.out.put_quoted(text);
    }

    #[inline]
    fn is_full(&self) -> bool {
        self.out.len() >= self.end
    }
}

/// Appends a value as JSON, as far as the arena's limits allow.
pub fn json_within(value: Value<'_>, out: &mut Vec<u8>, arena: &Arena) {
    let end = match value {
        Value::List(_) | Value::Map(_) => out.len().saturating_add(arena.available()),
        // A value that exists already: its text is hardly longer than the memory it takes.
        _ => usize::MAX,
    };
    let mut bounded = BoundedBytes { out, end };
    json(value, &mut bounded);
    if bounded.is_full() {
        let _exceeded = arena.fits(usize::MAX);
    }
}

/// The JSON text of a value.
#[must_use]
pub fn to_json(value: Value<'_>) -> String {
    let mut out = String::new();
    json(value, &mut out);
    out
}

/// Text as a JSON string: quoted and escaped.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    quote(text, &mut out);
    out
}

/// Appends text as a JSON string: quoted and escaped.
pub fn quote(text: &str, out: &mut impl Buffer) {
    out.put_quoted(text);
}

/// Appends a value as JSON. Parts of a document are copied unchanged, except that line breaks are removed.
pub fn json(value: Value<'_>, out: &mut impl Buffer) {
    match value {
        Value::Null => out.put("null"),
        Value::Bool(true) => out.put("true"),
        Value::Bool(false) => out.put("false"),
        Value::Number(number) => print_number(number, out),
        Value::Text(text) => quote(text, out),
        Value::List(items) => {
            out.put("[");
            for (index, item) in items.iter().enumerate() {
                if out.is_full() {
                    return;
                }
                comma(index, out);
                json(*item, out);
            }
            out.put("]");
        }
        Value::Map(members) => {
            out.put("{");
            for (index, (key, member)) in members.iter().enumerate() {
                if out.is_full() {
                    return;
                }
                comma(index, out);
                quote(key, out);
                out.put(":");
                json(*member, out);
            }
            out.put("}");
        }
        Value::Node(node) => print_node(node, out),
    }
}

/// Appends a comma before every element but the first.
fn comma(index: usize, out: &mut impl Buffer) {
    if index > 0 {
        out.put(",");
    }
}

fn print_node(node: Node<'_>, out: &mut impl Buffer) {
    let text = node.json();
    // An output line must not contain a line break. In JSON, one can only occur between tokens of a list or map.
    if !matches!(node.kind(), TapeKind::List | TapeKind::Map)
        || memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_none()
    {
        out.put(text);
    } else if node.kind() == TapeKind::List {
        out.put("[");
        for (index, item) in node.elements().enumerate() {
            comma(index, out);
            print_node(item, out);
        }
        out.put("]");
    } else {
        out.put("{");
        for (index, (key, member)) in node.members().enumerate() {
            comma(index, out);
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

/// Appends text with JSON escapes, without quotes.
pub fn escape(text: &str, out: &mut impl Buffer) {
    let bytes = text.as_bytes();
    let mut start = 0;
    loop {
        let end = find_special(bytes, start);
        out.put(&text[start..end]);
        let Some(&byte) = bytes.get(end) else { return };
        start = end + 1;
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

/// The hexadecimal digit for a value below 16.
fn hex_digit(digit: u8) -> &'static str {
    let index = usize::from(digit);
    &"0123456789abcdef"[index..=index]
}

/// A value as normalized JSON: no whitespace, unique keys, no unnecessary escapes. For JSON inside text, where the
/// formatting is visible to the receiver.
#[must_use]
pub fn compact<'a>(value: Value<'a>, arena: &'a Arena) -> &'a str {
    let mut out = BoundedString::new(arena);
    print_compact(value, arena, &mut out);
    out.finish()
}

fn print_compact<'a>(value: Value<'a>, arena: &'a Arena, out: &mut impl Buffer) {
    match value.view(arena) {
        View::Null | View::Bool(_) | View::Number(_) => json(value, out),
        View::Text(text) => quote(text, out),
        View::List(list) => {
            out.put("[");
            for (index, item) in list.iter().enumerate() {
                if out.is_full() {
                    return;
                }
                comma(index, out);
                print_compact(item, arena, out);
            }
            out.put("]");
        }
        View::Map(map) => {
            out.put("{");
            for (index, (key, member)) in map.members(arena).iter().enumerate() {
                if out.is_full() {
                    return;
                }
                comma(index, out);
                quote(key, out);
                out.put(":");
                print_compact(*member, arena, out);
            }
            out.put("}");
        }
    }
}

/// A value as plain text, as the operator `string` and templates produce it: lists and maps as JSON, `1.0` as `1`.
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
