//! The values of expressions.

use bumpalo::collections::Vec;

use std::cmp::Ordering;

use super::{Evaluated, Render, RenderError, Variable, arithmetic};
use crate::path::walk;
use crate::template::comparison::{contained, equal, ordered, word};
use crate::template::program::{Comparison, Expression};
use crate::value::{Arena, Assembly, Kind, Number, Value, View, plain, truthy};

impl<'r, 'a> Render<'r, 'a> {
    /// The value of an expression; `None` if it is missing.
    pub(super) fn expression(&mut self, expression: &'r Expression) -> Evaluated<Option<Value<'a>>> {
        self.fuel.step()?;
        let arena = self.arena;
        Ok(match expression {
            Expression::Null => Some(Value::Null),
            Expression::Bool(truth) => Some(Value::Bool(*truth)),
            Expression::Text(text) => {
                self.fuel.bytes(text.len())?;
                Some(Value::Text(arena.alloc_str(text)))
            }
            Expression::Number(number) => Some(Value::Number(Number::Literal(arena.alloc_str(number)))),
            Expression::Captured => Some(Value::Text(self.captured)),
            Expression::Reference(index) => self.values[*index].value,
            Expression::Variable { index, steps, unset } => match (self.variables[*index], unset) {
                (Variable::Set(value), _) => value.and_then(|value| walk(value, steps, arena)),
                (Variable::Unset, Some(around)) => self.expression(around)?,
                (Variable::Unset, None) => None,
            },
            Expression::Member(value, name) => match self.view(value)? {
                Some(View::Map(map)) => map.get(name),
                _ => None,
            },
            Expression::Item(value, key) => {
                let value = self.view(value)?;
                match (value, self.view(key)?) {
                    (Some(View::List(list)), Some(View::Number(index))) => {
                        index.as_i64().and_then(|index| list.get(index))
                    }
                    (Some(View::Map(map)), Some(View::Text(key))) => map.get(key),
                    _ => None,
                }
            }
            Expression::Slice(value, bounds) => self.slice(value, bounds)?,
            Expression::Not(value) => Some(Value::Bool(!self.is_filled(value)?)),
            Expression::Negate(value) => Some(arithmetic::negate(self.expression(value)?, arena)?),
            Expression::And(left, right) => {
                let left = self.expression(left)?;
                if self.filled(left) { self.expression(right)? } else { left }
            }
            Expression::Or(left, right) => {
                let left = self.expression(left)?;
                if self.filled(left) { left } else { self.expression(right)? }
            }
            Expression::Arithmetic(operation, left, right) => {
                let (left, right) = (self.read(left)?, self.read(right)?);
                for operand in [left, right].into_iter().flatten() {
                    if let View::List(list) = operand.view(arena) {
                        self.fuel.items(list.len())?;
                    }
                }
                Some(arithmetic::compute(*operation, left, right, arena)?)
            }
            Expression::Concat(left, right) => {
                let mut text = bumpalo::collections::String::new_in(arena);
                for part in [left, right] {
                    let part = self.expression(part)?;
                    self.print(part, &mut text)?;
                }
                Some(Value::Text(text.into_bump_str()))
            }
            Expression::Compare(first, rest) => {
                let mut left = self.read(first)?;
                for (comparison, right) in rest {
                    let right = self.read(right)?;
                    if !compare(*comparison, left, right, arena)? {
                        return Ok(Some(Value::Bool(false)));
                    }
                    left = right;
                }
                Some(Value::Bool(true))
            }
            Expression::Choice { condition, then, otherwise } => {
                let branch = if self.is_filled(condition)? { Some(then) } else { otherwise.as_ref() };
                branch.map_or(Ok(None), |branch| self.expression(branch))?
            }
            Expression::Filter(call) => self.filter(call)?,
            Expression::Test { test, value, argument } => {
                let value = self.read(value)?;
                let argument = argument.as_ref().map_or(Ok(None), |argument| self.read(argument))?;
                Some(Value::Bool((test.holds)(value, argument, arena)?))
            }
            Expression::List(items) => {
                let mut list = Vec::with_capacity_in(items.len(), arena);
                for item in items {
                    list.extend(self.expression(item)?);
                }
                Some(Value::List(list.into_bump_slice()))
            }
            Expression::Map(members) => {
                let mut map = Assembly::with_capacity(members.len(), arena);
                for (key, value) in members {
                    let key = self.expression(key)?.map(|key| plain(key, arena)).unwrap_or_default();
                    if let Some(value) = self.expression(value)? {
                        map.put(key, value);
                    }
                }
                Some(map.value())
            }
        })
    }

    fn view(&mut self, expression: &'r Expression) -> Evaluated<Option<View<'a>>> {
        Ok(self.expression(expression)?.map(|value| value.view(self.arena)))
    }

    /// A value that is read as a whole.
    fn read(&mut self, expression: &'r Expression) -> Evaluated<Option<Value<'a>>> {
        let value = self.expression(expression)?;
        if let Some(value) = value {
            self.fuel.read(value)?;
        }
        Ok(value)
    }

    /// Whether a value counts as true.
    pub(super) fn is_filled(&mut self, expression: &'r Expression) -> Evaluated<bool> {
        let value = self.expression(expression)?;
        Ok(self.filled(value))
    }

    fn filled(&self, value: Option<Value<'a>>) -> bool {
        value.is_some_and(|value| truthy(value, self.arena))
    }

    /// The input of a filter.
    pub(super) fn filter_input(&mut self, expression: &'r Expression) -> Evaluated<Option<Value<'a>>> {
        match expression {
            Expression::Reference(index) if !self.values[*index].present => Ok(None),
            _ => self.expression(expression),
        }
    }

    /// Appends the value of an expression as a template without logic prints it.
    pub(super) fn print_expression(
        &mut self,
        expression: &'r Expression,
        out: &mut bumpalo::collections::String<'a>,
    ) -> Evaluated<()> {
        let value = self.expression(expression)?;
        if value.is_some_and(|value| value.kind() == Kind::Null) && self.keeps_null(expression) {
            out.push_str("null");
            return Ok(());
        }
        self.print(value, out)
    }

    /// Whether a null is intended: from a field that keeps it, or made by a filter.
    fn keeps_null(&self, expression: &Expression) -> bool {
        match expression {
            Expression::Reference(index) => self.values[*index].present,
            Expression::Filter(_) => true,
            Expression::Or(_, last) => self.keeps_null(last),
            _ => false,
        }
    }

    /// Appends a value as text: nothing for null and missing values.
    pub(super) fn print(
        &mut self,
        value: Option<Value<'a>>,
        out: &mut bumpalo::collections::String<'a>,
    ) -> Evaluated<()> {
        let Some(value) = value.filter(|value| value.kind() != Kind::Null) else { return Ok(()) };
        self.fuel.read(value)?;
        out.push_str(plain(value, self.arena));
        Ok(())
    }

    /// `value[start:stop:step]` of a list or a text.
    fn slice(
        &mut self,
        value: &'r Expression,
        bounds: &'r [Option<Box<Expression>>; 3],
    ) -> Evaluated<Option<Value<'a>>> {
        let arena = self.arena;
        let mut numbers = [None; 3];
        for (number, bound) in numbers.iter_mut().zip(bounds) {
            let Some(bound) = bound else { continue };
            *number = match self.view(bound)? {
                None | Some(View::Null) => None,
                Some(View::Number(whole)) if whole.as_i64().is_some() => whole.as_i64(),
                Some(_) => return Err(RenderError("the bounds of `[ : ]` must be whole numbers".to_owned())),
            };
        }
        if numbers[2] == Some(0) {
            return Err(RenderError("the step of `[ : ]` must not be 0".to_owned()));
        }
        let value = self.read(value)?;
        Ok(match value.map(|value| value.view(arena)) {
            None | Some(View::Null) => None,
            Some(View::List(list)) => {
                self.fuel.items(list.len())?;
                let items = Vec::from_iter_in(list.iter(), arena);
                let picked = picked(items.len(), numbers).filter_map(|index| items.get(index).copied());
                Some(Value::List(Vec::from_iter_in(picked, arena).into_bump_slice()))
            }
            Some(View::Text(text)) => {
                self.fuel.items(text.len() / 16)?;
                let characters = Vec::from_iter_in(text.chars(), arena);
                let picked = picked(characters.len(), numbers).filter_map(|index| characters.get(index));
                Some(Value::Text(
                    bumpalo::collections::String::from_iter_in(picked.copied(), arena).into_bump_str(),
                ))
            }
            Some(other) => {
                return Err(RenderError(format!("`[ : ]` needs a list or text, not {}", word(other))));
            }
        })
    }
}

/// The indexes that a slice with these bounds picks from so many elements.
fn picked(length: usize, [start, end, step]: [Option<i64>; 3]) -> impl Iterator<Item = usize> {
    let (length, step) = (i64::try_from(length).unwrap_or(i64::MAX), step.unwrap_or(1));
    // Backwards, a slice begins before its start and can end before the first element.
    let (lowest, highest) = if step > 0 { (0, length) } else { (-1, length - 1) };
    let position = |bound: i64| {
        let from_start = if bound < 0 { bound.saturating_add(length) } else { bound };
        from_start.clamp(lowest, highest)
    };
    let (first, last) = if step > 0 { (lowest, highest) } else { (highest, lowest) };
    let (start, end) = (start.map_or(first, position), end.map_or(last, position));
    let mut next = Some(start);
    std::iter::from_fn(move || {
        let index = next.filter(|index| if step > 0 { *index < end } else { *index > end })?;
        next = index.checked_add(step);
        usize::try_from(index).ok()
    })
}

/// Whether a comparison holds. A missing value or null is neither smaller nor larger than anything.
fn compare<'a>(
    comparison: Comparison,
    left: Option<Value<'a>>,
    right: Option<Value<'a>>,
    arena: &'a Arena,
) -> Evaluated<bool> {
    match comparison {
        Comparison::Equal => Ok(equal(left, right, arena)),
        Comparison::NotEqual => Ok(!equal(left, right, arena)),
        Comparison::Less => ordered(left, right, arena, Ordering::is_lt),
        Comparison::AtMost => ordered(left, right, arena, Ordering::is_le),
        Comparison::More => ordered(left, right, arena, Ordering::is_gt),
        Comparison::AtLeast => ordered(left, right, arena, Ordering::is_ge),
        Comparison::In => contained(left, right, arena),
        Comparison::NotIn => contained(left, right, arena).map(|contained| !contained),
    }
}
