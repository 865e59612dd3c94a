//! A mapping as its author wrote it: every key and value with its place, names still text.
//!
//! [`load`] reads a file with everything it extends and includes. It reads on after an error and reports all.

mod condition;
mod file;
mod load;
pub mod names;
mod overlay;
mod request;
mod rule_order;
mod scalars;
mod section;
mod step;
mod test;
#[cfg(test)]
mod tests;
mod value;
mod visit;
mod yaml;

use condition::condition;
pub use load::{Files, load};
pub(crate) use section::keys as section_keys;
pub use step::{Argument, Step};
pub use test::{Test, TestKind};
pub(crate) use value::{MODIFIERS, VERBS};
pub(crate) use visit::*;
pub use yaml::{Entry, Style, Yaml, YamlValue};
pub(crate) use yaml::{Gaps, comments, parse as tree};

use crate::source::{FileId, Span, Spanned};

/// Text with its place.
pub type Name = Spanned<String>;

/// Text that holds something to parse (a path, a template, a pattern).
#[derive(Clone, Debug)]
pub struct Text {
    /// The text, after YAML's quotes and escapes.
    #[expect(clippy::struct_field_names, reason = "the text of a text")]
    pub text: String,
    /// The whole scalar, quotes included.
    pub span: Span,
    /// The text inside the quotes.
    pub inner: Span,
    /// Whether byte N of `text` is byte N of `inner` (no escapes, no folding).
    pub exact: bool,
}

impl Text {
    /// The place of a range of bytes of the text: exact where that is possible, else the whole scalar.
    #[must_use]
    pub fn at(&self, range: std::ops::Range<usize>) -> Span {
        if self.exact { self.inner.inside(range) } else { self.span }
    }
}

/// A whole mapping after `extends` and `include`.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// The file that was asked for.
    pub file: FileId,
    /// `destination:`, the first part of every address.
    pub destination: Name,
    /// `description:`.
    pub description: Option<Name>,
    /// `contract:`: what the destination accepts, the file or the map that was named.
    pub contract: Option<Yaml>,
    /// `config:`.
    pub config: Vec<Setting>,
    /// `prepare:`.
    pub prepare: Vec<Preparation>,
    /// `fields:`, in the order written; included ones first.
    pub fields: Vec<Named<ValueNode>>,
    /// `conditions:`.
    pub conditions: Vec<Named<Condition>>,
    /// `transforms:`.
    pub transforms: Vec<Named<Vec<Step>>>,
    /// `request:` shared by all rules.
    pub request: Option<Request>,
    /// `rules:`.
    pub rules: Vec<Rule>,
    /// `batch:`.
    pub batch: Option<Batch>,
    /// `response:`, checked for its shape and kept for a later use.
    pub response: Option<Response>,
    /// What is missing of all this because of syntax errors.
    pub(crate) gaps: Gaps,
}

/// Something an author gave a name.
#[derive(Clone, Debug)]
pub struct Named<T> {
    /// The name.
    pub name: Name,
    /// What is named.
    pub node: T,
    /// Whether it came from an `include:` (an unused one is then no finding).
    pub included: bool,
}

/// One entry of `config:`: a setting that a person fills in.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its name.
    pub name: Name,
    /// `required:`: the error when it is missing or empty.
    pub required: Option<Required>,
    /// `one_of:`: the constants that are allowed.
    pub one_of: Option<(Span, Vec<Yaml>)>,
    /// `type:`: text, number, boolean, list or map.
    pub kind: Option<Name>,
    /// `error:`: the text when `one_of` or `type` does not hold.
    pub error: Option<Text>,
    /// `default:`: used when it is missing.
    pub default: Option<Yaml>,
    /// `secret:`: true by default; `false` lets it be shown in traces.
    pub secret: Option<Spanned<bool>>,
    /// `description:`.
    pub description: Option<Name>,
}

/// `required:`: `true` (a standard text) or the author's text.
#[derive(Clone, Debug)]
pub enum Required {
    /// `required: true`.
    Standard(Span),
    /// The author's text; it may be a template.
    Words(Text),
}

/// One entry of `prepare:`.
#[derive(Clone, Debug)]
pub struct Preparation {
    /// `when:`.
    pub when: Option<Condition>,
    /// `set:`.
    pub set: Vec<Assignment>,
}

/// `{ in: PATH, key: VALUE, to: VALUE }`: puts `to` under the key `key` of the map at `in`.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The map that is changed; `$` is the event.
    pub target: Text,
    /// The key, a value that gives text.
    pub key: ValueNode,
    /// The new value.
    pub to: ValueNode,
}

/// A value as written.
#[derive(Clone, Debug)]
pub struct ValueNode {
    /// All of it.
    pub span: Span,
    /// What it is.
    pub kind: ValueKind,
}

/// The ways to write a value.
#[derive(Clone, Debug)]
pub enum ValueKind {
    /// A constant scalar, or `{}` or `[]` written as such.
    Constant(Yaml),
    /// Text that begins with `$`.
    Path(Text),
    /// Text with `{{` or `{%`.
    Template(Text),
    /// A map of values; `when` belongs to the map itself when a key `when` stands in it.
    Map(Vec<Member>, Option<Condition>),
    /// A JSON list.
    List(Vec<ValueNode>),
    /// A map with one source verb.
    Rule(Box<ValueRule>),
}

/// One key of a map of values.
#[derive(Clone, Debug)]
pub struct Member {
    /// The key.
    pub key: Name,
    /// The value.
    pub value: ValueNode,
}

