//! The JSON Schema of the language, for editors, generated from the tables of sections, operators, tests and
//! predicates.

mod condition;
mod key_meanings;
mod operator;
mod value;

use serde_json::{Map, Value, json};

use crate::syntax::{names, section_keys};

/// The schema as text, ending with a line break.
#[must_use]
pub fn text() -> String {
    format!("{:#}\n", schema())
}

/// Converts YAML text to the JSON that a schema validates; `None` if it is not valid YAML.
#[must_use]
pub fn yaml_to_json(text: &str) -> Option<Value> {
    let mut sources = crate::source::Sources::default();
    let mut findings = crate::diag::Findings::default();
    let tree = crate::syntax::parse_yaml(sources.add("", text), text, &mut findings)?;
    if findings.has_errors() { None } else { tree.json().ok() }
}

/// The schema of mappings and of the files they include.
#[must_use]
pub fn schema() -> Value {
    let mut definitions = Map::new();
    for (name, schema) in sections() {
        definitions.insert(name.to_owned(), schema);
    }
    definitions.extend(value::definitions());
    definitions.extend(condition::definitions());
    definitions.extend(operator::definitions());
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A mapwright mapping",
        "description": "Turns customer-data events into the API requests of a destination.",
        "type": "object",
        "if": { "anyOf": [{ "required": ["destination"] }, { "required": ["extends"] }, { "required": ["rules"] }] },
        "then": {
            "$ref": "#/$defs/mapping",
            "required": ["language"],
            "if": { "required": ["extends"] },
            "then": {},
            "else": {
                "required": ["destination", "rules"],
                "properties": {
                    "remove": false,
                    "rules": { "items": { "properties": { "before": false, "after": false } } },
                },
            },
        },
        "else": { "$ref": "#/$defs/included" },
        "$defs": definitions,
    })
}

/// A reference to a definition.
fn of(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// The schema of a non-empty list.
fn non_empty_list(items: &Value) -> Value {
    json!({ "type": "array", "items": items, "minItems": 1 })
}

/// The schema of a name of the elements of a `for_each`.
fn element_name() -> Value {
    json!({ "type": "string", "pattern": names::FIELD.pattern })
}

/// The schema of text that is not blank.
fn text_value() -> Value {
    json!({ "type": "string", "pattern": "\\S" })
}

/// The schema of a map from names to values.
fn named(pattern: &str, value: &Value) -> Value {
    json!({ "type": "object", "propertyNames": { "pattern": pattern }, "additionalProperties": value })
}

/// The schema of a section. Its keys come from the table of the parser; `of_key` gives the schema of each.
fn section(name: &str, required: &[&str], of_key: impl Fn(&str) -> Value) -> Value {
    let property = |key: &&str| {
        let mut schema = of_key(key);
        if let (Some(schema), Some(meaning)) = (schema.as_object_mut(), key_meanings::of(name, key)) {
            schema.insert("description".to_owned(), Value::from(meaning));
        }
        ((*key).to_owned(), schema)
    };
    let properties: Map<String, Value> = section_keys(name).iter().map(property).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn sections() -> Vec<(&'static str, Value)> {
    let names = || json!({ "type": "array", "items": { "type": ["string", "number", "boolean"] } });
    let count = || json!({ "type": "integer", "minimum": 1 });
    let message = || json!({ "anyOf": [{ "const": true }, text_value()] });
    let mapping = move |key: &str| match key {
        "destination" => json!({ "type": "string", "pattern": names::NAME.pattern }),
        "language" => json!({ "const": 1 }),
        "include" | "remove" => names(),
        "contract" => json!({ "type": ["string", "object"], "pattern": "\\S" }),
        "config" => json!({ "type": "object", "additionalProperties": of("setting") }),
        "prepare" => json!({ "type": "array", "items": of("preparation") }),
        "fields" => named(names::FIELD.pattern, &of("field")),
        "conditions" => named(names::NAME.pattern, &of("condition")),
        "transforms" => named(names::NAME.pattern, &of("pipeline")),
        "request" => of("shared-request"),
        "rules" => non_empty_list(&of("rule")),
        "batch" => of("batch"),
        "response" => of("response"),
        _ => text_value(),
    };
    let setting = move |key: &str| match key {
        "required" => message(),
        "one_of" => non_empty_list(&json!({})),
        "type" => json!({ "enum": ["text", "number", "boolean", "list", "map"] }),
        "default" => json!({}),
        "secret" => json!({ "type": "boolean" }),
        _ => text_value(),
    };
    let request = |key: &str| match key {
        "method" => json!({ "anyOf": [
            { "enum": ["GET", "POST", "PUT", "PATCH", "DELETE"] },
            { "type": "string", "pattern": "^\\$config\\." },
        ] }),
        "format" => json!({ "enum": ["json", "json_array", "form"] }),
        "as" => element_name(),
        "when" => of("condition"),
        _ => of("value"),
    };
    let kind = || json!({ "enum": ["instrumentation", "configuration"] });
    let batch = move |key: &str| match key {
        "rules" => names(),
        "max_items" | "max_bytes" | "max_item_bytes" => count(),
        "wrap" | "headers" => of("value"),
        "report_as_batched" => json!({ "type": "boolean" }),
        _ => text_value(),
    };
    vec![
        ("mapping", section("mapping", &[], mapping)),
        ("included", section("included", &[], mapping)),
        ("setting", section("setting", &[], setting)),
        (
            "preparation",
            section("preparation", &["set"], |key| match key {
                "when" => of("condition"),
                _ => json!({ "type": "array", "items": of("assignment") }),
            }),
        ),
        (
            "assignment",
            section("assignment", &["in", "key", "to"], |key| match key {
                "in" => json!({ "type": "string", "pattern": "^\\$" }),
                _ => of("value"),
            }),
        ),
        ("rule", rule(kind)),
        (
            "check",
            section("check", &["check", "error"], |key| match key {
                "check" => of("condition"),
                "kind" => kind(),
                _ => text_value(),
            }),
        ),
        ("request", section("request", &[], request)),
        ("shared-request", section("shared", &[], request)),
        ("batch", section("batch", &[], batch)),
        ("response", section("response", &[], of)),
        ("messages", section("messages", &[], |_| of("value"))),
        ("partial", section("partial", &[], |key| if key == "when" { of("condition") } else { of("value") })),
    ]
}

fn rule(kind: impl Fn() -> Value) -> Value {
    let mut rule = section("rule", &["name"], |key| match key {
        "name" => json!({ "type": "string", "pattern": names::RULE.pattern }),
        "when" => of("condition"),
        "require" => json!({ "type": "array", "items": of("check") }),
        "request" => json!({ "anyOf": [of("request"), non_empty_list(&of("request"))] }),
        "drop" => json!({ "anyOf": [{ "const": true }, text_value()] }),
        "kind" => kind(),
        _ => text_value(),
    });
    let actions = ["request", "fail", "drop"].map(|key| json!({ "required": [key] }));
    if let Some(rule) = rule.as_object_mut() {
        rule.insert("oneOf".to_owned(), Value::from(actions.to_vec()));
        rule.insert("dependentRequired".to_owned(), json!({ "kind": ["fail"] }));
        rule.insert("not".to_owned(), json!({ "required": ["before", "after"] }));
    }
    rule
}
