//! `split`

use crate::ops::{ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator};
use crate::value::{BoundedVec, Kind, Kinds, Value, plain};

pub(super) const ROW: Operator = Operator {
    name: "split",
    group: Group::Text,
    summary: "Splits a text at a separator into a list; an empty separator splits it into characters.",
    argument: ArgKind::Constant("the separator"),
    with: &[],
    takes: Kinds::SCALAR,
    gives: Gives::Kinds(Kinds::LIST),
    keeps: Kinds::ANY.without(Kinds::SCALAR),
    missing: Missing::Never,
    meaning: Meaning { meant_for: Some((Kinds::TEXT, "which it converts to text first")), ..Meaning::PLAIN },
    equivalents: Equivalents {
        vrl: "split",
        bloblang: ".split()",
        mapping_kit: "liquid split",
        rudderstack: ".split",
    },
    examples: &[
        Example { step: r#"{ split: "," }"#, input: r#""a,b,,c""#, output: r#"["a","b","","c"]"# },
        Example { step: r#"{ split: "" }"#, input: r#""né""#, output: r#"["n","é"]"# },
        Example { step: r#"{ split: "," }"#, input: r#""""#, output: r#"[""]"# },
        Example { step: r#"{ split: "," }"#, input: "[1]", output: "[1]" },
    ],
    build: |args| Ok(Box::new(Split(args.text("the separator as text")?.into()))),
};

#[derive(Debug)]
struct Split(Box<str>);

impl Operation for Split {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        if matches!(input.kind(), Kind::Map | Kind::List | Kind::Null) {
            return Some(input);
        }
        let arena = call.arena();
        let text = plain(input, arena);
        let mut parts = BoundedVec::new(arena);
        if self.0.is_empty() {
            let characters = text.char_indices().map(|(at, letter)| &text[at..at + letter.len_utf8()]);
            parts.extend(characters.map(Value::Text))?;
        } else {
            parts.extend(text.split(&*self.0).map(Value::Text))?;
        }
        Some(Value::List(parts.finish()))
    }
}
