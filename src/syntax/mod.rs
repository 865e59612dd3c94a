//! The syntax tree of a mapping: every key and value with its span, names not yet resolved.
//!
//! [`load`] reads a file with everything it extends and includes. It continues after an error and reports all of them.

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
mod wrong_file;
mod yaml;

use condition::condition;
pub use load::{Files, load};
pub(crate) use section::{CONTRACT, keys as section_keys};
pub use step::{Argument, Step};
pub use test::{Test, TestKind};
pub(crate) use value::{MODIFIERS, VERBS};
pub(crate) use visit::*;
pub use yaml::{Entry, Style, Yaml, YamlValue};
pub(crate) use yaml::{Gaps, comments, parse as parse_yaml};

use crate::source::{FileId, Span, Spanned};

/// Text with its span.
pub type Name = Spanned<String>;

/// Text that is parsed later: a path, a template or a pattern.
#[derive(Clone, Debug)]
pub struct Text {
    /// The text, with YAML's quotes and escapes resolved.
    #[expect(clippy::struct_field_names, reason = "the type is named after this field")]
    pub text: String,
    /// The whole scalar, quotes included.
    pub span: Span,
    /// The text inside the quotes.
    pub inner: Span,
    /// Whether byte N of `text` is byte N of `inner` (no escapes, no folding).
    pub exact: bool,
}

impl Text {
    /// The span of a byte range of the text: exact where possible, otherwise the whole scalar.
    #[must_use]
    pub fn at(&self, range: std::ops::Range<usize>) -> Span {
        if self.exact { self.inner.inside(range) } else { self.span }
    }
}

/// A whole mapping, with `extends` and `include` applied.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// The file passed to [`load`].
    pub file: FileId,
    /// `destination:`, the first part of every address.
    pub destination: Name,
    /// `description:`.
    pub description: Option<Name>,
    /// `contract:`: what the destination accepts, read from the named file or written inline.
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
    /// `response:`; its shape is checked, but it is not executed yet.
    pub response: Option<Response>,
    /// What could not be read because of syntax errors.
    pub(crate) gaps: Gaps,
}

/// A named entry of `fields:`, `conditions:` or `transforms:`.
#[derive(Clone, Debug)]
pub struct Named<T> {
    /// The name.
    pub name: Name,
    /// The entry itself.
    pub node: T,
    /// Whether it came from an `include:`; an unused one is then not reported.
    pub included: bool,
}

/// One entry of `config:`: a setting that the user of the mapping provides.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its name.
    pub name: Name,
    /// `required:`: the error if it is missing or empty.
    pub required: Option<Required>,
    /// `one_of:`: the allowed constants.
    pub one_of: Option<(Span, Vec<Yaml>)>,
    /// `type:`: text, number, boolean, list or map.
    pub kind: Option<Name>,
    /// `error:`: the message if the value violates `one_of` or `type`.
    pub error: Option<Text>,
    /// `default:`: used if it is missing.
    pub default: Option<Yaml>,
    /// `secret:`: true by default; `false` allows traces to show it.
    pub secret: Option<Spanned<bool>>,
    /// `description:`.
    pub description: Option<Name>,
}

/// `required:`: `true` (a standard message) or the author's message.
#[derive(Clone, Debug)]
pub enum Required {
    /// `required: true`.
    Standard(Span),
    /// The author's message; it may be a template.
    Message(Text),
}

/// One entry of `prepare:`.
#[derive(Clone, Debug)]
pub struct Preparation {
    /// `when:`.
    pub when: Option<Condition>,
    /// `set:`.
    pub set: Vec<Assignment>,
}

/// `{ in: PATH, key: VALUE, to: VALUE }`: sets the key `key` of the map at `in` to `to`.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The path of the map to change; `$` is the event.
    pub target: Text,
    /// The key; it must evaluate to text.
    pub key: ValueNode,
    /// The new value.
    pub to: ValueNode,
}

/// A value.
#[derive(Clone, Debug)]
pub struct ValueNode {
    /// All of it.
    pub span: Span,
    /// What it is.
    pub kind: ValueKind,
}

