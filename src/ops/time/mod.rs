//! Points in time: what the operators of the group "time" read. Everything is UTC unless the text has an offset.
//!
//! A point in time is a number of milliseconds since 1970, as in JavaScript: events come from there, and their
//! dates are read here as the tools around them read them. `jiff` only formats; the arithmetic of the calendar is
//! short, and it has to reach ±8.64e15 ms, the years ±271821, where `jiff` ends at 9999.

mod calendar;
mod iso;
mod written;

pub(super) use calendar::civil;

use crate::value::{Arena, Number, Value, View};

/// The last millisecond that JavaScript's dates reach, in both directions.
const LAST: i64 = 8_640_000_000_000_000;

/// The point in time that a value names: a number is milliseconds, a text is a date; nothing else is one.
pub(super) fn instant<'a>(value: Value<'a>, arena: &'a Arena) -> Option<i64> {
    match value.view(arena) {
        View::Text(text) => read(text),
        View::Number(number) => within(milliseconds(number)?),
        _ => None,
    }
}

/// Reads a date.
pub(super) fn read(text: &str) -> Option<i64> {
    iso::utc(text.as_bytes()).or_else(|| iso::read(text)).or_else(|| written::read(text)).and_then(within)
}

fn within(instant: i64) -> Option<i64> {
    (-LAST..=LAST).contains(&instant).then_some(instant)
}

fn milliseconds(number: Number<'_>) -> Option<i64> {
    number.as_i64().or_else(|| {
        let whole = number.as_f64().trunc();
        #[expect(clippy::cast_possible_truncation, reason = "whole, and far inside an i64")]
        (whole.abs() <= 8.64e15).then_some(whole as i64)
    })
}
