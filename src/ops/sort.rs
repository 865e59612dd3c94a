//! `sort`

use std::cmp::Ordering;

use crate::ops::args::found;
use crate::ops::{
    ArgError, ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator,
};
use crate::value::{BoundedVec, Kinds, Value, View};

pub(super) const ROW: Operator = Operator {
    name: "sort",
    group: Group::Lists,
    summary: "Sorts a list: null, false, true, numbers by value, then texts by code point; lists and maps follow in their order.",
    argument: ArgKind::Optional("`descending`"),
    with: &[],
    takes: Kinds::LIST,
    gives: Gives::Kinds(Kinds::LIST),
    keeps: Kinds::NONE,
    missing: Missing::OtherKinds("not a list"),
    meaning: Meaning::PLAIN,
    equivalents: Equivalents {
        vrl: "–",
        bloblang: ".sort()",
        mapping_kit: "liquid sort",
        rudderstack: "$.sort",
    },
    examples: &[
        Example { step: "sort", input: r#"["b", "a", "B"]"#, output: r#"["B","a","b"]"# },
        Example { step: "sort", input: "[10, 9.5, 1e1, -2]", output: "[-2,9.5,10,1e1]" },
        Example { step: "{ sort: descending }", input: "[1, 3, 2]", output: "[3,2,1]" },
        Example { step: "sort", input: r#""ba""#, output: "—" },
    ],
    build: |args| match args.argument {
        None => Ok(Box::new(Sort { descending: false })),
        Some(value) if value.text(args.arena) == Some("descending") => {
            Ok(Box::new(Sort { descending: true }))
        }
        Some(value) => Err(ArgError::new(format!(
            "expected `descending` or nothing, found {}",
            found(value, args.arena)
        ))),
    },
};

#[derive(Debug)]
struct Sort {
    descending: bool,
}

impl Operation for Sort {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let View::List(list) = input.view(arena) else { return None };
        let work = list.iter().map(Value::work).fold(list.len(), usize::saturating_add);
        // Each element is compared about as often as the length has binary digits.
        arena.spend(work.saturating_mul(work.checked_ilog2().unwrap_or(0) as usize + 1))?;
        let mut keyed = BoundedVec::with_capacity(list.len(), arena);
        list.iter().try_for_each(|item| keyed.push(item))?;
        let sorted = arena.alloc_slice_copy(keyed.finish());
        sorted.sort_by(|left, right| {
            let order = order(left.view(arena), right.view(arena));
            if self.descending { order.reverse() } else { order }
        });
        Some(Value::List(sorted))
    }
}

fn order(left: View<'_>, right: View<'_>) -> Ordering {
    match (left, right) {
        (View::Number(left), View::Number(right)) => left.compare(right).unwrap_or(Ordering::Equal),
        (View::Text(left), View::Text(right)) => left.cmp(right),
        (left, right) => rank(left).cmp(&rank(right)),
    }
}

fn rank(view: View<'_>) -> u8 {
    match view {
        View::Null => 0,
        View::Bool(false) => 1,
        View::Bool(true) => 2,
        View::Number(_) => 3,
        View::Text(_) => 4,
        View::List(_) | View::Map(_) => 5,
    }
}
