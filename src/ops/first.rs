//! `first`

use crate::ops::{ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator};
use crate::value::{Kinds, Value, View};

pub(super) const ROW: Operator = Operator {
    name: "first",
    group: Group::Lists,
    summary: "Returns the first element of a list.",
    argument: ArgKind::None,
    with: &[],
    takes: Kinds::LIST,
    gives: Gives::Kinds(Kinds::ANY),
    keeps: Kinds::ANY.without(Kinds::LIST),
    missing: Missing::SomeValues("an empty list"),
    meaning: Meaning::PLAIN,
    equivalents: Equivalents {
        vrl: "[0]",
        bloblang: ".index(0)",
        mapping_kit: "liquid first",
        rudderstack: "[0]",
    },
    examples: &[
        Example { step: "first", input: r#"["a","b"]"#, output: r#""a""# },
        Example { step: "first", input: "7", output: "7" },
        Example { step: "first", input: "[]", output: "—" },
    ],
    build: |_| Ok(Box::new(First)),
};

#[derive(Debug)]
struct First;

impl Operation for First {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        match input.view(call.arena()) {
            View::List(list) => list.iter().next(),
            _ => Some(input),
        }
    }
}
