//! What `explain` tells of one event: the rules that were tried, and how every value of every request came about.
//!
//! A `Recorder` is told by the run what it does and writes it down as a tree. Nothing here decides
//! anything of the event: the explained run gives the same answers as any other. Secret settings are masked on the way in.

mod json;
mod mask;
mod recorder;
pub(crate) mod redact;
mod secrecy;
mod select;
mod text;
mod words;

pub use select::Unknown;

use std::sync::Arc;

use crate::transform::Worker;

/// What stands in the place of a secret.
pub(crate) const HIDDEN: &str = "•••";

/// How one event came to its answers.
pub struct Trace {
    /// The number of the line.
    line: u64,
    /// Preparations, rules, checks and requests, in the order in which they were worked on.
    roots: Vec<TraceNode>,
    /// The fields that were computed, in that order.
    fields: Vec<TraceNode>,
    /// The answer lines, masked.
    answers: Vec<String>,
    /// The answer lines as they are.
    bytes: Vec<u8>,
}

/// One thing that the run worked on.
#[derive(Clone, Debug)]
struct TraceNode {
    role: Role,
    /// What it is called among its neighbours: the part of a request, the key of a map, an operator, a rule.
    label: String,
    address: String,
    file: String,
    line: usize,
    column: usize,
    /// What the mapping says there, or a condition in words.
    written: String,
    /// The field that it refers to.
    field: Option<String>,
    /// What an operator was given, or what a condition looked at.
    input: Option<End>,
    end: End,
    inside: Vec<TraceNode>,
}

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Preparation,
    Rule,
    Check,
    Request,
    Value,
    Field,
    /// `{{ … }}` in a template.
    Hole,
    /// An operator, or `only`, `except`, `template` beside a source.
    Step,
    Condition,
}

impl Role {
    fn word(self) -> &'static str {
        match self {
            Self::Preparation => "prepare",
            Self::Rule => "rule",
            Self::Check => "check",
            Self::Request => "request",
            Self::Value => "value",
            Self::Field => "field",
            Self::Hole => "placeholder",
            Self::Step => "step",
            Self::Condition => "condition",
        }
    }
}

/// How work on a node ended.
#[derive(Clone, Debug, PartialEq, Eq)]
enum End {
    /// The event was refused meanwhile.
    Refused,
    /// There is no value.
    Missing,
    /// The value as masked JSON.
    Json(String),
}

impl End {
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
    fn of(&self, role: Role) -> impl Iterator<Item = &TraceNode> {
        self.inside.iter().filter(move |node| node.role == role)
    }

    /// Whether its own `when` did not hold.
    fn skipped(&self) -> bool {
        self.inside
            .last()
            .is_some_and(|last| last.role == Role::Condition && last.end.json() == Some("false"))
    }
}

/// Runs one line (as [`Worker::line`] does) and writes down how it came to its answers.
#[must_use]
pub fn explain(worker: &mut Worker, number: u64, line: &[u8]) -> Trace {
    let plan = Arc::clone(worker.plan());
    let mut listener = recorder::Recorder::new(&plan);
    let mut bytes = Vec::new();
    worker.observed(number, line, &mut bytes, &mut listener);
    let lines = bytes.split_inclusive(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end);
    // What cannot be read is hidden.
    let answers = lines.map(|line| listener.masked(std::str::from_utf8(line).unwrap_or_default())).collect();
    let (roots, fields) = listener.finish();
    Trace { line: number, roots, fields, answers, bytes }
}

impl std::fmt::Debug for Trace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text(false, 200))
    }
}

impl Trace {
    /// Whether the explained run gave exactly these answer lines.
    #[must_use]
    pub fn gives(&self, answers: &[u8]) -> bool {
        self.bytes == answers
    }

    /// The answer lines, secrets masked.
    pub fn answers(&self) -> impl Iterator<Item = &str> {
        self.answers.iter().map(String::as_str)
    }

    fn of(&self, role: Role) -> impl Iterator<Item = &TraceNode> {
        self.roots.iter().filter(move |node| node.role == role)
    }

    fn field(&self, name: &str) -> Option<&TraceNode> {
        self.fields.iter().find(|field| field.label == name)
    }
}
