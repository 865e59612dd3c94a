//! What an operator makes of what is known of its input: what analyses ask a row.

use super::{Args, Gives, Operator};
use crate::abstract_value::{AbstractValue, Constraint, Length, Range};
use crate::value::Kinds;

/// When the result is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Never: every kind is converted or passes unchanged.
    Never,
    /// For the kinds that are neither converted nor pass unchanged, and only for these; in words.
    OtherKinds(&'static str),
    /// Also for some values of the kinds that are converted; in words.
    SomeValues(&'static str),
    /// Only where the result would be too large; in words.
    TooLarge(&'static str),
}

impl Missing {
    /// In words, for the reference.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::OtherKinds(words) | Self::SomeValues(words) | Self::TooLarge(words) => words,
        }
    }
}

/// What the result tells of a secret in the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secrecy {
    /// It holds the secret, or a part of it.
    Kept,
    /// The secret cannot be read from it, but a guess can be checked: as secret as the secret.
    OneWay,
    /// Nothing that would have to be hidden.
    Hidden,
}

impl Secrecy {
    /// Whether the result has to be hidden as the input had to be.
    #[must_use]
    pub fn is_secret(self) -> bool {
        self != Self::Hidden
    }
}

/// What the value in [`super::ArgKind::Value`] has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueArg {
    /// Any value, or one of which nothing is said before the run.
    Any,
    /// A number, or text that holds one.
    Number,
    /// The text of a path: a constant that looks like a path is no mistake.
    Path,
}

/// What is known of the arguments of a step.
#[derive(Clone, Copy, Debug)]
pub struct EffectArgs<'a> {
    /// The constant argument and the further keys, as [`Operator::build`] gets them.
    pub constant: Args<'a>,
    /// What the value in [`super::ArgKind::Value`] can be.
    pub value: Option<&'a AbstractValue>,
    /// What holds of a value that passes the test in [`super::ArgKind::Test`].
    pub test: Option<&'a Constraint>,
}

/// Makes what is known of the output more precise: gets what is known of the arguments and of the input, and what
/// follows for the output from the kinds in the row. It says nothing that is not so for each value.
pub type Effect = fn(&EffectArgs<'_>, &AbstractValue, AbstractValue) -> AbstractValue;

/// What is to be known of an operator beside its kinds. [`Meaning::PLAIN`] says nothing.
#[derive(Clone, Copy, Debug)]
pub struct Meaning {
    /// What it makes of what is known.
    pub effect: Effect,
    /// What it does to secrets.
    pub secrecy: Secrecy,
    /// The kinds that it is meant for, where it converts more; what it does to the others, for a message.
    pub meant_for: Option<(Kinds, &'static str)>,
    /// Whether it reads text as a number: leading zeros and the last digits of long identifiers go.
    pub reads_numbers: bool,
    /// Whether it makes text safe as a part of an address. It should not be done twice.
    pub encodes: bool,
    /// What its value argument has to be.
    pub value: ValueArg,
    /// The key of its argument that holds a regular expression.
    pub pattern: Option<&'static str>,
}

impl Meaning {
    /// Nothing beside the kinds.
    pub const PLAIN: Self = Self {
        effect: |_, _, output| output,
        secrecy: Secrecy::Kept,
        meant_for: None,
        reads_numbers: false,
        encodes: false,
        value: ValueArg::Any,
        pattern: None,
    };
}

impl Operator {
    /// The kinds that it is meant for.
    #[must_use]
    pub fn meant_for(&self) -> Kinds {
        self.meaning.meant_for.map_or(self.takes, |(kinds, _)| kinds)
    }

    /// What is known of its output, seeing what is known of its input and its arguments.
    #[must_use]
    pub fn output(&self, args: &EffectArgs<'_>, input: &AbstractValue) -> AbstractValue {
        let (taken, kept) = (input.kinds.and(self.takes), input.kinds.and(self.keeps));
        let other = input.kinds.without(self.takes.or(self.keeps).or(Kinds::NULL));
        let missing = input.missing
            || match self.missing {
                Missing::Never => false,
                Missing::OtherKinds(_) => !other.is_empty(),
                Missing::SomeValues(_) | Missing::TooLarge(_) => !other.is_empty() || !taken.is_empty(),
            };
        let secret = if self.meaning.secrecy.is_secret() {
            input.secret.clone().or_else(|| args.value.and_then(|value| value.secret.clone()))
        } else {
            None
        };
        if taken.is_empty() && !kept.is_empty() {
            return AbstractValue { kinds: kept, missing, secret, unchanged: true, ..input.clone() };
        }
        let made = match self.gives {
            Gives::Kinds(_) if taken.is_empty() => Kinds::NONE,
            Gives::Kinds(kinds) => kinds,
            Gives::Same => taken,
        };
        let mut output = AbstractValue { missing, secret, ..input.clone().into_kinds(made.or(kept)) };
        // What is known of the kinds that pass stays known.
        if !kept.and(Kinds::TEXT).is_empty() && made.and(Kinds::TEXT).is_empty() {
            let AbstractValue { encoded, case, length, .. } = *input;
            output = AbstractValue { encoded, case, length, ..output };
        }
        if !kept.and(Kinds::NUMBER).is_empty() && made.and(Kinds::NUMBER).is_empty() {
            output = AbstractValue { range: input.range, unit: input.unit, ..output };
        }
        (self.meaning.effect)(args, input, output)
    }
}

/// The value itself, where the operator does nothing to it.
pub(super) fn unchanged(input: &AbstractValue, output: AbstractValue) -> AbstractValue {
    let AbstractValue { kinds, missing, secret, .. } = output;
    AbstractValue { kinds, missing, secret, unchanged: true, ..input.clone() }
}

/// A part of a text: its letters are those of the text.
pub(super) fn part_of(input: &AbstractValue, output: AbstractValue, length: Length) -> AbstractValue {
    let text = input.kinds == Kinds::TEXT;
    AbstractValue {
        case: input.case.filter(|_| text),
        no_delimiter: input.no_delimiter,
        length: input.text_length().cut(length),
        ..output
    }
}

/// The range of the number that a value is read as.
pub(super) fn read_range(input: &AbstractValue) -> Range {
    match input.kinds {
        Kinds::NUMBER => input.range,
        Kinds::BOOL => Range::between(0.0, 1.0),
        _ => Range::default(),
    }
}
