//! Constants that an operation stores: owned by the plan, and converted to a value in the arena of each event.

use crate::value::{Arena, Finite, Number, Value, View};

/// A constant of the mapping.
#[derive(Clone, Debug)]
pub(super) enum Constant {
    Null,
    Bool(bool),
    Int(i64),
    Float(Finite),
    Literal(Box<str>),
    Text(Box<str>),
    List(Box<[Constant]>),
    Map(Box<[(Box<str>, Constant)]>),
}

impl Constant {
    /// Copies a value.
    pub(super) fn of<'a>(value: Value<'a>, arena: &'a Arena) -> Self {
        match value.view(arena) {
            View::Null => Self::Null,
            View::Bool(truth) => Self::Bool(truth),
            View::Number(Number::Int(number)) => Self::Int(number),
            View::Number(Number::Float(number)) => Self::Float(number),
            View::Number(Number::Literal(text)) => Self::Literal(text.into()),
            View::Text(text) => Self::Text(text.into()),
            View::List(list) => Self::List(list.iter().map(|item| Self::of(item, arena)).collect()),
            View::Map(map) => {
                Self::Map(map.iter(arena).map(|(key, item)| (key.into(), Self::of(item, arena))).collect())
            }
        }
    }

    /// The constant as a value in an arena.
    pub(super) fn value<'a>(&self, arena: &'a Arena) -> Value<'a> {
        match self {
            Self::Null => Value::Null,
            Self::Bool(truth) => Value::Bool(*truth),
            Self::Int(number) => Value::Number(Number::Int(*number)),
            Self::Float(number) => Value::Number(Number::Float(*number)),
            Self::Literal(text) => Value::Number(Number::Literal(arena.alloc_str(text))),
            Self::Text(text) => Value::Text(arena.alloc_str(text)),
            Self::List(items) => {
                Value::List(arena.alloc_slice_fill_iter(items.iter().map(|item| item.value(arena))))
            }
            Self::Map(members) => {
                let members = members.iter().map(|(key, item)| (&*arena.alloc_str(key), item.value(arena)));
                Value::Map(arena.alloc_slice_fill_iter(members))
            }
        }
    }
}
