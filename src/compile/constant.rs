//! Constants: YAML or JSON as values.

use crate::diag::{Code, Diagnostic, Findings};
use crate::plan::Constant;
use crate::source::Span;
use crate::syntax::{Yaml, YamlValue};
use crate::value::{Arena, Number, Value};

pub(super) fn constant(yaml: &Yaml, findings: &mut Findings) -> Constant {
    to_constant(yaml_value(yaml, &Arena::new()), yaml.span, findings)
}

/// Copies a value written at `span` into the plan; null, with a finding, when it is too large.
pub(super) fn to_constant(value: Value<'_>, span: Span, findings: &mut Findings) -> Constant {
    Constant::of(value).unwrap_or_else(|too_large| {
        findings.push(Diagnostic::new(Code::AliasBomb, span, too_large.to_string()));
        Constant::null()
    })
}

pub(super) fn yaml_value<'a>(yaml: &'a Yaml, arena: &'a Arena) -> Value<'a> {
    match &yaml.node {
        YamlValue::Null => Value::Null,
        YamlValue::Bool(truth) => Value::Bool(*truth),
        YamlValue::Number(number) => Value::Number(Number::Literal(number)),
        YamlValue::Text(text) => Value::Text(text),
        YamlValue::List(items) => {
            Value::List(arena.alloc_slice_fill_iter(items.iter().map(|item| yaml_value(item, arena))))
        }
        YamlValue::Map(entries) => {
            let members =
                entries.iter().map(|entry| (entry.key.node.as_str(), yaml_value(&entry.value, arena)));
            Value::Map(arena.alloc_slice_fill_iter(members))
        }
    }
}

/// The arguments of filters in templates are parsed as JSON.
pub(super) fn json_value<'a>(json: &'a serde_json::Value, arena: &'a Arena) -> Value<'a> {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(truth) => Value::Bool(*truth),
        serde_json::Value::Number(number) => {
            Value::Number(Number::Literal(arena.alloc_str(&number.to_string())))
        }
        serde_json::Value::String(text) => Value::Text(text),
        serde_json::Value::Array(items) => {
            Value::List(arena.alloc_slice_fill_iter(items.iter().map(|item| json_value(item, arena))))
        }
        serde_json::Value::Object(members) => {
            let members = members.iter().map(|(key, member)| (key.as_str(), json_value(member, arena)));
            Value::Map(arena.alloc_slice_fill_iter(members))
        }
    }
}
