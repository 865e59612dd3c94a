//! The keywords of a contract's schemas: JSON Schema's, and those that bytes and seconds need.

use jsonschema::{Keyword, PatternOptions, ValidationError, Validator};
use serde_json::Value;

/// What stands after a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeywordArg {
    Anything,
    Words,
    Flag,
    /// A whole number from zero.
    Count,
    Number,
    /// A number above zero.
    Divisor,
    /// Values of which there is at least one.
    List,
    /// One kind or several.
    Kinds,
    Names,
    NamesByName,
    WordsByName,
    Pattern,
    /// The place of a schema in `$defs:`.
    Reference,
    Schema,
    Schemas,
    SchemasByName,
    SchemasByPattern,
}

/// The keywords that a contract may use.
pub(super) const KEYWORDS: &[(&str, KeywordArg)] = &[
    ("$ref", KeywordArg::Reference),
    ("title", KeywordArg::Words),
    ("description", KeywordArg::Words),
    ("examples", KeywordArg::List),
    ("default", KeywordArg::Anything),
    ("type", KeywordArg::Kinds),
    ("enum", KeywordArg::List),
    ("const", KeywordArg::Anything),
    ("required", KeywordArg::Names),
    ("properties", KeywordArg::SchemasByName),
    ("additionalProperties", KeywordArg::Schema),
    ("patternProperties", KeywordArg::SchemasByPattern),
    ("propertyNames", KeywordArg::Schema),
    ("items", KeywordArg::Schema),
    ("prefixItems", KeywordArg::Schemas),
    ("minItems", KeywordArg::Count),
    ("maxItems", KeywordArg::Count),
    ("uniqueItems", KeywordArg::Flag),
    ("minLength", KeywordArg::Count),
    ("maxLength", KeywordArg::Count),
    ("pattern", KeywordArg::Pattern),
    ("minimum", KeywordArg::Number),
    ("maximum", KeywordArg::Number),
    ("exclusiveMinimum", KeywordArg::Number),
    ("exclusiveMaximum", KeywordArg::Number),
    ("multipleOf", KeywordArg::Divisor),
    ("minProperties", KeywordArg::Count),
    ("maxProperties", KeywordArg::Count),
    ("oneOf", KeywordArg::Schemas),
    ("anyOf", KeywordArg::Schemas),
    ("allOf", KeywordArg::Schemas),
    ("not", KeywordArg::Schema),
    ("if", KeywordArg::Schema),
    ("then", KeywordArg::Schema),
    ("else", KeywordArg::Schema),
    ("dependentRequired", KeywordArg::NamesByName),
    ("maxBytes", KeywordArg::Count),
    ("maxKeyBytes", KeywordArg::Count),
    ("seconds", KeywordArg::Flag),
    ("should", KeywordArg::Schema),
    ("documented", KeywordArg::Schema),
    ("discouraged", KeywordArg::WordsByName),
];

/// Larger numbers are no seconds since 1970 of this or the next millennium, but milliseconds.
pub(super) const MAX_SECONDS: f64 = 99_999_999_999.0;

/// A schema that is ready to check bodies. It fetches nothing: every reference is its own.
pub(super) fn compile(schema: &Value) -> Result<Validator, String> {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .with_pattern_options(PatternOptions::regex())
        .with_keyword("maxBytes", |_, limit, _| Ok(Box::new(MaxBytes(count(limit)?))))
        .with_keyword("maxKeyBytes", |_, limit, _| Ok(Box::new(MaxKeyBytes(count(limit)?))))
        .with_keyword("seconds", |_, yes, _| Ok(Box::new(Seconds(flag(yes)?))))
        .build(schema)
        .map_err(|error| error.to_string())
}

fn count<'a>(limit: &Value) -> Result<usize, ValidationError<'a>> {
    limit
        .as_u64()
        .and_then(|limit| usize::try_from(limit).ok())
        .ok_or_else(|| ValidationError::custom("a limit is a whole number"))
}

fn flag<'a>(yes: &Value) -> Result<bool, ValidationError<'a>> {
    yes.as_bool().ok_or_else(|| ValidationError::custom("`seconds` is `true` or `false`"))
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
        !self.0 || instance.as_f64().is_none_or(|number| number.abs() <= MAX_SECONDS)
    }
}
