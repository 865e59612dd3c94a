//! `lowercase`

use crate::ops::{Argument, Call, Elsewhere, Example, Gives, Group, Operation, Operator};
use crate::value::{Kind, Kinds, Value, plain};

pub(super) const ROW: Operator = Operator {
    name: "lowercase",
    group: Group::Text,
    summary: "Writes text in small letters (Unicode); numbers and booleans become text.",
    argument: Argument::None,
    with: &[],
    takes: Kinds::SCALAR,
    gives: Gives::Kinds(Kinds::TEXT),
    keeps: Kinds::NONE,
    missing: "a map or a list",
    elsewhere: Elsewhere {
        vrl: "downcase",
        bloblang: ".lowercase()",
        mapping_kit: "@case",
        rudderstack: "toLower",
    },
    examples: &[
        Example { step: "lowercase", input: r#""iOS""#, output: r#""ios""# },
        Example { step: "lowercase", input: "true", output: r#""true""# },
        Example { step: "lowercase", input: "[1]", output: "—" },
    ],
    build: |_| Ok(Box::new(Lowercase)),
};

#[derive(Debug)]
struct Lowercase;

impl Operation for Lowercase {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        if matches!(input.kind(), Kind::Map | Kind::List | Kind::Null) {
            return None;
        }
        let text = plain(input, call.arena());
        let changed = text.chars().any(char::is_uppercase);
        Some(Value::Text(if changed { call.arena().alloc_str(&text.to_lowercase()) } else { text }))
    }
}
