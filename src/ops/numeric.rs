//! Conversion of values to numbers, for operators that need a number.

use crate::value::{Arena, Number, Value, View};

/// When arithmetic refuses an event, for the reference.
pub(super) const TOO_MANY_DIGITS: &str = "the exact result has more than 38 digits";

/// Why an addition refuses an event.
pub(super) const ADD_EXACTLY: &str =
    "add these numbers exactly: they have more than 38 digits together; convert or drop them before";

/// Converts a number, a boolean (1 or 0), or text that contains a JSON number; whitespace around it is ignored.
///
/// A number keeps its text, so that no digit is lost.
pub(crate) fn number<'a>(value: Value<'a>, arena: &'a Arena) -> Option<Number<'a>> {
    match value.view(arena) {
        View::Number(number) => Some(number),
        View::Bool(truth) => Some(Number::Int(i64::from(truth))),
        View::Text(text) => text_number(text.trim(), arena),
        View::Null | View::List(_) | View::Map(_) => None,
    }
}

/// Parses text that is a number, as JSON or as people write it: `.5`, `5.`, `+5`, `007`.
fn text_number<'a>(text: &'a str, arena: &'a Arena) -> Option<Number<'a>> {
    json_number(text).or_else(|| written_number(text, arena))
}

/// A number that is not written as in JSON.
#[cold]
fn written_number<'a>(text: &'a str, arena: &'a Arena) -> Option<Number<'a>> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let whole = digits(unsigned);
    let point =
        usize::from(whole > 0 && unsigned[whole..].starts_with('.') && fraction(&unsigned[whole..]) == 0);
    let end = whole + fraction(&unsigned[whole..]) + point;
    if end == 0 || end + exponent(&unsigned[end..]) != unsigned.len() {
        return None;
    }
    let sign = if text.starts_with('-') { "-" } else { "" };
    let significant = unsigned.trim_start_matches('0');
    let zero = if significant.starts_with(|first: char| first.is_ascii_digit()) { "" } else { "0" };
    let (before, after) = significant.split_at(end - (unsigned.len() - significant.len()));
    let before = before.strip_suffix('.').unwrap_or(before);
    json_number(arena.alloc_str(&format!("{sign}{zero}{before}{after}")))
        .map(|number| number.decimal().map_or(number, |exact| Number::from_decimal(exact, arena)))
}

/// Whether text is a number that [`number`] rejects because no double is so large.
pub(super) fn is_too_large(text: &str) -> bool {
    // `inf` and the like have no digit.
    let text = text.trim();
    text.contains(['e', 'E'])
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text.parse::<f64>().is_ok_and(f64::is_infinite)
}

/// Parses text that is exactly a JSON number. Numbers too large for a double are rejected, since few receivers could parse
/// them.
pub(super) fn json_number(text: &str) -> Option<Number<'_>> {
    let rest = text.strip_prefix('-').unwrap_or(text);
    let whole = digits(rest);
    let leading_zero = whole > 1 && rest.starts_with('0');
    let end = whole + fraction(&rest[whole..]);
    let valid = whole > 0 && !leading_zero && end + exponent(&rest[end..]) == rest.len();
    let number = valid.then_some(Number::Literal(text))?;
    number.as_f64().is_finite().then_some(number)
}

/// Parses the number at the start of a text, like JavaScript's `parseFloat`: `12px` is 12.
pub(super) fn leading<'a>(text: &'a str, arena: &'a Arena) -> Option<Number<'a>> {
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
    json_number(text).or_else(|| {
        // `.5` and `012` are accepted here, but are not JSON numbers.
        let (sign, digits) = text.split_at(usize::from(text.starts_with('-')));
        let digits = digits.trim_start_matches('0');
        let zero = if digits.starts_with(|first: char| first.is_ascii_digit()) { "" } else { "0" };
        let number = json_number(arena.alloc_str(&format!("{sign}{zero}{digits}")))?;
        Some(number.decimal().map_or(number, |exact| Number::from_decimal(exact, arena)))
    })
}

/// The number of digits at the start.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The length of a fraction such as `.5` at the start.
fn fraction(text: &str) -> usize {
    match text.strip_prefix('.').map(digits) {
        Some(count) if count > 0 => count + 1,
        _ => 0,
    }
}

/// The length of an exponent such as `e+5` at the start.
fn exponent(text: &str) -> usize {
    let Some(rest) = text.strip_prefix(['e', 'E']) else { return 0 };
    let after_sign = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    match digits(after_sign) {
        0 => 0,
        count => text.len() - after_sign.len() + count,
    }
}

/// The truth value that a value stands for; `None` if it stands for none.
pub(crate) fn truth<'a>(value: Value<'a>, arena: &'a Arena) -> Option<bool> {
    Some(match value.view(arena) {
        View::Bool(truth) => truth,
        View::Number(number) => match number.as_i64()? {
            1 => true,
            0 => false,
            _ => return None,
        },
        View::Text(text) => match text.trim() {
            "1" => true,
            "0" => false,
            text if text.eq_ignore_ascii_case("true") => true,
            text if text.eq_ignore_ascii_case("false") => false,
            _ => return None,
        },
        _ => return None,
    })
}