/// The forms of a value.
#[derive(Clone, Debug)]
pub enum ValueKind {
    /// A constant scalar, or a literal `{}` or `[]`.
    Constant(Yaml),
    /// Text that begins with `$`.
    Path(Text),
    /// Text with `{{` or `{%`.
    Template(Text),
    /// A map of values; a key `when` in it is the condition of the map itself.
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

/// A map with one source verb and modifiers, which apply in the order of these fields.
#[derive(Clone, Debug)]
pub struct ValueRule {
    /// The verb's key.
    pub verb: Span,
    /// `when:`.
    pub when: Option<Condition>,
    /// The verb and its operands.
    pub source: ValueSource,
    /// `only:`: key names.
    pub only: Option<(Span, Vec<Name>)>,
    /// `except:`: key names.
    pub except: Option<(Span, Vec<Name>)>,
    /// `transform:`.
    pub transform: Vec<Step>,
    /// `template:` next to another verb: rendered with the source's value as `{{ value }}`.
    pub template: Option<Text>,
    /// `invalid:`: the error if a value was found but the pipeline rejected it.
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
    /// `for_each:`, `as:` and `make:`.
    ForEach(Box<ValueNode>, Option<Name>, Box<ValueNode>),
    /// `object:`: the members as they are, whatever their keys are called.
    Object(Vec<Member>),
}

/// A condition. One that could not be read is reported and becomes an empty [`ConditionKind::All`].
#[derive(Clone, Debug)]
pub struct Condition {
    /// All of it.
    pub span: Span,
    /// What it is.
    pub kind: ConditionKind,
}

/// The forms of a condition.
#[derive(Clone, Debug)]
pub enum ConditionKind {
    /// `$path`: the value is present.
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
    /// What it does. An action that could not be read is reported and becomes an [`Action::Drop`].
    pub action: Action,
}

/// `{ check: CONDITION, error: TEXT, kind: … }`.
#[derive(Clone, Debug)]
pub struct Check {
    /// The condition that must hold.
    #[expect(clippy::struct_field_names, reason = "named after its key")]
    pub check: Condition,
    /// The error if it does not; it may be a template.
    pub error: Text,
    /// `kind:`: instrumentation (default) or configuration.
    pub kind: Option<Name>,
}

/// What a rule does with its event.
#[derive(Clone, Debug)]
pub enum Action {
    /// `request:`: one request or several.
    Request(Vec<Request>),
    /// `fail:` with its message and `kind:`.
    Fail(Text, Option<Name>),
    /// `drop:`: the event is filtered out, with a reason (`drop: true` has none).
    Drop(Option<Text>),
}

/// A request, or the part that all requests share.
#[derive(Clone, Debug)]
pub struct Request {
    /// All of it.
    pub span: Span,
    /// `when:`.
    pub when: Option<Condition>,
    /// `for_each:`: one request per element.
    pub for_each: Option<ValueNode>,
    /// `as:`: another name of the element.
    pub element: Option<Name>,
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

/// `batch:`; read and checked, but not executed yet.
#[derive(Clone, Debug)]
#[expect(dead_code, reason = "batches are checked, but not executed yet")]
pub struct Batch {
    /// All of it.
    pub span: Span,
    /// `rules:`: the rules whose requests may be sent together; empty means all.
    pub rules: Vec<Name>,
    /// `max_items:`.
    pub max_items: Option<Spanned<u64>>,
    /// `max_bytes:`, of the wrapped body.
    pub max_bytes: Option<Spanned<u64>>,
    /// `max_item_bytes:`.
    pub max_item_bytes: Option<Spanned<u64>>,
    /// `max_item_error:`.
    pub max_item_error: Option<Text>,
    /// `items:`: the path of the list of items in the body of one request.
    pub items: Option<Text>,
    /// `wrap:`: the body of a batch, where `$items` is the list of items.
    pub wrap: Option<ValueNode>,
    /// `headers:`, of a batch.
    pub headers: Option<ValueNode>,
    /// `report_as_batched:`.
    pub report_as_batched: Option<Spanned<bool>>,
}

/// `response:`; read and checked, but not executed yet.
#[derive(Clone, Debug)]
pub struct Response {
    /// The values in it, so that the names they use can be checked.
    pub values: Vec<ValueNode>,
    /// The conditions in it.
    pub conditions: Vec<Condition>,
}
