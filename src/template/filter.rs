//! The arguments of filters as operators get them.

use serde_json::Value as Json;

use super::FilterUse;
use crate::ops::Operator;
use crate::value::{Arena, Number, Value};

/// A key of a step beside its argument.
type FurtherKey<'a> = (&'a str, Value<'a>);

impl FilterUse {
    /// The constant argument and the further keys of the operator's step.
    pub fn arguments<'a>(
        &self,
        row: &Operator,
        arena: &'a Arena,
    ) -> (Option<Value<'a>>, Vec<FurtherKey<'a>>) {
        let Some(Json::Object(members)) = &self.argument else {
            return (self.argument.as_ref().map(|json| value(json, arena)), Vec::new());
        };
        let members = members.iter().map(|(key, json)| (&*arena.alloc_str(key), value(json, arena)));
        let (with, rest): (Vec<_>, Vec<_>) =
            members.partition(|(name, _)| row.with.iter().any(|key| key.name == *name));
        let argument = (!rest.is_empty()).then(|| Value::Map(arena.alloc_slice_copy(&rest)));
        (argument, with)
    }
}

fn value<'a>(json: &Json, arena: &'a Arena) -> Value<'a> {
    match json {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Bool(*truth),
        Json::Number(number) => Value::Number(Number::Literal(arena.alloc_str(&number.to_string()))),
        Json::String(text) => Value::Text(arena.alloc_str(text)),
        Json::Array(items) => {
            Value::List(arena.alloc_slice_fill_iter(items.iter().map(|item| value(item, arena))))
        }
        Json::Object(members) => Value::Map(arena.alloc_slice_fill_iter(
            members.iter().map(|(key, json)| (&*arena.alloc_str(key), value(json, arena))),
        )),
    }
}
