//! What holds of a value when a test of it holds.

use super::abstract_value::{AbstractValue, Scalar};
use crate::predicate;
use crate::syntax::{self, Test, TestKind, ValueKind, Yaml, YamlValue};
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
            TestKind::Named(tests) => {
                let mut all = tests.iter().map(|(name, argument)| Self::named(&name.node, argument));
                let first = all.next().unwrap_or_default();
                all.fold(first, Self::and)
            }
        }
    }

    fn named(name: &str, argument: &Yaml) -> Self {
        let number = || match &argument.node {
            YamlValue::Number(number) => number.parse::<f64>().ok(),
            _ => None,
        };
        let filled_text =
            matches!(&argument.node, YamlValue::Text(text) if !text.is_empty() && !text.starts_with('$'));
        let numbers = Self::of_kinds(Kinds::NUMBER, true);
        match name {
            "is" => Self::is(argument),
            "is_not" => Self::is(argument).not_kind(argument),
            "not" => Self::inner(argument).inverse(),
            "matches" => Self::of_kinds(Kinds::TEXT, false),
            "starts_with" | "equals_ignoring_case" => Self::of_kinds(Kinds::TEXT, filled_text),
            "contains" => Self::of_kinds(Kinds::TEXT.or(Kinds::LIST), filled_text),
            "at_least" => Self { low: number().map(|number| (number, true)), ..numbers },
            "more_than" => Self { low: number().map(|number| (number, false)), ..numbers },
            "at_most" => Self { high: number().map(|number| (number, true)), ..numbers },
            "less_than" => Self { high: number().map(|number| (number, false)), ..numbers },
            "size" => Self::of_kinds(Kinds::TEXT.or(Kinds::LIST).or(Kinds::MAP), false),
            "some" | "every" => Self::of_kinds(Kinds::LIST, true),
            _ => Self::default(),
        }
    }

    fn inner(argument: &Yaml) -> Self {
        Self::of(&syntax::test(argument, &mut crate::diag::Findings::default()))
    }

    fn is(argument: &Yaml) -> Self {
        let words = argument.items().unwrap_or(std::slice::from_ref(argument));
        let one = |word: &Yaml| {
            let name = word.scalar()?.text;
            Some(match name.as_str() {
                "absent" => Self::absent(),
                "present" => Self::present(),
                "filled" => Self { not: vec![Scalar::Bool(false), Scalar::Number(0.0)], ..Self::present() },
                "string" => Self::of_kinds(Kinds::TEXT, false),
                "true" | "false" => {
                    Self { only_values: true, ..Self::among(vec![Scalar::Bool(name == "true")]) }
                }
                _ => Self::of_kinds(predicate::quality(&name)?.kinds, true),
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
    fn not_kind(&self, argument: &Yaml) -> Self {
        let word = argument.scalar().map(|text| text.text).unwrap_or_default();
        match word.as_str() {
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
pub(super) fn plain(written: &syntax::ValueNode) -> Option<Scalar> {
    match &written.kind {
        ValueKind::Constant(yaml) => Scalar::of(yaml),
        _ => None,
    }
}
