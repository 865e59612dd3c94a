//! Parsing of RFC 3339 and ISO 8601 dates, as in JavaScript.

use super::calendar::Civil;

/// Fast path for the form that nearly all events use, `2024-03-05T06:07:08.900Z`, with its fields at fixed positions.
pub(super) fn parse_utc(text: &[u8]) -> Option<i64> {
    let (head, rest) = text.split_first_chunk::<19>()?;
    let separators = [head[4], head[7], head[10], head[13], head[16]];
    if separators != *b"--T::" {
        return None;
    }
    let mut valid = true;
    let mut digit = |byte: u8| {
        let digit = byte.wrapping_sub(b'0');
        valid &= digit < 10;
        i64::from(digit)
    };
    let mut pair = |index: usize| digit(head[index]) * 10 + digit(head[index + 1]);
    let civil = Civil {
        year: pair(0) * 100 + pair(2),
        month: pair(5),
        day: pair(8),
        hour: pair(11),
        minute: pair(14),
        second: pair(17),
        millisecond: match *rest {
            [b'Z'] => 0,
            [b'.', tenths, hundredths, thousandths, b'Z'] => {
                digit(tenths) * 100 + digit(hundredths) * 10 + digit(thousandths)
            }
            _ => return None,
        },
    };
    valid.then(|| civil.instant())?
}

/// Parses every supported form: a year, a year and month, or a date; optionally a time after `T` or a space; optionally an
/// offset (UTC without one). A year has four digits, or a sign and six digits.
pub(super) fn parse(text: &str) -> Option<i64> {
    let mut rest = text.as_bytes();
    let mut civil = Civil { year: year(&mut rest)?, month: 1, day: 1, ..Civil::default() };
    if skip(&mut rest, b"-") {
        civil.month = number(&mut rest, 2)?;
        if skip(&mut rest, b"-") {
            civil.day = number(&mut rest, 2)?;
        }
    }
    let mut offset = 0;
    if skip(&mut rest, b"Tt ") {
        time(&mut rest, &mut civil)?;
        offset = zone(&mut rest)?;
    }
    if rest.is_empty() { Some(civil.instant()? - offset) } else { None }
}

fn year(rest: &mut &[u8]) -> Option<i64> {
    match rest.first()? {
        b'+' => {
            skip(rest, b"+");
            number(rest, 6)
        }
        b'-' => {
            skip(rest, b"-");
            // The year -000000 is invalid.
            number(rest, 6).filter(|year| *year != 0).map(|year| -year)
        }
        _ => number(rest, 4),
    }
}

/// Parses `06:07`, `06:07:08` or `06:07:08.9`; digits after milliseconds are ignored.
fn time(rest: &mut &[u8], civil: &mut Civil) -> Option<()> {
    civil.hour = number(rest, 2)?;
    if !skip(rest, b":") {
        return None;
    }
    civil.minute = number(rest, 2)?;
    if skip(rest, b":") {
        civil.second = number(rest, 2)?;
        if skip(rest, b".") {
            civil.millisecond = fraction(rest)?;
        }
    }
    Some(())
}

/// Parses a fraction of a second with any number of digits; returns milliseconds.
pub(super) fn fraction(rest: &mut &[u8]) -> Option<i64> {
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (fraction, after) = rest.split_at_checked(digits).filter(|_| digits > 0)?;
    *rest = after;
    let digit = |index: usize| fraction.get(index).map_or(0, |byte| i64::from(byte - b'0'));
    Some(digit(0) * 100 + digit(1) * 10 + digit(2))
}

/// Parses `Z`, an offset or nothing; returns milliseconds.
fn zone(rest: &mut &[u8]) -> Option<i64> {
    if rest.is_empty() || skip(rest, b"Zz") { Some(0) } else { offset(rest) }
}

/// Parses `+05:30`, `+0530` or `+05`; returns milliseconds.
pub(super) fn offset(rest: &mut &[u8]) -> Option<i64> {
    let east = skip(rest, b"+");
    if !east && !skip(rest, b"-") {
        return None;
    }
    let hours = number(rest, 2)?;
    let minutes =
        if skip(rest, b":") || rest.first().is_some_and(u8::is_ascii_digit) { number(rest, 2)? } else { 0 };
    let size = (hours * 60 + minutes) * 60_000;
    (hours < 24 && minutes < 60).then_some(if east { size } else { -size })
}

/// Parses a number of exactly `digits` digits.
pub(super) fn number(rest: &mut &[u8], digits: usize) -> Option<i64> {
    let (number, after) = rest.split_at_checked(digits)?;
    *rest = after;
    number
        .iter()
        .try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0')))
}

/// Skips one byte if it is in `any_of`; returns whether it did.
pub(super) fn skip(rest: &mut &[u8], any_of: &[u8]) -> bool {
    match rest.split_first() {
        Some((first, after)) if any_of.contains(first) => {
            *rest = after;
            true
        }
        _ => false,
    }
}
