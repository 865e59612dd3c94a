//! The Gregorian calendar, before its invention too.

/// A multiple of 400 years, added so that all years of [`super::LAST`] are positive: dividing is faster then.
const SHIFT: u32 = 400_000;

/// Days from 1 March of the shifted year 0 to 1 January 1970.
const EPOCH: i64 = 146_097 * 1000 + 719_468;

/// Days since 1970. Years begin in March here, so that a leap day is the last day of its year and the months before
/// any other one have the same length in every year: 153 days in five months.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "years and months are in their ranges"
)]
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = ((year + i64::from(SHIFT)) as u32, month as u32);
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let before_year = year * 365 + year / 4 - year / 100 + year / 400;
    i64::from(before_year + (month * 153 + 2) / 5) - EPOCH + day - 1
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
        let valid = (-i64::from(SHIFT) + 1..i64::from(SHIFT)).contains(&year)
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

/// The date and time of day of a point in time.
pub(in crate::ops) fn civil(instant: i64) -> Civil {
    let (whole_days, rest) = (instant.div_euclid(86_400_000), instant.rem_euclid(86_400_000));
    // From 1 March of the year 0, in 400 years of 146097 days; every fourth of their 36524-day centuries ends with a day
    // more, and so does every fourth year of a century.
    let since = whole_days + 719_468;
    let (era, day) = (since.div_euclid(146_097), since.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (year * 365 + year / 4 - year / 100);
    // The inverse of what `days` does: months of 153 days in five.
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
