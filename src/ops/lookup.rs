//! `lookup`

use crate::abstract_value::AbstractValue;
use crate::ops::{ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator};
use crate::value::{Kind, Kinds, Value, View, plain};

pub(super) const ROW: Operator = Operator {
    name: "lookup",
    group: Group::Maps,
    summary: "Looks up a key in a map, for example one from the settings, and returns its value.",
    argument: ArgKind::Value("a map"),
    with: &[],
    takes: Kinds::SCALAR,
    gives: Gives::Kinds(Kinds::ANY),
    keeps: Kinds::NONE,
    missing: Missing::SomeValues("the key is not in the map, or is itself a map, a list or null"),
    meaning: Meaning {
        effect: |args, _, output| AbstractValue { raw: args.value.is_none_or(|map| map.raw), ..output },
        ..Meaning::PLAIN
    },
    equivalents: Equivalents {
        vrl: "get",
        bloblang: ".get()",
        mapping_kit: "–",
        rudderstack: "hashMap[key]",
    },
    examples: &[
        Example { step: "{ lookup: { object: { a: 1, b: 2 } } }", input: r#""b""#, output: "2" },
        Example { step: r#"{ lookup: { object: { "7": seven } } }"#, input: "7", output: r#""seven""# },
        Example { step: "{ lookup: { object: { a: 1 } } }", input: r#""z""#, output: "—" },
    ],
    build: |_| Ok(Box::new(Lookup)),
};

#[derive(Debug)]
struct Lookup;

impl Operation for Lookup {
    fn selects(&self) -> bool {
        true
    }

    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        if matches!(input.kind(), Kind::Map | Kind::List | Kind::Null) {
            return None;
        }
        let arena = call.arena();
        let View::Map(map) = call.argument()?.view(arena) else { return None };
        map.look_up(plain(input, arena), arena)
    }
}
