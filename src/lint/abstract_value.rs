//! What is known of a value before any event is seen.

use std::rc::Rc;

use crate::syntax::{Yaml, YamlValue};
use crate::value::Kinds;

/// More possible values than these are not remembered.
const MAX_VALUES: usize = 64;

/// What a value can be.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "a set of independent facts")]
pub(super) struct AbstractValue {
    /// Its kinds where it exists.
    pub(super) kinds: Kinds,
    /// Whether it may be missing, null or "".
    pub(super) missing: bool,
    /// Whether only a condition around it says that it is there.
    pub(super) guarded: bool,
    /// The only values it can have, where these are known.
    pub(super) values: Option<Rc<[Scalar]>>,
    /// Whether it may hold text of the event that could change an address.
    pub(super) raw: bool,
    /// Whether it has gone through `url_encode`.
    pub(super) encoded: bool,
    /// Whether its letters are all small or all large.
    pub(super) case: Option<Case>,
    /// A setting in it that is secret.
    pub(super) secret: Option<Rc<str>>,
}

/// The letters of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Lower,
    Upper,
}

/// A constant that can be compared.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Scalar {
    Null,
    Bool(bool),
    Number(f64),
    /// A number that is not exact as a double.
    Digits(Rc<str>),
    Text(Rc<str>),
}

impl Scalar {
    /// A scalar as a constant.
    pub(super) fn of(yaml: &Yaml) -> Option<Self> {
        Some(match &yaml.node {
            YamlValue::Null => Self::Null,
            YamlValue::Bool(truth) => Self::Bool(*truth),
            YamlValue::Text(text) => Self::Text(text.as_str().into()),
            YamlValue::Number(digits) => match digits.parse::<f64>() {
                Ok(number) if number.abs() < 9e15 && digits.len() < 16 => Self::Number(number),
                _ => Self::Digits(digits.as_str().into()),
            },
            YamlValue::List(_) | YamlValue::Map(_) => return None,
        })
    }

    pub(super) fn kinds(&self) -> Kinds {
        match self {
            Self::Null => Kinds::NULL,
            Self::Bool(_) => Kinds::BOOL,
            Self::Number(_) | Self::Digits(_) => Kinds::NUMBER,
            Self::Text(_) => Kinds::TEXT,
        }
    }

    pub(super) fn is_present(&self) -> bool {
        !matches!(self, Self::Null) && !matches!(self, Self::Text(text) if text.is_empty())
    }

    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// Whether it can stand in an address as it is.
    fn is_safe(&self) -> bool {
        let safe = |c: char| c.is_ascii_alphanumeric() || "-_.~!*'()".contains(c);
        self.text().is_none_or(|text| text.chars().all(safe))
    }
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
            case: None,
            secret: None,
        }
    }
}

impl AbstractValue {
    /// A value made by the mapping.
    pub(super) fn made(kinds: Kinds) -> Self {
        Self { kinds, guarded: false, ..Self::default() }
    }

    /// Something of the event.
    pub(super) fn event() -> Self {
        Self { missing: true, raw: true, ..Self::made(Kinds::ANY) }
    }

    /// A constant.
    pub(super) fn constant(yaml: &Yaml) -> Self {
        match (&yaml.node, Scalar::of(yaml)) {
            (YamlValue::List(_), _) => Self::made(Kinds::LIST),
            (_, Some(plain)) => Self::made(plain.kinds()).among([plain]),
            (_, None) => Self::made(Kinds::MAP),
        }
    }

    /// Only these values.
    pub(super) fn among(mut self, values: impl IntoIterator<Item = Scalar>) -> Self {
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
    pub(super) fn or(self, other: Self) -> Self {
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
            case: self.case.filter(|case| other.case == Some(*case)),
            secret: self.secret.or(other.secret),
        }
    }

    /// It is made into something else of these kinds.
    pub(super) fn into_kinds(self, kinds: Kinds) -> Self {
        let raw = self.raw && !kinds.without(Kinds::NUMBER.or(Kinds::BOOL)).is_empty();
        Self { kinds, raw, values: None, encoded: false, case: None, ..self }
    }

    /// Whether it can be nothing but a list or a map.
    pub(super) fn is_collection(&self) -> bool {
        !self.kinds.is_empty() && self.kinds.and(Kinds::SCALAR).is_empty() && self.kinds != Kinds::NULL
    }
}
