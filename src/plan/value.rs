//! Values, conditions and templates of a plan. They contain each other.

use super::{Constant, ConstantText, Origin, PathId, RefusalTemplate};
use crate::ops::{Operation, Operator};
use crate::path;
use crate::predicate::{Comparison, Predicate};
use crate::template::{Logic, Reference};

/// A value to be computed for an event.
#[derive(Debug)]
pub struct Expr {
    /// How it is computed.
    pub(crate) kind: ExprKind,
    /// Where it is written.
    pub(crate) origin: Origin,
}

/// How a value is computed.
#[derive(Debug)]
pub enum ExprKind {
    /// A constant.
    Constant(Constant),
    /// A singular path on the event: names and indexes only.
    Event(PathId),
    /// A query on the part of the event at the path; its value is the list of matches.
    EventQuery(PathId, Box<path::Query>),
    /// A variable, a singular path below it, and a query on the result.
    Named(Variable, Subpath, Option<Box<path::Query>>),
    /// Text with values inserted.
    Template(Template),
    /// A map, computed if the condition holds; missing when it has members and all of them are missing.
    Map(Option<Box<Condition>>, Box<[Member]>),
    /// A list; missing elements are omitted.
    List(Box<[Expr]>),
    /// A source verb with modifiers.
    Rule(Box<ValueRule>),
    /// Depends on the settings only: entry N of [`super::Plan::precomputed`].
    Precomputed(usize),
}

/// A singular path below a variable.
#[derive(Debug, Default)]
pub struct Subpath {
    /// The names and indexes.
    pub(crate) steps: Box<[path::Segment]>,
    /// Its id if the variable is a field: such paths are resolved once per event.
    pub(crate) path: Option<PathId>,
}

impl std::ops::Deref for Subpath {
    type Target = [path::Segment];

    fn deref(&self) -> &[path::Segment] {
        &self.steps
    }
}

/// How many named elements of `for_each` enclose the one that this is; less than [`MAX_ELEMENTS`].
pub type ElementId = usize;
/// Maximum number of elements that have a name at the same place.
pub const MAX_ELEMENTS: usize = 8;

/// What a path can start from, besides the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variable {
    Field(usize),
    Config,
    Connection,
    Metadata,
    Item,
    /// What `as:` names.
    Element(ElementId),
    Value,
    /// A variable of `batch:` or `response:`, which do not run yet.
    Later,
}

/// What a value depends on. A value that depends on nothing but the settings is computed once per settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "a set of independent facts")]
pub struct Dependencies {
    /// The event, its metadata or its connection.
    pub event: bool,
    /// `$item` or `$value`.
    pub local: bool,
    /// The settings.
    pub config: bool,
    /// Not a dependency: the value may refuse the event (`required`, `invalid`).
    pub refuses: bool,
}

impl Dependencies {
    /// The dependencies of either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            event: self.event || other.event,
            local: self.local || other.local,
            config: self.config || other.config,
            refuses: self.refuses || other.refuses,
        }
    }
}

/// One key of a map.
#[derive(Debug)]
pub struct Member {
    pub(crate) key: Box<str>,
    /// `"key":`, serialized.
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
    pub(crate) empty: EmptyValues,
}

impl ValueRule {
    /// Whether the value is that of its source, unchanged.
    pub(crate) fn is_bare(&self) -> bool {
        self.only.is_none() && self.except.is_none() && self.steps.is_empty() && self.template.is_none()
    }
}

/// Which values of a rule count as missing, as `keep_empty:` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum EmptyValues {
    /// Null and `""`, as for any value.
    #[default]
    Default,
    /// None of them.
    Kept,
    /// Null, `""`, `[]` and `{}`.
    Missing,
}

/// The source verbs.
#[derive(Debug)]
pub enum Source {
    /// `from:`: the first value that is present.
    First(Box<[Expr]>),
    /// `literal:` and `template:` alone.
    Just(Expr),
    /// `merge:`
    Merge(Box<[Expr]>),
    /// `concat:`
    Concat(Box<[Expr]>),
    /// `for_each:`, the element that `as:` names, and `make:`
    ForEach(Box<Expr>, Option<ElementId>, Box<Expr>),
}

impl Source {
    /// The alternatives of a source whose value is that of one of them; none for other sources.
    pub(crate) fn entries(&self) -> &[Expr] {
        match self {
            Self::First(entries) => entries,
            Self::Just(expr) => std::slice::from_ref(expr),
            Self::Merge(_) | Self::Concat(_) | Self::ForEach(..) => &[],
        }
    }
}

pub use crate::value::{Keys, Pattern};

/// One step of a pipeline.
#[derive(Debug)]
pub struct Step {
    pub(crate) operator: &'static Operator,
    pub(crate) operation: Box<dyn Operation>,
    /// The argument, if it is a value.
    pub(crate) argument: Option<Expr>,
    /// The argument, if it is a pipeline.
    pub(crate) pipeline: Box<[Step]>,
    /// The argument, if it is a test.
    pub(crate) test: Option<Test>,
    pub(crate) origin: Origin,
}

/// A condition.
#[derive(Debug)]
pub enum Condition {
    /// The value is present.
    Present(Expr),
    /// The value passes the test.
    Test(Expr, Test),
    /// Entry N of [`super::Plan::conditions`].
    Named(usize),
    /// All conditions hold.
    All(Box<[Condition]>),
    /// At least one condition holds.
    Any(Box<[Condition]>),
    /// The condition does not hold.
    Not(Box<Condition>),
}

/// A test of one value.
#[derive(Debug)]
pub enum Test {
    /// Equals the value.
    Equals(Expr),
    /// Equals one of the values.
    OneOf(Box<[Expr]>),
    /// Satisfies one of the predicates.
    Is(Box<[&'static Predicate]>),
    /// The test does not hold.
    Not(Box<Test>),
    /// The pattern matches the text, or a part of it.
    Matches(Pattern),
    /// The comparison with the value holds.
    Compared(&'static Comparison, Expr),
    /// The test holds for the number of elements, members or characters.
    Size(Box<Test>),
    /// The test holds for at least one element.
    Some(Box<Test>),
    /// The test holds for every element.
    Every(Box<Test>),
    /// All tests hold.
    All(Box<[Test]>),
}

/// Text with values inserted.
#[derive(Debug)]
pub struct Template {
    pub(crate) kind: TemplateKind,
}

/// How a template is rendered.
#[derive(Debug)]
pub enum TemplateKind {
    /// The parts are concatenated.
    Parts(Box<[TemplatePart]>),
    /// With logic: the template engine renders it, with these values for these references.
    Logic(Box<Logic>, Box<[(Reference, Expr)]>),
}

/// A part of a template without logic.
#[derive(Debug)]
pub enum TemplatePart {
    /// Constant text.
    Text(ConstantText),
    /// `{{ value | operator | … }}`, and the part that is rendered instead when the value is missing or empty (`or`).
    Value(Expr, Box<[Step]>, Option<Box<TemplatePart>>),
}

impl Template {
    /// Constant text.
    pub(crate) fn text(text: &str) -> Self {
        Self { kind: TemplateKind::Parts(Box::new([TemplatePart::Text(ConstantText::new(text))])) }
    }
}
