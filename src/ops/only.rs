//! `only` and `except`

use crate::ops::{ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator};
use crate::value::{Keys, Kinds, Value};

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
    build: |args| Ok(Box::new(Only(Keys::new(args.names("a list of key names")?)))),
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
    build: |args| Ok(Box::new(Except(Keys::new(args.names("a list of key names")?)))),
    ..ONLY
};

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
