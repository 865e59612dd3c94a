//! `count`

use crate::ops::{ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator};
use crate::value::{Kinds, Number, Value, View};

pub(super) const ROW: Operator = Operator {
    name: "count",
    group: Group::Lists,
    summary: "Returns the number of elements of a list, or of members of a map.",
    argument: ArgKind::None,
    with: &[],
    takes: Kinds::LIST.or(Kinds::MAP),
    gives: Gives::Kinds(Kinds::NUMBER),
    keeps: Kinds::NONE,
    missing: Missing::OtherKinds("neither a list nor a map"),
    meaning: Meaning::PLAIN,
    equivalents: Equivalents {
        vrl: "length",
        bloblang: ".length()",
        mapping_kit: "liquid size",
        rudderstack: "$.length",
    },
    examples: &[
        Example { step: "count", input: r#"["a", null, "b"]"#, output: "3" },
        Example { step: "count", input: r#"{"a": 1}"#, output: "1" },
        Example { step: "count", input: "[]", output: "0" },
        Example { step: "count", input: r#""abc""#, output: "—" },
    ],
    build: |_| Ok(Box::new(Count)),
};

#[derive(Debug)]
struct Count;

impl Operation for Count {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let count = match input.view(call.arena()) {
            View::List(list) => list.len(),
            View::Map(map) => map.len(),
            _ => return None,
        };
        Some(Value::Number(Number::count(count)))
    }
}
