//! `boolean`

use crate::ops::{ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator};
use crate::value::{Kinds, Value, View};

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
        let truth = match input.view(call.arena()) {
            View::Bool(truth) => truth,
            View::Number(number) => match number.as_i64()? {
                1 => true,
                0 => false,
                _ => return None,
            },
            View::Text(text) => match text.trim() {
                "1" => true,
                "0" => false,
                text if text.eq_ignore_ascii_case("true") => true,
                text if text.eq_ignore_ascii_case("false") => false,
                _ => return None,
            },
            _ => return None,
        };
        Some(Value::Bool(truth))
    }
}
