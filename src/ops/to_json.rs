//! `to_json`

use crate::abstract_value::{AbstractValue, Length};
use crate::ops::{ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator};
use crate::value::{Kinds, Value, compact};

pub(super) const ROW: Operator = Operator {
    name: "to_json",
    group: Group::Text,
    summary: "Serializes a value as compact JSON text; text is quoted.",
    argument: ArgKind::None,
    with: &[],
    takes: Kinds::ANY,
    gives: Gives::Kinds(Kinds::TEXT),
    keeps: Kinds::NONE,
    missing: Missing::Never,
    meaning: Meaning {
        effect: |_, _, output| AbstractValue {
            length: Length { min_bytes: 1, ..Length::default() },
            ..output
        },
        ..Meaning::PLAIN
    },
    equivalents: Equivalents {
        vrl: "encode_json",
        bloblang: ".format_json()",
        mapping_kit: "@json encode",
        rudderstack: "jsonStringify",
    },
    examples: &[
        Example { step: "to_json", input: r#"{ "a": [1, null] }"#, output: r#""{\"a\":[1,null]}""# },
        Example { step: "to_json", input: r#""a""#, output: r#""\"a\"""# },
        Example { step: "to_json", input: "null", output: r#""null""# },
    ],
    build: |_| Ok(Box::new(ToJson)),
};

#[derive(Debug)]
struct ToJson;

impl Operation for ToJson {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        Some(Value::Text(compact(input, call.arena())))
    }
}
