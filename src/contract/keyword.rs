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
    /// The names of two parts of the value: `[parameters.id, body.id]`.
    TwoParts,
    /// A keyword of JSON Schema that is not applied here.
    Unsupported,
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
    ("dependentSchemas", KeywordArg::SchemasByName),
    ("contains", KeywordArg::Schema),
    ("minContains", KeywordArg::Count),
    ("maxContains", KeywordArg::Count),
    ("unevaluatedProperties", KeywordArg::Schema),
    ("unevaluatedItems", KeywordArg::Schema),
    ("format", KeywordArg::Words),
    // These only annotate, in JSON Schema as well.
    ("$comment", KeywordArg::Words),
    ("deprecated", KeywordArg::Flag),
    ("readOnly", KeywordArg::Flag),
    ("writeOnly", KeywordArg::Flag),
    ("contentEncoding", KeywordArg::Words),
    ("contentMediaType", KeywordArg::Words),
    ("contentSchema", KeywordArg::Schema),
    ("$schema", KeywordArg::Unsupported),
    ("$vocabulary", KeywordArg::Unsupported),
    ("$id", KeywordArg::Unsupported),
    ("$anchor", KeywordArg::Unsupported),
    ("$dynamicAnchor", KeywordArg::Unsupported),
    ("$dynamicRef", KeywordArg::Unsupported),
    ("$defs", KeywordArg::Unsupported),
    ("maxBytes", KeywordArg::Count),
    ("maxKeyBytes", KeywordArg::Count),
    ("seconds", KeywordArg::Flag),
    ("should", KeywordArg::Schema),
    ("documented", KeywordArg::Schema),
    ("discouraged", KeywordArg::WordsByName),
    ("equal", KeywordArg::TwoParts),
    ("different", KeywordArg::TwoParts),
];

/// The formats of text that are checked.
pub(super) const FORMATS: &[&str] = &[
    "date",
    "date-time",
    "duration",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "json-pointer",
    "regex",
    "relative-json-pointer",
    "time",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
];

/// How a keyword is used.
pub(super) fn argument(keyword: &str) -> Option<KeywordArg> {
    KEYWORDS.iter().find(|(name, _)| *name == keyword).map(|(_, argument)| *argument)
}

/// The largest number taken for seconds since 1970 (the year 5138). Larger numbers are taken for milliseconds.
pub(super) const MAX_SECONDS: f64 = 99_999_999_999.0;

/// Seconds since 1970 that were divided by 1000 again are smaller than this for every date until 2286.
#[cfg(feature = "inspect")]
pub(super) const DIVIDED_SECONDS: f64 = 10_000_000.0;

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
