//! Numbers: as they were written for as long as possible.

use bumpalo::format;

use super::Arena;

/// A number.
#[derive(Clone, Copy, Debug)]
pub enum Number<'a> {
    /// As it stands in a JSON text; valid by RFC 8259.
    Literal(&'a str),
    /// A computed whole number.
    Int(i64),
    /// A computed number that is not whole, or too large to be told from its neighbours.
    Float(Finite),
}

/// A double that is neither NaN nor infinite: JSON has neither.
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

    /// The shortest text that stands for it, as JSON has it.
    pub(crate) fn text(self, buffer: &mut zmij::Buffer) -> &str {
        buffer.format_finite(self.0)
    }
}

/// A number by its value: two of them are equal when the numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Exact<'a> {
    /// Whole, 64 bits.
    Int(i64),
    /// Whole and longer; written without point and exponent, so the digits tell.
    Digits(&'a str),
    /// The bits of a double.
    Double(u64),
}

impl<'a> Number<'a> {
    /// A computed number; `None` for NaN and infinity, which JSON has not. Whole ones become [`Number::Int`].
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

    /// How many there are of what is in memory.
    #[must_use]
    pub fn count(size: usize) -> Self {
        #[expect(clippy::cast_possible_wrap, reason = "nothing in memory has more than isize::MAX bytes")]
        Self::Int(size as i64)
    }

    /// Its value as a double; a number too large for one is infinite.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        match self {
            // Rust reads every number of RFC 8259 (a test holds it to that). Any other text would be NaN, which passes no
            // comparison and cannot become a value (`from_f64`).
            Self::Literal(text) => text.parse().unwrap_or(f64::NAN),
            #[expect(clippy::cast_precision_loss, reason = "a double is what was asked for")]
            Self::Int(number) => number as f64,
            Self::Float(number) => number.get(),
        }
    }

    /// Its value where it is a whole number that fits, `1.0` and `1e3` included.
    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        match self {
            Self::Literal(text) => text.parse().ok().or_else(|| Self::whole(text.parse().ok()?)),
            Self::Int(number) => Some(number),
            Self::Float(number) => Self::whole(number.get()),
        }
    }

    /// What it is compared by: long whole numbers by their digits, because as doubles many would be the same.
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

    /// As text for people and URLs: `1.0` is `1`, digits of long numbers stay.
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
