//! The evaluator: the values and conditions of a plan for one event.
//!
//! Its state is private to this module and the files below it, which call each other: a value can need a condition, a
//! condition a value.

mod condition;
mod endpoint;
mod limits;
mod masking;
mod merge;
mod pipeline;
mod shown;
mod template;
mod value;
mod value_rule;
mod write;

use limits::AnswerLength;
use masking::Masking;

use super::cache::Cache;
use super::event_paths::EventPaths;
use super::inputs::{Element, Inputs, Locals};
use super::observer::{Observation, Observer};
use super::refusal::{RefusalKind, Refused};
use crate::json::{Document, Node};
use crate::plan::{Origin, PathId, Plan, RefusalTemplate};
use crate::value::{Arena, Value};

/// Evaluates what a plan needs of one event. Fields and named conditions are evaluated at most once.
pub(crate) struct Evaluator<'a, O> {
    plan: &'a Plan,
    arena: &'a Arena,
    inputs: Inputs<'a>,
    paths: EventPaths<'a>,
    fields: Cache<'a, Option<Value<'a>>>,
    conditions: Cache<'a, bool>,
    locals: Locals<'a>,
    /// What `as:` names; those of enclosing `for_each` come first.
    elements: bumpalo::collections::Vec<'a, Element<'a>>,
    answer: AnswerLength,
    masking: Masking<'a>,
    observer: O,
}

impl<'a, O: Observer> Evaluator<'a, O> {
    /// For `event`, a node of `document`.
    pub(crate) fn new(
        plan: &'a Plan,
        inputs: Inputs<'a>,
        arena: &'a Arena,
        document: &'a Document<'a>,
        event: Node<'a>,
        observer: O,
    ) -> Self {
        Self {
            plan,
            arena,
            inputs,
            paths: EventPaths::new(&plan.paths, document, event, arena),
            fields: Cache::new(plan.fields.len(), arena),
            conditions: Cache::new(plan.conditions.len(), arena),
            locals: Locals::default(),
            elements: bumpalo::collections::Vec::new_in(arena),
            answer: AnswerLength::default(),
            masking: Masking::default(),
            observer,
        }
    }

    pub(super) fn plan(&self) -> &'a Plan {
        self.plan
    }

    pub(super) fn arena(&self) -> &'a Arena {
        self.arena
    }

    pub(super) fn inputs(&self) -> Inputs<'a> {
        self.inputs
    }

    /// The event, with the document that contains it.
    pub(super) fn event(&self) -> (Node<'a>, &'a Document<'a>) {
        self.paths.event()
    }

    /// The value of a path on the event, null and `""` included.
    pub(super) fn event_value(&mut self, path: PathId) -> Option<Value<'a>> {
        self.paths.value(path)
    }

    /// Continues with another event; nothing that was evaluated for the previous one is reused.
    pub(super) fn restart(&mut self, document: &'a Document<'a>) {
        self.paths.restart(document);
        self.fields.clear();
        self.conditions.clear();
        self.masking.restart();
    }

    /// Tells the observer, if there is one.
    pub(super) fn observe(&mut self, observation: Observation<'_>) {
        if O::ENABLED && !self.masking.silent {
            self.observer.observe(observation);
        }
    }

    /// The refusal that a template describes for this event.
    #[expect(
        clippy::unnecessary_box_returns,
        reason = "errors are boxed, so that a `RunResult` without one stays small"
    )]
    pub(super) fn refuse(&mut self, template: &'a RefusalTemplate) -> Box<Refused<'a>> {
        match self.text(&template.words, &template.origin) {
            Ok(message) => Box::new(Refused {
                message: message.to_owned(),
                kind: template.kind,
                origin: Some(&template.origin),
            }),
            // The message itself could not be evaluated: that is the mapping's mistake, and the one to report.
            Err(refused) => refused,
        }
    }
}

/// A refusal for a mistake of the mapping that only this event shows.
#[expect(
    clippy::unnecessary_box_returns,
    reason = "errors are boxed, so that a `RunResult` without one stays small"
)]
pub(super) fn mapping_error(origin: &Origin, message: String) -> Box<Refused<'_>> {
    Box::new(Refused { message, kind: RefusalKind::Configuration, origin: Some(origin) })
}

/// A refusal for what the event contains, at the place of the mapping that cannot take it.
#[expect(
    clippy::unnecessary_box_returns,
    reason = "errors are boxed, so that a `RunResult` without one stays small"
)]
pub(in crate::run) fn event_error(origin: &Origin, message: String) -> Box<Refused<'_>> {
    Box::new(Refused { message, kind: RefusalKind::Instrumentation, origin: Some(origin) })
}
