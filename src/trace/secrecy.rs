//! How secret a value of the plan is: whether a setting that may not be shown goes into it.

use crate::path::Segment;
use crate::plan::{
    Expr, ExprKind, Plan, Source, Step, Template, TemplateKind, TemplatePart, ValueRule, Variable,
};

/// How much of a value may be shown. What only a condition looked at does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Secrecy {
    /// All of it.
    Open,
    /// A map or list that holds something secret as it is.
    Parts,
    /// Nothing.
    Whole,
}

/// The shades of a plan; those of fields and settled values are found once.
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

    pub(super) fn of(&mut self, expr: &Expr) -> Secrecy {
        match &expr.kind {
            ExprKind::Named(Variable::Config, steps, _) => match steps.first() {
                Some(Segment::Name(name)) if self.is_public(name) => Secrecy::Open,
                _ => Secrecy::Whole,
            },
            ExprKind::Named(Variable::Field(number), steps, query) => match self.field(*number) {
                Secrecy::Parts if !steps.is_empty() || query.is_some() => Secrecy::Whole,
                secrecy => secrecy,
            },
            ExprKind::Constant(_) | ExprKind::Event(_) | ExprKind::EventQuery(..) | ExprKind::Named(..) => {
                Secrecy::Open
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

    pub(super) fn field(&mut self, number: usize) -> Secrecy {
        let (plan, known) = (self.plan, self.fields.get(number).copied().flatten());
        known.unwrap_or_else(|| {
            let secrecy = plan.fields.get(number).map_or(Secrecy::Whole, |field| self.of(&field.expr));
            if let Some(slot) = self.fields.get_mut(number) {
                *slot = Some(secrecy);
            }
            secrecy
        })
    }

    fn precomputed(&mut self, number: usize) -> Secrecy {
        let (plan, known) = (self.plan, self.precomputed.get(number).copied().flatten());
        known.unwrap_or_else(|| {
            let secrecy = plan.precomputed.get(number).map_or(Secrecy::Whole, |expr| self.of(expr));
            if let Some(slot) = self.precomputed.get_mut(number) {
                *slot = Some(secrecy);
            }
            secrecy
        })
    }

    fn composite<'e>(&mut self, mut inside: impl Iterator<Item = &'e Expr>) -> Secrecy {
        if inside.any(|expr| self.of(expr) != Secrecy::Open) { Secrecy::Parts } else { Secrecy::Open }
    }

    fn template(&mut self, template: &Template) -> Secrecy {
        let secret = match &template.kind {
            TemplateKind::Parts(parts) => parts.iter().any(|part| self.part(part)),
            TemplateKind::Logic(_, names) => names.iter().any(|(_, expr)| self.of(expr) != Secrecy::Open),
        };
        if secret { Secrecy::Whole } else { Secrecy::Open }
    }

    fn part(&mut self, part: &TemplatePart) -> bool {
        match part {
            TemplatePart::Text(_) => false,
            TemplatePart::Value(expr, steps, otherwise) => {
                let secret = self.of(expr) != Secrecy::Open;
                self.after(secret, steps) || otherwise.as_ref().is_some_and(|otherwise| self.part(otherwise))
            }
        }
    }

    /// Whether the result of steps is secret; `secret` says whether their input is.
    fn after(&mut self, secret: bool, steps: &[Step]) -> bool {
        steps.iter().fold(secret, |secret, step| {
            (secret || self.adds(step)) && step.operator.meaning.secrecy.is_secret()
        })
    }

    /// Whether something secret comes in with the argument of a step.
    fn adds(&mut self, step: &Step) -> bool {
        step.argument.as_ref().is_some_and(|argument| self.of(argument) != Secrecy::Open)
            || step.pipeline.iter().any(|inner| self.adds(inner))
    }

    fn rule(&mut self, rule: &ValueRule) -> Secrecy {
        let source = self.source(rule);
        let default = rule.default.as_ref().map_or(Secrecy::Open, |default| self.of(default));
        let template = rule.template.as_ref().map(|template| self.template(template) != Secrecy::Open);
        if rule.steps.is_empty() && template.is_none() {
            return source.max(default);
        }
        // The template gets what the steps give.
        let secret = self.after(source != Secrecy::Open, &rule.steps) || template.unwrap_or_default();
        if secret { Secrecy::Whole } else { default }
    }

    fn source(&mut self, rule: &ValueRule) -> Secrecy {
        match &rule.source {
            Source::First(entries) => {
                entries.iter().map(|entry| self.of(entry)).max().unwrap_or(Secrecy::Open)
            }
            Source::Just(expr) => self.of(expr),
            Source::Merge(layers) | Source::Concat(layers) => self.composite(layers.iter()),
            Source::ForEach(items, _) if self.of(items) != Secrecy::Open => Secrecy::Whole,
            Source::ForEach(_, make) => self.composite(std::iter::once(&**make)),
        }
    }

    /// Whether what goes on inside of a value is as secret as the value: what a pipeline works on, what `$item` is.
    pub(super) fn covers(&mut self, expr: &Expr) -> bool {
        let ExprKind::Rule(rule) = &self.resolved(expr).kind else { return false };
        let items = matches!(&rule.source, Source::ForEach(items, _) if self.of(items) != Secrecy::Open);
        let (of, changed) = (self.of(expr), !rule.steps.is_empty() || rule.template.is_some());
        // Steps can make something of a secret that is none: their input is hidden all the same.
        let mut input =
            || rule.steps.iter().any(|step| self.adds(step)) || self.source(rule) != Secrecy::Open;
        items || changed && (of == Secrecy::Whole || input())
    }

    /// The expression itself, where it was taken out to be computed once.
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
