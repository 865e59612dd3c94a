//! What holds of a value when a test of it holds.

use super::abstract_value::{AbstractValue, Scalar};
use crate::predicate;
use crate::syntax::{Comparison, Name, Test, TestKind, TextTest, ValueKind, ValueNode, YamlValue};
use crate::value::Kinds;

/// What a value must be for a test to hold. It never says too much.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "a set of independent facts")]
pub(super) struct Constraint {
    /// Its kinds where it exists.
    pub(super) kinds: Kinds,
    /// It is neither missing nor null nor "".
    pub(super) present: bool,
    /// It is missing, null or "".
    pub(super) absent: bool,
    /// There is a value, if only null or "".
    some: bool,
    /// It is one of these.
    pub(super) values: Option<Vec<Scalar>>,
    /// It is none of these.
    pub(super) not: Vec<Scalar>,
    low: Option<(f64, bool)>,
    high: Option<(f64, bool)>,
    /// Whether `values` is all that the test asks.
    pub(super) only_values: bool,
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
            low: None,
            high: None,
            only_values: false,
        }
    }
}

impl Constraint {
    /// `$path` alone.
    pub(super) fn present() -> Self {
        Self::of_kinds(Kinds::ANY.without(Kinds::NULL), true)
    }

    pub(super) fn absent() -> Self {
        Self { absent: true, kinds: Kinds::NULL.or(Kinds::TEXT), ..Self::default() }
    }

    fn of_kinds(kinds: Kinds, present: bool) -> Self {
        Self { kinds, present, some: true, ..Self::default() }
    }

    fn among(values: Vec<Scalar>) -> Self {
        let kinds = values.iter().fold(Kinds::NONE, |kinds, value| kinds.or(value.kinds()));
        let present = values.iter().all(Scalar::is_present);
        Self { values: Some(values), only_values: true, ..Self::of_kinds(kinds, present) }
    }

    /// What a test says.
    pub(super) fn of(test: &Test) -> Self {
        match &test.kind {
            TestKind::Equals(wanted) => plain(wanted).map(|one| Self::among(vec![one])).unwrap_or_default(),
            TestKind::OneOf(wanted) => {
                let values: Option<Vec<Scalar>> = wanted.iter().map(plain).collect();
                values.map(Self::among).unwrap_or_default()
            }
            TestKind::All(tests) => {
                let mut all = tests.iter().map(Self::of);
                let first = all.next().unwrap_or_default();
                all.fold(first, Self::and)
            }
            TestKind::Is(names) => Self::is(names),
            TestKind::IsNot(names) => Self::is(names).not_kind(names),
            TestKind::Not(inner) => Self::of(inner).inverse(),
            TestKind::Matches(_) => Self::of_kinds(Kinds::TEXT, false),
            TestKind::Text(TextTest::StartsWith | TextTest::EqualsIgnoringCase, wanted) => {
                Self::of_kinds(Kinds::TEXT, is_filled_text(wanted))
            }
            TestKind::Text(TextTest::Contains, wanted) => {
                Self::of_kinds(Kinds::TEXT.or(Kinds::LIST), is_filled_text(wanted))
            }
            TestKind::Number(comparison, wanted) => {
                let numbers = Self::of_kinds(Kinds::NUMBER, true);
                let limit = |inclusive| number(wanted).map(|number| (number, inclusive));
                match comparison {
                    Comparison::AtLeast => Self { low: limit(true), ..numbers },
                    Comparison::MoreThan => Self { low: limit(false), ..numbers },
                    Comparison::AtMost => Self { high: limit(true), ..numbers },
                    Comparison::LessThan => Self { high: limit(false), ..numbers },
                }
            }
            TestKind::Size(_) => Self::of_kinds(Kinds::TEXT.or(Kinds::LIST).or(Kinds::MAP), false),
            TestKind::Some(_) | TestKind::Every(_) => Self::of_kinds(Kinds::LIST, true),
            TestKind::Unknown(_) => Self::default(),
        }
    }

    fn is(words: &[Name]) -> Self {
        let one = |word: &Name| {
            let name = word.node.as_str();
            Some(match name {
                "absent" => Self::absent(),
                "present" => Self::present(),
                "filled" => Self { not: vec![Scalar::Bool(false), Scalar::Number(0.0)], ..Self::present() },
                "string" => Self::of_kinds(Kinds::TEXT, false),
                "true" | "false" => {
                    Self { only_values: true, ..Self::among(vec![Scalar::Bool(name == "true")]) }
                }
                _ => Self::of_kinds(predicate::quality(name)?.kinds, true),
            })
        };
        let all: Option<Vec<Self>> = words.iter().map(one).collect();
        match all.as_deref() {
            Some([only]) => only.clone(),
            Some(several) if several.iter().all(|constraint| constraint.present) => Self::of_kinds(
                several.iter().fold(Kinds::NONE, |kinds, constraint| kinds.or(constraint.kinds)),
                true,
            ),
            _ => Self::default(),
        }
    }

