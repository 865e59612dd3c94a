//! `url_encode`

use crate::abstract_value::AbstractValue;
use crate::ops::url_text::encode_component;
use crate::ops::{
    ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator, UrlEncoding,
};
use crate::value::{BoundedString, Kinds, Value, View, plain};

pub(super) const ROW: Operator = Operator {
    name: "url_encode",
    group: Group::Text,
    summary: "Encodes text for use in a URL: everything but letters, digits and - _ . ! ~ * ' ( ) is percent-encoded.",
    argument: ArgKind::None,
    with: &[],
    takes: Kinds::ANY.without(Kinds::NULL.or(Kinds::NUMBER)),
    gives: Gives::Kinds(Kinds::TEXT),
    keeps: Kinds::NUMBER,
    missing: Missing::OtherKinds("null"),
    meaning: Meaning {
        effect: |_, _, output| AbstractValue { raw: false, encoded: true, no_delimiter: true, ..output },
        meant_for: Some((Kinds::TEXT.or(Kinds::BOOL), "which it converts to JSON first")),
        url_encoding: Some(UrlEncoding::Component),
        ..Meaning::PLAIN
    },
    equivalents: Equivalents {
        vrl: "encode_percent",
        bloblang: ".escape_url_query()",
        mapping_kit: "liquid url_encode",
        rudderstack: "encodeURIComponent",
    },
    examples: &[
        Example { step: "url_encode", input: r#""a b@c.de""#, output: r#""a%20b%40c.de""# },
        Example { step: "url_encode", input: r#""ä/é""#, output: r#""%C3%A4%2F%C3%A9""# },
        Example { step: "url_encode", input: "42", output: "42" },
        Example { step: "url_encode", input: "null", output: "—" },
    ],
    build: |_| Ok(Box::new(UrlEncode)),
};

#[derive(Debug)]
struct UrlEncode;

impl Operation for UrlEncode {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        match input.view(arena) {
            View::Null => return None,
            View::Number(_) => return Some(input),
            _ => {}
        }
        let text = plain(input, arena);
        let mut parts = encode_component(text);
        match parts.next() {
            Some(part) if part.len() < text.len() || part.starts_with('%') => {
                let mut encoded = BoundedString::with_capacity(text.len() + 16, arena);
                encoded.push(part)?;
                encoded.extend(parts)?;
                Some(Value::Text(encoded.finish()))
            }
            _ => Some(Value::Text(text)),
        }
    }
}
