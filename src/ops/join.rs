//! `join`

use crate::ops::{ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator};
use crate::value::{BoundedString, Kinds, Value, View, plain};

pub(super) const ROW: Operator = Operator {
    name: "join",
    group: Group::Text,
    summary: "Joins the elements of a list into one text with a separator between them; null counts as empty text.",
    argument: ArgKind::Constant("the separator"),
    with: &[],
    takes: Kinds::LIST,
    gives: Gives::Kinds(Kinds::TEXT),
    keeps: Kinds::ANY.without(Kinds::LIST),
    missing: Missing::Never,
    meaning: Meaning { effect: |_, _, output| output.or_empty(), ..Meaning::PLAIN },
    equivalents: Equivalents {
        vrl: "join",
        bloblang: ".join()",
        mapping_kit: "liquid join",
        rudderstack: ".join",
    },
    examples: &[
        Example { step: r#"{ join: "|" }"#, input: r#"["a","b"]"#, output: r#""a|b""# },
        Example { step: r#"{ join: ", " }"#, input: "[1, null, true]", output: r#""1, , true""# },
        Example { step: r#"{ join: "|" }"#, input: "[]", output: r#""""# },
        Example { step: r#"{ join: "|" }"#, input: "5", output: "5" },
    ],
    build: |args| Ok(Box::new(Join(args.text("the separator as text")?.into()))),
};

#[derive(Debug)]
struct Join(Box<str>);

impl Operation for Join {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let View::List(list) = input.view(arena) else { return Some(input) };
        let mut joined = BoundedString::new(arena);
        for (index, item) in list.iter().enumerate() {
            arena.step()?;
            if index > 0 {
                joined.push(&self.0)?;
            }
            match item.view(arena) {
                View::Null => {}
                _ => joined.push(plain(item, arena))?,
            }
        }
        Some(Value::Text(joined.finish()))
    }
}
