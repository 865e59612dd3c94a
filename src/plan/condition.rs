//! Conditions and tests of a plan.

use super::Expr;
use crate::predicate::{Comparison, Predicate};

/// A condition.
#[derive(Debug)]
pub enum Condition {
    /// The value is present.
    Present(Expr),
    /// The value passes the test.
    Test(Expr, Test),
    /// Entry N of [`super::Plan::conditions`].
    Named(usize),
    /// All hold.
    All(Box<[Condition]>),
    /// At least one holds.
    Any(Box<[Condition]>),
    /// It does not hold.
    Not(Box<Condition>),
}

/// A test of one value.
#[derive(Debug)]
pub enum Test {
    /// Equals the value.
    Equals(Expr),
    /// Equals one of the values.
    OneOf(Box<[Expr]>),
    /// Has one of the qualities.
    Is(Box<[&'static Predicate]>),
    /// The test does not hold.
    Not(Box<Test>),
    /// The pattern is found in the text.
    Matches(regex::Regex),
    /// The comparison with the value holds.
    Compared(&'static Comparison, Expr),
    /// A test of the number of elements, members or characters.
    Size(Box<Test>),
    /// Holds for some element.
    Some(Box<Test>),
    /// Holds for every element.
    Every(Box<Test>),
    /// All of them.
    All(Box<[Test]>),
}
