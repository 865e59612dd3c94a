//! The Gregorian calendar, before its invention too.

/// Days of a common year before each month.
const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/// Days before 1 January of a year, counted from 1 January of the year 1.
const fn before_year(year: i64) -> i64 {
    let full = year - 1;
    full * 365 + full.div_euclid(4) - full.div_euclid(100) + full.div_euclid(400)
}

const EPOCH: i64 = before_year(1970);

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days before a month of a year.
fn before_month(year: i64, month: usize) -> Option<i64> {
    Some(BEFORE.get(month)? + i64::from(month > 1 && is_leap(year)))
}

/// A date with its time of day. Days that a month has not are days of the next one: 30 February is 1 or 2 March.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ops) struct Civil {
    pub(in crate::ops) year: i64,
    pub(in crate::ops) month: i64,
    pub(in crate::ops) day: i64,
    pub(in crate::ops) hour: i64,
    pub(in crate::ops) minute: i64,
    pub(in crate::ops) second: i64,
    pub(in crate::ops) millisecond: i64,
}

impl Civil {
    /// Milliseconds since 1970, if every part is in its range; 24:00:00 is the next midnight.
    pub(super) fn instant(self) -> Option<i64> {
        let Self { year, month, day, hour, minute, second, millisecond } = self;
        let midnight = hour == 24 && minute == 0 && second == 0 && millisecond == 0;
        let valid = (1..=31).contains(&day)
            && ((0..24).contains(&hour) || midnight)
            && (0..60).contains(&minute)
            && (0..60).contains(&second);
        if !valid {
            return None;
        }
        let days =
            before_year(year) - EPOCH + before_month(year, usize::try_from(month - 1).ok()?)? + day - 1;
        Some((((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + millisecond)
    }
}

/// The date and time of day of a point in time.
pub(in crate::ops) fn civil(instant: i64) -> Civil {
    let (days, rest) = (instant.div_euclid(86_400_000), instant.rem_euclid(86_400_000));
    let days = days + EPOCH;
    // 400 years have 146097 days; the guess is off by one at most.
    let mut year = (days * 400).div_euclid(146_097) + 1;
    while before_year(year) > days {
        year -= 1;
    }
    while before_year(year + 1) <= days {
        year += 1;
    }
    let day = days - before_year(year);
    let before = |month: usize| before_month(year, month).filter(|&before| before <= day);
    let (month, before) = (0..12).rev().find_map(|month| Some((month, before(month)?))).unwrap_or_default();
    Civil {
        year,
        month: i64::try_from(month).unwrap_or_default() + 1,
        day: day - before + 1,
        hour: rest / 3_600_000,
        minute: rest / 60_000 % 60,
        second: rest / 1000 % 60,
        millisecond: rest % 1000,
    }
}
