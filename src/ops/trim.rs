//! `trim`

use crate::ops::{ArgKind, Call, Equivalents, Example, Gives, Group, Operation, Operator};
use crate::value::{Kinds, Value, View};

pub(super) const ROW: Operator = Operator {
    name: "trim",
    group: Group::Text,
    summary: "Takes blanks and line breaks off both ends of a text.",
    argument: ArgKind::None,
    with: &[],
    takes: Kinds::TEXT,
    gives: Gives::Kinds(Kinds::TEXT),
    keeps: Kinds::ANY.without(Kinds::TEXT),
    missing: "never",
    equivalents: Equivalents {
        vrl: "strip_whitespace",
        bloblang: ".trim()",
        mapping_kit: "liquid strip",
        rudderstack: "trim",
    },
    examples: &[
        Example { step: "trim", input: r#""  Ann \n""#, output: r#""Ann""# },
        Example { step: "trim", input: r#""   ""#, output: r#""""# },
        Example { step: "trim", input: "12", output: "12" },
    ],
    build: |_| Ok(Box::new(Trim)),
};

#[derive(Debug)]
struct Trim;

impl Operation for Trim {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        match input.view(call.arena()) {
            View::Text(text) => Some(Value::Text(text.trim())),
            _ => Some(input),
        }
    }
}
