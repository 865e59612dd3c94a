//! `url_path` and `url_verbatim`: text whose slashes are meant

use bumpalo::collections::String;

use crate::abstract_value::AbstractValue;
use crate::ops::url_text::{encode_component, is_path_or_query};
use crate::ops::{
    ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator, UrlEncoding,
};
use crate::value::{Arena, Kinds, Value, View, plain};

pub(super) const PATH: Operator = Operator {
    name: "url_path",
    group: Group::Text,
    summary: "Encodes text for use as several segments of a URL: its slashes stay, and what is between them is encoded like `url_encode`. The elements of a list are joined with `/`.",
    argument: ArgKind::None,
    with: &[],
    takes: Kinds::TEXT.or(Kinds::BOOL).or(Kinds::LIST),
    gives: Gives::Kinds(Kinds::TEXT),
    keeps: Kinds::NUMBER,
    missing: Missing::OtherKinds("a map or null"),
    meaning: Meaning {
        effect: |_, input, output| {
            let output = if input.kinds.and(Kinds::LIST).is_empty() { output } else { output.or_empty() };
            AbstractValue { raw: false, encoded: true, no_delimiter: false, ..output }
        },
        url_encoding: Some(UrlEncoding::Path),
        ..Meaning::PLAIN
    },
    equivalents: Equivalents { vrl: "–", bloblang: "–", mapping_kit: "–", rudderstack: "encodeURI" },
    examples: &[
        Example { step: "url_path", input: r#""a b/c?d""#, output: r#""a%20b/c%3Fd""# },
        Example { step: "url_path", input: r#"["shop","a/b"]"#, output: r#""shop/a%2Fb""# },
        Example { step: "url_path", input: "42", output: "42" },
        Example { step: "url_path", input: "{}", output: "—" },
    ],
    build: |_| Ok(Box::new(Path)),
};

pub(super) const VERBATIM: Operator = Operator {
    name: "url_verbatim",
    summary: "Says that text is encoded for use in the path or the query of a URL already; its slashes stay too.",
    takes: Kinds::TEXT,
    missing: Missing::SomeValues(
        "text with a character that cannot stand in a path or a query, such as a space",
    ),
    meaning: Meaning {
        effect: |_, _, output| AbstractValue { raw: false, encoded: true, no_delimiter: false, ..output },
        url_encoding: Some(UrlEncoding::Path),
        ..Meaning::PLAIN
    },
    equivalents: Equivalents { vrl: "–", bloblang: "–", mapping_kit: "–", rudderstack: "–" },
    examples: &[
        Example { step: "url_verbatim", input: r#""a%20b/c""#, output: r#""a%20b/c""# },
        Example { step: "url_verbatim", input: r#""page=1&size=20""#, output: r#""page=1&size=20""# },
        Example { step: "url_verbatim", input: r#""a b""#, output: "—" },
        Example { step: "url_verbatim", input: "42", output: "42" },
    ],
    build: |_| Ok(Box::new(Verbatim)),
    ..PATH
};

#[derive(Debug)]
struct Path;

impl Operation for Path {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let mut path = String::new_in(arena);
        match input.view(arena) {
            View::Number(_) => return Some(input),
            View::Null | View::Map(_) => return None,
            View::List(list) => {
                for (index, item) in list.iter().enumerate() {
                    path.push_str(if index > 0 { "/" } else { "" });
                    path.extend(encode_component(segment(item, arena)));
                }
            }
            View::Text(_) | View::Bool(_) => {
                for (index, segment) in plain(input, arena).split('/').enumerate() {
                    path.push_str(if index > 0 { "/" } else { "" });
                    path.extend(encode_component(segment));
                }
            }
        }
        Some(Value::Text(path.into_bump_str()))
    }
}

/// The text of an element; null counts as empty.
fn segment<'a>(item: Value<'a>, arena: &'a Arena) -> &'a str {
    if matches!(item.view(arena), View::Null) { "" } else { plain(item, arena) }
}

#[derive(Debug)]
struct Verbatim;

impl Operation for Verbatim {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        match input.view(call.arena()) {
            View::Number(_) => Some(input),
            View::Text(text) if is_path_or_query(text) => Some(input),
            _ => None,
        }
    }
}
