//! `merge:`: maps laid over each other without building the layers first.

use super::evaluate::Run;
use super::observer::Observer;
use super::refusal::RunResult;
use crate::plan::{Expr, ExprKind, Source, Variable};
use crate::value::{Assembly, Value, View};

impl<'a, W: Observer> Run<'a, W> {
    pub(super) fn merged(&mut self, layers: &'a [Expr]) -> RunResult<'a, Option<Value<'a>>> {
        let mut made = Assembly::with_capacity(16, self.arena);
        let mut any = false;
        for layer in layers {
            any |= self.lay(layer, &mut made)?;
        }
        Ok(any.then(|| made.value()))
    }

    /// Lays one map over what is there; whether there was one. What is no map is ignored.
    fn lay(&mut self, layer: &'a Expr, made: &mut Assembly<'a>) -> RunResult<'a, bool> {
        if !W::ENABLED {
            match &layer.kind {
                ExprKind::Map(None, members) => {
                    let mut any = members.is_empty();
                    for member in members {
                        if let Some(value) = self.value(&member.value)? {
                            made.put(&member.key, value);
                            any = true;
                        }
                    }
                    return Ok(any);
                }
                ExprKind::Named(Variable::Field(number), steps, None) if steps.is_empty() => {
                    let field = &self.plan.fields[*number];
                    if field.inline && !self.is_known(*number) {
                        return self.lay(&field.expr, made);
                    }
                }
                ExprKind::Rule(rule) => {
                    if let Source::Merge(layers) = &rule.source
                        && rule.is_bare()
                        && rule.when.is_none()
                        && rule.default.is_none()
                        && rule.required.is_none()
                    {
                        let mut any = false;
                        for layer in layers {
                            any |= self.lay(layer, made)?;
                        }
                        return Ok(any);
                    }
                }
                _ => {}
            }
        }
        match self.value(layer)?.map(|value| value.view(self.arena)) {
            Some(View::Map(map)) => {
                made.put_all(map);
                Ok(true)
            }
            _ => Ok(false),
        }
    }
}
