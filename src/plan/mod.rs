//! What runs: a mapping with every name, path, operator and constant resolved. Plain data that can be printed.

mod condition;
mod constant;
mod draft;
mod paths;
mod refusal;
mod rule_index;
mod template;
mod value;

pub use condition::{Condition, Test};
pub use constant::{Constant, ConstantText, TooLarge};
pub(crate) use draft::Draft;
pub use paths::{PathId, Paths};
pub use refusal::RefusalKind;
pub(crate) use rule_index::EqualityTest;
pub use rule_index::{RuleIndex, RuleKey};
pub use template::{Template, TemplateKind, TemplatePart};
pub use value::{Dependencies, Expr, ExprKind, Keys, Member, Source, Step, Subpath, ValueRule, Variable};

use crate::request::BodyFormat;
use crate::source::{Sources, Span};

/// A mapping, ready to run. Share it among threads; it never changes.
#[derive(Debug)]
pub struct Plan {
    pub(crate) destination: Box<str>,
    pub(crate) description: Option<Box<str>>,
    pub(crate) sources: Sources,
    pub(crate) settings: Box<[Setting]>,
    pub(crate) prepare: Box<[Preparation]>,
    pub(crate) fields: Box<[Field]>,
    pub(crate) conditions: Box<[Condition]>,
    /// Their names.
    pub(crate) condition_names: Box<[Box<str>]>,
    pub(crate) paths: Paths,
    /// Values that need only the settings: computed once for them.
    pub(crate) precomputed: Box<[Expr]>,
    pub(crate) rules: Box<[Rule]>,
    pub(crate) rule_index: RuleIndex,
    /// The whole file: where nothing more exact is known.
    pub(crate) file_origin: Origin,
    /// `{}`: the event while there is none.
    pub(crate) empty_event: crate::json::OwnedDocument,
    /// Private, so that only [`Draft::finish`] makes a plan.
    _checked: (),
}

/// The number of a rule in the order of the file.
pub type RuleId = usize;

/// Where a value or a rule comes from: its address and its place.
#[derive(Clone, Debug)]
pub struct Origin {
    /// `shop/identify/body.created_at`
    pub address: Box<str>,
    /// Where it is written.
    pub span: Span,
}

/// An error that the mapping raises by its author's will.
#[derive(Debug)]
pub struct RefusalTemplate {
    /// The text.
    pub words: Template,
    /// Whose fault it is.
    pub kind: RefusalKind,
    /// Where it stands.
    pub origin: Origin,
}

/// A setting that a person fills in.
#[derive(Debug)]
pub struct Setting {
    pub(crate) name: Box<str>,
    pub(crate) required: Option<RefusalTemplate>,
    pub(crate) one_of: Option<Box<[Constant]>>,
    pub(crate) kind: Option<crate::value::Kind>,
    /// The error when `one_of` or `type` does not hold.
    pub(crate) invalid: RefusalTemplate,
    pub(crate) default: Option<Constant>,
    /// Whether it may be shown.
    pub(crate) public: bool,
}

/// A change of the event before anything else.
#[derive(Debug)]
pub struct Preparation {
    pub(crate) when: Option<Condition>,
    pub(crate) set: Box<[Assignment]>,
}

/// Puts `to` under the key `key` of the map at `target`.
#[derive(Debug)]
pub struct Assignment {
    pub(crate) target: Expr,
    pub(crate) key: Expr,
    pub(crate) to: Expr,
}

/// An entry of `fields:`.
#[derive(Debug)]
pub struct Field {
    pub(crate) name: Box<str>,
    pub(crate) expr: Expr,
    /// Cheaper to write again where it is used than to build and keep.
    pub(crate) inline: bool,
}

/// A rule.
#[derive(Debug)]
pub struct Rule {
    pub(crate) name: Box<str>,
    pub(crate) origin: Origin,
    pub(crate) when: Option<Condition>,
    pub(crate) require: Box<[(Condition, RefusalTemplate)]>,
    pub(crate) action: Action,
}

/// What a rule does.
#[derive(Debug)]
pub enum Action {
    /// Makes requests.
    Request(Box<[Request]>),
    /// Refuses the event.
    Fail(RefusalTemplate),
    /// Filters the event without an error, with a reason.
    Drop(Option<Template>),
}

/// A request.
#[derive(Debug)]
pub struct Request {
    pub(crate) when: Option<Condition>,
    pub(crate) for_each: Option<Expr>,
    pub(crate) method: Box<str>,
    pub(crate) endpoint: Expr,
    /// The error when the endpoint, or a part of it, is missing.
    pub(crate) no_endpoint: RefusalTemplate,
    pub(crate) label: Option<Expr>,
    pub(crate) headers: Option<Expr>,
    pub(crate) params: Option<Expr>,
    pub(crate) body: Option<Expr>,
    pub(crate) format: BodyFormat,
    pub(crate) user: Option<Expr>,
}
