//! The definitions of conditions and tests.

use serde_json::{Map, Value, json};

use super::{non_empty_list, of};
use crate::predicate::{PREDICATES, TESTS, TestArgKind};

pub(super) fn definitions() -> Vec<(String, Value)> {
    let condition = json!({
        "description": "`$path` is present; `{ $path: x }` equals; `{ $path: [x, y] }` is one of; `{ $path: { is: text } }` is a test; a list means all; a bare word is a named condition.",
        "examples": ["$.userId", { "$.type": "track" }, { "$.event": { "starts_with": "Order" } }, { "not": "$.userId" }],
        "anyOf": [
            { "type": "string", "pattern": "^(\\$[^ ]*|\\$.*\\[.*|[A-Za-z_][A-Za-z0-9_-]*)$" },
            non_empty_list(&of("condition")),
            {
                "type": "object",
                "minProperties": 1,
                "properties": {
                    "any": non_empty_list(&of("condition")),
                    "all": non_empty_list(&of("condition")),
                    "not": of("condition"),
                },
                "patternProperties": { "^\\$": of("test") },
                "additionalProperties": false,
            },
        ],
    });
    let tests: Map<String, Value> = TESTS
        .iter()
        .map(|row| {
            let mut schema = takes(row.takes);
            if let Some(schema) = schema.as_object_mut() {
                schema.insert("description".to_owned(), format!("{}: {}", row.summary, row.example).into());
            }
            (row.name.to_owned(), schema)
        })
        .collect();
    let test = json!({
        "anyOf": [
            of("operand"),
            non_empty_list(&of("operand")),
            { "type": "object", "minProperties": 1, "properties": tests, "additionalProperties": false },
        ],
    });
    let operand = json!({ "type": ["string", "number", "boolean", "null"] });
    let predicate = json!({
        "oneOf": PREDICATES
            .iter()
            .map(|row| json!({ "const": row.name, "description": row.summary }))
            .chain([json!({ "type": "boolean" })])
            .collect::<Vec<_>>(),
    });
    [("condition", condition), ("test", test), ("operand", operand), ("predicate", predicate)]
        .map(|(name, schema)| (name.to_owned(), schema))
        .to_vec()
}

fn takes(takes: TestArgKind) -> Value {
    match takes {
        TestArgKind::Predicate => json!({ "anyOf": [of("predicate"), non_empty_list(&of("predicate"))] }),
        TestArgKind::Test => of("test"),
        TestArgKind::Pattern => json!({ "type": "string" }),
        TestArgKind::Text => json!({ "type": ["string", "number", "boolean"] }),
        TestArgKind::Number => json!({ "type": ["number", "string"] }),
        TestArgKind::Count => json!({ "anyOf": [{ "type": "number" }, of("test")] }),
    }
}
