//! The plan: a mapping with all names, paths, operators and constants resolved. Plain data that can be printed.

mod constant;
mod draft;
mod endpoint;
mod paths;
mod refusal;
mod rule_index;
mod taint;
mod value;

pub use constant::{Constant, ConstantText, TooLarge};
pub(crate) use draft::Compilation;
pub use draft::Draft;
pub(crate) use endpoint::{ComponentEncoding, EndpointLayout, HostClaim, UrlComponent, is_delimiter};
pub use paths::{PathId, Paths};
pub use refusal::RefusalKind;
pub(crate) use rule_index::EqualityTest;
pub use rule_index::{RuleIndex, RuleKey};
pub use taint::{LocalTaints, SettingNames, Taint, TaintLevel, Taints};
pub(crate) use taint::{PlanParts, secret_messages};
pub use value::{
    Condition, Dependencies, ElementId, EmptyValues, Expr, ExprKind, Keys, MAX_ELEMENTS, Member, Source,
    Step, Subpath, Template, TemplateKind, TemplatePart, Test, ValueRule, Variable,
};

use crate::request::BodyFormat;
use crate::source::Span;

/// A mapping without errors, ready to run: what the draft has. It is immutable and can be shared between threads.
#[derive(Debug)]
pub struct Plan {
    /// Private, so that only [`Draft::finish`] makes a plan.
    draft: Draft,
    /// `{}`: the event while there is none.
    pub(crate) empty_event: crate::json::OwnedDocument,
}

impl std::ops::Deref for Plan {
    type Target = Draft;

    fn deref(&self) -> &Draft {
        &self.draft
    }
}

/// The index of a rule, in the order of the file.
pub type RuleId = usize;

/// Where a value or a rule is written.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Its address, such as `shop/identify/body.created_at`.
    pub address: Box<str>,
    /// Where it is written.
    pub span: Span,
}

/// An error that the mapping raises, with a message by its author or a standard one.
#[derive(Debug)]
pub struct RefusalTemplate {
    /// The message.
    pub words: Template,
    /// Whether the event or the settings are at fault.
    pub kind: RefusalKind,
    /// Where it is written.
    pub origin: Origin,
}

/// A setting of a destination, filled in by a user.
#[derive(Debug)]
pub struct Setting {
    pub(crate) name: Box<str>,
    pub(crate) required: Option<RefusalTemplate>,
    pub(crate) one_of: Option<Box<[Constant]>>,
    pub(crate) kind: Option<crate::value::Kind>,
    /// The error when the value is not one of `one_of`, or not of the type `kind`.
    pub(crate) invalid: RefusalTemplate,
    /// Whether `invalid` is the standard message; then what is allowed and what came is said instead.
    pub(crate) standard_message: bool,
    pub(crate) default: Option<Constant>,
    /// Whether it is not secret, so that messages and traces may contain it.
    pub(crate) public: bool,
}

/// A change of the event before the rules run.
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
    /// Whether it is cheaper to write the value wherever it is used than to build and store it.
    pub(crate) inline: bool,
}

/// An entry of `rules:`.
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
    /// Refuses the event with an error.
    Fail(RefusalTemplate),
    /// Filters the event out without an error, with a reason.
    Drop(Option<RefusalTemplate>),
}

/// The method of a request. An event never chooses it.
#[derive(Debug)]
pub enum Method {
    /// A constant.
    Constant(Box<str>),
    /// A setting that is one of the methods, with its path as written.
    Setting(Expr, Box<str>),
}

/// A request.
#[derive(Debug)]
pub struct Request {
    pub(crate) when: Option<Condition>,
    pub(crate) for_each: Option<Expr>,
    /// What `as:` names.
    pub(crate) element: Option<ElementId>,
    pub(crate) method: Method,
    pub(crate) endpoint: Expr,
    pub(crate) endpoint_layout: EndpointLayout,
    /// The error when the endpoint, or a value inserted in it, is missing.
    pub(crate) no_endpoint: RefusalTemplate,
    pub(crate) label: Option<Expr>,
    pub(crate) headers: Option<Expr>,
    /// Whether the names of the headers are constants, which have been checked.
    pub(crate) header_names_constant: bool,
    pub(crate) params: Option<Expr>,
    pub(crate) body: Option<Expr>,
    pub(crate) format: BodyFormat,
    pub(crate) user: Option<Expr>,
}
