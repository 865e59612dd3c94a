//! Facts that the analysis passes to visitors.

use crate::abstract_value::{AbstractValue, Case};
use crate::ops::Operator;
use crate::source::Span;
use crate::syntax::{Rule, Text};
use crate::template::Reference;
use crate::value::Kinds;

/// A position that accepts only some kinds of values.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ValuePosition {
    /// The input of `only` or `except`; contains the key.
    FilterKeys(&'static str),
    /// A layer of `merge`.
    MergeLayer,
    /// A part of a request: its key, and the kinds that can be sent.
    Part(&'static str, Kinds),
    /// A part of a request that is text; contains its description for messages.
    TextPart(&'static str),
    /// A value inside `{{ … }}`.
    Template,
}

/// Why an operator's input is never useful to it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Misuse {
    /// A list or a map is given to an operator that produces text.
    ListIntoText,
    /// Encoded text is encoded again.
    EncodedTwice,
    /// A number of seconds is read as milliseconds.
    SecondsAsMillis,
    /// The operator is not meant for this kind.
    Kind,
}

/// A step with a constant argument, and its input and output.
pub(crate) struct StepOutput<'a> {
    pub(crate) row: &'a Operator,
    /// The span of the argument.
    pub(crate) argument: Span,
    pub(crate) input: &'a AbstractValue,
    pub(crate) output: &'a AbstractValue,
}

/// A constant that a path is compared with.
pub(crate) struct Compared<'a> {
    pub(crate) path: &'a Text,
    /// The case that the text at the path always has.
    pub(crate) case: Option<Case>,
    /// The constant.
    pub(crate) text: &'a str,
    /// The constant in the case that it would need in order to match.
    pub(crate) expected: String,
    /// The span of the constant.
    pub(crate) span: Span,
    /// The span of its text, if a fix can replace it.
    pub(crate) exact: Option<Span>,
    /// The event types, if the path is the event type.
    pub(crate) types: Option<&'static [&'static str]>,
}

/// The result of a test that is the same for every event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    /// No possible value passes.
    Never,
    /// Every possible value passes.
    Always,
}

/// The part of an address in which a value is inserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EndpointPosition {
    Start,
    Host,
    Path,
}

/// A `{{ … }}` in an address.
pub(crate) struct EndpointHole<'a> {
    /// The template, and the rule whose request it belongs to.
    pub(crate) text: &'a Text,
    pub(crate) rule: &'a Rule,
    /// The inserted reference, and its span.
    pub(crate) reference: &'a Reference,
    pub(crate) span: Span,
    pub(crate) position: EndpointPosition,
    /// What is known of the value after the filters.
    pub(crate) known: &'a AbstractValue,
    /// Whether there are filters.
    pub(crate) filtered: bool,
    /// Whether it is a field that is put together from constants and values, which are parts of the address themselves.
    pub(crate) composed: bool,
    /// Whether the value may be missing both before and after the filters; `false` for local variables.
    pub(crate) missing: bool,
}
