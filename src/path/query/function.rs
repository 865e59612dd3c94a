//! The functions of RFC 9535, section 2.4.

use jsonpath_rust::parser::model::{FnArg, Literal, Test, TestFunction};

use super::operand::{Argument, Operand};
use super::select::{Evaluation, Nodes};
use crate::value::{BYTES_PER_STEP, Value, View};

impl<'q, 'a: 'q> Evaluation<'q, 'a> {
    /// The result of a function; `None` if a limit of the arena is exceeded.
    pub(super) fn function(self, function: &'q TestFunction, element: Value<'a>) -> Option<Operand<'q, 'a>> {
        Some(match function {
            TestFunction::Length(argument) => match self.argument(argument, element)? {
                Argument::Nodes(Nodes::One(value)) => self.length(value)?,
                Argument::Value(Operand::Literal(Literal::String(text))) => {
                    Operand::Count(text.chars().count())
                }
                _ => Operand::Nothing,
            },
            TestFunction::Count(argument) => match self.argument(argument, element)? {
                Argument::Nodes(Nodes::None) => Operand::Count(0),
                Argument::Nodes(Nodes::Many(values)) => Operand::Count(values.len()),
                Argument::Nodes(Nodes::One(_)) | Argument::Value(_) => Operand::Count(1),
            },
            TestFunction::Value(argument) => match self.argument(argument, element)? {
                Argument::Nodes(Nodes::One(value)) => Operand::Value(value),
                Argument::Nodes(Nodes::Many([value])) => Operand::Value(*value),
                Argument::Nodes(_) => Operand::Nothing,
                Argument::Value(value) => value,
            },
            TestFunction::Match(text, pattern) => Operand::Bool(self.matches(text, pattern, true, element)?),
            TestFunction::Search(text, pattern) => {
                Operand::Bool(self.matches(text, pattern, false, element)?)
            }
            // The parser knows no other functions.
            TestFunction::Custom(..) => Operand::Nothing,
        })
    }

    fn argument(self, argument: &'q FnArg, element: Value<'a>) -> Option<Argument<'q, 'a>> {
        match argument {
            FnArg::Literal(literal) => Some(Argument::Value(Operand::Literal(literal))),
            FnArg::Test(test) => self.argument_of(test, element),
            FnArg::Filter(filter) => Some(Argument::Value(Operand::Bool(self.holds(filter, element)?))),
        }
    }

    pub(super) fn argument_of(self, test: &'q Test, element: Value<'a>) -> Option<Argument<'q, 'a>> {
        match test {
            Test::RelQuery(segments) => self.segments(segments, Nodes::One(element)).map(Argument::Nodes),
            Test::AbsQuery(query) => {
                self.segments(&query.segments, Nodes::One(self.root)).map(Argument::Nodes)
            }
            Test::Function(function) => Some(match self.function(function, element)? {
                Operand::Value(value) => Argument::Nodes(Nodes::One(value)),
                other => Argument::Value(other),
            }),
        }
    }

    fn length(self, value: Value<'a>) -> Option<Operand<'q, 'a>> {
        Some(Operand::Count(match value.view(self.arena) {
            View::Text(text) => {
                self.arena.spend(text.len() / BYTES_PER_STEP)?;
                text.chars().count()
            }
            View::List(list) => list.len(),
            View::Map(map) => map.len(),
            View::Null | View::Bool(_) | View::Number(_) => return Some(Operand::Nothing),
        }))
    }

    /// Whether a text matches a pattern: as a `whole`, or in a part of it.
    fn matches(self, text: &'q FnArg, pattern: &'q FnArg, whole: bool, element: Value<'a>) -> Option<bool> {
        let text = match self.argument(text, element)? {
            Argument::Nodes(Nodes::One(value)) => value.text(self.arena),
            Argument::Value(Operand::Literal(Literal::String(text))) => Some(text.as_str()),
            _ => None,
        };
        let Some((text, pattern)) = text.zip(self.patterns.get(pattern, whole)) else { return Some(false) };
        self.arena.spend(pattern.steps(text))?;
        Some(pattern.is_match(text))
    }
}
