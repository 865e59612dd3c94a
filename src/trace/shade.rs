//! How secret a value of the plan is: whether a setting that may not be shown goes into it.

use crate::path::Step as PathStep;
use crate::plan::{Expr, ExprKind, Part, Plan, Root, Source, Step, Template, TemplateKind, ValueRule};

/// How much of a value may be shown. What only a condition looked at does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shade {
    /// All of it.
    Open,
    /// A map or list that holds something secret as it is.
    Parts,
    /// Nothing.
    Whole,
}

/// The shades of a plan; those of fields and settled values are found once.
#[derive(Debug)]
pub(super) struct Shades<'p> {
    plan: &'p Plan,
    fields: Vec<Option<Shade>>,
    settled: Vec<Option<Shade>>,
}

impl<'p> Shades<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        Self { plan, fields: vec![None; plan.fields.len()], settled: vec![None; plan.settled.len()] }
    }

    pub(super) fn of(&mut self, expr: &Expr) -> Shade {
        match &expr.kind {
            ExprKind::Named(Root::Config, steps, _) => match steps.first() {
                Some(PathStep::Name(name)) if self.is_public(name) => Shade::Open,
                _ => Shade::Whole,
            },
            ExprKind::Named(Root::Field(number), steps, query) => match self.field(*number) {
                Shade::Parts if !steps.is_empty() || query.is_some() => Shade::Whole,
                shade => shade,
            },
            ExprKind::Constant(_) | ExprKind::Event(_) | ExprKind::EventQuery(..) | ExprKind::Named(..) => {
                Shade::Open
            }
            ExprKind::Template(template) => self.template(template),
            ExprKind::Map(_, members) => self.composite(members.iter().map(|member| &member.value)),
            ExprKind::List(items) => self.composite(items.iter()),
            ExprKind::Rule(rule) => self.rule(rule),
            ExprKind::Settled(number) => self.settled(*number),
        }
    }

    fn is_public(&self, name: &str) -> bool {
        self.plan.settings.iter().any(|setting| setting.public && *setting.name == *name)
    }

    pub(super) fn field(&mut self, number: usize) -> Shade {
        let (plan, known) = (self.plan, self.fields.get(number).copied().flatten());
        known.unwrap_or_else(|| {
            let shade = plan.fields.get(number).map_or(Shade::Whole, |field| self.of(&field.expr));
            if let Some(slot) = self.fields.get_mut(number) {
                *slot = Some(shade);
            }
            shade
        })
    }

    fn settled(&mut self, number: usize) -> Shade {
        let (plan, known) = (self.plan, self.settled.get(number).copied().flatten());
        known.unwrap_or_else(|| {
            let shade = plan.settled.get(number).map_or(Shade::Whole, |expr| self.of(expr));
            if let Some(slot) = self.settled.get_mut(number) {
                *slot = Some(shade);
            }
            shade
        })
    }

    fn composite<'e>(&mut self, mut inside: impl Iterator<Item = &'e Expr>) -> Shade {
        if inside.any(|expr| self.of(expr) != Shade::Open) { Shade::Parts } else { Shade::Open }
    }

    fn template(&mut self, template: &Template) -> Shade {
        let secret = match &template.kind {
            TemplateKind::Parts(parts) => parts.iter().any(|part| self.part(part)),
            TemplateKind::Logic(_, names) => names.iter().any(|(_, expr)| self.of(expr) != Shade::Open),
        };
        if secret { Shade::Whole } else { Shade::Open }
    }

    fn part(&mut self, part: &Part) -> bool {
        match part {
            Part::Text(_) => false,
            Part::Value(expr, steps, otherwise) => {
                self.of(expr) != Shade::Open
                    || self.steps(steps)
                    || otherwise.as_ref().is_some_and(|otherwise| self.part(otherwise))
            }
        }
    }

    fn steps(&mut self, steps: &[Step]) -> bool {
        steps.iter().any(|step| {
            step.argument.as_ref().is_some_and(|argument| self.of(argument) != Shade::Open)
                || self.steps(&step.pipeline)
        })
    }

    fn rule(&mut self, rule: &ValueRule) -> Shade {
        let source = match &rule.source {
            Source::First(entries) => entries.iter().map(|entry| self.of(entry)).max().unwrap_or(Shade::Open),
            Source::Just(expr) => self.of(expr),
            Source::Merge(layers) | Source::Concat(layers) => self.composite(layers.iter()),
            Source::ForEach(items, _) if self.of(items) != Shade::Open => Shade::Whole,
            Source::ForEach(_, make) => self.composite(std::iter::once(&**make)),
        };
        let default = rule.default.as_ref().map_or(Shade::Open, |default| self.of(default));
        let changed = !rule.steps.is_empty() || rule.template.is_some();
        let added = self.steps(&rule.steps)
            || rule.template.as_ref().is_some_and(|template| self.template(template) != Shade::Open);
        if added || changed && source != Shade::Open { Shade::Whole } else { source.max(default) }
    }

    /// Whether what goes on inside of a value is as secret as the value: what a pipeline works on, what `$item` is.
    pub(super) fn covers(&mut self, expr: &Expr) -> bool {
        let ExprKind::Rule(rule) = &self.resolved(expr).kind else { return false };
        let items = matches!(&rule.source, Source::ForEach(items, _) if self.of(items) != Shade::Open);
        items || self.of(expr) == Shade::Whole && (!rule.steps.is_empty() || rule.template.is_some())
    }

    /// The expression itself, where it was taken out to be computed once.
    pub(super) fn resolved<'e>(&self, expr: &'e Expr) -> &'e Expr
    where
        'p: 'e,
    {
        match &expr.kind {
            ExprKind::Settled(number) => self.plan.settled.get(*number).unwrap_or(expr),
            _ => expr,
        }
    }
}
