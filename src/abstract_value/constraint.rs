//! What is known about a value that passes a test.

use super::{AbstractValue, Range, Scalar};
use crate::value::Kinds;

/// Necessary conditions on a value for a test to hold. They may be weaker than the test, never stronger.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "a set of independent facts")]
pub struct Constraint {
    /// The possible kinds, if it exists.
    pub kinds: Kinds,
    /// It is neither missing nor null nor "".
    pub present: bool,
    /// It is missing, null or "".
    pub absent: bool,
    /// It exists; it may be null or "".
    pub exists: bool,
    /// It is one of these.
    pub values: Option<Vec<Scalar>>,
    /// It is none of these.
    pub not: Vec<Scalar>,
    /// If the range is limited, it is a number in this range.
    pub range: Range,
    /// Whether `values` is equivalent to the test, not only necessary.
    pub only_values: bool,
}

impl Default for Constraint {
    fn default() -> Self {
        Self {
            kinds: Kinds::ANY,
            present: false,
            absent: false,
            exists: false,
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

    /// It is of one of these kinds; `present`: it is neither null nor "".
    pub fn of_kinds(kinds: Kinds, present: bool) -> Self {
        Self { kinds, present, exists: true, ..Self::default() }
    }

    /// It is a number in this range.
    pub fn in_range(range: Range) -> Self {
        Self { range, ..Self::of_kinds(Kinds::NUMBER, true) }
    }

    /// It is one of these values, and each of them passes.
    pub fn among(values: Vec<Scalar>) -> Self {
        let kinds = values.iter().fold(Kinds::NONE, |kinds, value| kinds.or(value.kinds()));
        let present = values.iter().all(Scalar::is_present);
        Self { values: Some(values), only_values: true, ..Self::of_kinds(kinds, present) }
    }

    /// What is known if the test does not hold.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { not: self.values.clone().filter(|_| self.only_values).unwrap_or_default(), ..Self::default() }
    }

    /// What is known if at least one of both holds.
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
            exists: self.exists && other.exists,
            only_values: values.is_some() && self.only_values && other.only_values,
            values,
            not: self.not.into_iter().filter(|value| other.not.contains(value)).collect(),
            range: self.range.or(other.range),
        }
    }

    /// What is known if both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let values = match (self.values, other.values) {
            (Some(left), Some(right)) => {
                Some(left.into_iter().filter(|value| right.contains(value)).collect())
            }
            (left, right) => left.or(right),
        };
        let mut not = self.not;
        not.extend(other.not);
        Self {
            kinds: self.kinds.and(other.kinds),
            present: self.present || other.present,
            absent: self.absent || other.absent,
            exists: self.exists || other.exists,
            values,
            not,
            range: self.range.and(other.range),
            only_values: self.only_values && other.only_values,
        }
    }

    /// Whether no value can satisfy it.
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
            || self.kinds.is_empty() && self.exists
            || self.range.is_empty()
            || self.values.as_ref().is_some_and(|values| !values.iter().any(possible))
    }

    /// The constraint that every value of an abstract value satisfies.
    pub fn of_fact(known: &AbstractValue) -> Self {
        let null = known.missing.then_some(Scalar::Null);
        let values = known.values.as_ref().map(|values| values.iter().cloned().chain(null).collect());
        let kinds = if known.missing { known.kinds.or(Kinds::NULL) } else { known.kinds };
        let present = !known.missing && !known.guarded;
        let range = if present && kinds == Kinds::NUMBER { known.range } else { Range::default() };
        Self { kinds, present, values, range, ..Self::default() }
    }

    /// Narrows an abstract value, given that the test holds.
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
