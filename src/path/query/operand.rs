//! What filters compare, and what functions are given.

use jsonpath_rust::parser::model::Literal;

use super::select::Nodes;
use crate::value::Value;

/// A value that is compared, or the result of a function.
#[derive(Clone, Copy, Debug)]
pub(super) enum Operand<'q, 'a> {
    Nothing,
    Value(Value<'a>),
    Literal(&'q Literal),
    Count(usize),
    Bool(bool),
}

/// The argument of a function.
pub(super) enum Argument<'q, 'a> {
    /// What a query selects.
    Nodes(Nodes<'a>),
    /// A constant, or the result of another function.
    Value(Operand<'q, 'a>),
}
