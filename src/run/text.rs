//! Templates: text with parts that are filled in.

use bumpalo::collections::{String, Vec};

use super::evaluate::Run;
use super::observer::{Observation, Observer, Subject};
use super::refusal::RunResult;
use crate::plan::{Expr, Origin, Template, TemplateKind, TemplatePart};
use crate::value::{Value, plain, truthy};

impl<'a, W: Observer> Run<'a, W> {
    /// The text of a template; missing parts are empty.
    pub(super) fn filled(&mut self, template: &'a Template, origin: &'a Origin) -> RunResult<'a, &'a str> {
        match &template.kind {
            TemplateKind::Parts(parts) => match &**parts {
                [] => Ok(""),
                [part] => self.part(part).map(Option::unwrap_or_default),
                several => {
                    let mut text = String::with_capacity_in(64, self.arena);
                    for part in several {
                        text.push_str(self.part(part)?.unwrap_or_default());
                    }
                    Ok(text.into_bump_str())
                }
            },
            TemplateKind::Logic(logic, names) => {
                let mut values = Vec::with_capacity_in(names.len(), self.arena);
                for (reference, expr) in names {
                    self.observe(Observation::Enter(Subject::Value(expr)));
                    let value = self.raw(expr)?;
                    self.observe(Observation::Leave(value));
                    values.extend(value.map(|value| (reference, value)));
                }
                match logic.render(values.iter().copied(), self.arena) {
                    Ok(text) => Ok(self.arena.alloc_str(&text)),
                    Err(failed) => Err(Self::broken(origin, failed.to_string())),
                }
            }
        }
    }

    /// The text of one part; missing when its value is missing or null.
    pub(super) fn part(&mut self, part: &'a TemplatePart) -> RunResult<'a, Option<&'a str>> {
        Ok(match part {
            TemplatePart::Text(text) => Some(text.text()),
            TemplatePart::Value(expr, steps, otherwise) => {
                self.observe(Observation::Enter(Subject::Hole(expr)));
                let value = self.part_value(expr, steps)?;
                self.observe(Observation::Leave(value));
                match otherwise {
                    Some(otherwise) if !value.is_some_and(|value| truthy(value, self.arena)) => {
                        self.part(otherwise)?
                    }
                    _ => value.map(|value| plain(value, self.arena)),
                }
            }
        })
    }

    fn part_value(
        &mut self,
        expr: &'a Expr,
        steps: &'a [crate::plan::Step],
    ) -> RunResult<'a, Option<Value<'a>>> {
        match self.value(expr)? {
            Some(value) if !steps.is_empty() => self.pipeline(steps, value),
            value => Ok(value),
        }
    }
}
