//! `merge:`: several maps as one, without building each of them first.

use super::Evaluator;
use crate::plan::{Expr, ExprKind, Source, Variable};
use crate::run::observer::Observer;
use crate::run::refusal::RunResult;
use crate::value::{Assembly, Value, View};

impl<'a, O: Observer> Evaluator<'a, O> {
    /// One map with the members of all layers; of members with the same key the last one counts. Missing when no layer
    /// is a map.
    pub(super) fn merge(&mut self, layers: &'a [Expr]) -> RunResult<'a, Option<Value<'a>>> {
        let mut map = Assembly::with_capacity(16, self.arena);
        let mut any = false;
        for layer in layers {
            any |= self.add_layer(layer, &mut map)?;
        }
        Ok(any.then(|| map.value()))
    }

    /// Adds the members of a layer; `false` when the layer is not a map.
    fn add_layer(&mut self, layer: &'a Expr, map: &mut Assembly<'a>) -> RunResult<'a, bool> {
        if !O::ENABLED {
            match &layer.kind {
                ExprKind::Map(None, members) => {
                    let mut any = members.is_empty();
                    for member in members {
                        if let Some(value) = self.value(&member.value)? {
                            map.put(&member.key, value);
                            any = true;
                        }
                    }
                    return Ok(any);
                }
                ExprKind::Named(Variable::Field(number), steps, None) if steps.is_empty() => {
                    if let Some(expr) = self.inlined_field(*number) {
                        return self.add_layer(expr, map);
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
                            any |= self.add_layer(layer, map)?;
                        }
                        return Ok(any);
                    }
                }
                _ => {}
            }
        }
        let Some(value) = self.value(layer)? else { return Ok(false) };
        match value.view(self.arena) {
            View::Map(members) => {
                self.work_on(value, &layer.origin)?;
                map.put_all(members);
                self.within_limits(&layer.origin)?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }
}
