//! What can be asked of a value: one table of tests, one of qualities (`is: email`).

mod conditions;
mod email;
mod predicates;
#[cfg(test)]
mod tests;

pub use conditions::TESTS;
pub use predicates::PREDICATES;

use crate::abstract_value::{Constraint, Scalar};
use crate::value::{Arena, Value};

/// A word that may follow `is:` and `is_not:`.
#[derive(Debug)]
pub struct Predicate {
    /// The word.
    pub name: &'static str,
    /// What it means, in one sentence.
    pub summary: &'static str,
    /// What is known of a value that has it.
    pub says: fn() -> Constraint,
    /// What is known of a value that does not have it.
    pub denies: fn() -> Constraint,
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
    /// How it is run.
    pub run: TestRun,
    /// What is known of a value for which it holds.
    pub says: fn(&TestArgs<'_>) -> Constraint,
}

/// How a test is run.
#[derive(Clone, Copy, Debug)]
pub enum TestRun {
    /// One of the predicates holds, or none of them does.
    Is {
        /// Whether none of them may hold.
        negated: bool,
    },
    /// The regular expression is found in the text.
    Matches,
    /// Another test holds, or does not, in some respect.
    Nested(Nested),
    /// The value is compared with another one.
    Compared(&'static Comparison),
}

/// What a test with another test inside of it makes of that.
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
    /// What it is called in an explanation: `starts with`.
    pub verb: &'static str,
    /// Whether a number in the mapping means its digits.
    pub number_as_text: bool,
    /// Whether it holds for the value and the one that it is compared with; never if one of them is missing.
    pub holds: for<'a> fn(Value<'a>, Value<'a>, &'a Arena) -> bool,
}

/// What is known of the argument of a test.
#[derive(Clone, Debug, Default)]
pub struct TestArgs<'a> {
    /// What the value is compared with, if the mapping says it.
    pub constant: Option<Scalar>,
    /// What the other test says.
    pub inner: Option<&'a Constraint>,
    /// The predicates.
    pub predicates: &'a [&'static Predicate],
}

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
