//! The tests of values (`at_least: 1`) and the predicates (`is: email`): a table of each.

mod conditions;
mod email;
mod predicates;
#[cfg(test)]
mod tests;

pub use conditions::TESTS;
pub use predicates::PREDICATES;

use crate::abstract_value::{Constraint, Scalar};
use crate::value::{Arena, Value};

/// A predicate, used as `is: NAME` and `is_not: NAME`.
#[derive(Debug)]
pub struct Predicate {
    /// The name.
    pub name: &'static str,
    /// When it holds, to follow "holds if the value".
    pub summary: &'static str,
    /// What is known about a value for which it holds.
    pub when_true: fn() -> Constraint,
    /// What is known about a value for which it does not hold.
    pub when_false: fn() -> Constraint,
    /// Whether it holds for a value; a missing value is `None`.
    pub holds: for<'a> fn(Option<Value<'a>>, &'a Arena) -> bool,
}

/// The argument of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestArgKind {
    /// The name of a predicate, or a list of names of which one must hold.
    Predicate,
    /// Another test.
    Test,
    /// A regular expression.
    Pattern,
    /// Text, or a path to a text.
    Text,
    /// A number, or a path to one.
    Number,
    /// A number (exactly that many), or a test of the number.
    Count,
}

/// A row of the table of tests.
#[derive(Debug)]
pub struct TestRow {
    /// The name.
    pub name: &'static str,
    /// Its argument.
    pub takes: TestArgKind,
    /// When it holds, to follow "holds if the value".
    pub summary: &'static str,
    /// A condition that uses it.
    pub example: &'static str,
    /// How it is executed.
    pub run: TestRun,
    /// What is known about a value for which it holds.
    pub when_true: fn(&TestArgs<'_>) -> Constraint,
}

/// How a test is executed.
#[derive(Clone, Copy, Debug)]
pub enum TestRun {
    /// One of the predicates holds, or none of them does.
    Is {
        /// Whether none of them may hold.
        negated: bool,
    },
    /// The text contains a match of the regular expression.
    Matches,
    /// Another test is applied to the value or to parts of it.
    Nested(Nested),
    /// The value is compared with another one.
    Compared(&'static Comparison),
}

/// How a test applies the test inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nested {
    /// It does not hold.
    Not,
    /// It holds for the number of elements, members or characters.
    Size,
    /// It holds for at least one element.
    Some,
    /// It holds for each element.
    Every,
}

/// A comparison of two values.
#[derive(Debug)]
pub struct Comparison {
    /// Its wording in explanations: `starts with`.
    pub verb: &'static str,
    /// Whether a number in the mapping is compared as text.
    pub number_as_text: bool,
    /// Whether it holds for a value and the operand. It is not called if one of them is missing: the test then fails.
    pub holds: for<'a> fn(Value<'a>, Value<'a>, &'a Arena) -> bool,
}

/// What is known about the argument of a test before an event is seen.
#[derive(Clone, Debug, Default)]
pub struct TestArgs<'a> {
    /// The operand of a comparison, if it is a constant.
    pub constant: Option<Scalar>,
    /// What is known about a value that passes the inner test.
    pub inner: Option<&'a Constraint>,
    /// The predicates.
    pub predicates: &'a [&'static Predicate],
}

/// The predicate with that name.
#[must_use]
pub fn predicate(name: &str) -> Option<&'static Predicate> {
    PREDICATES.iter().find(|row| row.name == name)
}

/// The test with that name.
#[must_use]
pub fn test(name: &str) -> Option<&'static TestRow> {
    TESTS.iter().find(|row| row.name == name)
}
