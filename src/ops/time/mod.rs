//! Parsing of dates and times, for the operators of the group "time". Times are UTC unless the text has an offset.
//!
//! An instant is a number of milliseconds since 1970, as in JavaScript, since most events and the tools that process
//! them use JavaScript dates. `jiff` is used only for formatting: it ends at the year 9999, but instants must cover
//! ±8.64e15 ms, the years ±271821. The calendar arithmetic is short.

mod calendar;
mod iso;
mod text;

pub(super) use calendar::{Civil, civil};

use std::cmp::Ordering;

use crate::value::{Arena, Number, Rounding, Value, View};

/// Maximum distance from 1970 in milliseconds, which is the range of JavaScript dates.
const MAX_INSTANT: i64 = 8_640_000_000_000_000;

/// Converts a value to an instant: a number of milliseconds, or text that is a date. `None` for other values.
pub(super) fn instant<'a>(value: Value<'a>, arena: &'a Arena) -> Option<i64> {
    match value.view(arena) {
        View::Text(text) => parse(text),
        View::Number(number) => in_range(milliseconds(number)?),
        _ => None,
    }
}

/// Parses a date in any of the supported forms.
pub(super) fn parse(text: &str) -> Option<i64> {
    iso::parse_utc(text.as_bytes())
        .or_else(|| iso::parse(text))
        .or_else(|| text::parse(text))
        .and_then(in_range)
}

fn in_range(instant: i64) -> Option<i64> {
    (-MAX_INSTANT..=MAX_INSTANT).contains(&instant).then_some(instant)
}

/// The number as whole milliseconds, rounded towards zero.
fn milliseconds(number: Number<'_>) -> Option<i64> {
    number.as_i64().or_else(|| {
        let towards_zero = match number.compare(Number::Int(0))? {
            Ordering::Less => Rounding::Up,
            _ => Rounding::Down,
        };
        number.rounded(0, towards_zero)?.as_i64()
    })
}
