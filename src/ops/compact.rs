//! `compact`

use crate::abstract_value::AbstractValue;
use crate::ops::args::found;
use crate::ops::{
    ArgError, ArgKind, Args, Call, EffectArgs, Equivalents, Example, Gives, Group, Meaning, Missing,
    Operation, Operator,
};
use crate::value::{Arena, BoundedVec, Kinds, Value, View};

pub(super) const ROW: Operator = Operator {
    name: "compact",
    group: Group::Maps,
    summary: "Removes null from a map or a list; with `empty` also empty text; with `deep` also empty maps and lists, at every level.",
    argument: ArgKind::Optional("`empty` or `deep`"),
    with: &[],
    takes: Kinds::MAP.or(Kinds::LIST),
    gives: Gives::Same,
    keeps: Kinds::SCALAR.or(Kinds::NULL),
    missing: Missing::SomeValues("with `deep`, if nothing is left"),
    meaning: Meaning { effect, keeps_keys: true, ..Meaning::PLAIN },
    equivalents: Equivalents {
        vrl: "compact",
        bloblang: "–",
        mapping_kit: "@excludeWhenNull",
        rudderstack: "removeUndefinedAndNullValues, removeUndefinedNullEmptyExclBoolInt",
    },
    examples: &[
        Example { step: "compact", input: r#"{"a":null,"b":"","c":0}"#, output: r#"{"b":"","c":0}"# },
        Example { step: "{ compact: empty }", input: r#"["", null, false]"#, output: "[false]" },
        Example {
            step: "{ compact: deep }",
            input: r#"{"a":{"b":[null]},"c":[0,""]}"#,
            output: r#"{"c":[0]}"#,
        },
        Example { step: "{ compact: deep }", input: r#"{"a":{"b":""}}"#, output: "—" },
    ],
    build,
};

/// The result can be missing only with `deep`.
fn effect(args: &EffectArgs<'_>, input: &AbstractValue, output: AbstractValue) -> AbstractValue {
    let deep = args.constant.argument.is_some_and(|mode| mode.text(args.constant.arena) == Some("deep"));
    AbstractValue { missing: if deep { output.missing } else { input.missing }, ..output }
}

#[derive(Clone, Copy, Debug)]
enum Compact {
    Null,
    Empty,
    Deep,
}

fn build(args: &Args<'_>) -> Result<Box<dyn Operation>, ArgError> {
    let Some(value) = args.argument else { return Ok(Box::new(Compact::Null)) };
    match value.text(args.arena) {
        Some("empty") => Ok(Box::new(Compact::Empty)),
        Some("deep") => Ok(Box::new(Compact::Deep)),
        _ => {
            let actual = found(value, args.arena);
            Err(ArgError::new(format!("expected `empty`, `deep` or nothing, found {actual}")))
        }
    }
}

impl Operation for Compact {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        self.whole(input, call.arena())
    }
}

impl Compact {
    fn whole<'a>(self, value: Value<'a>, arena: &'a Arena) -> Option<Value<'a>> {
        let deep = matches!(self, Self::Deep);
        match value.view(arena) {
            View::Map(map) => {
                let members = map.members(arena);
                arena.spend(members.len())?;
                let mut left = BoundedVec::with_capacity(members.len(), arena);
                left.extend(members.iter().filter_map(|&(key, part)| Some((key, self.part(part, arena)?))))?;
                (!deep || !left.is_empty()).then(|| Value::Map(left.finish()))
            }
            View::List(list) => {
                arena.spend(list.len())?;
                let mut left = BoundedVec::with_capacity(list.len(), arena);
                left.extend(list.iter().filter_map(|part| self.part(part, arena)))?;
                (!deep || !left.is_empty()).then(|| Value::List(left.finish()))
            }
            _ => Some(value),
        }
    }

    /// What remains of a member or an element.
    fn part<'a>(self, value: Value<'a>, arena: &'a Arena) -> Option<Value<'a>> {
        match self {
            Self::Null => (!matches!(value.view(arena), View::Null)).then_some(value),
            Self::Empty => value.is_present().then_some(value),
            Self::Deep => value.is_present().then(|| self.whole(value, arena))?,
        }
    }
}
