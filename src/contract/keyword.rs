//! The keywords of a contract's schemas: JSON Schema's, and those that bytes and seconds need.

use jsonschema::{Keyword, ValidationError, Validator};
use serde_json::Value;

/// The keywords that a contract may use.
pub(super) const KEYWORDS: &[&str] = &[
    "$ref",
    "title",
    "description",
    "examples",
    "default",
    "type",
    "enum",
    "const",
    "required",
    "properties",
    "additionalProperties",
    "patternProperties",
    "propertyNames",
    "items",
    "prefixItems",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minProperties",
    "maxProperties",
    "oneOf",
    "anyOf",
    "allOf",
    "not",
    "if",
    "then",
    "else",
    "dependentRequired",
    "maxBytes",
    "maxKeyBytes",
    "seconds",
    "should",
    "documented",
    "discouraged",
];

/// Larger numbers are no seconds since 1970 of this or the next millennium, but milliseconds.
pub(super) const MOST_SECONDS: f64 = 99_999_999_999.0;

/// A schema that is ready to check bodies. It fetches nothing: every reference is its own.
pub(super) fn compile(schema: &Value) -> Result<Validator, String> {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .with_keyword("maxBytes", |_, limit, _| Ok(Box::new(MaxBytes(count(limit)?))))
        .with_keyword("maxKeyBytes", |_, limit, _| Ok(Box::new(MaxKeyBytes(count(limit)?))))
        .with_keyword("seconds", |_, yes, _| Ok(Box::new(Seconds(yes.as_bool().unwrap_or(true)))))
        .build(schema)
        .map_err(|error| error.to_string())
}

fn count<'a>(limit: &Value) -> Result<usize, ValidationError<'a>> {
    limit
        .as_u64()
        .and_then(|limit| usize::try_from(limit).ok())
        .ok_or_else(|| ValidationError::custom("a limit is a whole number"))
}

/// Bytes of a text, or of anything else as JSON.
pub(super) fn bytes(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        other => other.to_string().len(),
    }
}

struct MaxBytes(usize);

impl<'i> Keyword<'i> for MaxBytes {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        let (has, limit) = (bytes(instance), self.0);
        if has <= limit {
            return Ok(());
        }
        Err(ValidationError::custom(format!("has {has} bytes and may have {limit}")))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        bytes(instance) <= self.0
    }
}

struct MaxKeyBytes(usize);

impl MaxKeyBytes {
    fn long<'v>(&self, instance: &'v Value) -> Option<&'v str> {
        instance.as_object()?.keys().map(String::as_str).find(|key| key.len() > self.0)
    }
}

impl<'i> Keyword<'i> for MaxKeyBytes {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        let Some(key) = self.long(instance) else { return Ok(()) };
        let message = format!("has a key of {} bytes, and a key may have {}", key.len(), self.0);
        Err(ValidationError::custom(message))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        self.long(instance).is_none()
    }
}

struct Seconds(bool);

impl<'i> Keyword<'i> for Seconds {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if Keyword::is_valid(self, instance) {
            return Ok(());
        }
        Err(ValidationError::custom("must be seconds since 1970; this number looks like milliseconds"))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        !self.0 || instance.as_f64().is_none_or(|number| number.abs() <= MOST_SECONDS)
    }
}
