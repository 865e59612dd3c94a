//! What holds of a value when a test of it holds.

use super::{AbstractValue, Range, Scalar};
use crate::value::Kinds;

/// What a value must be for a test to hold. It never says too much.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "a set of independent facts")]
pub struct Constraint {
    /// Its kinds where it exists.
    pub kinds: Kinds,
    /// It is neither missing nor null nor "".
    pub present: bool,
    /// It is missing, null or "".
    pub absent: bool,
    /// There is a value, if only null or "".
    pub some: bool,
    /// It is one of these.
    pub values: Option<Vec<Scalar>>,
    /// It is none of these.
    pub not: Vec<Scalar>,
    /// It is a number of this range, if one is given.
    pub range: Range,
    /// Whether `values` is all that the test asks.
    pub only_values: bool,
}

impl Default for Constraint {
    fn default() -> Self {
        Self {
            kinds: Kinds::ANY,
            present: false,
            absent: false,
            some: false,
            values: None,
            not: Vec::new(),
            range: Range::default(),
            only_values: false,
        }
    }
}

impl Constraint {
    /// It is neither missing nor null nor "".
    pub fn present() -> Self {
        Self::of_kinds(Kinds::ANY.without(Kinds::NULL), true)
    }

    /// It is missing, null or "".
    pub fn absent() -> Self {
        Self { absent: true, kinds: Kinds::NULL.or(Kinds::TEXT), ..Self::default() }
    }

    /// It is of one of these kinds; whether "" and null are none of them.
    pub fn of_kinds(kinds: Kinds, present: bool) -> Self {
        Self { kinds, present, some: true, ..Self::default() }
    }

    /// It is a number of this range.
    pub fn in_range(range: Range) -> Self {
        Self { range, ..Self::of_kinds(Kinds::NUMBER, true) }
    }

    /// It is one of these, and that is all that is asked.
    pub fn among(values: Vec<Scalar>) -> Self {
        let kinds = values.iter().fold(Kinds::NONE, |kinds, value| kinds.or(value.kinds()));
        let present = values.iter().all(Scalar::is_present);
        Self { values: Some(values), only_values: true, ..Self::of_kinds(kinds, present) }
    }

    /// When the test does not hold.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { not: self.values.clone().filter(|_| self.only_values).unwrap_or_default(), ..Self::default() }
    }

    /// When one of both holds.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let values = match (self.values, other.values) {
            (Some(left), Some(right)) => Some([left, right].concat()),
            _ => None,
        };
        Self {
            kinds: self.kinds.or(other.kinds),
            present: self.present && other.present,
            absent: self.absent && other.absent,
            some: self.some && other.some,
            only_values: values.is_some() && self.only_values && other.only_values,
            values,
            not: self.not.into_iter().filter(|one| other.not.contains(one)).collect(),
            range: self.range.or(other.range),
        }
    }

    /// When both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let values = match (self.values, other.values) {
            (Some(left), Some(right)) => Some(left.into_iter().filter(|one| right.contains(one)).collect()),
            (left, right) => left.or(right),
        };
        let mut not = self.not;
        not.extend(other.not);
        Self {
            kinds: self.kinds.and(other.kinds),
            present: self.present || other.present,
            absent: self.absent || other.absent,
            some: self.some || other.some,
            values,
            not,
            range: self.range.and(other.range),
            only_values: self.only_values && other.only_values,
        }
    }

    /// Whether no value is so.
    pub fn is_impossible(&self) -> bool {
        let possible = |value: &Scalar| {
            let number = match value {
                Scalar::Number(number) => self.range.contains(*number),
                Scalar::Digits(_) => true,
                _ => !self.range.is_limited(),
            };
            number
                && !self.not.contains(value)
                && !self.kinds.and(value.kinds()).is_empty()
                && if value.is_present() { !self.absent } else { !self.present }
        };
        self.present && self.absent
            || self.kinds.is_empty() && self.some
            || self.range.is_empty()
            || self.values.as_ref().is_some_and(|values| !values.iter().any(possible))
    }

    /// What a fact says of its value.
    pub fn of_fact(known: &AbstractValue) -> Self {
        let nothing = known.missing.then_some(Scalar::Null);
        let values = known.values.as_ref().map(|values| values.iter().cloned().chain(nothing).collect());
        let kinds = if known.missing { known.kinds.or(Kinds::NULL) } else { known.kinds };
        let present = !known.missing && !known.guarded;
        let range = if present && kinds == Kinds::NUMBER { known.range } else { Range::default() };
        Self { kinds, present, values, range, ..Self::default() }
    }

    /// A fact, knowing that the test holds.
    pub fn narrow(&self, mut known: AbstractValue) -> AbstractValue {
        if self.present && known.missing {
            known.missing = false;
            known.guarded = true;
        }
        let kinds = known.kinds.and(self.kinds);
        if !kinds.is_empty() {
            known.kinds = kinds;
        }
        known.raw &= !known.kinds.without(Kinds::NUMBER.or(Kinds::BOOL)).is_empty();
        known.range = known.range.and(self.range);
        match &self.values {
            Some(values) if known.values.is_none() && !values.is_empty() => {
                let missing = known.missing;
                let narrowed = known.among(values.iter().cloned());
                AbstractValue { missing, ..narrowed }
            }
            _ => known,
        }
    }
}