    /// `is_not`: the words say of which kinds it cannot be.
    fn not_kind(&self, words: &[Name]) -> Self {
        let [word] = words else { return Self::default() };
        match word.node.as_str() {
            "absent" => Self::present(),
            "present" => Self::absent(),
            "string" | "number" | "boolean" | "object" | "list" => {
                Self { kinds: Kinds::ANY.without(self.kinds), ..Self::default() }
            }
            _ => Self::default(),
        }
    }

    /// When the test does not hold.
    pub(super) fn inverse(&self) -> Self {
        Self { not: self.values.clone().filter(|_| self.only_values).unwrap_or_default(), ..Self::default() }
    }

    /// When both hold.
    pub(super) fn and(self, other: Self) -> Self {
        let values = match (self.values, other.values) {
            (Some(left), Some(right)) => Some(left.into_iter().filter(|one| right.contains(one)).collect()),
            (left, right) => left.or(right),
        };
        let mut not = self.not;
        not.extend(other.not);
        let tighter = |left: Option<(f64, bool)>, right: Option<(f64, bool)>, sign: f64| match (left, right) {
            (Some(left), Some(right)) => {
                let first =
                    left.0 * sign > right.0 * sign || (left.0 - right.0).abs() < f64::EPSILON && !left.1;
                Some(if first { left } else { right })
            }
            (left, right) => left.or(right),
        };
        Self {
            kinds: self.kinds.and(other.kinds),
            present: self.present || other.present,
            absent: self.absent || other.absent,
            some: self.some || other.some,
            values,
            not,
            low: tighter(self.low, other.low, 1.0),
            high: tighter(self.high, other.high, -1.0),
            only_values: self.only_values && other.only_values,
        }
    }

    /// Whether no value is so.
    pub(super) fn is_impossible(&self) -> bool {
        let between = |number: f64| {
            self.low.is_none_or(|(low, also)| number > low || also && number >= low)
                && self.high.is_none_or(|(high, also)| number < high || also && number <= high)
        };
        let possible = |value: &Scalar| {
            let number = match value {
                Scalar::Number(number) => between(*number),
                Scalar::Digits(_) => true,
                _ => self.low.is_none() && self.high.is_none(),
            };
            number
                && !self.not.contains(value)
                && !self.kinds.and(value.kinds()).is_empty()
                && if value.is_present() { !self.absent } else { !self.present }
        };
        let crossed = matches!((self.low, self.high), (Some((low, low_too)), Some((high, high_too)))
            if low > high || low >= high && !(low_too && high_too));
        self.present && self.absent
            || self.kinds.is_empty() && self.some
            || crossed
            || self.values.as_ref().is_some_and(|values| !values.iter().any(possible))
    }

    /// What a fact says of its value.
    pub(super) fn of_fact(known: &AbstractValue) -> Self {
        let nothing = known.missing.then_some(Scalar::Null);
        let values = known.values.as_ref().map(|values| values.iter().cloned().chain(nothing).collect());
        let kinds = if known.missing { known.kinds.or(Kinds::NULL) } else { known.kinds };
        Self { kinds, present: !known.missing && !known.guarded, values, ..Self::default() }
    }

    /// A fact, knowing that the test holds.
    pub(super) fn narrow(&self, mut known: AbstractValue) -> AbstractValue {
        if self.present && known.missing {
            known.missing = false;
            known.guarded = true;
        }
        let kinds = known.kinds.and(self.kinds);
        if !kinds.is_empty() {
            known.kinds = kinds;
        }
        known.raw &= !known.kinds.without(Kinds::NUMBER.or(Kinds::BOOL)).is_empty();
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

/// A constant to compare with.
pub(super) fn plain(written: &ValueNode) -> Option<Scalar> {
    match &written.kind {
        ValueKind::Constant(yaml) => Scalar::of(yaml),
        _ => None,
    }
}

fn number(written: &ValueNode) -> Option<f64> {
    match &written.kind {
        ValueKind::Constant(yaml) => match &yaml.node {
            YamlValue::Number(number) => number.parse().ok(),
            _ => None,
        },
        _ => None,
    }
}

fn is_filled_text(written: &ValueNode) -> bool {
    matches!(&written.kind, ValueKind::Constant(yaml) if yaml.words().is_some_and(|text| !text.is_empty()))
}
