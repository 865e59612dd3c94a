//! The definitions of operators and pipelines.

use serde_json::{Map, Value, json};

use super::{non_empty_list, of};
use crate::ops::{ArgKind, OPS, Operator};
use crate::syntax::names;

pub(super) fn definitions() -> Vec<(String, Value)> {
    let mut steps: Map<String, Value> = OPS.iter().map(|row| (row.name.to_owned(), argument(row))).collect();
    for key in OPS.iter().flat_map(|row| row.with) {
        steps.entry(key.name).or_insert_with(|| json!({ "description": key.meaning }));
    }
    let bare: Vec<Value> = OPS
        .iter()
        .filter(|row| matches!(row.argument, ArgKind::None | ArgKind::Optional(_)))
        .map(|row| json!({ "const": row.name, "description": row.summary }))
        .collect();
    let step = json!({
        "anyOf": [
            { "oneOf": bare },
            { "description": "The name of a pipeline of `transforms:`.", "type": "string", "pattern": names::NAME.pattern },
            { "type": "object", "minProperties": 1, "properties": steps, "additionalProperties": false },
        ],
    });
    let pipeline = json!({
        "description": "One step, or a list of steps that are applied in order.",
        "examples": ["lowercase", ["trim", { "truncate": 100 }]],
        "if": { "type": "array" },
        "then": non_empty_list(&of("step")),
        "else": of("step"),
    });
    vec![("step".to_owned(), step), ("pipeline".to_owned(), pipeline)]
}

fn argument(row: &Operator) -> Value {
    let (description, mut schema) = match row.argument {
        ArgKind::None => ("nothing", json!({ "enum": [null, true] })),
        ArgKind::Constant(description) | ArgKind::Optional(description) => (description, json!({})),
        ArgKind::Value(description) => (description, of("value")),
        ArgKind::Pipeline(description) => (description, of("pipeline")),
        ArgKind::Test(description) => (description, of("test")),
    };
    let examples = row.examples.iter().take(2).map(|example| {
        let (step, input, output) = (example.step, example.input, example.output);
        format!("`{step}`: {input} → {output}")
    });
    let examples: Vec<_> = examples.collect();
    let summary = row.summary.trim_end_matches('.');
    if let Some(schema) = schema.as_object_mut() {
        let description = format!("{summary}. Argument: {description}. {}", examples.join("; "));
        schema.insert("description".to_owned(), Value::from(description));
    }
    schema
}
