//! `to_list` and `each`

use crate::ops::{ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator};
use crate::value::{BoundedVec, Kinds, Value, View};

pub(super) const TO_LIST: Operator = Operator {
    name: "to_list",
    group: Group::Lists,
    summary: "Wraps a value that is not a list in a list; null becomes an empty list.",
    argument: ArgKind::None,
    with: &[],
    takes: Kinds::ANY.without(Kinds::LIST),
    gives: Gives::Kinds(Kinds::LIST),
    keeps: Kinds::LIST,
    missing: Missing::Never,
    meaning: Meaning::PLAIN,
    equivalents: Equivalents { vrl: "–", bloblang: "–", mapping_kit: "arrify", rudderstack: "toArray" },
    examples: &[
        Example { step: "to_list", input: r#""a""#, output: r#"["a"]"# },
        Example { step: "to_list", input: "[1,2]", output: "[1,2]" },
        Example { step: "to_list", input: "null", output: "[]" },
    ],
    build: |_| Ok(Box::new(ToList)),
};

pub(super) const EACH: Operator = Operator {
    name: "each",
    summary: "Applies a pipeline to every element of a list; elements whose result is missing are omitted. A single value counts as a list of one.",
    argument: ArgKind::Pipeline("the steps for each element"),
    takes: Kinds::ANY,
    keeps: Kinds::NONE,
    equivalents: Equivalents {
        vrl: "for, map_values",
        bloblang: ".map_each()",
        mapping_kit: "@arrayPath",
        rudderstack: ".map",
    },
    examples: &[
        Example { step: "{ each: lowercase }", input: r#"["A", {}, "B"]"#, output: r#"["a","b"]"# },
        Example { step: "{ each: [string, { truncate: 1 }] }", input: "42", output: r#"["4"]"# },
        Example { step: "{ each: string }", input: "null", output: "[]" },
    ],
    build: |_| Ok(Box::new(Each)),
    ..TO_LIST
};

#[derive(Debug)]
struct ToList;

impl Operation for ToList {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        match input.view(arena) {
            View::List(_) => Some(input),
            View::Null => Some(Value::List(&[])),
            _ => Some(Value::List(arena.alloc_slice_copy(&[input]))),
        }
    }
}

#[derive(Debug)]
struct Each;

impl Operation for Each {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let mut mapped = BoundedVec::new(arena);
        match input.view(arena) {
            View::List(list) => mapped.extend(list.iter().filter_map(|item| call.pipe(item)))?,
            View::Null => {}
            _ => mapped.extend(call.pipe(input))?,
        }
        Some(Value::List(mapped.finish()))
    }
}
