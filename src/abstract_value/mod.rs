//! What is known of a value before any event is seen: one domain for all analyses.
//!
//! Operators, tests and predicates say in it what they mean, in their rows; the analyses ask the rows. Everything
//! said is true of each value that can occur, or is not said.

mod bounds;
mod constraint;
#[cfg(test)]
pub(crate) mod contains;
mod scalar;

pub use bounds::{Length, Range};
pub use constraint::Constraint;
pub use scalar::Scalar;

use std::rc::Rc;

use crate::value::{Arena, Kinds, Value};

/// More possible values than these are not remembered.
const MAX_VALUES: usize = 256;

/// What a value can be.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "a set of independent facts")]
pub struct AbstractValue {
    /// Its kinds where it exists.
    pub kinds: Kinds,
    /// Whether it may be missing, null or "".
    pub missing: bool,
    /// Whether only a condition around it says that it is there.
    pub guarded: bool,
    /// The only values it can have, where these are known.
    pub values: Option<Rc<[Scalar]>>,
    /// Whether it may hold text of the event that could change an address.
    pub raw: bool,
    /// Whether it has been percent-encoded for an address.
    pub encoded: bool,
    /// Whether no `/`, `?` or `#` can stand in it when it is written as text.
    pub no_delimiter: bool,
    /// Whether its letters are all small or all large, where it is text.
    pub case: Option<Case>,
    /// Its length, where it is text.
    pub length: Length,
    /// Its range, where it is a number.
    pub range: Range,
    /// What it counts, where it is a number.
    pub unit: Option<Unit>,
    /// A setting in it that is secret.
    pub secret: Option<Rc<str>>,
    /// Whether an operator gave back the value that it was given.
    pub unchanged: bool,
}

/// The letters of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Only small ones, and what has no case.
    Lower,
    /// Only large ones, and what has no case.
    Upper,
}

impl Case {
    /// A text in these letters.
    pub fn of(self, text: &str) -> String {
        match self {
            Self::Lower => text.to_lowercase(),
            Self::Upper => text.to_uppercase(),
        }
    }
}

/// What a number of time counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds since 1970.
    Seconds,
    /// Milliseconds since 1970.
    Millis,
}

impl Default for AbstractValue {
    /// Something of which nothing is known, and nothing will be said.
    fn default() -> Self {
        Self {
            kinds: Kinds::ANY,
            missing: false,
            guarded: true,
            values: None,
            raw: false,
            encoded: false,
            no_delimiter: false,
            case: None,
            length: Length::default(),
            range: Range::default(),
            unit: None,
            secret: None,
            unchanged: false,
        }
    }
}

impl AbstractValue {
    /// A value made by the mapping.
    pub fn made(kinds: Kinds) -> Self {
        Self { kinds, guarded: false, ..Self::default() }
    }

    /// Something of the event.
    pub fn event() -> Self {
        Self { missing: true, raw: true, ..Self::made(Kinds::ANY) }
    }

    /// A constant.
    pub fn constant<'a>(value: Value<'a>, arena: &'a Arena) -> Self {
        match Scalar::of(value, arena) {
            Some(scalar) => Self::made(Kinds::NONE).among([scalar]),
            None => Self::made(value.kind().into()),
        }
    }

    /// Only these values.
    pub fn among(mut self, values: impl IntoIterator<Item = Scalar>) -> Self {
        let values: Rc<[Scalar]> = values.into_iter().take(MAX_VALUES + 1).collect();
        if values.len() > MAX_VALUES {
            return self;
        }
        self.missing |= values.iter().any(|value| !value.is_present());
        self.kinds = values.iter().fold(Kinds::NONE, |kinds, value| kinds.or(value.kinds()));
        self.raw &= !values.iter().all(Scalar::is_safe);
        self.values = Some(values);
        self
    }

    /// Either this or the other.
    pub fn or(self, other: Self) -> Self {
        let values = match (&self.values, &other.values) {
            (Some(left), Some(right)) if left.len() + right.len() <= MAX_VALUES => {
                Some(left.iter().chain(right.iter()).cloned().collect())
            }
            _ => None,
        };
        Self {
            kinds: self.kinds.or(other.kinds),
            missing: self.missing || other.missing,
            guarded: self.guarded || other.guarded,
            values,
            raw: self.raw || other.raw,
            encoded: self.encoded && other.encoded,
            no_delimiter: self.no_delimiter && other.no_delimiter,
            case: self.case.filter(|case| other.case == Some(*case)),
            length: self.length.or(other.length),
            range: self.range.or(other.range),
            unit: self.unit.filter(|unit| other.unit == Some(*unit)),
            secret: self.secret.or(other.secret),
            unchanged: false,
        }
    }

    /// It is made into something else of these kinds.
    pub fn into_kinds(self, kinds: Kinds) -> Self {
        let raw = self.raw && !kinds.without(Kinds::NUMBER.or(Kinds::BOOL)).is_empty();
        Self {
            missing: self.missing,
            guarded: self.guarded,
            raw,
            secret: self.secret,
            ..Self { kinds, ..Self::default() }
        }
    }

    /// Whether it can be nothing but a list or a map.
    pub fn is_collection(&self) -> bool {
        !self.kinds.is_empty() && self.kinds.and(Kinds::SCALAR).is_empty() && self.kinds != Kinds::NULL
    }

    /// It may also be "".
    #[must_use]
    pub fn or_empty(self) -> Self {
        Self { missing: true, ..self }
    }

    /// Each of the texts that `before` can be, changed; nothing when it can be anything else.
    #[must_use]
    pub fn texts_of(self, before: &Self, change: impl Fn(&str) -> String) -> Self {
        let change = |scalar: &Scalar| Some(Scalar::Text(change(scalar.text()?).into()));
        match before.values.as_ref().map(|values| values.iter().map(change).collect::<Option<Vec<_>>>()) {
            Some(Some(values)) => self.among(values),
            _ => self,
        }
    }

    /// What is known of its length as text, if it can be nothing else.
    pub fn text_length(&self) -> Length {
        if self.kinds != Kinds::TEXT {
            return Length::default();
        }
        match &self.values {
            Some(values) => {
                let lengths = values.iter().filter_map(Scalar::text).map(Length::of);
                lengths.reduce(Length::or).unwrap_or(self.length)
            }
            None => self.length,
        }
    }
}
