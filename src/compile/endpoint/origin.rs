//! Where values come from: the event, the settings, or the mapping itself.

use crate::compile::names::Names;
use crate::compile::precomputed::Precomputed;
use crate::plan::{
    ElementId, Expr, ExprKind, MAX_ELEMENTS, Source, Step, Template, TemplateKind, TemplatePart, ValueRule,
    Variable,
};

/// Where the text of a value comes from; of several, the last. What only chooses between values does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ValueOrigin {
    /// The mapping writes it.
    Constant,
    Settings,
    Event,
}

/// Where the local variables come from.
#[derive(Clone, Copy, Debug)]
pub(super) struct LocalOrigins {
    /// `$item`
    pub(super) item: ValueOrigin,
    /// What `as:` names.
    pub(super) elements: [ValueOrigin; MAX_ELEMENTS],
    /// `$value`
    pub(super) value: ValueOrigin,
}

impl LocalOrigins {
    /// Nothing is known of them.
    pub(super) const UNKNOWN: Self = Self {
        item: ValueOrigin::Event,
        elements: [ValueOrigin::Event; MAX_ELEMENTS],
        value: ValueOrigin::Event,
    };

    /// Where the elements of `for_each` have this origin.
    pub(super) fn with_element(self, element: Option<ElementId>, origin: ValueOrigin) -> Self {
        let mut inside = Self { item: origin, ..self };
        if let Some(element) = element {
            inside.elements[element] = origin;
        }
        inside
    }
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

    /// Where the value of an expression comes from.
    pub(super) fn origin(&self, expr: &Expr, locals: LocalOrigins) -> ValueOrigin {
        match &expr.kind {
            ExprKind::Constant(_) => ValueOrigin::Constant,
            ExprKind::Precomputed(index) => self.origin(self.precomputed.get(*index), locals),
            ExprKind::Event(_) | ExprKind::EventQuery(..) => ValueOrigin::Event,
            ExprKind::Named(variable, ..) => match variable {
                Variable::Config => ValueOrigin::Settings,
                Variable::Field(field) => self.field_origin(*field),
                Variable::Item => locals.item,
                Variable::Element(element) => locals.elements[*element],
                Variable::Value => locals.value,
                Variable::Connection | Variable::Metadata | Variable::Later => ValueOrigin::Event,
            },
            ExprKind::Template(template) => self.template_origin(template, locals),
            ExprKind::Map(_, members) => {
                last(members.iter().map(|member| self.origin(&member.value, locals)))
            }
            ExprKind::List(items) => self.last_of(items, locals),
            ExprKind::Rule(rule) => self.rule_origin(rule, locals),
        }
    }

    fn field_origin(&self, field: usize) -> ValueOrigin {
        // A field does not see the local variables of the expression that uses it.
        let origin = self.origin(&self.names.fields.compiled(field).expr, LocalOrigins::UNKNOWN);
        // Dependencies are an upper bound.
        if self.names.fields.dependencies(field).event { origin } else { origin.min(ValueOrigin::Settings) }
    }

    fn last_of(&self, entries: &[Expr], locals: LocalOrigins) -> ValueOrigin {
        last(entries.iter().map(|entry| self.origin(entry, locals)))
    }

    fn rule_origin(&self, rule: &ValueRule, locals: LocalOrigins) -> ValueOrigin {
        let source = match &rule.source {
            Source::First(entries) | Source::Merge(entries) | Source::Concat(entries) => {
                self.last_of(entries, locals)
            }
            Source::Just(expr) => self.origin(expr, locals),
            Source::ForEach(items, element, make) => {
                // Whoever chooses how many items there are, and in which order, can spell with constants.
                let item = self.origin(items, locals);
                item.max(self.origin(make, locals.with_element(*element, item)))
            }
        };
        let mut value = self.steps_origin(source, &rule.steps, locals);
        if let Some(template) = &rule.template {
            value = self.template_origin(template, LocalOrigins { value, ..locals });
        }
        value.max(last(rule.default.iter().map(|default| self.origin(default, locals))))
    }

    fn template_origin(&self, template: &Template, locals: LocalOrigins) -> ValueOrigin {
        match &template.kind {
            TemplateKind::Parts(parts) => last(parts.iter().map(|part| self.part_origin(part, locals))),
            // A loop can spell with constants, too.
            TemplateKind::Logic(_, references) => {
                last(references.iter().map(|(_, expr)| self.origin(expr, locals)))
            }
        }
    }

    fn part_origin(&self, part: &TemplatePart, locals: LocalOrigins) -> ValueOrigin {
        match part {
            TemplatePart::Text(_) => ValueOrigin::Constant,
            TemplatePart::Value(expr, steps, otherwise) => {
                let otherwise = otherwise.iter().map(|part| self.part_origin(part, locals));
                self.value_origin(expr, steps, locals).max(last(otherwise))
            }
        }
    }

    /// Where the result of steps comes from.
    pub(super) fn value_origin(&self, expr: &Expr, steps: &[Step], locals: LocalOrigins) -> ValueOrigin {
        self.steps_origin(self.origin(expr, locals), steps, locals)
    }

    fn steps_origin(&self, input: ValueOrigin, steps: &[Step], locals: LocalOrigins) -> ValueOrigin {
        steps.iter().fold(input, |input, step| {
            let argument = last(step.argument.iter().map(|argument| self.origin(argument, locals)));
            let inner = self.steps_origin(ValueOrigin::Constant, &step.pipeline, locals);
            let input = if step.operation.selects() { ValueOrigin::Constant } else { input };
            input.max(argument).max(inner)
        })
    }
}

fn last(origins: impl Iterator<Item = ValueOrigin>) -> ValueOrigin {
    origins.max().unwrap_or(ValueOrigin::Constant)
}
