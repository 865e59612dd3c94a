//! Constants that can be compared for equality.

use std::rc::Rc;

use crate::value::{Arena, Kinds, Number, Value, View};

/// A constant that is neither a list nor a map.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// null
    Null,
    /// true or false
    Bool(bool),
    /// A number that a double represents exactly.
    Number(f64),
    /// The digits of any other number.
    Digits(Rc<str>),
    /// Text.
    Text(Rc<str>),
}

impl Scalar {
    /// Converts a value; `None` for lists and maps.
    pub fn of<'a>(value: Value<'a>, arena: &'a Arena) -> Option<Self> {
        Some(match value.view(arena) {
            View::Null => Self::Null,
            View::Bool(truth) => Self::Bool(truth),
            View::Text(text) => Self::Text(text.into()),
            View::Number(number) => match number.as_f64() {
                double if number.fits_a_double() && double.abs() < 9e15 => Self::Number(double),
                // Equal numbers get the same digits.
                _ => {
                    let same = number.decimal().map_or(number, |exact| Number::from_decimal(exact, arena));
                    Self::Digits(same.to_text(arena).into())
                }
            },
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

    /// The number, if a double represents it exactly.
    pub fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// Whether it can be used in an address without encoding.
    pub(super) fn is_safe(&self) -> bool {
        let safe = |c: char| c.is_ascii_alphanumeric() || "-_.~!*'()".contains(c);
        self.text().is_none_or(|text| text.chars().all(safe))
    }
}
