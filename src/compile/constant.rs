//! Constants: YAML as values.

use super::Compiler;
use crate::diag::{Code, Diagnostic};
use crate::plan::Constant;
use crate::source::Span;
use crate::syntax::{Yaml, YamlValue};
use crate::value::{Arena, Number, Value};

impl Compiler<'_> {
    pub(super) fn constant(&mut self, yaml: &Yaml) -> Constant {
        self.kept(value(yaml, &Arena::new()), yaml.span)
    }

    /// Keeps a value that is written at `span`.
    pub(super) fn kept(&mut self, value: Value<'_>, span: Span) -> Constant {
        Constant::of(value).unwrap_or_else(|too_large| {
            self.found(Diagnostic::new(Code::AliasBomb, span, too_large.to_string()));
            Constant::null()
        })
    }
}

/// The value that a constant stands for.
pub(super) fn value<'a>(yaml: &'a Yaml, arena: &'a Arena) -> Value<'a> {
    match &yaml.node {
        YamlValue::Null => Value::Null,
        YamlValue::Bool(truth) => Value::Bool(*truth),
        YamlValue::Number(number) => Value::Number(Number::Literal(number)),
        YamlValue::Text(text) => Value::Text(text),
        YamlValue::List(items) => {
            Value::List(arena.alloc_slice_fill_iter(items.iter().map(|item| value(item, arena))))
        }
        YamlValue::Map(entries) => {
            let members = entries.iter().map(|entry| (entry.key.node.as_str(), value(&entry.value, arena)));
            Value::Map(arena.alloc_slice_fill_iter(members))
        }
    }
}

/// The same of JSON, as templates give the arguments of their filters.
pub(super) fn of_json<'a>(json: &'a serde_json::Value, arena: &'a Arena) -> Value<'a> {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(truth) => Value::Bool(*truth),
        serde_json::Value::Number(number) => {
            Value::Number(Number::Literal(arena.alloc_str(&number.to_string())))
        }
        serde_json::Value::String(text) => Value::Text(text),
        serde_json::Value::Array(items) => {
            Value::List(arena.alloc_slice_fill_iter(items.iter().map(|item| of_json(item, arena))))
        }
        serde_json::Value::Object(members) => {
            let members = members.iter().map(|(key, member)| (key.as_str(), of_json(member, arena)));
            Value::Map(arena.alloc_slice_fill_iter(members))
        }
    }
}
