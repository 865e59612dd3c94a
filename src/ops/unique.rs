//! `unique`

use std::collections::HashSet;

use crate::ops::{ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator};
use crate::value::{BoundedVec, Kinds, Value, View, canonical};

pub(super) const ROW: Operator = Operator {
    name: "unique",
    group: Group::Lists,
    summary: "Removes duplicates from a list, keeping the first; 1 and 1.0 are equal, 1 and \"1\" are not.",
    argument: ArgKind::None,
    with: &[],
    takes: Kinds::LIST,
    gives: Gives::Kinds(Kinds::LIST),
    keeps: Kinds::NONE,
    missing: Missing::OtherKinds("not a list"),
    meaning: Meaning::PLAIN,
    equivalents: Equivalents {
        vrl: "unique",
        bloblang: ".unique()",
        mapping_kit: "–",
        rudderstack: "new Set",
    },
    examples: &[
        Example { step: "unique", input: r#"["a","b","a"]"#, output: r#"["a","b"]"# },
        Example {
            step: "unique",
            input: r#"[1, 1.0, "1", {"a":1,"b":2}, {"b":2,"a":1}]"#,
            output: r#"[1,"1",{"a":1,"b":2}]"#,
        },
        Example { step: "unique", input: r#""a""#, output: "—" },
    ],
    build: |_| Ok(Box::new(Unique)),
};

#[derive(Debug)]
struct Unique;

impl Operation for Unique {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let View::List(list) = input.view(arena) else { return None };
        let mut seen = HashSet::new();
        let mut distinct = BoundedVec::new(arena);
        let mut key = std::vec::Vec::new();
        for item in list.iter() {
            key.clear();
            canonical(item, arena, &mut key);
            arena.spend(1)?;
            arena.fits(key.len())?;
            if seen.insert(&*arena.alloc_slice_copy(&key)) {
                distinct.push(item)?;
            }
        }
        Some(Value::List(distinct.finish()))
    }
}
