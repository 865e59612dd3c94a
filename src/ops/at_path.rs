//! `at_path`

use crate::ops::{
    ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator, ValueArg,
};
use crate::value::{Arena, Kinds, Value, View};

pub(super) const ROW: Operator = Operator {
    name: "at_path",
    group: Group::Maps,
    summary: "Returns the value at a path that is only known at run time, such as a setting with the text `properties.order_id`.",
    argument: ArgKind::Value("a path as text: `a.b`, `$.a.b`, `items[0].id`, `a[\"b c\"]`"),
    with: &[],
    takes: Kinds::MAP.or(Kinds::LIST),
    gives: Gives::Kinds(Kinds::ANY),
    keeps: Kinds::NONE,
    missing: Missing::SomeValues("there is no value at the path, or the argument is not a path"),
    meaning: Meaning { value: ValueArg::Path, ..Meaning::PLAIN },
    equivalents: Equivalents {
        vrl: "get",
        bloblang: ".get()",
        mapping_kit: "@path",
        rudderstack: "getOneByPaths, `deduplicationKey`",
    },
    examples: &[
        Example {
            step: "{ at_path: properties.order_id }",
            input: r#"{"properties":{"order_id":"o1"}}"#,
            output: r#""o1""#,
        },
        Example {
            step: r#"{ at_path: "items[-1].id" }"#,
            input: r#"{"items":[{"id":1},{"id":2}]}"#,
            output: "2",
        },
        Example { step: "{ at_path: { literal: $.a } }", input: r#"{"a":null}"#, output: "null" },
        Example { step: "{ at_path: a.b }", input: r#"{"a":5}"#, output: "—" },
    ],
    build: |_| Ok(Box::new(AtPath)),
};

#[derive(Debug)]
struct AtPath;

impl Operation for AtPath {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        if !matches!(input.view(arena), View::Map(_) | View::List(_)) {
            return None;
        }
        let path = call.argument()?.text(arena)?.trim();
        let (mut rest, mut value) = match path.strip_prefix('$') {
            Some(rest) => (rest, input),
            None => name(path).and_then(|(name, rest)| Some((rest, member(input, name, arena)?)))?,
        };
        while !rest.is_empty() {
            (value, rest) = step(value, rest, arena)?;
        }
        Some(value)
    }
}

/// One step: `.name`, `[0]`, `["name"]` or `['name']`.
fn step<'a, 'p>(value: Value<'a>, rest: &'p str, arena: &'a Arena) -> Option<(Value<'a>, &'p str)> {
    if let Some(rest) = rest.strip_prefix('.') {
        let (name, rest) = name(rest)?;
        return Some((member(value, name, arena)?, rest));
    }
    let inner = rest.strip_prefix('[')?;
    if let Some(quote) = inner.chars().next().filter(|first| matches!(first, '"' | '\'')) {
        let (name, rest) = inner.get(1..)?.split_once(quote)?;
        return Some((member(value, name, arena)?, rest.strip_prefix(']')?));
    }
    let (index, rest) = inner.split_once(']')?;
    match value.view(arena) {
        View::List(list) => Some((list.look_up(index.parse().ok()?, arena)?, rest)),
        _ => None,
    }
}

/// The name at the start of a path, and the rest of the path.
fn name(path: &str) -> Option<(&str, &str)> {
    let end = path.find(['.', '[']).unwrap_or(path.len());
    path.split_at_checked(end).filter(|(name, _)| !name.is_empty())
}

/// A member of a map. A numeric name is also accepted as an index of a list (`items.0`), as people write in settings.
fn member<'a>(value: Value<'a>, name: &str, arena: &'a Arena) -> Option<Value<'a>> {
    match value.view(arena) {
        View::Map(map) => map.look_up(name, arena),
        View::List(list) if name.bytes().all(|byte| byte.is_ascii_digit()) => {
            list.look_up(name.parse().ok()?, arena)
        }
        _ => None,
    }
}
