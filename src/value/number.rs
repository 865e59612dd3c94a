//! Numbers. A number from a JSON text keeps its text, so that no digit is lost.

use bumpalo::format;

use super::Arena;

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

/// A number in a canonical form: two of them are equal exactly if the numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Exact<'a> {
    /// A whole number that fits into 64 bits.
    Int(i64),
    /// The digits of a larger whole number that has neither a decimal point nor an exponent.
    Digits(&'a str),
    /// The bits of any other number as a double.
    Double(u64),
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
            Self::Literal(text) => text.parse().ok().or_else(|| Self::whole(text.parse().ok()?)),
            Self::Int(number) => Some(number),
            Self::Float(number) => Self::whole(number.get()),
        }
    }

    /// The form used for comparison. Large whole numbers are compared by their digits, since many have the same double.
    pub(crate) fn exact(self) -> Exact<'a> {
        match (self, self.as_i64()) {
            (_, Some(number)) => Exact::Int(number),
            (Self::Literal(text), None) if !text.contains(['.', 'e', 'E']) => Exact::Digits(text),
            _ => Exact::Double(self.as_f64().to_bits()),
        }
    }

    fn whole(number: f64) -> Option<i64> {
        match Self::from_f64(number)? {
            Number::Int(number) => Some(number),
            _ => None,
        }
    }

    /// The number as plain text: `1.0` becomes `1`, and large numbers keep their digits.
    #[must_use]
    pub fn to_text(self, arena: &'a Arena) -> &'a str {
        match self {
            Self::Literal("-0") => "0",
            Self::Literal(text) if !text.contains(['.', 'e', 'E']) => text,
            Self::Literal(text) => match self.as_i64() {
                Some(number) => format!(in arena, "{}", number).into_bump_str(),
                None => match text.parse().ok().and_then(Finite::new) {
                    Some(number) => Self::Float(number).to_text(arena),
                    None => text,
                },
            },
            Self::Int(number) => format!(in arena, "{}", number).into_bump_str(),
            Self::Float(number) => arena.alloc_str(number.text(&mut zmij::Buffer::new())),
        }
    }
}
