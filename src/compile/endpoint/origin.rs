//! Whether a value can contain text of the event. What only chooses among other values does not count.

use crate::compile::names::Names;
use crate::compile::precomputed::Precomputed;
use crate::plan::{Expr, ExprKind, Source, Step, Template, TemplateKind, TemplatePart, ValueRule, Variable};

/// What the local variables stand for.
#[derive(Clone, Copy, Debug)]
pub(super) struct LocalOrigins {
    /// Whether `$item` comes from the event.
    pub(super) item: bool,
    /// Whether `$value` does.
    pub(super) value: bool,
}

/// Definitions that expressions refer to.
#[derive(Clone, Copy)]
pub(in crate::compile) struct CompiledDefinitions<'c, 'm> {
    pub(in crate::compile) names: &'c Names<'m>,
    pub(in crate::compile) precomputed: &'c Precomputed,
}

impl<'c> CompiledDefinitions<'c, '_> {
    /// The expression of a field or of a precomputed value that `expr` is, as a whole.
    pub(super) fn definition(&self, expr: &Expr) -> Option<&'c Expr> {
        match &expr.kind {
            ExprKind::Named(Variable::Field(field), steps, None) if steps.is_empty() => {
                Some(&self.names.fields.compiled(*field).expr)
            }
            ExprKind::Precomputed(index) => Some(self.precomputed.get(*index)),
            _ => None,
        }
    }

    /// The precomputed value that `expr` is, as a whole.
    pub(super) fn precomputed_index(&self, expr: &Expr) -> Option<usize> {
        match &expr.kind {
            ExprKind::Precomputed(index) => Some(*index),
            _ => self.precomputed_index(self.definition(expr)?),
        }
    }

    /// Whether the value of an expression can contain text of the event.
    pub(super) fn is_from_event(&self, expr: &Expr, locals: LocalOrigins) -> bool {
        match &expr.kind {
            ExprKind::Constant(_) | ExprKind::Precomputed(_) => false,
            ExprKind::Event(_) | ExprKind::EventQuery(..) => true,
            ExprKind::Named(variable, ..) => match variable {
                Variable::Config => false,
                // A field does not see the local variables of the expression that uses it.
                Variable::Field(field) => self.field_from_event(*field),
                Variable::Item => locals.item,
                Variable::Value => locals.value,
                Variable::Connection | Variable::Metadata | Variable::Later => true,
            },
            ExprKind::Template(template) => self.template_from_event(template, locals),
            ExprKind::Map(_, members) => {
                members.iter().any(|member| self.is_from_event(&member.value, locals))
            }
            ExprKind::List(items) => items.iter().any(|item| self.is_from_event(item, locals)),
            ExprKind::Rule(rule) => self.rule_from_event(rule, locals),
        }
    }

    fn field_from_event(&self, field: usize) -> bool {
        // Dependencies are an upper bound that is known already.
        self.names.fields.dependencies(field).event
            && self.is_from_event(
                &self.names.fields.compiled(field).expr,
                LocalOrigins { item: true, value: true },
            )
    }

    fn rule_from_event(&self, rule: &ValueRule, locals: LocalOrigins) -> bool {
        let any = |entries: &[Expr]| entries.iter().any(|entry| self.is_from_event(entry, locals));
        let source = match &rule.source {
            Source::First(entries) | Source::Merge(entries) | Source::Concat(entries) => any(entries),
            Source::Just(expr) => self.is_from_event(expr, locals),
            Source::ForEach(items, make) => {
                let item = self.is_from_event(items, locals);
                self.is_from_event(make, LocalOrigins { item, ..locals })
            }
        };
        let mut value = self.steps_from_event(source, &rule.steps, locals);
        if let Some(template) = &rule.template {
            value = self.template_from_event(template, LocalOrigins { value, ..locals });
        }
        value || rule.default.as_ref().is_some_and(|default| self.is_from_event(default, locals))
    }

    fn template_from_event(&self, template: &Template, locals: LocalOrigins) -> bool {
        match &template.kind {
            TemplateKind::Parts(parts) => parts.iter().any(|part| self.part_from_event(part, locals)),
            TemplateKind::Logic(_, references) => {
                references.iter().any(|(_, expr)| self.is_from_event(expr, locals))
            }
        }
    }

    /// Whether a part of a template can contain text of the event.
    pub(super) fn part_from_event(&self, part: &TemplatePart, locals: LocalOrigins) -> bool {
        match part {
            TemplatePart::Text(_) => false,
            TemplatePart::Value(expr, steps, otherwise) => {
                self.value_from_event(expr, steps, locals)
                    || otherwise.as_ref().is_some_and(|part| self.part_from_event(part, locals))
            }
        }
    }

    /// Whether the result of steps can contain text of the event.
    pub(super) fn value_from_event(&self, expr: &Expr, steps: &[Step], locals: LocalOrigins) -> bool {
        self.steps_from_event(self.is_from_event(expr, locals), steps, locals)
    }

    fn steps_from_event(&self, input: bool, steps: &[Step], locals: LocalOrigins) -> bool {
        steps.iter().fold(input, |input, step| {
            let argument =
                step.argument.as_ref().is_some_and(|argument| self.is_from_event(argument, locals));
            let inner = self.steps_from_event(false, &step.pipeline, locals);
            argument || inner || (input && !step.operator.meaning.selects)
        })
    }
}
