//! Filters: tests of an element, and comparisons of two values.

use std::cmp::Ordering;

use jsonpath_rust::parser::model::{
    Comparable, Comparison, Filter, FilterAtom, Literal, SingularQuery, SingularQuerySegment, Test,
};

use super::operand::{Argument, Operand};
use super::select::{Evaluation, Nodes};
use crate::value::{Number, Value, View, same};

/// An operand by its kind.
enum Side<'q, 'a> {
    Null,
    Bool(bool),
    Number(Number<'q>),
    Text(&'q str),
    /// A list or map.
    Collection(Value<'a>),
}

impl<'q, 'a: 'q> Evaluation<'q, 'a> {
    /// Whether a filter holds for an element; `None` if a limit of the arena is exceeded.
    pub(super) fn holds(self, filter: &'q Filter, element: Value<'a>) -> Option<bool> {
        self.arena.spend(1)?;
        match filter {
            Filter::Or(filters) => {
                for filter in filters {
                    if self.holds(filter, element)? {
                        return Some(true);
                    }
                }
                Some(false)
            }
            Filter::And(filters) => {
                for filter in filters {
                    if !self.holds(filter, element)? {
                        return Some(false);
                    }
                }
                Some(true)
            }
            Filter::Atom(FilterAtom::Filter { expr, not }) => Some(self.holds(expr, element)? != *not),
            Filter::Atom(FilterAtom::Test { expr, not }) => Some(self.test(expr, element)? != *not),
            Filter::Atom(FilterAtom::Comparison(comparison)) => self.comparison(comparison, element),
        }
    }

    /// Whether a query selects anything, or a function is true.
    fn test(self, test: &'q Test, element: Value<'a>) -> Option<bool> {
        Some(match self.argument_of(test, element)? {
            Argument::Nodes(Nodes::One(_)) => true,
            Argument::Nodes(Nodes::Many(values)) => !values.is_empty(),
            Argument::Value(Operand::Bool(truth)) => truth,
            Argument::Nodes(Nodes::None) | Argument::Value(_) => false,
        })
    }

    fn comparison(self, comparison: &'q Comparison, element: Value<'a>) -> Option<bool> {
        let (left, right) = comparison.vals();
        let (left, right) = (self.operand(left, element)?, self.operand(right, element)?);
        let equal = || self.equal(left, right);
        let holds = match comparison {
            Comparison::Eq(..) => equal(),
            Comparison::Ne(..) => !equal(),
            Comparison::Lt(..) => self.less(left, right),
            Comparison::Lte(..) => self.less(left, right) || equal(),
            Comparison::Gt(..) => self.less(right, left),
            Comparison::Gte(..) => self.less(right, left) || equal(),
        };
        self.arena.exceeded().is_none().then_some(holds)
    }

    fn operand(self, operand: &'q Comparable, element: Value<'a>) -> Option<Operand<'q, 'a>> {
        match operand {
            Comparable::Literal(literal) => Some(Operand::Literal(literal)),
            Comparable::Function(function) => self.function(function, element),
            Comparable::SingularQuery(query) => {
                let (mut value, segments) = match query {
                    SingularQuery::Current(segments) => (element, segments),
                    SingularQuery::Root(segments) => (self.root, segments),
                };
                for segment in segments {
                    let found = match segment {
                        SingularQuerySegment::Name(name) => self.member(value, name)?,
                        SingularQuerySegment::Index(index) => self.element(value, *index)?,
                    };
                    let Some(found) = found else { return Some(Operand::Nothing) };
                    value = found;
                }
                Some(Operand::Value(value))
            }
        }
    }

    fn side(self, operand: Operand<'q, 'a>) -> Option<Side<'q, 'a>> {
        Some(match operand {
            Operand::Nothing => return None,
            Operand::Count(count) => Side::Number(Number::count(count)),
            Operand::Bool(truth) => Side::Bool(truth),
            Operand::Literal(literal) => match literal {
                Literal::Null => Side::Null,
                Literal::Bool(truth) => Side::Bool(*truth),
                Literal::Int(position) => {
                    let written = self.numbers.get(usize::try_from(*position).ok()?)?;
                    Side::Number(Number::Literal(written))
                }
                // The grammar writes numbers as positions.
                Literal::Float(_) => return None,
                Literal::String(text) => Side::Text(text),
            },
            Operand::Value(value) => match value.view(self.arena) {
                View::Null => Side::Null,
                View::Bool(truth) => Side::Bool(truth),
                View::Number(number) => {
                    self.arena.spend(value.work())?;
                    Side::Number(number)
                }
                View::Text(text) => Side::Text(text),
                View::List(_) | View::Map(_) => Side::Collection(value),
            },
        })
    }

    fn equal(self, left: Operand<'q, 'a>, right: Operand<'q, 'a>) -> bool {
        match (self.side(left), self.side(right)) {
            (None, None) | (Some(Side::Null), Some(Side::Null)) => true,
            (Some(Side::Bool(left)), Some(Side::Bool(right))) => left == right,
            (Some(Side::Number(left)), Some(Side::Number(right))) => left.equals(right),
            (Some(Side::Text(left)), Some(Side::Text(right))) => left == right,
            (Some(Side::Collection(left)), Some(Side::Collection(right))) => {
                self.arena.spend(1).is_some() && same(left, right, self.arena)
            }
            _ => false,
        }
    }

    fn less(self, left: Operand<'q, 'a>, right: Operand<'q, 'a>) -> bool {
        match (self.side(left), self.side(right)) {
            (Some(Side::Number(left)), Some(Side::Number(right))) => {
                left.compare(right) == Some(Ordering::Less)
            }
            (Some(Side::Text(left)), Some(Side::Text(right))) => left < right,
            _ => false,
        }
    }
}
