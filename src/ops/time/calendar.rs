//! The proleptic Gregorian calendar.

/// An offset that makes all years within [`super::MAX_INSTANT`] positive, since unsigned division is faster. It is a
/// multiple of 400, the period of the calendar.
const YEAR_OFFSET: u32 = 400_000;

/// The number of days from 1 March of the offset year 0 to 1 January 1970.
const EPOCH: i64 = 146_097 * 1000 + 719_468;

/// The number of days since 1970. Here a year begins in March, so that a leap day is its last day. Then each month begins
/// on the same day of every year, and five months have 153 days.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the caller has checked the ranges of years and months"
)]
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = ((year + i64::from(YEAR_OFFSET)) as u32, month as u32);
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let before_year = year * 365 + year / 4 - year / 100 + year / 400;
    i64::from(before_year + (month * 153 + 2) / 5) - EPOCH + day - 1
}

/// A date and a time of day. Days after the end of a month count as days of the next one: 30 February is 1 or 2 March.
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
    /// Milliseconds since 1970, or `None` if a field is out of range; 24:00:00 is midnight of the next day.
    pub(super) fn instant(self) -> Option<i64> {
        let Self { year, month, day, hour, minute, second, millisecond } = self;
        let midnight = hour == 24 && minute == 0 && second == 0 && millisecond == 0;
        let valid = (-i64::from(YEAR_OFFSET) + 1..i64::from(YEAR_OFFSET)).contains(&year)
            && (1..=12).contains(&month)
            && (1..=31).contains(&day)
            && ((0..24).contains(&hour) || midnight)
            && (0..60).contains(&minute)
            && (0..60).contains(&second);
        valid.then(|| {
            (((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1000 + millisecond
        })
    }
}

/// The date and time of day of an instant.
pub(in crate::ops) fn civil(instant: i64) -> Civil {
    let (whole_days, rest) = (instant.div_euclid(86_400_000), instant.rem_euclid(86_400_000));
    // Days since 1 March of the year 0, split into eras of 400 years (146097 days). The divisions below account for leap
    // days: a century has 36524 days, four years have 1461, and the last century of an era has an additional day.
    let since = whole_days + 719_468;
    let (era, day) = (since.div_euclid(146_097), since.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (year * 365 + year / 4 - year / 100);
    // The inverse of the computation in `days`.
    let month = (day * 5 + 2) / 153;
    Civil {
        year: era * 400 + year + i64::from(month >= 10),
        month: if month < 10 { month + 3 } else { month - 9 },
        day: day - (month * 153 + 2) / 5 + 1,
        hour: rest / 3_600_000,
        minute: rest / 60_000 % 60,
        second: rest / 1000 % 60,
        millisecond: rest % 1000,
    }
}
