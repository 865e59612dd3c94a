//! Converts constants of a mapping to runtime values.

use super::{Yaml, YamlValue};
use crate::value::{Arena, Number, Value};

impl Yaml {
    /// Converts the constant to a value; lists and maps are allocated in the arena.
    pub fn value<'a>(&'a self, arena: &'a Arena) -> Value<'a> {
        match &self.node {
            YamlValue::Null => Value::Null,
            YamlValue::Bool(truth) => Value::Bool(*truth),
            YamlValue::Number(digits) => Value::Number(Number::Literal(digits)),
            YamlValue::Text(text) => Value::Text(text),
            YamlValue::List(items) => {
                Value::List(arena.alloc_slice_fill_iter(items.iter().map(|item| item.value(arena))))
            }
            YamlValue::Map(entries) => {
                let members = entries.iter().map(|entry| (entry.key.node.as_str(), entry.value.value(arena)));
                Value::Map(arena.alloc_slice_fill_iter(members))
            }
        }
    }
}
