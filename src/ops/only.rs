//! `only` and `except`

use crate::ops::{
    ArgError, ArgKind, Args, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator,
};
use crate::value::{Keys, Kinds, Value, key_of_path};

pub(super) const ONLY: Operator = Operator {
    name: "only",
    group: Group::Maps,
    summary: "Keeps only the members of a map with the given keys, in the order of the map.",
    argument: ArgKind::Constant("a list of key names"),
    with: &[],
    takes: Kinds::MAP,
    gives: Gives::Kinds(Kinds::MAP),
    keeps: Kinds::NONE,
    missing: Missing::OtherKinds("not a map"),
    meaning: Meaning { lists_keys: true, ..Meaning::PLAIN },
    equivalents: Equivalents {
        vrl: "filter", bloblang: ".with()", mapping_kit: "–", rudderstack: "_.pick"
    },
    examples: &[
        Example {
            step: "{ only: [city, state] }",
            input: r#"{"state":"CA","zip":"9","city":"LA"}"#,
            output: r#"{"state":"CA","city":"LA"}"#,
        },
        Example { step: "{ only: [city] }", input: r#"{"zip":"9"}"#, output: "{}" },
        Example { step: "{ only: [city] }", input: r#""LA""#, output: "—" },
    ],
    build: |args| Ok(Box::new(Only(keys(args)?))),
};

pub(super) const EXCEPT: Operator = Operator {
    name: "except",
    summary: "Removes the members of a map with the given keys.",
    keeps: Kinds::ANY.without(Kinds::MAP),
    missing: Missing::Never,
    meaning: Meaning { keeps_keys: true, ..Meaning::PLAIN },
    equivalents: Equivalents {
        vrl: "del, remove",
        bloblang: ".without()",
        mapping_kit: "–",
        rudderstack: "excludes, {~[…]}",
    },
    examples: &[
        Example { step: "{ except: [id] }", input: r#"{"id":1,"plan":"pro"}"#, output: r#"{"plan":"pro"}"# },
        Example { step: "{ except: [id] }", input: r#"{"id":1}"#, output: "{}" },
        Example { step: "{ except: [id] }", input: "[1]", output: "[1]" },
    ],
    build: |args| Ok(Box::new(Except(keys(args)?))),
    ..ONLY
};

/// The keys that an argument lists. No key is called like a path, so one would have no effect.
fn keys(args: &Args<'_>) -> Result<Keys, ArgError> {
    let names = args.names("a list of key names")?;
    match names.iter().find_map(|name| Some((name, key_of_path(name, |_| false)?))) {
        Some((name, key)) => Err(ArgError::new(format!(
            "expected keys of the map, found the path `{name}`, which would have no effect; write the key, such as `{key}`"
        ))),
        None => Ok(Keys::new(names)),
    }
}

#[derive(Debug)]
struct Only(Keys);

impl Operation for Only {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        self.0.only(input, call.arena())
    }
}

#[derive(Debug)]
struct Except(Keys);

impl Operation for Except {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        Some(self.0.except(input, call.arena()))
    }
}
