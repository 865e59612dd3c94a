//! Whether something in an expression encodes for a URL.

use foldhash::HashSet;

use super::CompiledDefinitions;
use crate::plan::{Expr, ExprKind, Source, Step, Template, TemplateKind, TemplatePart, ValueRule, Variable};

impl CompiledDefinitions<'_, '_> {
    /// Whether a step in an expression, or in a definition that it refers to, encodes for a URL.
    pub(super) fn encodes(&self, expr: &Expr) -> bool {
        Search { definitions: *self, seen: HashSet::default() }.expr(expr)
    }

    /// Whether something in a step or in its argument encodes for a URL.
    pub(super) fn step_encodes(&self, step: &Step) -> bool {
        Search { definitions: *self, seen: HashSet::default() }.step(step)
    }
}

struct Search<'c, 'm> {
    definitions: CompiledDefinitions<'c, 'm>,
    /// The fields that were searched.
    seen: HashSet<usize>,
}

impl Search<'_, '_> {
    fn expr(&mut self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Precomputed(index) => self.expr(self.definitions.precomputed.get(*index)),
            ExprKind::Named(Variable::Field(field), ..) => {
                self.seen.insert(*field) && self.expr(&self.definitions.names.fields.compiled(*field).expr)
            }
            ExprKind::Constant(_) | ExprKind::Event(_) | ExprKind::EventQuery(..) | ExprKind::Named(..) => {
                false
            }
            ExprKind::Template(template) => self.template(template),
            ExprKind::Map(_, members) => members.iter().any(|member| self.expr(&member.value)),
            ExprKind::List(items) => items.iter().any(|item| self.expr(item)),
            ExprKind::Rule(rule) => self.rule(rule),
        }
    }

    fn rule(&mut self, rule: &ValueRule) -> bool {
        let source = match &rule.source {
            Source::First(entries) | Source::Merge(entries) | Source::Concat(entries) => {
                entries.iter().any(|entry| self.expr(entry))
            }
            Source::Just(expr) => self.expr(expr),
            Source::ForEach(items, _, make) => self.expr(items) || self.expr(make),
        };
        source
            || self.steps(&rule.steps)
            || rule.template.as_ref().is_some_and(|template| self.template(template))
            || rule.default.as_ref().is_some_and(|default| self.expr(default))
    }

    fn steps(&mut self, steps: &[Step]) -> bool {
        steps.iter().any(|step| self.step(step))
    }

    fn step(&mut self, step: &Step) -> bool {
        step.operator.meaning.url_encoding.is_some()
            || step.argument.as_ref().is_some_and(|argument| self.expr(argument))
            || self.steps(&step.pipeline)
    }

    fn template(&mut self, template: &Template) -> bool {
        match &template.kind {
            TemplateKind::Parts(parts) => parts.iter().any(|part| self.part(part)),
            TemplateKind::Logic(logic, references) => {
                logic.encodes() || references.iter().any(|(_, expr)| self.expr(expr))
            }
        }
    }

    fn part(&mut self, part: &TemplatePart) -> bool {
        match part {
            TemplatePart::Text(_) => false,
            TemplatePart::Value(expr, steps, otherwise) => {
                self.expr(expr) || self.steps(steps) || otherwise.as_ref().is_some_and(|part| self.part(part))
            }
        }
    }
}
