//! `flatten`

use bumpalo::collections::String;
use std::fmt::Write as _;

use crate::ops::{
    ArgError, ArgKind, Args, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator,
};
use crate::value::{Arena, Assembly, Kinds, Value, View};

/// Long keys above many leaves would make the result far larger than the input; this is where it ends.
const MOST_BYTES: usize = 16 << 20;

pub(super) const ROW: Operator = Operator {
    name: "flatten",
    group: Group::Maps,
    summary: "Makes one flat map of maps and lists inside each other: the keys tell the way (`a.b`, `list[0].c`). Empty ones stay; with `arrays: keep` lists stay.",
    argument: ArgKind::Optional("`separator` (default \".\") and `arrays` (`brackets`, `dots`, `keep`)"),
    with: &[],
    takes: Kinds::MAP.or(Kinds::LIST),
    gives: Gives::Kinds(Kinds::MAP.or(Kinds::LIST)),
    keeps: Kinds::SCALAR.or(Kinds::NULL),
    missing: Missing::TooLarge("never, unless the flat keys would take more than 16 MB"),
    meaning: Meaning::PLAIN,
    equivalents: Equivalents {
        vrl: "flatten",
        bloblang: ".collapse()",
        mapping_kit: "@flatten",
        rudderstack: "flatJson, flattenJson",
    },
    examples: &[
        Example {
            step: "flatten",
            input: r#"{"a":{"b":1},"c":[{"d":2},3]}"#,
            output: r#"{"a.b":1,"c[0].d":2,"c[1]":3}"#,
        },
        Example {
            step: "{ flatten: { arrays: dots } }",
            input: r#"{"c":[{"d":2}]}"#,
            output: r#"{"c.0.d":2}"#,
        },
        Example {
            step: "{ flatten: { arrays: keep, separator: _ } }",
            input: r#"{"a":{"c":[1]}}"#,
            output: r#"{"a_c":[1]}"#,
        },
        Example { step: "flatten", input: r#"{"a":{},"b":[]}"#, output: r#"{"a":{},"b":[]}"# },
        Example { step: "flatten", input: "5", output: "5" },
    ],
    build,
};

fn build(args: &Args<'_>) -> Result<Box<dyn Operation>, ArgError> {
    let settings = args.settings(&["separator", "arrays"])?;
    let arrays = match settings.word("arrays", &["brackets", "dots", "keep"])? {
        Some(1) => Arrays::Dots,
        Some(2) => Arrays::Keep,
        _ => Arrays::Brackets,
    };
    let separator = settings.text("separator")?.unwrap_or(".").into();
    Ok(Box::new(Flatten { separator, arrays }))
}

#[derive(Debug)]
struct Flatten {
    separator: Box<str>,
    arrays: Arrays,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arrays {
    Brackets,
    Dots,
    Keep,
}

impl Operation for Flatten {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let mut walk = Walk { arena, way: String::new_in(arena), flat: Assembly::new(arena), bytes: 0 };
        match input.view(arena) {
            View::Map(_) => {}
            View::List(_) if self.arrays != Arrays::Keep => {}
            _ => return Some(input),
        }
        self.inside(input, &mut walk)?;
        Some(walk.flat.value())
    }
}

struct Walk<'a> {
    arena: &'a Arena,
    /// The key so far; cut back on the way up.
    way: String<'a>,
    flat: Assembly<'a>,
    bytes: usize,
}

impl Flatten {
    /// `None` when the result would be too large.
    fn inside<'a>(&self, value: Value<'a>, walk: &mut Walk<'a>) -> Option<()> {
        let before = walk.way.len();
        match value.view(walk.arena) {
            View::Map(map) => {
                for &(key, member) in map.members(walk.arena) {
                    self.separate(walk);
                    walk.way.push_str(key);
                    self.member(member, walk)?;
                    walk.way.truncate(before);
                }
            }
            View::List(list) => {
                for (at, item) in list.iter().enumerate() {
                    if self.arrays == Arrays::Brackets {
                        write!(walk.way, "[{at}]").ok()?;
                    } else {
                        self.separate(walk);
                        write!(walk.way, "{at}").ok()?;
                    }
                    self.member(item, walk)?;
                    walk.way.truncate(before);
                }
            }
            _ => {}
        }
        Some(())
    }

    fn separate(&self, walk: &mut Walk<'_>) {
        if !walk.way.is_empty() {
            walk.way.push_str(&self.separator);
        }
    }

    fn member<'a>(&self, value: Value<'a>, walk: &mut Walk<'a>) -> Option<()> {
        let deeper = match value.view(walk.arena) {
            View::Map(map) => !map.is_empty(),
            View::List(list) => self.arrays != Arrays::Keep && !list.is_empty(),
            _ => false,
        };
        if deeper {
            return self.inside(value, walk);
        }
        walk.bytes += walk.way.len();
        (walk.bytes <= MOST_BYTES).then_some(())?;
        walk.flat.put(walk.arena.alloc_str(&walk.way), value);
        Some(())
    }
}
