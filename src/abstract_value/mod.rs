//! What is known about a value before any event is seen: the abstract domain that all analyses share.
//!
//! The rows of operators, tests and predicates describe their effect in this domain, and the analyses use the rows.
//! The domain over-approximates: what it states is true of every value that can occur.

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

/// Maximum number of possible values tracked; beyond it the value counts as unknown. Bounds the cost of the analyses.
const MAX_VALUES: usize = 256;

/// The set of values that an expression can have.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "a set of independent facts")]
pub struct AbstractValue {
    /// The possible kinds, if it exists.
    pub kinds: Kinds,
    /// Whether it may be missing, null or "".
    pub missing: bool,
    /// Whether it is known to exist only because of an enclosing condition.
    pub guarded: bool,
    /// The only possible values, if known.
    pub values: Option<Rc<[Scalar]>>,
    /// Whether it may contain text of the event that could change the structure of an address.
    pub raw: bool,
    /// Whether it has been percent-encoded for an address.
    pub encoded: bool,
    /// Whether it contains no `/`, `?` or `#` when written as text.
    pub no_delimiter: bool,
    /// The case of all its letters, if it is text.
    pub case: Option<Case>,
    /// Its length, if it is text.
    pub length: Length,
    /// Its range, if it is a number.
    pub range: Range,
    /// Its unit, if it is a number.
    pub unit: Option<Unit>,
    /// Whether an operator returned its input unchanged.
    pub unchanged: bool,
}

/// The case of the letters of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Only lowercase letters and characters without case.
    Lower,
    /// Only uppercase letters and characters without case.
    Upper,
}

impl Case {
    /// Converts a text to this case.
    pub fn of(self, text: &str) -> String {
        match self {
            Self::Lower => text.to_lowercase(),
            Self::Upper => text.to_uppercase(),
        }
    }
}

/// The unit of a timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds since 1970.
    Seconds,
    /// Milliseconds since 1970.
    Millis,
}

impl Default for AbstractValue {
    /// A value about which nothing is known, so that nothing is reported about it.
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
            unchanged: false,
        }
    }
}

impl AbstractValue {
    /// A value that the mapping creates.
    pub fn made(kinds: Kinds) -> Self {
        Self { kinds, guarded: false, ..Self::default() }
    }

    /// An unknown value of the event.
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

    /// Restricts it to these values.
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

    /// The union of both.
    pub fn or(self, other: Self) -> Self {
        let values = match (self.values, other.values) {
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
            unchanged: false,
        }
    }

    /// The result of converting it to these kinds.
    pub fn into_kinds(self, kinds: Kinds) -> Self {
        let raw = self.raw && !kinds.without(Kinds::NUMBER.or(Kinds::BOOL)).is_empty();
        Self { missing: self.missing, guarded: self.guarded, raw, ..Self { kinds, ..Self::default() } }
    }

    /// Whether it can only be a list or a map.
    pub fn is_collection(&self) -> bool {
        !self.kinds.is_empty() && self.kinds.and(Kinds::SCALAR).is_empty() && self.kinds != Kinds::NULL
    }

    /// Allows it to be "", too.
    #[must_use]
    pub fn or_empty(self) -> Self {
        Self { missing: true, ..self }
    }

    /// Restricts it to the possible texts of `before`, each changed by `change`, if they are all known.
    #[must_use]
    pub fn texts_of(self, before: &Self, change: impl Fn(&str) -> String) -> Self {
        let change = |scalar: &Scalar| Some(Scalar::Text(change(scalar.text()?).into()));
        match before.values.as_ref().map(|values| values.iter().map(change).collect::<Option<Vec<_>>>()) {
            Some(Some(values)) => self.among(values),
            _ => self,
        }
    }

    /// Its length, if it can only be text.
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
