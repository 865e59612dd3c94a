//! Places that are told to visitors, with what is known there.

use crate::abstract_value::{AbstractValue, Case};
use crate::ops::Operator;
use crate::source::Span;
use crate::syntax::{Rule, Text};
use crate::template::Reference;
use crate::value::Kinds;

/// A position that takes only values of some kinds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ValuePosition {
    /// Before `only` or `except`, by its name.
    Keys(&'static str),
    /// A layer of `merge`.
    Layer,
    /// What `for_each` goes through.
    Each,
    /// A part of a request, by its name, and the kinds it can be sent as.
    Part(&'static str, Kinds),
    /// Text in a part of a request, in words.
    Flat(&'static str),
    /// `{{ … }}`.
    Template,
}

/// Why an operator can never do anything with its input.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Misuse {
    /// A list or a map where text is made.
    ListIntoText,
    /// Encoded text is encoded once more.
    EncodedTwice,
    /// A kind that it is not meant for.
    Kind,
}

/// A step with a constant argument: what it gets and what it makes.
pub(crate) struct StepOutput<'a> {
    pub(crate) row: &'a Operator,
    /// Where the argument stands.
    pub(crate) argument: Span,
    pub(crate) input: &'a AbstractValue,
    pub(crate) output: &'a AbstractValue,
}

/// A constant that a path is compared with.
pub(crate) struct Compared<'a> {
    pub(crate) path: &'a Text,
    /// The case that the text there always has.
    pub(crate) case: Option<Case>,
    /// The constant.
    pub(crate) words: &'a str,
    /// The constant in the case that it must have to be equal.
    pub(crate) meant: String,
    /// Where it stands.
    pub(crate) span: Span,
    /// Where its text stands when it can be replaced.
    pub(crate) exact: Option<Span>,
    /// The types of events when the path leads to one.
    pub(crate) types: Option<&'static [&'static str]>,
}

/// What is known of a test before any event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    /// It holds for no value that can be there.
    Never,
    /// It holds for all of them.
    Always,
}

/// Where in an address the next part stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EndpointPosition {
    Start,
    Host,
    Path,
}

/// `{{ … }}` in an address.
pub(crate) struct EndpointHole<'a> {
    /// The template, and the rule whose request it belongs to.
    pub(crate) text: &'a Text,
    pub(crate) rule: &'a Rule,
    /// What is filled in, and where it stands.
    pub(crate) reference: &'a Reference,
    pub(crate) span: Span,
    pub(crate) position: EndpointPosition,
    /// What is known of it.
    pub(crate) known: &'a AbstractValue,
    /// Whether it has filters.
    pub(crate) filtered: bool,
    /// Whether what the filters get holds text of the event.
    pub(crate) source_raw: bool,
    /// Whether a value of the mapping or the event may be missing, before and after the filters.
    pub(crate) missing: bool,
}
