//! Numbers as decimals: their order and arithmetic without rounding.

use std::cmp::Ordering;

use bumpalo::collections::String;

use super::Arena;

/// The significant digits of a number, without copying them: the number is 0.d₁d₂d₃… × 10^`point`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digits<'t> {
    negative: bool,
    /// The digits before the decimal point, without leading zeros.
    whole: &'t str,
    /// The digits after it, without trailing zeros (and without leading ones if `whole` is empty).
    fraction: &'t str,
    /// `None` if the exponent has too many digits to compute with.
    point: Option<i64>,
}

impl<'t> Digits<'t> {
    /// Splits the text of a JSON number.
    pub(super) fn of(text: &'t str) -> Self {
        let (negative, rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let (mut whole, mut fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let mut point = length(whole);
        if whole.is_empty() {
            let significant = fraction.trim_start_matches('0');
            point = length(significant) - length(fraction);
            fraction = significant;
        } else if fraction.is_empty() {
            whole = whole.trim_end_matches('0');
        }
        if whole.is_empty() && fraction.is_empty() {
            return Self { negative: false, whole, fraction, point: Some(0) };
        }
        let exponent = exponent.strip_prefix('+').unwrap_or(exponent).parse::<i64>().ok();
        let point = exponent.and_then(|exponent| exponent.checked_add(point));
        Self { negative, whole, fraction, point }
    }

    pub(super) fn is_zero(self) -> bool {
        self.whole.is_empty() && self.fraction.is_empty()
    }

    pub(super) fn is_whole(self) -> bool {
        // An exponent that is too large to compute with is that of a whole number or of one near 0.
        self.is_zero() || self.exponent().is_some_and(|exponent| exponent >= 0)
    }

    /// The number of significant digits.
    fn count(self) -> i64 {
        length(self.whole) + length(self.fraction)
    }

    fn iter(self) -> impl Iterator<Item = u8> + use<'t> {
        self.whole.bytes().chain(self.fraction.bytes())
    }

    /// The power of ten of the last digit.
    fn exponent(self) -> Option<i64> {
        self.point?.checked_sub(self.count())
    }

    /// The order of two numbers; `None` if an exponent is too large to compute with.
    pub(super) fn compare(self, other: Self) -> Option<Ordering> {
        let sign = |number: Self| match (number.is_zero(), number.negative) {
            (true, _) => 0,
            (false, false) => 1,
            (false, true) => -1,
        };
        let magnitude = match sign(self).cmp(&sign(other)) {
            Ordering::Equal if self.is_zero() => return Some(Ordering::Equal),
            // Trailing zeros were removed, so of two numbers of which one continues the other, the longer is larger.
            Ordering::Equal => self.point?.cmp(&other.point?).then_with(|| self.iter().cmp(other.iter())),
            different => return Some(different),
        };
        Some(if self.negative { magnitude.reverse() } else { magnitude })
    }

    /// Appends bytes that are equal exactly for equal numbers; `text` is the number itself.
    pub(super) fn canonical(self, text: &str, out: &mut Vec<u8>) {
        let Some(point) = self.point else {
            out.extend_from_slice(text.as_bytes());
            return;
        };
        out.push(if self.negative { b'-' } else { b'+' });
        out.extend(self.iter());
        out.push(b'@');
        out.extend_from_slice(&point.to_le_bytes());
    }

    /// Whether a double tells this number from every other number with so few digits.
    pub(super) fn fit_a_double(self) -> bool {
        self.count() <= 15 && self.point.is_some_and(|point| (-290..=300).contains(&point))
    }
}

/// The length of a text of digits.
fn length(digits: &str) -> i64 {
    i64::try_from(digits.len()).unwrap_or(i64::MAX)
}

/// An exact number: `coefficient` × 10^`exponent`. At least 38 digits fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    /// Not a multiple of ten, unless it is 0.
    coefficient: i128,
    exponent: i64,
}

/// How the digits that are not kept change the last one that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rounding {
    /// To the nearest number; halves away from zero.
    Nearest,
    /// To the next smaller number.
    Down,
    /// To the next larger number.
    Up,
}

/// Exponents beyond this are refused, so that no sum of two of them overflows.
const MAX_EXPONENT: i64 = 1 << 40;

impl Decimal {
    pub(crate) const ZERO: Self = Self { coefficient: 0, exponent: 0 };

