//! What counts as a number when an operator asks for one.

use crate::value::{Arena, Number, Value, View};

/// A number, text that holds a number in JSON's notation (blanks around it are ignored), or a truth value as 1 or 0.
///
/// Numbers stay as they were written, so that no digit of a long one is lost.
pub(super) fn number<'a>(value: Value<'a>, arena: &'a Arena) -> Option<Number<'a>> {
    match value.view(arena) {
        View::Number(number) => Some(number),
        View::Bool(truth) => Some(Number::Int(i64::from(truth))),
        View::Text(text) => written(text.trim()),
        View::Null | View::List(_) | View::Map(_) => None,
    }
}

/// The number that a text is. Numbers too large for a double are none: hardly any receiver could read them.
pub(super) fn written(text: &str) -> Option<Number<'_>> {
    let rest = text.strip_prefix('-').unwrap_or(text);
    let whole = digits(rest);
    let leading_zero = whole > 1 && rest.starts_with('0');
    let end = whole + fraction(&rest[whole..]);
    let valid = whole > 0 && !leading_zero && end + exponent(&rest[end..]) == rest.len();
    let number = valid.then_some(Number::Literal(text))?;
    number.as_f64().is_finite().then_some(number)
}

/// The number at the start of a text (`12px` is 12), like JavaScript's `parseFloat`.
pub(super) fn leading(text: &str) -> Option<Number<'_>> {
    let text = text.trim_start();
    let signed = text.strip_prefix(['-', '+']).unwrap_or(text);
    let whole = digits(signed);
    let fraction = fraction(&signed[whole..]);
    if whole == 0 && fraction == 0 {
        return None;
    }
    let end = whole + fraction;
    let end = text.len() - signed.len() + end + exponent(&signed[end..]);
    let text = text[..end].trim_start_matches('+');
    // `.5`, `012` and `5.` are fine here but no JSON.
    written(text).or_else(|| Number::from_f64(text.parse().ok()?))
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The length of `.5` at the start.
fn fraction(text: &str) -> usize {
    match text.strip_prefix('.').map(digits) {
        Some(count) if count > 0 => count + 1,
        _ => 0,
    }
}

/// The length of `e+5` at the start.
fn exponent(text: &str) -> usize {
    let Some(rest) = text.strip_prefix(['e', 'E']) else { return 0 };
    let digits_at = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    match digits(digits_at) {
        0 => 0,
        count => text.len() - digits_at.len() + count,
    }
}
