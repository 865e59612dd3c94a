//! Values of a plan.

use super::{Condition, Constant, Origin, PathId, RefusalTemplate, Template};
use crate::ops::{Operation, Operator};
use crate::path;

/// A value to be computed for an event.
#[derive(Debug)]
pub struct Expr {
    /// How.
    pub(crate) kind: ExprKind,
    /// Where it is written.
    pub(crate) origin: Origin,
}

/// The ways to a value.
#[derive(Debug)]
pub enum ExprKind {
    /// Always the same.
    Constant(Constant),
    /// Names and indexes on the event.
    Event(PathId),
    /// A path on the event that gives a list of hits.
    EventQuery(PathId, Box<path::Query>),
    /// Something named, and a path inside it.
    Named(Variable, Subpath, Option<Box<path::Query>>),
    /// Text with parts that are filled in.
    Template(Template),
    /// A map; missing when it has members and all are missing.
    Map(Option<Box<Condition>>, Box<[Member]>),
    /// A list; missing elements are left out.
    List(Box<[Expr]>),
    /// A source verb with modifiers.
    Rule(Box<ValueRule>),
    /// Depends on the settings only: entry N of [`super::Plan::precomputed`].
    Precomputed(usize),
}

/// Names and indexes from something named. Below a field it is a path of its own, walked once for an event.
#[derive(Debug, Default)]
pub struct Subpath {
    /// The steps.
    pub(crate) steps: Box<[path::Segment]>,
    /// Its number, below a field.
    pub(crate) path: Option<PathId>,
}

impl std::ops::Deref for Subpath {
    type Target = [path::Segment];

    fn deref(&self) -> &[path::Segment] {
        &self.steps
    }
}

/// What a path can start from, beside the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variable {
    Field(usize),
    Config,
    Connection,
    Metadata,
    Item,
    Value,
    /// Only in `batch:` and `response:`, which do not run yet.
    Later,
}

/// What a value looks at; a value that looks at nothing but the settings is computed once for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "a set of independent facts")]
pub struct Dependencies {
    /// The event, its metadata or its connection.
    pub event: bool,
    /// `$item` or `$value`.
    pub local: bool,
    /// The settings.
    pub config: bool,
    /// A setting that may not be shown.
    pub secret: bool,
    /// Nothing, but it may refuse the event (`required`, `invalid`).
    pub refuses: bool,
}

impl Dependencies {
    /// Both together.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            event: self.event || other.event,
            local: self.local || other.local,
            config: self.config || other.config,
            secret: self.secret || other.secret,
            refuses: self.refuses || other.refuses,
        }
    }
}

/// One key of a map.
#[derive(Debug)]
pub struct Member {
    pub(crate) key: Box<str>,
    /// `"key":`, serialised.
    pub(crate) head: Box<str>,
    pub(crate) value: Expr,
}

/// A source verb with its modifiers, in the order in which they apply.
#[derive(Debug)]
pub struct ValueRule {
    pub(crate) when: Option<Condition>,
    pub(crate) source: Source,
    pub(crate) only: Option<Keys>,
    pub(crate) except: Option<Keys>,
    pub(crate) steps: Box<[Step]>,
    pub(crate) template: Option<Template>,
    pub(crate) invalid: Option<RefusalTemplate>,
    pub(crate) default: Option<Expr>,
    pub(crate) required: Option<RefusalTemplate>,
    pub(crate) keep_empty: bool,
}

impl ValueRule {
    /// Whether the value is its source, whatever that is.
    pub(crate) fn is_bare(&self) -> bool {
        self.only.is_none() && self.except.is_none() && self.steps.is_empty() && self.template.is_none()
    }
}

/// The source verbs.
#[derive(Debug)]
pub enum Source {
    /// `from:`: the first present one.
    First(Box<[Expr]>),
    /// `literal:` and `template:` alone.
    Just(Expr),
    /// `merge:`
    Merge(Box<[Expr]>),
    /// `concat:`
    Concat(Box<[Expr]>),
    /// `for_each:` and `make:`
    ForEach(Box<Expr>, Box<Expr>),
}

pub use crate::value::Keys;

/// One step of a pipeline.
#[derive(Debug)]
pub struct Step {
    pub(crate) operator: &'static Operator,
    pub(crate) operation: Box<dyn Operation>,
    /// The value that is the argument, if it is one.
    pub(crate) argument: Option<Expr>,
    /// The pipeline that is the argument, if it is one.
    pub(crate) pipeline: Box<[Step]>,
    /// The test that is the argument, if it is one.
    pub(crate) test: Option<super::Test>,
    pub(crate) origin: Origin,
}
