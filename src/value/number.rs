//! Numbers. A number from a JSON text keeps its text, so that no digit is lost.

use std::cmp::Ordering;

use bumpalo::format;

use super::Arena;
use super::decimal::{Decimal, Digits, Rounding};

/// A number.
#[derive(Clone, Copy, Debug)]
pub enum Number<'a> {
    /// The text of a JSON number (RFC 8259).
    Literal(&'a str),
    /// A computed whole number.
    Int(i64),
    /// A computed number that is not whole, or too large for a double to represent exactly.
    Float(Finite),
}

/// A double that is neither NaN nor infinite, since JSON has neither.
#[derive(Clone, Copy, Debug)]
pub struct Finite(f64);

impl Finite {
    /// `None` for NaN and infinity.
    fn new(number: f64) -> Option<Self> {
        number.is_finite().then_some(Self(number))
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }

    /// The shortest JSON text that parses to the same double.
    pub(crate) fn text(self, buffer: &mut zmij::Buffer) -> &str {
        buffer.format_finite(self.0)
    }
}

impl<'a> Number<'a> {
    /// A computed number; `None` for NaN and infinity, which JSON does not have. Whole numbers become [`Number::Int`].
    #[must_use]
    pub fn from_f64(number: f64) -> Option<Self> {
        let finite = Finite::new(number)?;
        if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 {
            #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
            Some(Self::Int(number as i64))
        } else {
            Some(Self::Float(finite))
        }
    }

    /// The size of a collection as a number.
    #[must_use]
    pub fn count(size: usize) -> Self {
        #[expect(clippy::cast_possible_wrap, reason = "no collection is larger than isize::MAX")]
        Self::Int(size as i64)
    }

    /// The value as a double; infinite if it is too large for one.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        match self {
            // Rust parses every JSON number; a test checks that. NaN is a safe fallback: it equals nothing, and `from_f64`
            // rejects it.
            Self::Literal(text) => text.parse().unwrap_or(f64::NAN),
            #[expect(clippy::cast_precision_loss, reason = "the caller wants the nearest double")]
            Self::Int(number) => number as f64,
            Self::Float(number) => number.get(),
        }
    }

    /// The value as an integer, if it is whole and fits; `1.0` and `1e3` are whole.
    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(number),
            Self::Literal(text) if !text.contains(['.', 'e', 'E']) => text.parse().ok(),
            _ => self.decimal()?.as_i64(),
        }
    }

    /// The exact value; `None` if it has more digits than fit. A computed double stands for its shortest decimal text.
    pub(crate) fn decimal(self) -> Option<Decimal> {
        self.with_text(Decimal::parse)
    }

    /// A computed number, whose text is written in `arena`.
    pub(crate) fn from_decimal(exact: Decimal, arena: &'a Arena) -> Self {
        exact.as_i64().map_or_else(|| Self::Literal(exact.text(arena)), Self::Int)
    }

    /// The exact value rounded to a number of decimal places; `None` if that has more digits than fit.
    pub(crate) fn rounded(self, places: i64, rounding: Rounding) -> Option<Decimal> {
        self.with_text(|text| Decimal::rounded(text, places, rounding))
    }

    /// The order of two numbers by their exact values; `None` if one has an exponent of more than 18 digits.
    #[must_use]
    pub fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Int(left), Self::Int(right)) => Some(left.cmp(&right)),
            _ => self.with_text(|left| other.with_text(|right| Digits::of(left).compare(Digits::of(right)))),
        }
    }

    /// Whether both are the same number, however it is written.
    pub(crate) fn equals(self, other: Self) -> bool {
        match self.compare(other) {
            Some(order) => order == Ordering::Equal,
            None => self.with_text(|left| other.with_text(|right| left == right)),
        }
    }

    /// Whether it is a whole number, of any size.
    pub(crate) fn is_whole(self) -> bool {
        self.with_text(|text| Digits::of(text).is_whole())
    }

    /// Whether it is 0.
    pub(super) fn is_zero(self) -> bool {
        self.with_text(|text| Digits::of(text).is_zero())
    }

    /// Whether it has so few digits that doubles compare it exactly with other such numbers.
    #[must_use]
    pub fn fits_a_double(self) -> bool {
        self.with_text(|text| Digits::of(text).fit_a_double())
    }

    /// Appends bytes that are equal exactly for equal numbers.
    pub(super) fn canonical(self, out: &mut Vec<u8>) {
        self.with_text(|text| Digits::of(text).canonical(text, out));
    }

    /// Calls `read` with the number as JSON.
    pub(super) fn with_text<T>(self, read: impl FnOnce(&str) -> T) -> T {
        match self {
            Self::Literal(text) => read(text),
            Self::Int(number) => read(itoa::Buffer::new().format(number)),
            Self::Float(number) => read(number.text(&mut zmij::Buffer::new())),
        }
    }

    /// The number as plain text: `1.0` becomes `1` and `12.50` becomes `12.5`. A number that no double represents is
    /// written as it is.
    #[must_use]
    pub fn to_text(self, arena: &'a Arena) -> &'a str {
        match self {
            Self::Literal("-0") => "0",
            Self::Literal(text) if !text.contains(['.', 'e', 'E']) => text,
            Self::Literal(text) => match self.as_i64() {
                Some(number) => format!(in arena, "{}", number).into_bump_str(),
                None => match text.parse().ok().and_then(Finite::new).map(Self::Float) {
                    Some(double) if double.equals(self) => double.to_text(arena),
                    _ => text,
                },
            },
            Self::Int(number) => format!(in arena, "{}", number).into_bump_str(),
            Self::Float(number) => arena.alloc_str(number.text(&mut zmij::Buffer::new())),
        }
    }
}
