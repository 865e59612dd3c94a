//! What `explain` reports about one event: the rules that were tried, and where every value of every request comes from.
//!
//! A [`Recorder`](recorder::Recorder) observes the run and records it as a tree, without influence on the run: the answers
//! are the same as without it. The run masks what is secret before the recorder sees it.

mod describe;
mod json;
mod recorder;
pub(crate) mod redact;
mod select;
mod shown_answer;
mod text;

pub use select::UnknownPath;
pub use shown_answer::{ShownAnswer, with_shown_answer};

use std::sync::Arc;

use crate::transform::Worker;

/// The replacement of a secret.
pub(crate) const HIDDEN: &str = "•••";

/// The record of one event: how it led to its answers.
pub struct Trace {
    /// The number of the input line, from 1.
    line: u64,
    /// Preparations, rules, checks and requests, in the order in which they were evaluated.
    steps: Vec<TraceNode>,
    /// The fields that were evaluated, in that order.
    fields: Vec<TraceNode>,
    /// The answer lines, with secrets hidden.
    answers: Vec<String>,
    /// The answer lines, unchanged.
    bytes: Vec<u8>,
}

/// One thing that was evaluated.
#[derive(Clone, Debug)]
struct TraceNode {
    role: Role,
    /// Its name within the node that contains it: the part of a request, the key of a map, an operator, a rule.
    label: String,
    address: String,
    file: String,
    line: usize,
    column: usize,
    /// The first line of its text in the mapping; the description of a condition.
    written: String,
    /// The field that it refers to.
    field: Option<String>,
    /// The input of an operator, or the value that a condition tested.
    input: Option<TraceValue>,
    value: TraceValue,
    /// What was evaluated for it.
    children: Vec<TraceNode>,
}

/// What a node represents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Preparation,
    Rule,
    Check,
    Request,
    Value,
    Field,
    /// `{{ … }}` in a template.
    Placeholder,
    /// An operator, or `only`, `except`, `template` beside a source.
    Step,
    Condition,
}

impl Role {
    /// Its name in JSON.
    fn name(self) -> &'static str {
        match self {
            Self::Preparation => "prepare",
            Self::Rule => "rule",
            Self::Check => "check",
            Self::Request => "request",
            Self::Value => "value",
            Self::Field => "field",
            Self::Placeholder => "placeholder",
            Self::Step => "step",
            Self::Condition => "condition",
        }
    }
}

/// The result of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
enum TraceValue {
    /// None: the event was refused before the node had a result.
    Refused,
    /// The value is missing.
    Missing,
    /// The value as JSON, with secrets hidden.
    Json(String),
}

impl TraceValue {
    fn json(&self) -> Option<&str> {
        match self {
            Self::Json(json) => Some(json),
            Self::Refused | Self::Missing => None,
        }
    }

    fn is_true(&self) -> bool {
        self.json() == Some("true")
    }
}

impl TraceNode {
    /// Its children of one role.
    fn of(&self, role: Role) -> impl Iterator<Item = &TraceNode> {
        self.children.iter().filter(move |node| node.role == role)
    }

    /// Whether its value is missing because its `when` is false.
    fn skipped(&self) -> bool {
        self.children
            .last()
            .is_some_and(|last| last.role == Role::Condition && last.value.json() == Some("false"))
    }
}

/// Runs one line, like [`Worker::line`], and records how it leads to its answers.
#[must_use]
pub fn explain(worker: &mut Worker, number: u64, line: &[u8]) -> Trace {
    let plan = Arc::clone(worker.plan());
    let mut recorder = recorder::Recorder::new(&plan);
    let mut bytes = Vec::new();
    let answer = worker.observed(number, line, &mut bytes, &mut recorder);
    let answers = recorder.masked(&answer);
    let (steps, fields) = recorder.finish();
    Trace { line: number, steps, fields, answers, bytes }
}

impl std::fmt::Debug for Trace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text(false, 200))
    }
}

impl Trace {
    /// Whether the answer lines of the recorded run are exactly these.
    #[must_use]
    pub fn gives(&self, answers: &[u8]) -> bool {
        self.bytes == answers
    }

    /// The answer lines, with secrets hidden.
    pub fn answers(&self) -> impl Iterator<Item = &str> {
        self.answers.iter().map(String::as_str)
    }

    fn of(&self, role: Role) -> impl Iterator<Item = &TraceNode> {
        self.steps.iter().filter(move |node| node.role == role)
    }

    fn field(&self, name: &str) -> Option<&TraceNode> {
        self.fields.iter().find(|field| field.label == name)
    }
}
