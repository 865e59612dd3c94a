//! Which values of a plan are secret: those that were computed from a secret setting, whatever was done to it.
//!
//! There is one taint, and everything that decides about secrets reads it: the check of error messages when a mapping is
//! loaded, and what `explain`, `test` and snapshots show of a value. A setting that only a condition depends on does not
//! taint the value that the condition chooses.

mod messages;
mod names;
mod prepared;

use std::sync::OnceLock;

pub(crate) use messages::{PlanParts, secret_messages};
pub use names::{SettingNames, SettingSet};
use prepared::PreparedPaths;

use super::{
    Condition, ElementId, Expr, ExprKind, Field, PathId, Paths, Plan, Preparation, Source, Step, Subpath,
};
use super::{MAX_ELEMENTS, Template, TemplateKind, TemplatePart, Test, ValueRule, Variable};
use crate::path::Segment;

/// How much of a value is secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum TaintLevel {
    /// Nothing.
    #[default]
    Public,
    /// Some members or elements of a map or list, or pieces of a text.
    Parts,
    /// All of it.
    Secret,
}

/// How much of a value is secret, and the settings it was computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Taint {
    pub(crate) level: TaintLevel,
    pub(crate) settings: SettingSet,
}

impl Taint {
    /// Nothing is secret.
    pub(crate) const PUBLIC: Self = Self { level: TaintLevel::Public, settings: SettingSet::EMPTY };

    pub(crate) fn is_public(self) -> bool {
        self.level == TaintLevel::Public
    }

    /// The taint of a value that contains both.
    pub(crate) fn or(self, other: Self) -> Self {
        Self { level: self.level.max(other.level), settings: self.settings.or(other.settings) }
    }

    /// The taint of a value computed from all of this one.
    pub(crate) fn whole(self) -> Self {
        let level = if self.is_public() { TaintLevel::Public } else { TaintLevel::Secret };
        Self { level, ..self }
    }

    /// The taint of a map or list that contains this value.
    pub(crate) fn part(self) -> Self {
        Self { level: self.level.min(TaintLevel::Parts), ..self }
    }
}

/// The taints of the local variables at a place.
#[derive(Clone, Copy, Debug, Default)]
pub struct LocalTaints {
    /// Of `$item`.
    pub(crate) item: Taint,
    /// Of what `as:` names.
    pub(crate) elements: [Taint; MAX_ELEMENTS],
    /// Of `{{ value }}`.
    pub(crate) value: Taint,
}

impl LocalTaints {
    /// Where the elements of `for_each` have this taint.
    pub(crate) fn with_element(self, element: Option<ElementId>, taint: Taint) -> Self {
        let mut inside = Self { item: taint, ..self };
        if let Some(element) = element {
            inside.elements[element] = taint;
        }
        inside
    }
}

/// What is known of the secrets of a plan.
#[derive(Debug, Default)]
pub struct Taints {
    names: SettingNames,
    prepared: PreparedPaths,
    /// By number; computed when somebody asks.
    fields: Box<[OnceLock<Taint>]>,
    precomputed: Box<[OnceLock<Taint>]>,
}

impl Taints {
    /// Finds out which paths on the event hold secrets after `prepare`.
    pub(crate) fn new(
        names: SettingNames,
        prepare: &[Preparation],
        fields: &[Field],
        precomputed: &[Expr],
        paths: &Paths,
    ) -> Self {
        let unknown = |count: usize| (0..count).map(|_| OnceLock::new()).collect();
        let mut taints = Self {
            names,
            prepared: PreparedPaths::default(),
            fields: unknown(fields.len()),
            precomputed: unknown(precomputed.len()),
        };
        // A secret can reach a second path from the first, so this is repeated until nothing is added.
        loop {
            let reader = TaintReader { taints: &taints, fields, precomputed, paths };
            let prepared = PreparedPaths::of(prepare, &reader);
            if prepared == taints.prepared {
                return taints;
            }
            taints = Self {
                names: taints.names,
                prepared,
                fields: unknown(fields.len()),
                precomputed: unknown(precomputed.len()),
            };
        }
    }
}

