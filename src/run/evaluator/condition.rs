//! Conditions, and the tests of a value.

use super::Evaluator;
use crate::plan::{Condition, Expr, ExprKind, Origin, Test};
use crate::run::observer::{Observation, Observer, Subject};
use crate::run::refusal::RunResult;
use crate::value::{Arena, Number, Value, View, same};

impl<'a, O: Observer> Evaluator<'a, O> {
    /// Whether a condition is true.
    pub(in crate::run) fn holds(&mut self, condition: &'a Condition) -> RunResult<'a, bool> {
        self.observe(Observation::Enter(Subject::Condition(condition)));
        let holds = self.evaluate_condition(condition)?;
        self.observe(Observation::Leave(Some(Value::Bool(holds))));
        Ok(holds)
    }

    fn evaluate_condition(&mut self, condition: &'a Condition) -> RunResult<'a, bool> {
        match condition {
            Condition::Present(expr) => {
                let value = self.raw(expr)?;
                self.tested(expr, value);
                Ok(value.is_some_and(Value::is_present))
            }
            Condition::Test(expr, test) => {
                let value = self.raw(expr)?;
                self.tested(expr, value);
                self.passes(test, value, &expr.origin)
            }
            // Evaluated again for an observer, so that it sees the reason.
            Condition::Named(number) => match self.conditions.get(*number) {
                Some(holds) if !O::ENABLED => Ok(holds),
                _ => {
                    let holds = self.holds(&self.plan.conditions[*number])?;
                    self.conditions.set(*number, holds);
                    Ok(holds)
                }
            },
            Condition::All(conditions) => {
                for condition in conditions {
                    if !self.holds(condition)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Condition::Any(conditions) => {
                for condition in conditions {
                    if self.holds(condition)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Condition::Not(inner) => Ok(!self.holds(inner)?),
        }
    }

    /// Whether a value passes a test. Most tests fail if it is missing. `origin` is where the value or the test is written.
    pub(super) fn passes(
        &mut self,
        test: &'a Test,
        value: Option<Value<'a>>,
        origin: &'a Origin,
    ) -> RunResult<'a, bool> {
        let arena = self.arena;
        Ok(match test {
            Test::Equals(Expr { kind: ExprKind::Constant(expected), .. }) if expected.text().is_some() => {
                text_of(value, arena) == expected.text()
            }
            Test::Equals(expr) => match (value, self.raw(expr)?) {
                (Some(value), Some(expected)) => same(value, expected, arena),
                _ => false,
            },
            Test::OneOf(allowed) => {
                let Some(value) = value else { return Ok(false) };
                let string = value.text(arena);
                for expr in allowed {
                    if let ExprKind::Constant(constant) = &expr.kind
                        && let Some(allowed) = constant.text()
                    {
                        if string == Some(allowed) {
                            return Ok(true);
                        }
                    } else if self.raw(expr)?.is_some_and(|allowed| same(value, allowed, arena)) {
                        return Ok(true);
                    }
                }
                false
            }
            Test::Is(predicates) => {
                if let Some(value) = value {
                    self.work_on(value, origin)?;
                }
                predicates.iter().any(|predicate| (predicate.holds)(value, arena))
            }
            Test::Not(inner) => !self.passes(inner, value, origin)?,
            Test::Matches(pattern) => match text_of(value, arena) {
                Some(string) => {
                    self.spend(pattern.steps(string), origin)?;
                    pattern.is_match(string)
                }
                None => false,
            },
            Test::Compared(comparison, expr) => {
                let operand = self.raw(expr)?;
                if let Some(value) = value {
                    self.work_on(value, origin)?;
                }
                value.zip(operand).is_some_and(|(value, operand)| (comparison.holds)(value, operand, arena))
            }
            Test::Size(inner) => {
                if let Some(value) = value {
                    self.work_on(value, origin)?;
                }
                let size = match value.map(|value| value.view(arena)) {
                    Some(View::List(list)) => list.len(),
                    Some(View::Map(map)) => map.len(),
                    Some(View::Text(string)) => string.chars().count(),
                    _ => return Ok(false),
                };
                let size = Number::count(size);
                self.passes(inner, Some(Value::Number(size)), origin)?
            }
            Test::Some(inner) => {
                let Some(View::List(list)) = value.map(|value| value.view(arena)) else { return Ok(false) };
                for item in list.iter() {
                    self.next_element(origin)?;
                    if self.passes(inner, Some(item), origin)? {
                        return Ok(true);
                    }
                }
                false
            }
            Test::Every(inner) => {
                let Some(View::List(list)) = value.map(|value| value.view(arena)) else { return Ok(false) };
                for item in list.iter() {
                    self.next_element(origin)?;
                    if !self.passes(inner, Some(item), origin)? {
                        return Ok(false);
                    }
                }
                true
            }
            Test::All(tests) => {
                for test in tests {
                    if !self.passes(test, value, origin)? {
                        return Ok(false);
                    }
                }
                true
            }
        })
    }
}

fn text_of<'a>(value: Option<Value<'a>>, arena: &'a Arena) -> Option<&'a str> {
    value.and_then(|value| value.text(arena))
}