    /// Parses a JSON number; `None` if it has more digits than fit.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = Digits::of(text);
        Self::new(coefficient(digits.iter(), digits.negative)?, digits.exponent()?)
    }

    fn new(mut coefficient: i128, mut exponent: i64) -> Option<Self> {
        if coefficient == 0 {
            return Some(Self::ZERO);
        }
        while coefficient % 10 == 0 {
            (coefficient, exponent) = (coefficient / 10, exponent.checked_add(1)?);
        }
        (-MAX_EXPONENT..MAX_EXPONENT).contains(&exponent).then_some(Self { coefficient, exponent })
    }

    /// Both coefficients for the smaller of the two exponents.
    fn aligned(self, other: Self) -> Option<(i128, i128, i64)> {
        let exponent = match (self.coefficient, other.coefficient) {
            (0, _) => other.exponent,
            (_, 0) => self.exponent,
            _ => self.exponent.min(other.exponent),
        };
        let scaled = |number: Self| match number.coefficient {
            0 => Some(0),
            coefficient => coefficient.checked_mul(power_of_ten(number.exponent - exponent)?),
        };
        Some((scaled(self)?, scaled(other)?, exponent))
    }

    pub(crate) fn add(self, other: Self) -> Option<Self> {
        let (left, right, exponent) = self.aligned(other)?;
        Self::new(left.checked_add(right)?, exponent)
    }

    pub(crate) fn negate(self) -> Option<Self> {
        Some(Self { coefficient: self.coefficient.checked_neg()?, ..self })
    }

    pub(crate) fn multiply(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.checked_add(other.exponent)?;
        Self::new(self.coefficient.checked_mul(other.coefficient)?, exponent)
    }

    /// The quotient rounded down, and what remains, which has the sign of the divisor.
    pub(crate) fn divide_whole(self, divisor: Self) -> Option<(Self, Self)> {
        let (left, right, exponent) = self.aligned(divisor)?;
        let (mut quotient, mut rest) = (left.checked_div(right)?, left.checked_rem(right)?);
        if rest != 0 && (rest < 0) != (right < 0) {
            (quotient, rest) = (quotient.checked_sub(1)?, rest.checked_add(right)?);
        }
        Some((Self::new(quotient, 0)?, Self::new(rest, exponent)?))
    }

    /// The quotient, if its digits end.
    pub(crate) fn divide(self, divisor: Self) -> Option<Self> {
        let (mut left, right, mut exponent) = (self.coefficient, divisor.coefficient, 0_i64);
        while left.checked_rem(right)? != 0 {
            (left, exponent) = (left.checked_mul(10)?, exponent - 1);
        }
        Self::new(left.checked_div(right)?, exponent + self.exponent - divisor.exponent)
    }

    /// The whole number, if it is one and fits.
    pub(crate) fn as_i64(self) -> Option<i64> {
        let whole = self.coefficient.checked_mul(power_of_ten(self.exponent)?)?;
        i64::try_from(whole).ok()
    }

    pub(crate) fn is_zero(self) -> bool {
        self.coefficient == 0
    }

    /// A JSON number rounded to a number of decimal places; `None` if the result has more digits than fit.
    pub(super) fn rounded(text: &str, places: i64, rounding: Rounding) -> Option<Self> {
        let digits = Digits::of(text);
        if digits.is_zero() || digits.exponent()? >= -places {
            return Self::parse(text);
        }
        let kept = digits.point?.checked_add(places)?;
        let count = usize::try_from(kept).unwrap_or(0);
        let next = if kept < 0 { 0 } else { digits.iter().nth(count).unwrap_or(b'0') - b'0' };
        let away = match rounding {
            Rounding::Nearest => next >= 5,
            Rounding::Down => digits.negative,
            Rounding::Up => !digits.negative,
        };
        let step = if digits.negative { -1 } else { 1 };
        let kept = coefficient(digits.iter().take(count), digits.negative)?;
        Self::new(kept + i128::from(away) * step, -places)
    }

    /// The JSON number, written in `arena`.
    pub(super) fn text(self, arena: &Arena) -> &str {
        let digits = bumpalo::format!(in arena, "{}", self.coefficient.unsigned_abs());
        let (count, mut text) = (length(&digits), String::with_capacity_in(48, arena));
        if self.coefficient < 0 {
            text.push('-');
        }
        let zeros = |text: &mut String<'_>, count: i64| (0..count).for_each(|_| text.push('0'));
        match count + self.exponent {
            point @ 1..=40 if self.exponent >= 0 => {
                text.push_str(&digits);
                zeros(&mut text, point - count);
            }
            point @ 1..=40 => {
                let (whole, fraction) = digits.split_at(usize::try_from(point).unwrap_or(0));
                for part in [whole, ".", fraction] {
                    text.push_str(part);
                }
            }
            point @ -4..=0 => {
                text.push_str("0.");
                zeros(&mut text, -point);
                text.push_str(&digits);
            }
            point => {
                let (first, others) = digits.split_at(1);
                text.push_str(first);
                if !others.is_empty() {
                    text.push('.');
                    text.push_str(others);
                }
                text.push('e');
                text.push_str(itoa::Buffer::new().format(point - 1));
            }
        }
        text.into_bump_str()
    }
}

fn coefficient(digits: impl Iterator<Item = u8>, negative: bool) -> Option<i128> {
    let mut number = 0_i128;
    for digit in digits {
        number = number.checked_mul(10)?.checked_add(i128::from(digit - b'0'))?;
    }
    Some(if negative { -number } else { number })
}

fn power_of_ten(exponent: i64) -> Option<i128> {
    10_i128.checked_pow(u32::try_from(exponent).ok()?)
}
