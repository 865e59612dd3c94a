//! `rename`

use crate::ops::args::found;
use crate::ops::{
    ArgError, ArgKind, Args, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator,
};
use crate::value::{Assembly, Kinds, Value, View};

pub(super) const ROW: Operator = Operator {
    name: "rename",
    group: Group::Maps,
    summary: "Renames members of a map; they keep their position. If a member with the new name exists, the renamed member replaces it.",
    argument: ArgKind::Constant("a map of `old: new`"),
    with: &[],
    takes: Kinds::MAP,
    gives: Gives::Kinds(Kinds::MAP),
    keeps: Kinds::ANY.without(Kinds::MAP),
    missing: Missing::Never,
    meaning: Meaning { keeps_keys: true, ..Meaning::PLAIN },
    equivalents: Equivalents {
        vrl: "map_keys",
        bloblang: ".map_each_key()",
        mapping_kit: "–",
        rudderstack: "transformTraits",
    },
    examples: &[
        Example {
            step: "{ rename: { firstName: first_name } }",
            input: r#"{"firstName":"Ann","age":5}"#,
            output: r#"{"first_name":"Ann","age":5}"#,
        },
        Example { step: "{ rename: { a: b } }", input: r#"{"b":1,"a":2}"#, output: r#"{"b":2}"# },
        Example { step: "{ rename: { a: b } }", input: "7", output: "7" },
    ],
    build,
};

/// Old and new names, sorted by the old ones.
#[derive(Debug)]
struct Rename(Box<[(Box<str>, Box<str>)]>);

fn build(args: &Args<'_>) -> Result<Box<dyn Operation>, ArgError> {
    let map = args.map("a map of `old: new`")?;
    let mut names = Vec::new();
    for (old, new) in map.iter(args.arena) {
        let new = new.text(args.arena).ok_or_else(|| {
            ArgError::at(old, format!("expected the new name as text, found {}", found(new, args.arena)))
        })?;
        names.push((old.into(), new.into()));
    }
    names.sort_unstable();
    Ok(Box::new(Rename(names.into())))
}

impl Rename {
    fn new_name(&self, old: &str) -> Option<&str> {
        let index = self.0.binary_search_by(|(name, _)| (**name).cmp(old)).ok()?;
        self.0.get(index).map(|(_, new)| &**new)
    }
}

impl Operation for Rename {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let View::Map(map) = input.view(arena) else { return Some(input) };
        if map.iter(arena).all(|(name, _)| self.new_name(name).is_none()) {
            return Some(input);
        }
        let members = map.members(arena);
        let mut renamed = Assembly::with_capacity(members.len(), arena);
        for &(name, member) in members {
            match self.new_name(name) {
                Some(new) => renamed.put(arena.alloc_str(new), member),
                None => renamed.put_new(name, member),
            }
        }
        Some(renamed.value())
    }
}
