//! Conditions and tests.

use super::evaluate::Run;
use super::observer::{Observation, Observer, Subject};
use super::refusal::RunResult;
use crate::plan::{Condition, Expr, ExprKind, Test};
use crate::value::{Number, Value, View, same};

impl<'a, W: Observer> Run<'a, W> {
    /// Whether a condition holds.
    pub(super) fn holds(&mut self, condition: &'a Condition) -> RunResult<'a, bool> {
        self.observe(Observation::Enter(Subject::Condition(condition)));
        let holds = self.unwatched_holds(condition)?;
        self.observe(Observation::Leave(Some(Value::Bool(holds))));
        Ok(holds)
    }

    fn unwatched_holds(&mut self, condition: &'a Condition) -> RunResult<'a, bool> {
        match condition {
            Condition::Present(expr) => {
                let value = self.raw(expr)?;
                self.observe(Observation::Expectations(value));
                Ok(value.is_some_and(Value::is_present))
            }
            Condition::Test(expr, test) => {
                let value = self.raw(expr)?;
                self.observe(Observation::Expectations(value));
                self.passes(test, value)
            }
            // A listener is shown it again.
            Condition::Named(number) => match self.conditions[*number] {
                Some(holds) if !W::ENABLED => Ok(holds),
                _ => {
                    let holds = self.holds(&self.plan.conditions[*number])?;
                    self.conditions[*number] = Some(holds);
                    Ok(holds)
                }
            },
            Condition::All(all) => {
                for condition in all {
                    if !self.holds(condition)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Condition::Any(any) => {
                for condition in any {
                    if self.holds(condition)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Condition::Not(inner) => Ok(!self.holds(inner)?),
        }
    }

    /// Whether a value passes a test; missing passes few.
    pub(super) fn passes(&mut self, test: &'a Test, value: Option<Value<'a>>) -> RunResult<'a, bool> {
        let arena = self.arena;
        Ok(match test {
            Test::Equals(Expr { kind: ExprKind::Constant(wanted), .. }) if wanted.text().is_some() => {
                text(value, self) == wanted.text()
            }
            Test::Equals(expr) => match (value, self.raw(expr)?) {
                (Some(value), Some(wanted)) => same(value, wanted, arena),
                _ => false,
            },
            Test::OneOf(wanted) => {
                let Some(value) = value else { return Ok(false) };
                let found = value.text(arena);
                for expr in wanted {
                    if let ExprKind::Constant(constant) = &expr.kind
                        && let Some(wanted) = constant.text()
                    {
                        if found == Some(wanted) {
                            return Ok(true);
                        }
                    } else if self.raw(expr)?.is_some_and(|wanted| same(value, wanted, arena)) {
                        return Ok(true);
                    }
                }
                false
            }
            Test::Is(qualities) => qualities.iter().any(|quality| (quality.holds)(value, arena)),
            Test::Not(inner) => !self.passes(inner, value)?,
            Test::Matches(pattern) => text(value, self).is_some_and(|text| pattern.is_match(text)),
            Test::Compared(comparison, expr) => {
                let wanted = self.raw(expr)?;
                value.zip(wanted).is_some_and(|(value, wanted)| (comparison.holds)(value, wanted, arena))
            }
            Test::Size(inner) => {
                let size = match value.map(|value| value.view(arena)) {
                    Some(View::List(list)) => list.len(),
                    Some(View::Map(map)) => map.len(),
                    Some(View::Text(words)) => words.chars().count(),
                    _ => return Ok(false),
                };
                let size = Number::count(size);
                self.passes(inner, Some(Value::Number(size)))?
            }
            Test::Some(inner) => {
                let Some(View::List(list)) = value.map(|value| value.view(arena)) else { return Ok(false) };
                for item in list.iter() {
                    if self.passes(inner, Some(item))? {
                        return Ok(true);
                    }
                }
                false
            }
            Test::Every(inner) => {
                let Some(View::List(list)) = value.map(|value| value.view(arena)) else { return Ok(false) };
                for item in list.iter() {
                    if !self.passes(inner, Some(item))? {
                        return Ok(false);
                    }
                }
                true
            }
            Test::All(all) => {
                for test in all {
                    if !self.passes(test, value)? {
                        return Ok(false);
                    }
                }
                true
            }
        })
    }
}

fn text<'a, W>(value: Option<Value<'a>>, run: &Run<'a, W>) -> Option<&'a str> {
    value.and_then(|value| value.text(run.arena))
}
