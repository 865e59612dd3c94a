//! The definitions of values.

use serde_json::{Value, json};

use super::{non_empty_list, of, section, text_value};
use crate::syntax::{MODIFIERS, VERBS};

pub(super) fn definitions() -> Vec<(String, Value)> {
    let verbs: Vec<Value> = VERBS.iter().map(|verb| json!({ "required": [verb] })).collect();
    let modifiers: Vec<&str> = MODIFIERS.iter().copied().chain(["when"]).collect();
    let map = json!({
        "description": "A map that is sent. `when` is the condition under which it is sent.",
        "type": "object",
        "properties": { "when": of("condition") },
        "propertyNames": { "not": { "pattern": "^\\$[.\\[]|\\{\\{|\\{%" } },
        "additionalProperties": of("value"),
        "not": { "minProperties": 1, "propertyNames": { "enum": modifiers } },
    });
    let value = json!({
        "description": "A constant, a path such as `$.traits.email` or `$email`, text with `{{ … }}`, a map, a list, or a map with a source verb such as `from`, `merge` or `template`.",
        "examples": ["$.traits.email", "{{ first_name }} {{ last_name }}", { "from": "$.timestamp", "transform": "unix_seconds" }],
        "if": { "type": "object" },
        "then": { "if": { "anyOf": verbs }, "then": of("value-rule"), "else": of("map") },
        "else": { "items": of("value") },
    });
    let field = json!({
        "description": "A named value. A list is short for `from:`: the first value that is present.",
        "if": { "type": "array" },
        "then": non_empty_list(&of("value")),
        "else": of("value"),
    });
    [("value", value), ("field", field), ("map", map), ("value-rule", rule())]
        .map(|(name, schema)| (name.to_owned(), schema))
        .to_vec()
}

fn rule() -> Value {
    let names = || json!({ "type": "array", "items": { "type": ["string", "number", "boolean"] } });
    let mut rule = section("value", &[], |key| match key {
        "from" => {
            json!({ "if": { "type": "array" }, "then": non_empty_list(&of("value")), "else": of("value") })
        }
        "literal" => json!({}),
        "merge" | "concat" => non_empty_list(&of("value")),
        "object" => json!({ "type": "object", "additionalProperties": of("value") }),
        "when" => of("condition"),
        "only" | "except" => names(),
        "transform" => of("pipeline"),
        "required" => json!({ "anyOf": [{ "const": true }, text_value()] }),
        "keep_empty" => json!({ "type": "boolean" }),
        "template" | "invalid" => text_value(),
        "for_each" | "make" | "default" => of("value"),
        "as" => super::element_name(),
        key => unreachable!("`{key}` is a key of values, and this function has no schema for it"),
    });
    // `template` is a source only if there is no other.
    let sources: Vec<&str> = VERBS.iter().copied().filter(|verb| *verb != "template").collect();
    let mut exactly_one: Vec<Value> = sources.iter().map(|verb| json!({ "required": [verb] })).collect();
    let template_alone = json!({ "not": { "anyOf": exactly_one.clone() }, "required": ["template"] });
    exactly_one.push(template_alone);
    if let Some(rule) = rule.as_object_mut() {
        rule.insert("oneOf".to_owned(), Value::from(exactly_one));
        rule.insert(
            "dependentRequired".to_owned(),
            json!({ "for_each": ["make"], "make": ["for_each"], "as": ["for_each"] }),
        );
    }
    rule
}
