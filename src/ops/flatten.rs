//! `flatten`

use bumpalo::collections::String;

use crate::ops::{
    ArgError, ArgKind, Args, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator,
};
use crate::value::{Arena, Assembly, Kinds, Value, View};

/// Maximum total size of the flat keys in bytes: nested long keys can make the result far larger than the input.
const MAX_KEY_BYTES: usize = crate::limits::FLATTENED_KEY_BYTES;

pub(super) const ROW: Operator = Operator {
    name: "flatten",
    group: Group::Maps,
    summary: "Flattens nested maps and lists into one map whose keys are paths (`a.b`, `list[0].c`). Empty maps and lists are kept; with `arrays: keep` all lists are.",
    argument: ArgKind::Optional("`separator` (default \".\") and `arrays` (`brackets`, `dots`, `keep`)"),
    with: &[],
    takes: Kinds::MAP.or(Kinds::LIST),
    gives: Gives::Kinds(Kinds::MAP.or(Kinds::LIST)),
    keeps: Kinds::SCALAR.or(Kinds::NULL),
    missing: Missing::Never,
    meaning: Meaning {
        refuses: Some("two values would get the same key, or the keys exceed 16 MiB in total"),
        ..Meaning::PLAIN
    },
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
        Example { step: "flatten", input: r#"{"":1,"a":{"":2}}"#, output: r#"{"":1,"a.":2}"# },
        Example { step: "flatten", input: "5", output: "5" },
    ],
    build,
};

fn build(args: &Args<'_>) -> Result<Box<dyn Operation>, ArgError> {
    let options = args.options(&["separator", "arrays"])?;
    let arrays = match options.choice("arrays", &["brackets", "dots", "keep"])? {
        Some(1) => Arrays::Dots,
        Some(2) => Arrays::Keep,
        _ => Arrays::Brackets,
    };
    let separator = options.text("separator")?.unwrap_or(".").into();
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
        let mut traversal =
            Traversal { arena, key: String::new_in(arena), flat: Assembly::new(arena), depth: 0, bytes: 0 };
        match input.view(arena) {
            View::Map(_) => {}
            View::List(_) if self.arrays != Arrays::Keep => {}
            _ => return Some(input),
        }
        match self.flatten_contents(input, &mut traversal) {
            Ok(()) => Some(traversal.flat.value()),
            Err(reason) => call.refuse(reason),
        }
    }
}

/// Whether everything was added; otherwise the reason why the event is refused.
type Flattened = Result<(), &'static str>;

struct Traversal<'a> {
    arena: &'a Arena,
    /// The key of the current value.
    key: String<'a>,
    flat: Assembly<'a>,
    /// The number of maps and lists around the current value, without the one that is flattened.
    depth: usize,
    /// The total length of the flat keys.
    bytes: usize,
}

impl Flatten {
    /// Adds the contents of a map or list, or says why that is impossible.
    fn flatten_contents<'a>(&self, value: Value<'a>, traversal: &mut Traversal<'a>) -> Flattened {
        let before = traversal.key.len();
        match value.view(traversal.arena) {
            View::Map(map) => {
                for &(name, member) in map.members(traversal.arena) {
                    self.separate(traversal);
                    traversal.key.push_str(name);
                    self.member(member, traversal)?;
                    traversal.key.truncate(before);
                }
            }
            View::List(list) => {
                for (index, item) in list.iter().enumerate() {
                    if self.arrays == Arrays::Brackets {
                        for part in ["[", itoa::Buffer::new().format(index), "]"] {
                            traversal.key.push_str(part);
                        }
                    } else {
                        self.separate(traversal);
                        traversal.key.push_str(itoa::Buffer::new().format(index));
                    }
                    self.member(item, traversal)?;
                    traversal.key.truncate(before);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn separate(&self, traversal: &mut Traversal<'_>) {
        // Not "unless the key is empty": the key of a member can be "".
        if traversal.depth > 0 {
            traversal.key.push_str(&self.separator);
        }
    }

    fn member<'a>(&self, value: Value<'a>, traversal: &mut Traversal<'a>) -> Flattened {
        let nested = match value.view(traversal.arena) {
            View::Map(map) => !map.is_empty(),
            View::List(list) => self.arrays != Arrays::Keep && !list.is_empty(),
            _ => false,
        };
        if nested {
            traversal.depth += 1;
            let flattened = self.flatten_contents(value, traversal);
            traversal.depth -= 1;
            return flattened;
        }
        traversal.bytes += traversal.key.len();
        if traversal.bytes > MAX_KEY_BYTES {
            return Err("flatten a value whose flat keys exceed 16 MiB in total; select a part of it before");
        }
        if traversal.arena.spend(1).is_none() {
            return Ok(());
        }
        let before = traversal.flat.len();
        traversal.flat.put_new(traversal.arena.alloc_str(&traversal.key), value);
        if traversal.flat.len() == before && traversal.arena.exceeded().is_none() {
            return Err("flatten a value in which two values get the same key; choose another `separator`");
        }
        Ok(())
    }
}
