//! `to_pairs`

use crate::ops::{
    ArgError, ArgKind, Args, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator,
};
use crate::value::{Kinds, Value, View};

pub(super) const ROW: Operator = Operator {
    name: "to_pairs",
    group: Group::Maps,
    summary: "Converts a map to a list of pairs `{ from: key, to: value }`, in the order of the map; the inverse of `from_pairs`.",
    argument: ArgKind::Optional("`key` and `value`, the names of the two members (default `from` and `to`)"),
    with: &[],
    takes: Kinds::MAP,
    gives: Gives::Kinds(Kinds::LIST),
    keeps: Kinds::NONE,
    missing: Missing::OtherKinds("not a map"),
    meaning: Meaning::PLAIN,
    equivalents: Equivalents {
        vrl: "–",
        bloblang: ".key_values()",
        mapping_kit: "–",
        rudderstack: "Object.entries",
    },
    examples: &[
        Example {
            step: "to_pairs",
            input: r#"{"Order":"e1","Cart":null}"#,
            output: r#"[{"from":"Order","to":"e1"},{"from":"Cart","to":null}]"#,
        },
        Example {
            step: "{ to_pairs: { key: name, value: id } }",
            input: r#"{"order":1}"#,
            output: r#"[{"name":"order","id":1}]"#,
        },
        Example { step: "to_pairs", input: "{}", output: "[]" },
        Example { step: "to_pairs", input: r#"["a"]"#, output: "—" },
    ],
    build,
};

#[derive(Debug)]
struct ToPairs {
    key: Box<str>,
    value: Box<str>,
}

fn build(args: &Args<'_>) -> Result<Box<dyn Operation>, ArgError> {
    let options = args.options(&["key", "value"])?;
    let key: Box<str> = options.text("key")?.unwrap_or("from").into();
    let value: Box<str> = options.text("value")?.unwrap_or("to").into();
    if key == value {
        return Err(ArgError::at("value", "expected another name than that of `key`"));
    }
    Ok(Box::new(ToPairs { key, value }))
}

impl Operation for ToPairs {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let View::Map(map) = input.view(arena) else { return None };
        let names = [arena.alloc_str(&self.key), arena.alloc_str(&self.value)];
        Some(Value::List(map.pairs(names.map(|name| &*name), arena)))
    }
}
