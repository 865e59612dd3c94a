//! `string`

use crate::abstract_value::AbstractValue;
use crate::ops::meaning::unchanged;
use crate::ops::{
    ArgKind, Call, EffectArgs, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator,
};
use crate::value::{Kinds, Value, View, plain};

pub(super) const ROW: Operator = Operator {
    name: "string",
    group: Group::Types,
    summary: "Converts any value to text: numbers and booleans in plain notation, maps and lists as JSON.",
    argument: ArgKind::None,
    with: &[],
    takes: Kinds::ANY.without(Kinds::NULL),
    gives: Gives::Kinds(Kinds::TEXT),
    keeps: Kinds::NONE,
    missing: Missing::OtherKinds("null"),
    meaning: Meaning { effect, keeps_url_encoding: true, ..Meaning::PLAIN },
    equivalents: Equivalents {
        vrl: "to_string",
        bloblang: ".string()",
        mapping_kit: "–",
        rudderstack: "toString, jsonStringifyOnObject",
    },
    examples: &[
        Example { step: "string", input: "42", output: r#""42""# },
        Example { step: "string", input: "1.0", output: r#""1""# },
        Example { step: "string", input: r#"{"a":[1,true]}"#, output: r#""{\"a\":[1,true]}""# },
        Example { step: "string", input: "null", output: "—" },
    ],
    build: |_| Ok(Box::new(Text)),
};

/// Text is returned unchanged.
fn effect(_: &EffectArgs<'_>, input: &AbstractValue, output: AbstractValue) -> AbstractValue {
    if input.kinds.without(Kinds::NULL) == Kinds::TEXT { unchanged(input, &output) } else { output }
}

#[derive(Debug)]
struct Text;

impl Operation for Text {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        match input.view(arena) {
            View::Null => None,
            View::Text(_) => Some(input),
            _ => Some(Value::Text(plain(input, arena))),
        }
    }
}
