//! Templates: text with placeholders.

use bumpalo::collections::{String, Vec};

use super::{Evaluator, mapping_error};
use crate::plan::{Expr, Origin, Step, Template, TemplateKind, TemplatePart};
use crate::run::observer::{Observation, Observer, Subject};
use crate::run::refusal::RunResult;
use crate::value::{Value, plain, truthy};

impl<'a, O: Observer> Evaluator<'a, O> {
    /// The text of a template; a placeholder without a value is replaced by nothing. `origin` is where the template is
    /// written.
    pub(in crate::run) fn text(
        &mut self,
        template: &'a Template,
        origin: &'a Origin,
    ) -> RunResult<'a, &'a str> {
        match &template.kind {
            TemplateKind::Parts(parts) => match &**parts {
                [] => Ok(""),
                [part] => self.part(part).map(Option::unwrap_or_default),
                parts => {
                    let mut text = String::with_capacity_in(64, self.arena);
                    for part in parts {
                        text.push_str(self.part(part)?.unwrap_or_default());
                    }
                    Ok(text.into_bump_str())
                }
            },
            TemplateKind::Logic(logic, references) => {
                let mut values = Vec::with_capacity_in(references.len(), self.arena);
                for (reference, expr) in references {
                    self.observe(Observation::Enter(Subject::Value(expr)));
                    let value = self.raw(expr)?;
                    self.leave(expr, value);
                    values.extend(value.map(|value| (reference, value)));
                }
                match logic.render(values.iter().copied(), self.arena) {
                    Ok(text) => Ok(self.arena.alloc_str(&text)),
                    Err(error) => Err(mapping_error(origin, error.to_string())),
                }
            }
        }
    }

    /// The text of one part; `None` for a placeholder whose value is missing or null.
    pub(in crate::run) fn part(&mut self, part: &'a TemplatePart) -> RunResult<'a, Option<&'a str>> {
        Ok(match part {
            TemplatePart::Text(text) => Some(text.text()),
            TemplatePart::Value(expr, steps, alternative) => {
                self.observe(Observation::Enter(Subject::Placeholder(expr)));
                let value = self.part_value(expr, steps)?;
                self.leave_placeholder(expr, steps, value);
                match alternative {
                    Some(alternative) if !value.is_some_and(|value| truthy(value, self.arena)) => {
                        self.part(alternative)?
                    }
                    _ => value.map(|value| plain(value, self.arena)),
                }
            }
        })
    }

    /// The value of `{{ expr | steps }}`.
    pub(super) fn part_value(
        &mut self,
        expr: &'a Expr,
        steps: &'a [Step],
    ) -> RunResult<'a, Option<Value<'a>>> {
        match self.value(expr)? {
            Some(value) if !steps.is_empty() => {
                let mask = if self.observes() { self.expr_mask(expr, value) } else { None };
                self.pipeline(steps, value, mask)
            }
            value => Ok(value),
        }
    }
}
