//! The meaning of an operator for the analyses: what is known about its output, given what is known about its input.

use super::{Args, Gives, Operator};
use crate::abstract_value::{AbstractValue, Constraint, Length, Range};
use crate::value::Kinds;

/// When the result is missing, with a description for the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Never: every kind is converted or returned unchanged.
    Never,
    /// Exactly for the kinds that are neither converted nor returned unchanged.
    OtherKinds(&'static str),
    /// Also for some values of the kinds that are converted.
    SomeValues(&'static str),
}

impl Missing {
    /// The description for the reference.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::OtherKinds(description) | Self::SomeValues(description) => description,
        }
    }
}

/// What the result reveals about a secret in the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secrecy {
    /// It contains the secret or a part of it.
    Kept,
    /// The secret cannot be derived from it, but a guess can be verified, so it must be hidden as well.
    OneWay,
    /// Nothing that must be hidden.
    Hidden,
}

impl Secrecy {
    /// Whether the result of a secret input must be hidden.
    #[must_use]
    pub fn is_secret(self) -> bool {
        self != Self::Hidden
    }
}

/// How text is encoded for use in a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlEncoding {
    /// As one segment of a path, or one value of a query.
    Component,
    /// As several segments of a path with `/` between them, or as it came: the mapping says that its slashes are meant.
    Path,
}

/// The type that the value of a [`super::ArgKind::Value`] must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueArg {
    /// Any value, or a type that is not checked before the run.
    Any,
    /// A number, or text that contains one.
    Number,
    /// The text of a path; a constant that looks like a path is then not suspicious.
    Path,
}

/// What is known about the arguments of a step.
#[derive(Clone, Copy, Debug)]
pub struct EffectArgs<'a> {
    /// The constant argument and the additional keys, as passed to [`Operator::build`].
    pub constant: Args<'a>,
    /// What is known about the [`super::ArgKind::Value`].
    pub value: Option<&'a AbstractValue>,
    /// What is known about a value that passes the [`super::ArgKind::Test`].
    pub test: Option<&'a Constraint>,
}

/// Refines what is known about the output. Its parameters are what is known about the arguments and the input, and the
/// output as it follows from the kinds in the row. The result must be true of every value.
pub type Effect = fn(&EffectArgs<'_>, &AbstractValue, AbstractValue) -> AbstractValue;

/// What the analyses need to know about an operator apart from its kinds. [`Meaning::PLAIN`] is the default.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "a set of independent facts")]
pub struct Meaning {
    /// Refines what is known about the output.
    pub effect: Effect,
    /// Its effect on secrets.
    pub secrecy: Secrecy,
    /// The kinds it is meant for, if it also converts others, and what it does to those, for a message.
    pub meant_for: Option<(Kinds, &'static str)>,
    /// Whether it reads text as a number, which loses leading zeros and the last digits of long identifiers.
    pub reads_numbers: bool,
    /// Whether its result has the keys of its input, or keys that the mapping writes.
    pub keeps_keys: bool,
    /// Whether its result is encoded for a URL if its input is.
    pub keeps_url_encoding: bool,
    /// Whether the mapping lists the keys of its result.
    pub lists_keys: bool,
    /// How its result is encoded for use in a URL, which should not be done twice.
    pub url_encoding: Option<UrlEncoding>,
    /// The type its value argument must have.
    pub value: ValueArg,
    /// The key of its argument that contains a regular expression.
    pub pattern: Option<&'static str>,
    /// Whether, with these arguments, it reads every number as milliseconds since 1970.
    pub reads_millis: fn(&Args<'_>) -> bool,
    /// When it refuses the event ([`super::Call::refuse`]), for the reference; `None` if never.
    pub refuses: Option<&'static str>,
}

impl Meaning {
    /// Nothing is known apart from the kinds.
    pub const PLAIN: Self = Self {
        effect: |_, _, output| output,
        secrecy: Secrecy::Kept,
        meant_for: None,
        reads_numbers: false,
        keeps_keys: false,
        keeps_url_encoding: false,
        lists_keys: false,
        url_encoding: None,
        value: ValueArg::Any,
        pattern: None,
        reads_millis: |_| false,
        refuses: None,
    };
}

impl Operator {
    /// The kinds it is meant for.
    #[must_use]
    pub fn meant_for(&self) -> Kinds {
        self.meaning.meant_for.map_or(self.takes, |(kinds, _)| kinds)
    }

    /// What is known about its output, given what is known about its input and its arguments.
    #[must_use]
    pub fn output(&self, args: &EffectArgs<'_>, input: &AbstractValue) -> AbstractValue {
        let (converted, unchanged_kinds) = (input.kinds.and(self.takes), input.kinds.and(self.keeps));
        let other = input.kinds.without(self.takes.or(self.keeps).or(Kinds::NULL));
        let missing = input.missing
            || match self.missing {
                Missing::Never => false,
                Missing::OtherKinds(_) => !other.is_empty(),
                Missing::SomeValues(_) => !other.is_empty() || !converted.is_empty(),
            };
        if converted.is_empty() && !unchanged_kinds.is_empty() {
            return AbstractValue { kinds: unchanged_kinds, missing, unchanged: true, ..input.clone() };
        }
        let produced = match self.gives {
            Gives::Kinds(_) if converted.is_empty() => Kinds::NONE,
            Gives::Kinds(kinds) => kinds,
            Gives::Same => converted,
        };
        let mut output = AbstractValue { missing, ..input.clone().into_kinds(produced.or(unchanged_kinds)) };
        // What is known about kinds that are returned unchanged remains known.
        if !unchanged_kinds.and(Kinds::TEXT).is_empty() && produced.and(Kinds::TEXT).is_empty() {
            let AbstractValue { encoded, case, length, .. } = *input;
            output = AbstractValue { encoded, case, length, ..output };
        }
        if !unchanged_kinds.and(Kinds::NUMBER).is_empty() && produced.and(Kinds::NUMBER).is_empty() {
            output = AbstractValue { range: input.range, unit: input.unit, ..output };
        }
        (self.meaning.effect)(args, input, output)
    }
}

/// The output of an operator that returns its input unchanged.
pub(super) fn unchanged(input: &AbstractValue, output: &AbstractValue) -> AbstractValue {
    let AbstractValue { kinds, missing, .. } = *output;
    AbstractValue { kinds, missing, unchanged: true, ..input.clone() }
}

/// The output of an operator that returns a part of a text no longer than `length`.
pub(super) fn part_of(input: &AbstractValue, output: AbstractValue, length: Length) -> AbstractValue {
    let text = input.kinds == Kinds::TEXT;
    AbstractValue {
        case: input.case.filter(|_| text),
        no_delimiter: input.no_delimiter,
        length: input.text_length().cut(length),
        ..output
    }
}

/// The range of the number that an operator reads from its input.
pub(super) fn read_range(input: &AbstractValue) -> Range {
    match input.kinds {
        Kinds::NUMBER => input.range,
        Kinds::BOOL => Range::between(0.0, 1.0),
        _ => Range::default(),
    }
}