impl Plan {
    /// Reads the taints of this plan.
    pub(crate) fn taints(&self) -> TaintReader<'_> {
        TaintReader {
            taints: &self.taints,
            fields: &self.fields,
            precomputed: &self.precomputed,
            paths: &self.paths,
        }
    }
}

/// Determines the taint of expressions.
#[derive(Clone, Copy, Debug)]
pub struct TaintReader<'p> {
    taints: &'p Taints,
    fields: &'p [Field],
    precomputed: &'p [Expr],
    paths: &'p Paths,
}

impl<'p> TaintReader<'p> {
    /// The names of settings.
    pub(crate) fn names(self) -> &'p SettingNames {
        &self.taints.names
    }

    /// The taint of an expression's value, where the local variables have the taints `locals`.
    pub(crate) fn of(self, expr: &Expr, locals: LocalTaints) -> Taint {
        match &expr.kind {
            ExprKind::Constant(_) => Taint::PUBLIC,
            ExprKind::Event(path) => self.event(*path),
            ExprKind::EventQuery(path, _) => self.event(*path).whole(),
            ExprKind::Named(variable, steps, query) => {
                let taint = self.variable(*variable, steps, locals);
                if query.is_some() { taint.whole() } else { taint }
            }
            ExprKind::Template(template) => self.template(template, locals),
            ExprKind::Map(_, members) => self.any(members.iter().map(|member| &member.value), locals).part(),
            ExprKind::List(items) => self.any(items.iter(), locals).part(),
            ExprKind::Rule(rule) => self.rule(rule, locals),
            ExprKind::Precomputed(number) => self.precomputed(*number),
        }
    }

    fn variable(self, variable: Variable, steps: &Subpath, locals: LocalTaints) -> Taint {
        match variable {
            Variable::Config => self.names().taint(steps),
            Variable::Field(number) => self.field(number),
            Variable::Item => locals.item,
            Variable::Element(element) => locals.elements[element],
            Variable::Value => locals.value,
            // What comes with the event is no setting.
            Variable::Connection | Variable::Metadata | Variable::Later => Taint::PUBLIC,
        }
    }

    /// The taint of a field's value.
    pub(crate) fn field(self, number: usize) -> Taint {
        let (Some(known), Some(field)) = (self.taints.fields.get(number), self.fields.get(number)) else {
            return Taint::PUBLIC;
        };
        *known.get_or_init(|| self.of(&field.expr, LocalTaints::default()))
    }

    fn precomputed(self, number: usize) -> Taint {
        let (Some(known), Some(expr)) = (self.taints.precomputed.get(number), self.precomputed.get(number))
        else {
            return Taint::PUBLIC;
        };
        *known.get_or_init(|| self.of(expr, LocalTaints::default()))
    }

    /// The taint of what is at a path on the event.
    pub(crate) fn event(self, path: PathId) -> Taint {
        if self.taints.prepared.is_empty() {
            return Taint::PUBLIC;
        }
        self.taints.prepared.taint(&self.paths.steps(path))
    }

    /// The names and indexes of a path on the event.
    pub(crate) fn steps_of(self, path: PathId) -> Vec<Segment> {
        self.paths.steps(path)
    }

    fn any<'e>(self, exprs: impl Iterator<Item = &'e Expr>, locals: LocalTaints) -> Taint {
        exprs.fold(Taint::PUBLIC, |taint, expr| taint.or(self.of(expr, locals)))
    }

    /// The taint of a template's text.
    pub(crate) fn template(self, template: &Template, locals: LocalTaints) -> Taint {
        match &template.kind {
            TemplateKind::Parts(parts) => {
                parts.iter().fold(Taint::PUBLIC, |taint, part| taint.or(self.part(part, locals)))
            }
            TemplateKind::Logic(_, references) => {
                self.any(references.iter().map(|(_, expr)| expr), locals).whole()
            }
        }
    }

    fn part(self, part: &TemplatePart, locals: LocalTaints) -> Taint {
        let TemplatePart::Value(expr, steps, alternative) = part else { return Taint::PUBLIC };
        let taint = self.placeholder(expr, steps, locals);
        alternative.as_ref().map_or(taint, |alternative| taint.or(self.part(alternative, locals)))
    }

    /// The taint of `{{ expr | steps }}`.
    pub(crate) fn placeholder(self, expr: &Expr, steps: &[Step], locals: LocalTaints) -> Taint {
        self.after(steps, self.of(expr, locals), locals).whole()
    }

    /// The taint of what `steps` make of a value with the taint `input`.
    pub(crate) fn after(self, steps: &[Step], input: Taint, locals: LocalTaints) -> Taint {
        steps.iter().fold(input, |taint, step| self.after_step(step, taint, locals))
    }

    /// The taint of what one step makes of a value with the taint `input`.
    pub(crate) fn after_step(self, step: &Step, input: Taint, locals: LocalTaints) -> Taint {
        if step.operator.meaning.secrecy.is_secret() {
            input.or(self.arguments(step, locals)).whole()
        } else {
            Taint::PUBLIC
        }
    }

    /// The taint of the arguments of a step, with those of the steps in it.
    fn arguments(self, step: &Step, locals: LocalTaints) -> Taint {
        let argument = step.argument.as_ref().map_or(Taint::PUBLIC, |argument| self.of(argument, locals));
        let test = step.test.as_ref().map_or(Taint::PUBLIC, |test| self.test(test, locals));
        step.pipeline.iter().fold(argument.or(test), |taint, inner| taint.or(self.arguments(inner, locals)))
    }

    /// The taint of what a test compares with.
    fn test(self, test: &Test, locals: LocalTaints) -> Taint {
        match test {
            Test::Equals(expr) | Test::Compared(_, expr) => self.of(expr, locals),
            Test::OneOf(allowed) => self.any(allowed.iter(), locals),
            Test::Is(_) | Test::Matches(_) => Taint::PUBLIC,
            Test::Not(inner) | Test::Size(inner) | Test::Some(inner) | Test::Every(inner) => {
                self.test(inner, locals)
            }
            Test::All(tests) => {
                tests.iter().fold(Taint::PUBLIC, |taint, inner| taint.or(self.test(inner, locals)))
            }
        }
    }

    fn rule(self, rule: &ValueRule, locals: LocalTaints) -> Taint {
        let mut taint = self.after(&rule.steps, self.source(&rule.source, locals), locals);
        if let Some(template) = &rule.template {
            taint = self.template(template, LocalTaints { value: taint, ..locals });
        }
        rule.default.as_ref().map_or(taint, |default| taint.or(self.of(default, locals)))
    }

    /// The taint of a source, before any modifier.
    pub(crate) fn source(self, source: &Source, locals: LocalTaints) -> Taint {
        match source {
            Source::First(entries) => self.any(entries.iter(), locals),
            Source::Just(expr) => self.of(expr, locals),
            Source::Merge(layers) | Source::Concat(layers) => self.any(layers.iter(), locals).part(),
            Source::ForEach(items, element, make) => {
                self.of(make, locals.with_element(*element, self.of(items, locals))).part()
            }
        }
    }
}

/// The values that a condition tests and compares with.
fn condition_values<'c>(condition: &'c Condition, visit: &mut dyn FnMut(&'c Expr)) {
    match condition {
        Condition::Present(expr) => visit(expr),
        Condition::Test(expr, test) => {
            visit(expr);
            test_values(test, visit);
        }
        Condition::Named(_) => {}
        Condition::All(inner) | Condition::Any(inner) => {
            inner.iter().for_each(|inner| condition_values(inner, visit));
        }
        Condition::Not(inner) => condition_values(inner, visit),
    }
}

fn test_values<'t>(test: &'t Test, visit: &mut dyn FnMut(&'t Expr)) {
    match test {
        Test::Equals(expr) | Test::Compared(_, expr) => visit(expr),
        Test::OneOf(allowed) => allowed.iter().for_each(visit),
        Test::Is(_) | Test::Matches(_) => {}
        Test::Not(inner) | Test::Size(inner) | Test::Some(inner) | Test::Every(inner) => {
            test_values(inner, visit);
        }
        Test::All(tests) => tests.iter().for_each(|inner| test_values(inner, visit)),
    }
}
