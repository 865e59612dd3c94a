//! The messages of errors that contain a secret.

use super::{LocalTaints, TaintReader, Taints, condition_values, test_values};
use crate::plan::{
    Action, Condition, Expr, ExprKind, Field, Paths, Preparation, RefusalTemplate, Request, Rule, Setting,
    Source, Step, Template, TemplateKind, TemplatePart,
};
use crate::source::Span;

/// All parts of a mapping with messages in them, used or not.
#[derive(Debug)]
pub(crate) struct PlanParts<'p> {
    pub(crate) settings: &'p [Setting],
    pub(crate) prepare: &'p [Preparation],
    pub(crate) fields: &'p [Field],
    pub(crate) conditions: &'p [Condition],
    pub(crate) precomputed: &'p [Expr],
    pub(crate) rules: &'p [Rule],
    pub(crate) paths: &'p Paths,
    /// Parts that are only checked.
    pub(crate) values: &'p [Expr],
    pub(crate) checked_conditions: &'p [Condition],
    pub(crate) messages: &'p [RefusalTemplate],
    pub(crate) pipelines: &'p [Box<[Step]>],
}

/// Calls `report` with the place of each message that contains a secret.
pub(crate) fn secret_messages(parts: &PlanParts<'_>, taints: &Taints, report: &mut dyn FnMut(Span)) {
    let reader =
        TaintReader { taints, fields: parts.fields, precomputed: parts.precomputed, paths: parts.paths };
    let mut search = Search { reader, locals: LocalTaints::default(), report };
    for setting in parts.settings {
        setting.required.iter().chain([&setting.invalid]).for_each(|message| search.message(message));
    }
    for preparation in parts.prepare {
        search.condition(preparation.when.as_ref());
        for assignment in &preparation.set {
            search.expr(&assignment.target);
            search.expr(&assignment.key);
            search.expr(&assignment.to);
        }
    }
    parts.fields.iter().for_each(|field| search.expr(&field.expr));
    parts
        .conditions
        .iter()
        .chain(parts.checked_conditions)
        .for_each(|condition| search.condition(Some(condition)));
    parts.precomputed.iter().chain(parts.values).for_each(|expr| search.expr(expr));
    parts.messages.iter().for_each(|message| search.message(message));
    parts.pipelines.iter().for_each(|steps| search.steps(steps));
    parts.rules.iter().for_each(|rule| search.rule(rule));
}

struct Search<'s> {
    reader: TaintReader<'s>,
    locals: LocalTaints,
    report: &'s mut dyn FnMut(Span),
}

impl Search<'_> {
    fn message(&mut self, message: &RefusalTemplate) {
        self.words(&message.words, message.origin.span);
    }

    fn words(&mut self, words: &Template, span: Span) {
        if !self.reader.template(words, self.locals).is_public() {
            (self.report)(span);
        }
        self.template(words);
    }

    fn rule(&mut self, rule: &Rule) {
        self.condition(rule.when.as_ref());
        for (check, message) in &rule.require {
            self.condition(Some(check));
            self.message(message);
        }
        match &rule.action {
            Action::Request(requests) => requests.iter().for_each(|request| self.request(request)),
            Action::Fail(message) => self.message(message),
            Action::Drop(reason) => {
                if let Some(message) = reason {
                    self.message(message);
                }
            }
        }
    }

    fn request(&mut self, request: &Request) {
        if let Some(items) = &request.for_each {
            self.expr(items);
            self.locals = self.locals.with_element(request.element, self.reader.of(items, self.locals));
        }
        self.condition(request.when.as_ref());
        self.expr(&request.endpoint);
        self.message(&request.no_endpoint);
        let parts = [&request.label, &request.headers, &request.params, &request.body, &request.user];
        parts.into_iter().flatten().for_each(|part| self.expr(part));
        self.locals = LocalTaints::default();
    }

    fn condition(&mut self, condition: Option<&Condition>) {
        if let Some(condition) = condition {
            condition_values(condition, &mut |expr| self.expr(expr));
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            // Fields and precomputed values are searched on their own.
            ExprKind::Constant(_)
            | ExprKind::Event(_)
            | ExprKind::EventQuery(..)
            | ExprKind::Named(..)
            | ExprKind::Precomputed(_) => {}
            ExprKind::Template(template) => self.template(template),
            ExprKind::Map(when, members) => {
                self.condition(when.as_deref());
                members.iter().for_each(|member| self.expr(&member.value));
            }
            ExprKind::List(items) => items.iter().for_each(|item| self.expr(item)),
            ExprKind::Rule(rule) => {
                self.condition(rule.when.as_ref());
                self.source(&rule.source);
                self.steps(&rule.steps);
                rule.template.iter().for_each(|template| self.template(template));
                rule.invalid.iter().chain(&rule.required).for_each(|message| self.message(message));
                rule.default.iter().for_each(|default| self.expr(default));
            }
        }
    }

    fn source(&mut self, source: &Source) {
        match source {
            Source::First(exprs) | Source::Merge(exprs) | Source::Concat(exprs) => {
                exprs.iter().for_each(|expr| self.expr(expr));
            }
            Source::Just(expr) => self.expr(expr),
            Source::ForEach(items, element, make) => {
                self.expr(items);
                let outer = self.locals;
                self.locals = outer.with_element(*element, self.reader.of(items, outer));
                self.expr(make);
                self.locals = outer;
            }
        }
    }

    fn template(&mut self, template: &Template) {
        if let TemplateKind::Parts(parts) = &template.kind {
            parts.iter().for_each(|part| self.part(part));
        }
    }

    fn part(&mut self, part: &TemplatePart) {
        if let TemplatePart::Value(_, steps, alternative) = part {
            self.steps(steps);
            if let Some(alternative) = alternative {
                self.part(alternative);
            }
        }
    }

    fn steps(&mut self, steps: &[Step]) {
        for step in steps {
            step.argument.iter().for_each(|argument| self.expr(argument));
            step.test.iter().for_each(|test| test_values(test, &mut |expr| self.expr(expr)));
            self.steps(&step.pipeline);
        }
    }
}
