//! What can be asked of a value: one table of tests, one of qualities (`is: email`).

mod email;

use crate::value::{Arena, Kind, Kinds, Value, View, truthy};

/// A word that may follow `is:` and `is_not:`.
#[derive(Debug)]
pub struct Predicate {
    /// The word.
    pub name: &'static str,
    /// What it means, in one sentence.
    pub summary: &'static str,
    /// The kinds of value that can have it.
    pub kinds: Kinds,
    /// Whether a value has it; missing is `None`.
    pub holds: for<'a> fn(Option<Value<'a>>, &'a Arena) -> bool,
}

/// What stands after the name of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestArgKind {
    /// A word of [`PREDICATES`], or a list of such words (one of them must hold).
    Predicate,
    /// Another test.
    Test,
    /// A regular expression.
    Pattern,
    /// A text, or a path that gives one.
    Text,
    /// A number, or a path that gives one.
    Number,
    /// A number (exactly that many), or a test of the number.
    Count,
}

/// A row of the table of tests.
#[derive(Debug)]
pub struct TestRow {
    /// The name.
    pub name: &'static str,
    /// What stands after it.
    pub takes: TestArgKind,
    /// What it means, in one sentence.
    pub summary: &'static str,
    /// A condition that uses it.
    pub example: &'static str,
}

/// All tests.
pub static TESTS: &[TestRow] = &[
    TestRow {
        name: "is",
        takes: TestArgKind::Predicate,
        summary: "has the quality",
        example: "{ $.event: { is: text } }",
    },
    TestRow {
        name: "is_not",
        takes: TestArgKind::Predicate,
        summary: "has not the quality",
        example: "{ $.userId: { is_not: email } }",
    },
    TestRow {
        name: "not",
        takes: TestArgKind::Test,
        summary: "the test does not hold",
        example: "{ $.event: { not: [Started, Stopped] } }",
    },
    TestRow {
        name: "matches",
        takes: TestArgKind::Pattern,
        summary: "is text in which the regular expression is found",
        example: "{ $.event: { matches: '^Order ' } }",
    },
    TestRow {
        name: "starts_with",
        takes: TestArgKind::Text,
        summary: "is text that begins so",
        example: "{ $.event: { starts_with: Order } }",
    },
    TestRow {
        name: "contains",
        takes: TestArgKind::Text,
        summary: "is text that holds it, or a list with it as an element",
        example: "{ $.traits.tags: { contains: vip } }",
    },
    TestRow {
        name: "equals_ignoring_case",
        takes: TestArgKind::Text,
        summary: "is this text, large and small letters being equal",
        example: "{ $.event: { equals_ignoring_case: sign up } }",
    },
    TestRow {
        name: "at_least",
        takes: TestArgKind::Number,
        summary: "is a number and not smaller",
        example: "{ $.properties.total: { at_least: 10 } }",
    },
    TestRow {
        name: "more_than",
        takes: TestArgKind::Number,
        summary: "is a larger number",
        example: "{ $.properties.total: { more_than: 0 } }",
    },
    TestRow {
        name: "at_most",
        takes: TestArgKind::Number,
        summary: "is a number and not larger",
        example: "{ $.properties.total: { at_most: 100 } }",
    },
    TestRow {
        name: "less_than",
        takes: TestArgKind::Number,
        summary: "is a smaller number",
        example: "{ $.properties.total: { less_than: 100 } }",
    },
    TestRow {
        name: "size",
        takes: TestArgKind::Count,
        summary: "has so many elements, members or characters",
        example: "{ $.properties.products: { size: { at_least: 1 } } }",
    },
    TestRow {
        name: "some",
        takes: TestArgKind::Test,
        summary: "is a list in which the test holds for at least one element",
        example: "{ $.properties.products: { some: { is: filled } } }",
    },
    TestRow {
        name: "every",
        takes: TestArgKind::Test,
        summary: "is a list in which the test holds for each element",
        example: "{ $.properties.products: { every: { is: object } } }",
    },
];

/// All qualities.
pub static PREDICATES: &[Predicate] = &[
    Predicate {
        name: "present",
        summary: "exists and is neither null nor \"\"",
        kinds: Kinds::ANY,
        holds: |value, _| value.is_some_and(Value::is_present),
    },
    Predicate {
        name: "absent",
        summary: "is missing, null or \"\"",
        kinds: Kinds::ANY,
        holds: |value, _| !value.is_some_and(Value::is_present),
    },
    Predicate {
        name: "filled",
        summary: "is present and not false, 0, {} or []",
        kinds: Kinds::ANY,
        holds: |value, arena| value.is_some_and(|value| truthy(value, arena)),
    },
    Predicate {
        name: "string",
        summary: "is text, also the empty one",
        kinds: Kinds::TEXT,
        holds: |value, _| is_kind(value, Kind::Text),
    },
    Predicate {
        name: "text",
        summary: "is text that is not empty",
        kinds: Kinds::TEXT,
        holds: |value, _| is_kind(value, Kind::Text) && value.is_some_and(Value::is_present),
    },
    Predicate {
        name: "number",
        summary: "is a number",
        kinds: Kinds::NUMBER,
        holds: |value, _| is_kind(value, Kind::Number),
    },
    Predicate {
        name: "boolean",
        summary: "is true or false",
        kinds: Kinds::BOOL,
        holds: |value, _| is_kind(value, Kind::Bool),
    },
    Predicate {
        name: "object",
        summary: "is a map",
        kinds: Kinds::MAP,
        holds: |value, _| is_kind(value, Kind::Map),
    },
    Predicate {
        name: "list",
        summary: "is a list",
        kinds: Kinds::LIST,
        holds: |value, _| is_kind(value, Kind::List),
    },
    Predicate {
        name: "email",
        summary: "is text in the form of an e-mail address",
        kinds: Kinds::TEXT,
        holds: |value, arena| text(value, arena).is_some_and(email::is_email),
    },
    Predicate {
        name: "url",
        summary: "is text in the form of a URL with a host",
        kinds: Kinds::TEXT,
        holds: |value, arena| text(value, arena).is_some_and(is_url),
    },
    Predicate {
        name: "true",
        summary: "is true",
        kinds: Kinds::BOOL,
        holds: |value, arena| is_truth(value, arena, true),
    },
    Predicate {
        name: "false",
        summary: "is false",
        kinds: Kinds::BOOL,
        holds: |value, arena| is_truth(value, arena, false),
    },
];

/// The quality of that name.
#[must_use]
pub fn quality(name: &str) -> Option<&'static Predicate> {
    PREDICATES.iter().find(|row| row.name == name)
}

/// The test of that name.
#[must_use]
pub fn test(name: &str) -> Option<&'static TestRow> {
    TESTS.iter().find(|row| row.name == name)
}

fn is_kind(value: Option<Value<'_>>, kind: Kind) -> bool {
    value.is_some_and(|value| value.kind() == kind)
}

fn is_truth<'a>(value: Option<Value<'a>>, arena: &'a Arena, truth: bool) -> bool {
    matches!(value.map(|value| value.view(arena)), Some(View::Bool(found)) if found == truth)
}

fn text<'a>(value: Option<Value<'a>>, arena: &'a Arena) -> Option<&'a str> {
    value.and_then(|value| value.text(arena))
}

fn is_url(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| url.has_host())
}
