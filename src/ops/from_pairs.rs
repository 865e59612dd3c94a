//! `from_pairs`

use crate::ops::{
    ArgError, ArgKind, Args, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator,
};
use crate::value::{Assembly, Kind, Kinds, Value, View, plain};

pub(super) const ROW: Operator = Operator {
    name: "from_pairs",
    group: Group::Maps,
    summary: "Converts a list of pairs `{ from: key, to: value }`, as in tables of settings, to a map. Pairs without a key or a value are skipped; for equal keys the last pair is used.",
    argument: ArgKind::Optional(
        "`key` and `value`, the names of the two members (default `from` and `to`), and `lowercase_keys: true`",
    ),
    with: &[],
    takes: Kinds::LIST,
    gives: Gives::Kinds(Kinds::MAP),
    keeps: Kinds::NONE,
    missing: Missing::OtherKinds("not a list"),
    meaning: Meaning::PLAIN,
    equivalents: Equivalents {
        vrl: "object_from_array",
        bloblang: ".fold()",
        mapping_kit: "–",
        rudderstack: "getHashFromArray",
    },
    examples: &[
        Example {
            step: "from_pairs",
            input: r#"[{"from":"Order","to":"e1"},{"from":"","to":"e2"}]"#,
            output: r#"{"Order":"e1"}"#,
        },
        Example {
            step: "{ from_pairs: { key: name, value: id, lowercase_keys: true } }",
            input: r#"[{"name":"Order","id":1}]"#,
            output: r#"{"order":1}"#,
        },
        Example { step: "from_pairs", input: "[]", output: "{}" },
        Example { step: "from_pairs", input: r#"{"from":"a","to":"b"}"#, output: "—" },
    ],
    build,
};

#[derive(Debug)]
struct FromPairs {
    key: Box<str>,
    value: Box<str>,
    lowercase: bool,
}

fn build(args: &Args<'_>) -> Result<Box<dyn Operation>, ArgError> {
    let options = args.options(&["key", "value", "lowercase_keys"])?;
    Ok(Box::new(FromPairs {
        key: options.text("key")?.unwrap_or("from").into(),
        value: options.text("value")?.unwrap_or("to").into(),
        lowercase: options.boolean("lowercase_keys")?.unwrap_or_default(),
    }))
}

impl Operation for FromPairs {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let View::List(list) = input.view(arena) else { return None };
        let mut map = Assembly::new(arena);
        for pair in list.iter() {
            arena.spend(1)?;
            let View::Map(pair) = pair.view(arena) else { continue };
            let (Some(key), Some(value)) = (pair.get(&self.key), pair.get(&self.value)) else { continue };
            if !key.is_present() || matches!(key.kind(), Kind::List | Kind::Map) {
                continue;
            }
            let key = plain(key, arena);
            map.put(if self.lowercase { arena.alloc_str(&key.to_lowercase()) } else { key }, value);
        }
        Some(map.value())
    }
}
