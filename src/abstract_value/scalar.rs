//! Constants that can be compared.

use std::rc::Rc;

use crate::value::{Arena, Kinds, Value, View, plain};

/// A constant that can be compared.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// null
    Null,
    /// true or false
    Bool(bool),
    /// A number that is exact as a double.
    Number(f64),
    /// The digits of a number that is not.
    Digits(Rc<str>),
    /// Text.
    Text(Rc<str>),
}

impl Scalar {
    /// A value that is neither a list nor a map.
    pub fn of<'a>(value: Value<'a>, arena: &'a Arena) -> Option<Self> {
        Some(match value.view(arena) {
            View::Null => Self::Null,
            View::Bool(truth) => Self::Bool(truth),
            View::Text(text) => Self::Text(text.into()),
            View::Number(_) => {
                let digits = plain(value, arena);
                match digits.parse::<f64>() {
                    Ok(number) if number.abs() < 9e15 && digits.len() < 16 => Self::Number(number),
                    _ => Self::Digits(digits.into()),
                }
            }
            View::List(_) | View::Map(_) => return None,
        })
    }

    /// Its kind.
    pub fn kinds(&self) -> Kinds {
        match self {
            Self::Null => Kinds::NULL,
            Self::Bool(_) => Kinds::BOOL,
            Self::Number(_) | Self::Digits(_) => Kinds::NUMBER,
            Self::Text(_) => Kinds::TEXT,
        }
    }

    /// Whether it is neither null nor "".
    pub fn is_present(&self) -> bool {
        !matches!(self, Self::Null) && !matches!(self, Self::Text(text) if text.is_empty())
    }

    /// The text, if it is text.
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The number, if it is one that is exact as a double.
    pub fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// Whether it can stand in an address as it is.
    pub(super) fn is_safe(&self) -> bool {
        let safe = |c: char| c.is_ascii_alphanumeric() || "-_.~!*'()".contains(c);
        self.text().is_none_or(|text| text.chars().all(safe))
    }
}