/// A map with one source verb and modifiers, which apply in the order of the fields here.
#[derive(Clone, Debug)]
pub struct ValueRule {
    /// The verb's key.
    pub verb: Span,
    /// `when:`.
    pub when: Option<Condition>,
    /// The verb and what it works on.
    pub source: ValueSource,
    /// `only:`: key names.
    pub only: Option<(Span, Vec<Name>)>,
    /// `except:`: key names.
    pub except: Option<(Span, Vec<Name>)>,
    /// `transform:`.
    pub transform: Vec<Step>,
    /// `template:` beside another verb: applied with `{{ value }}`.
    pub template: Option<Text>,
    /// `invalid:`: the error when something was found and the pipeline rejected it.
    pub invalid: Option<Text>,
    /// `default:`.
    pub default: Option<(Span, ValueNode)>,
    /// `required:`.
    pub required: Option<(Span, Required)>,
    /// `keep_empty:`.
    pub keep_empty: Option<Spanned<bool>>,
}

/// The source verbs.
#[derive(Clone, Debug)]
pub enum ValueSource {
    /// `from:`: the first present one.
    From(Vec<ValueNode>),
    /// `literal:`.
    Literal(Yaml),
    /// `template:` alone.
    Template(Text),
    /// `merge:`.
    Merge(Vec<ValueNode>),
    /// `concat:`.
    Concat(Vec<ValueNode>),
    /// `for_each:` and `make:`.
    ForEach(Box<ValueNode>, Box<ValueNode>),
    /// `object:`: the members as they are, whatever their keys are called.
    Object(Vec<Member>),
}

/// A condition as written. One that could not be read is a finding, and an empty [`ConditionKind::All`] here.
#[derive(Clone, Debug)]
pub struct Condition {
    /// All of it.
    pub span: Span,
    /// What it is.
    pub kind: ConditionKind,
}

/// The ways to write a condition.
#[derive(Clone, Debug)]
pub enum ConditionKind {
    /// `$path`: is present.
    Present(Text),
    /// A bare word: a named condition.
    Named(Name),
    /// A list, `all:`, or a map with several keys.
    All(Vec<Condition>),
    /// `any:`.
    Any(Vec<Condition>),
    /// `not:`.
    Not(Box<Condition>),
    /// `$path: test`.
    Test(Text, Test),
}

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// `name:`.
    pub name: Name,
    /// `when:`.
    pub when: Option<Condition>,
    /// `require:`.
    pub require: Vec<Check>,
    /// What it does. When that could not be read it is a finding, and a [`Action::Drop`] here.
    pub action: Action,
}

/// `{ check: CONDITION, error: TEXT, kind: … }`.
#[derive(Clone, Debug)]
pub struct Check {
    /// The condition that must hold.
    #[expect(clippy::struct_field_names, reason = "the key is called so")]
    pub check: Condition,
    /// The error when it does not; may be a template.
    pub error: Text,
    /// `kind:`: instrumentation (default) or configuration.
    pub kind: Option<Name>,
}

/// What a rule does with its event.
#[derive(Clone, Debug)]
pub enum Action {
    /// `request:`: one or several.
    Request(Vec<Request>),
    /// `fail:` with its text and `kind:`.
    Fail(Text, Option<Name>),
    /// `drop:`: filtered, with a reason (`drop: true` has none).
    Drop(Option<Text>),
}

/// A request, or the part of one that all rules share.
#[derive(Clone, Debug)]
pub struct Request {
    /// All of it.
    pub span: Span,
    /// `when:`.
    pub when: Option<Condition>,
    /// `for_each:`: one request for each element.
    pub for_each: Option<ValueNode>,
    /// `method:`.
    pub method: Option<Name>,
    /// `endpoint:`.
    pub endpoint: Option<ValueNode>,
    /// `label:`: the endpoint without its variable parts.
    pub label: Option<ValueNode>,
    /// `headers:`.
    pub headers: Option<ValueNode>,
    /// `params:`.
    pub params: Option<ValueNode>,
    /// `body:`.
    pub body: Option<ValueNode>,
    /// `format:`: json (default), `json_array` or form.
    pub format: Option<Name>,
    /// `user:`.
    pub user: Option<ValueNode>,
}

/// `batch:`, read and checked; running it is a later matter.
#[derive(Clone, Debug)]
#[expect(dead_code, reason = "the limits of a batch are read and checked; batches do not run yet")]
pub struct Batch {
    /// All of it.
    pub span: Span,
    /// `rules:`: the rules whose requests may be sent together; none named = all.
    pub rules: Vec<Name>,
    /// `max_items:`.
    pub max_items: Option<Spanned<u64>>,
    /// `max_bytes:` of the wrapped body.
    pub max_bytes: Option<Spanned<u64>>,
    /// `max_item_bytes:`.
    pub max_item_bytes: Option<Spanned<u64>>,
    /// `max_item_error:`.
    pub max_item_error: Option<Text>,
    /// `items:`: the list of items inside one request's body.
    pub items: Option<Text>,
    /// `wrap:`: the body of a batch, `$items` being the items.
    pub wrap: Option<ValueNode>,
    /// `headers:` of a batch.
    pub headers: Option<ValueNode>,
    /// `report_as_batched:`.
    pub report_as_batched: Option<Spanned<bool>>,
}

/// `response:`, read and checked; running it is a later matter.
#[derive(Clone, Debug)]
pub struct Response {
    /// Values and conditions found in it, so that their names are checked.
    pub values: Vec<ValueNode>,
    /// Conditions found in it.
    pub conditions: Vec<Condition>,
}
