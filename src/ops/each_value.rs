//! `each_value`

use crate::ops::{ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator};
use crate::value::{BoundedVec, Kinds, Value, View};

pub(super) const ROW: Operator = Operator {
    name: "each_value",
    group: Group::Maps,
    summary: "Applies a pipeline to every value of a map; members whose result is missing are omitted.",
    argument: ArgKind::Pipeline("the steps for each value"),
    with: &[],
    takes: Kinds::MAP,
    gives: Gives::Kinds(Kinds::MAP),
    keeps: Kinds::NONE,
    missing: Missing::OtherKinds("not a map"),
    meaning: Meaning { keeps_keys: true, ..Meaning::PLAIN },
    equivalents: Equivalents {
        vrl: "map_values",
        bloblang: ".map_each()",
        mapping_kit: "–",
        rudderstack: "mapValues",
    },
    examples: &[
        Example {
            step: "{ each_value: lowercase }",
            input: r#"{"a":"X","b":["Y"]}"#,
            output: r#"{"a":"x"}"#,
        },
        Example {
            step: "{ each_value: [string, { truncate: 2 }] }",
            input: r#"{"a":1234}"#,
            output: r#"{"a":"12"}"#,
        },
        Example { step: "{ each_value: string }", input: "[1]", output: "—" },
    ],
    build: |_| Ok(Box::new(EachValue)),
};

#[derive(Debug)]
struct EachValue;

impl Operation for EachValue {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let View::Map(map) = input.view(arena) else { return None };
        let members = map.members(arena);
        let mut mapped = BoundedVec::with_capacity(members.len(), arena);
        mapped.extend(members.iter().filter_map(|&(key, member)| Some((key, call.pipe(member)?))))?;
        Some(Value::Map(mapped.finish()))
    }
}
