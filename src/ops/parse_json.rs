//! `parse_json`

use crate::json::{Document, Limits};
use crate::ops::{ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator};
use crate::value::{Kinds, Value, View};

pub(super) const ROW: Operator = Operator {
    name: "parse_json",
    group: Group::Text,
    summary: "Parses a text as JSON. Values that are not text are returned unchanged.",
    argument: ArgKind::None,
    with: &[],
    takes: Kinds::TEXT,
    gives: Gives::Kinds(Kinds::ANY),
    keeps: Kinds::ANY.without(Kinds::TEXT),
    missing: Missing::SomeValues("text that is not JSON, or nested more than 128 levels deep"),
    meaning: Meaning::PLAIN,
    equivalents: Equivalents {
        vrl: "parse_json",
        bloblang: ".parse_json()",
        mapping_kit: "@json decode",
        rudderstack: "JSON.parse",
    },
    examples: &[
        Example { step: "parse_json", input: r#""{\"a\":[1]}""#, output: r#"{"a":[1]}"# },
        Example { step: "parse_json", input: r#""12345678901234567890""#, output: "12345678901234567890" },
        Example { step: "parse_json", input: r#"{"a":1}"#, output: r#"{"a":1}"# },
        Example { step: "parse_json", input: r#""{a: 1}""#, output: "—" },
    ],
    build: |_| Ok(Box::new(ParseJson)),
};

#[derive(Debug)]
struct ParseJson;

impl Operation for ParseJson {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let View::Text(text) = input.view(arena) else { return Some(input) };
        Document::fits(text, arena)?;
        match Document::in_arena(text, arena, &Limits::default()) {
            Ok(document) => Some(Value::Node(document.root())),
            Err(malformed) if malformed.exceeds_limit() => {
                call.refuse("parse JSON that is longer than 4 MiB or has more than 128 levels")
            }
            Err(_) => None,
        }
    }
}
