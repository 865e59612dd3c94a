//! The keywords of a contract's schemas: those of JSON Schema, and extensions such as limits in bytes.

use crate::syntax::{Yaml, YamlValue};

/// The type of a keyword's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeywordArg {
    Anything,
    Words,
    Flag,
    /// A whole number, zero or greater.
    Count,
    Number,
    /// A number greater than zero.
    Divisor,
    /// A non-empty list of values.
    List,
    /// A type name or a list of type names.
    Kinds,
    Names,
    NamesByName,
    WordsByName,
    Pattern,
    /// A reference to a schema in `$defs:`.
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

/// The largest number taken for seconds since 1970 (the year 5138). Larger numbers are taken for milliseconds.
pub(super) const MAX_SECONDS: f64 = 99_999_999_999.0;

/// The name of a JSON Schema type in messages.
pub(super) fn kind_words(kind: &str) -> &str {
    match kind {
        "string" => "text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "a map",
        other => other,
    }
}

/// The value of a limit such as `maxBytes`.
pub(super) fn limit(yaml: &Yaml) -> Option<usize> {
    match &yaml.node {
        YamlValue::Number(number) => number.parse().ok(),
        _ => None,
    }
}
