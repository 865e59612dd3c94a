//! The keywords of a contract's schemas: JSON Schema's, and those that bytes and seconds need.

/// What stands after a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
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
pub(super) const KEYWORDS: &[(&str, Holds)] = &[
    ("$ref", Holds::Reference),
    ("title", Holds::Words),
    ("description", Holds::Words),
    ("examples", Holds::List),
    ("default", Holds::Anything),
    ("type", Holds::Kinds),
    ("enum", Holds::List),
    ("const", Holds::Anything),
    ("required", Holds::Names),
    ("properties", Holds::SchemasByName),
    ("additionalProperties", Holds::Schema),
    ("patternProperties", Holds::SchemasByPattern),
    ("propertyNames", Holds::Schema),
    ("items", Holds::Schema),
    ("prefixItems", Holds::Schemas),
    ("minItems", Holds::Count),
    ("maxItems", Holds::Count),
    ("uniqueItems", Holds::Flag),
    ("minLength", Holds::Count),
    ("maxLength", Holds::Count),
    ("pattern", Holds::Pattern),
    ("minimum", Holds::Number),
    ("maximum", Holds::Number),
    ("exclusiveMinimum", Holds::Number),
    ("exclusiveMaximum", Holds::Number),
    ("multipleOf", Holds::Divisor),
    ("minProperties", Holds::Count),
    ("maxProperties", Holds::Count),
    ("oneOf", Holds::Schemas),
    ("anyOf", Holds::Schemas),
    ("allOf", Holds::Schemas),
    ("not", Holds::Schema),
    ("if", Holds::Schema),
    ("then", Holds::Schema),
    ("else", Holds::Schema),
    ("dependentRequired", Holds::NamesByName),
    ("maxBytes", Holds::Count),
    ("maxKeyBytes", Holds::Count),
    ("seconds", Holds::Flag),
    ("should", Holds::Schema),
    ("documented", Holds::Schema),
    ("discouraged", Holds::WordsByName),
];

/// Larger numbers are no seconds since 1970 of this or the next millennium, but milliseconds.
pub(super) const MOST_SECONDS: f64 = 99_999_999_999.0;

/// A type of JSON Schema as people call it.
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
