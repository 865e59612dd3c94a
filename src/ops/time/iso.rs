//! RFC 3339 and ISO 8601 as JavaScript reads them.

use super::calendar::Civil;

/// The form that nearly all events use, `2024-03-05T06:07:08.900Z`, at fixed positions.
pub(super) fn utc(text: &[u8]) -> Option<i64> {
    let (head, rest) = text.split_first_chunk::<19>()?;
    let marks = [head[4], head[7], head[10], head[13], head[16]];
    if marks != *b"--T::" {
        return None;
    }
    let mut valid = true;
    let mut digit = |byte: u8| {
        let digit = byte.wrapping_sub(b'0');
        valid &= digit < 10;
        i64::from(digit)
    };
    let mut pair = |at: usize| digit(head[at]) * 10 + digit(head[at + 1]);
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

/// Every form: a year alone, year and month, a date; with a time or without; a blank for the `T`; with an offset or
/// without (UTC); years of six digits with a sign.
pub(super) fn read(text: &str) -> Option<i64> {
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
            // There is one year zero, and it has no sign.
            number(rest, 6).filter(|year| *year != 0).map(|year| -year)
        }
        _ => number(rest, 4),
    }
}

/// `06:07`, `06:07:08`, `06:07:08.9`; what is finer than milliseconds is cut off.
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

/// Milliseconds of a fraction with any number of digits.
pub(super) fn fraction(rest: &mut &[u8]) -> Option<i64> {
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (fraction, after) = rest.split_at_checked(digits).filter(|_| digits > 0)?;
    *rest = after;
    let digit = |at: usize| fraction.get(at).map_or(0, |byte| i64::from(byte - b'0'));
    Some(digit(0) * 100 + digit(1) * 10 + digit(2))
}

/// `Z`, `+05:30`, `+0530`, `+05` or nothing, in milliseconds.
fn zone(rest: &mut &[u8]) -> Option<i64> {
    if rest.is_empty() || skip(rest, b"Zz") { Some(0) } else { offset(rest) }
}

/// `+05:30`, `+0530` or `+05`, in milliseconds.
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

/// Exactly so many digits.
pub(super) fn number(rest: &mut &[u8], digits: usize) -> Option<i64> {
    let (number, after) = rest.split_at_checked(digits)?;
    *rest = after;
    number
        .iter()
        .try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0')))
}

/// Goes past one byte, if it is one of these.
pub(super) fn skip(rest: &mut &[u8], any_of: &[u8]) -> bool {
    match rest.split_first() {
        Some((first, after)) if any_of.contains(first) => {
            *rest = after;
            true
        }
        _ => false,
    }
}
