//! Templates: text with placeholders.

use bumpalo::collections::Vec;

use super::{Evaluator, mapping_error};
use crate::plan::{Expr, Origin, Step, Template, TemplateKind, TemplatePart};
use crate::run::observer::{Observation, Observer, Subject};
use crate::run::refusal::RunResult;
use crate::template::Referenced;
use crate::value::{BoundedString, Value, plain, truthy};

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
                    let mut text = BoundedString::with_capacity(64, self.arena);
                    for part in parts {
                        if text.push(self.part(part)?.unwrap_or_default()).is_none() {
                            self.within_limits(origin)?;
                        }
                    }
                    Ok(text.finish())
                }
            },
            TemplateKind::Logic(logic, references) => {
                let mut values = Vec::with_capacity_in(references.len(), self.arena);
                for (_, expr) in references {
                    self.observe(Observation::Enter(Subject::Value(expr)));
                    let mut value = self.present(expr)?;
                    let present = value.is_some();
                    if !present {
                        value = self.raw(expr)?;
                    }
                    self.leave(expr, value);
                    values.push(Referenced { value, present });
                }
                let text = logic.render(&values, self.arena);
                self.within_limits(origin)?;
                text.map_err(|error| mapping_error(origin, error.to_string()))
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
