//! `boolean`

use crate::ops::numeric::truth;
use crate::ops::{ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator};
use crate::value::{Kinds, Value};

pub(super) const ROW: Operator = Operator {
    name: "boolean",
    group: Group::Types,
    summary: "Converts true, \"true\", 1 and \"1\" to true, and false, \"false\", 0 and \"0\" to false, ignoring case.",
    argument: ArgKind::None,
    with: &[],
    takes: Kinds::SCALAR,
    gives: Gives::Kinds(Kinds::BOOL),
    keeps: Kinds::NONE,
    missing: Missing::SomeValues("anything else, including `\"yes\"` (use `map_values`)"),
    meaning: Meaning::PLAIN,
    equivalents: Equivalents { vrl: "to_bool", bloblang: ".bool()", mapping_kit: "–", rudderstack: "–" },
    examples: &[
        Example { step: "boolean", input: r#""True""#, output: "true" },
        Example { step: "boolean", input: "0", output: "false" },
        Example { step: "boolean", input: r#""yes""#, output: "—" },
        Example { step: "boolean", input: "2", output: "—" },
    ],
    build: |_| Ok(Box::new(Boolean)),
};

#[derive(Debug)]
struct Boolean;

impl Operation for Boolean {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        truth(input, call.arena()).map(Value::Bool)
    }
}
