//! How many steps the check of a value with a schema takes. Schemas that refer to each other can double them again and again,
//! and the validator has no limit of its own.

use foldhash::HashMap;
use serde_json::{Map, Value};

/// The schemas that a schema may refer to.
pub(super) type Definitions = Map<String, Value>;

/// Counts the steps of one check.
pub(super) struct Counter<'v> {
    definitions: Option<&'v Definitions>,
    /// The steps of each schema with each value; `None` while they are being counted.
    known: HashMap<(*const Value, *const Value), Option<u64>>,
    /// How many schemas contain or refer to the current one.
    depth: usize,
}

/// Schemas that refer to each other in a longer chain, in deeper values, would take more stack than there is.
const MAX_DEPTH: usize = 2000;

impl<'v> Counter<'v> {
    /// For schemas that may refer to `$defs` of `schema`.
    pub(super) fn new(schema: &'v Value) -> Self {
        let definitions = schema.get("$defs").and_then(Value::as_object);
        Self { definitions, known: HashMap::default(), depth: 0 }
    }

    /// How many schemas are applied to how many values, if all alternatives are tried; `u64::MAX` for a schema that refers
    /// to itself without going into a part of the value, or to others in too long a chain.
    pub(super) fn steps(&mut self, schema: &'v Value, value: &'v Value) -> u64 {
        let Value::Object(keywords) = schema else { return 1 };
        let pair = (std::ptr::from_ref(schema), std::ptr::from_ref(value));
        if let Some(known) = self.known.get(&pair) {
            return known.unwrap_or(u64::MAX);
        }
        if self.depth == MAX_DEPTH {
            return u64::MAX;
        }
        self.known.insert(pair, None);
        self.depth += 1;
        let mut steps = 1_u64;
        for (keyword, argument) in keywords {
            steps = steps.saturating_add(self.keyword(keyword, argument, value));
        }
        self.depth -= 1;
        self.known.insert(pair, Some(steps));
        steps
    }

    fn keyword(&mut self, keyword: &str, argument: &'v Value, value: &'v Value) -> u64 {
        match (keyword, argument, value) {
            ("$ref", Value::String(name), _) => {
                let definition = name.strip_prefix("#/$defs/").and_then(|name| self.definitions?.get(name));
                definition.map_or(1, |definition| self.steps(definition, value))
            }
            ("allOf" | "anyOf" | "oneOf", Value::Array(schemas), _) => {
                self.sum(schemas.iter().map(|schema| (schema, value)))
            }
            ("not" | "if" | "then" | "else" | "contentSchema", _, _) => self.steps(argument, value),
            ("dependentSchemas", Value::Object(schemas), Value::Object(_)) => {
                self.sum(schemas.values().map(|schema| (schema, value)))
            }
            ("properties", Value::Object(schemas), Value::Object(members)) => {
                let named = schemas.iter().filter_map(|(name, schema)| Some((schema, members.get(name)?)));
                self.sum(named)
            }
            ("patternProperties", Value::Object(schemas), Value::Object(members)) => self.sum(
                schemas.values().flat_map(|schema| members.values().map(move |member| (schema, member))),
            ),
            ("additionalProperties" | "unevaluatedProperties", _, Value::Object(members)) => {
                self.sum(members.values().map(|member| (argument, member)))
            }
            // The names are texts, whatever the members are.
            ("propertyNames", _, Value::Object(members)) => {
                self.steps(argument, &Value::Null).saturating_mul(members.len() as u64)
            }
            ("items" | "contains" | "unevaluatedItems", _, Value::Array(items)) => {
                self.sum(items.iter().map(|item| (argument, item)))
            }
            ("prefixItems", Value::Array(schemas), Value::Array(items)) => {
                self.sum(schemas.iter().zip(items))
            }
            _ => 1,
        }
    }

    fn sum(&mut self, pairs: impl Iterator<Item = (&'v Value, &'v Value)>) -> u64 {
        pairs.fold(0_u64, |steps, (schema, value)| steps.saturating_add(self.steps(schema, value)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn steps_multiply_where_schemas_do() {
        let doubling = |levels: u32| {
            let mut definitions = Definitions::new();
            for level in 0..levels {
                let next = json!({ "$ref": format!("#/$defs/s{}", level + 1) });
                definitions.insert(format!("s{level}"), json!({ "allOf": [next, next] }));
            }
            json!({ "$ref": "#/$defs/s0", "$defs": definitions })
        };
        let steps = |schema: &Value, value: &Value| Counter::new(schema).steps(schema, value);
        assert!((1 << 10..1 << 13).contains(&steps(&doubling(10), &json!(1))));
        assert!(steps(&doubling(40), &json!(1)) > 1 << 40);
        assert_eq!(steps(&doubling(100), &json!(1)), u64::MAX);
        let own = json!({ "$ref": "#/$defs/a", "$defs": { "a": { "anyOf": [{ "$ref": "#/$defs/a" }] } } });
        assert_eq!(steps(&own, &json!(1)), u64::MAX);
        let tree = json!({
            "$ref": "#/$defs/a",
            "$defs": { "a": { "properties": { "l": { "$ref": "#/$defs/a" }, "r": { "$ref": "#/$defs/a" } } } },
        });
        let value = json!({ "l": { "l": { "l": {} } }, "r": { "r": {} } });
        assert!(steps(&tree, &value) < 40);
    }
}
