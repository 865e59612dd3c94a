//! Which values of a plan are secret: those that depend on a secret setting.

use crate::path::Segment;
use crate::plan::{
    Expr, ExprKind, Plan, Source, Step, Template, TemplateKind, TemplatePart, ValueRule, Variable,
};

/// How much of a value may be shown. A setting that only a condition depends on does not make the value secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Secrecy {
    /// All of it.
    Public,
    /// All but some members or elements of a map or list.
    Parts,
    /// None of it.
    Secret,
}

/// Determines the secrecy of expressions; that of each field and precomputed value only once.
#[derive(Debug)]
pub(super) struct SecrecyAnalysis<'p> {
    plan: &'p Plan,
    fields: Vec<Option<Secrecy>>,
    precomputed: Vec<Option<Secrecy>>,
}

impl<'p> SecrecyAnalysis<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        Self { plan, fields: vec![None; plan.fields.len()], precomputed: vec![None; plan.precomputed.len()] }
    }

    /// The secrecy of an expression's value.
    pub(super) fn of(&mut self, expr: &Expr) -> Secrecy {
        match &expr.kind {
            ExprKind::Named(Variable::Config, steps, _) => match steps.first() {
                Some(Segment::Name(name)) if self.is_public(name) => Secrecy::Public,
                _ => Secrecy::Secret,
            },
            ExprKind::Named(Variable::Field(number), steps, query) => match self.field(*number) {
                Secrecy::Parts if !steps.is_empty() || query.is_some() => Secrecy::Secret,
                secrecy => secrecy,
            },
            ExprKind::Constant(_) | ExprKind::Event(_) | ExprKind::EventQuery(..) | ExprKind::Named(..) => {
                Secrecy::Public
            }
            ExprKind::Template(template) => self.template(template),
            ExprKind::Map(_, members) => self.composite(members.iter().map(|member| &member.value)),
            ExprKind::List(items) => self.composite(items.iter()),
            ExprKind::Rule(rule) => self.rule(rule),
            ExprKind::Precomputed(number) => self.precomputed(*number),
        }
    }

    fn is_public(&self, name: &str) -> bool {
        self.plan.settings.iter().any(|setting| setting.public && *setting.name == *name)
    }

    /// The secrecy of a field's value.
    pub(super) fn field(&mut self, number: usize) -> Secrecy {
        let (plan, known) = (self.plan, self.fields.get(number).copied().flatten());
        known.unwrap_or_else(|| {
            let secrecy = plan.fields.get(number).map_or(Secrecy::Secret, |field| self.of(&field.expr));
            if let Some(slot) = self.fields.get_mut(number) {
                *slot = Some(secrecy);
            }
            secrecy
        })
    }

    fn precomputed(&mut self, number: usize) -> Secrecy {
        let (plan, known) = (self.plan, self.precomputed.get(number).copied().flatten());
        known.unwrap_or_else(|| {
            let secrecy = plan.precomputed.get(number).map_or(Secrecy::Secret, |expr| self.of(expr));
            if let Some(slot) = self.precomputed.get_mut(number) {
                *slot = Some(secrecy);
            }
            secrecy
        })
    }

    fn composite<'e>(&mut self, mut items: impl Iterator<Item = &'e Expr>) -> Secrecy {
        if items.any(|expr| self.of(expr) != Secrecy::Public) { Secrecy::Parts } else { Secrecy::Public }
    }

    fn template(&mut self, template: &Template) -> Secrecy {
        let secret = match &template.kind {
            TemplateKind::Parts(parts) => parts.iter().any(|part| self.is_secret_part(part)),
            TemplateKind::Logic(_, references) => {
                references.iter().any(|(_, expr)| self.of(expr) != Secrecy::Public)
            }
        };
        if secret { Secrecy::Secret } else { Secrecy::Public }
    }

    fn is_secret_part(&mut self, part: &TemplatePart) -> bool {
        match part {
            TemplatePart::Text(_) => false,
            TemplatePart::Value(expr, steps, alternative) => {
                let secret = self.of(expr) != Secrecy::Public;
                self.is_secret_after(secret, steps)
                    || alternative.as_ref().is_some_and(|alternative| self.is_secret_part(alternative))
            }
        }
    }

    /// Whether the result of steps is secret; `secret` is whether their input is.
    fn is_secret_after(&mut self, secret: bool, steps: &[Step]) -> bool {
        steps.iter().fold(secret, |secret, step| {
            (secret || self.has_secret_argument(step)) && step.operator.meaning.secrecy.is_secret()
        })
    }

    /// Whether an argument of a step, or of the steps in it, is secret.
    fn has_secret_argument(&mut self, step: &Step) -> bool {
        step.argument.as_ref().is_some_and(|argument| self.of(argument) != Secrecy::Public)
            || step.pipeline.iter().any(|inner| self.has_secret_argument(inner))
    }

    fn rule(&mut self, rule: &ValueRule) -> Secrecy {
        let source = self.source(rule);
        let default = rule.default.as_ref().map_or(Secrecy::Public, |default| self.of(default));
        let template = rule.template.as_ref().map(|template| self.template(template) != Secrecy::Public);
        if rule.steps.is_empty() && template.is_none() {
            return source.max(default);
        }
        let secret =
            self.is_secret_after(source != Secrecy::Public, &rule.steps) || template.unwrap_or_default();
        if secret { Secrecy::Secret } else { default }
    }

    fn source(&mut self, rule: &ValueRule) -> Secrecy {
        match &rule.source {
            Source::First(entries) => {
                entries.iter().map(|entry| self.of(entry)).max().unwrap_or(Secrecy::Public)
            }
            Source::Just(expr) => self.of(expr),
            Source::Merge(layers) | Source::Concat(layers) => self.composite(layers.iter()),
            Source::ForEach(items, _) if self.of(items) != Secrecy::Public => Secrecy::Secret,
            Source::ForEach(_, make) => self.composite(std::iter::once(&**make)),
        }
    }

    /// Whether intermediate values of an expression are secret: the input of each step, or `$item`.
    pub(super) fn hides_intermediates(&mut self, expr: &Expr) -> bool {
        let ExprKind::Rule(rule) = &self.resolved(expr).kind else { return false };
        let items = matches!(&rule.source, Source::ForEach(items, _) if self.of(items) != Secrecy::Public);
        let (secrecy, changed) = (self.of(expr), !rule.steps.is_empty() || rule.template.is_some());
        // Steps can turn a secret into a public value; their input is hidden all the same.
        let mut input = || {
            rule.steps.iter().any(|step| self.has_secret_argument(step))
                || self.source(rule) != Secrecy::Public
        };
        items || changed && (secrecy == Secrecy::Secret || input())
    }

    /// The expression that a precomputed value stands for; any other expression itself.
    pub(super) fn resolved<'e>(&self, expr: &'e Expr) -> &'e Expr
    where
        'p: 'e,
    {
        match &expr.kind {
            ExprKind::Precomputed(number) => self.plan.precomputed.get(*number).unwrap_or(expr),
            _ => expr,
        }
    }
}
