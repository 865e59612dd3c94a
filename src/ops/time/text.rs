//! Parsing of dates in formats of people and older programs: `Tue, 05 Mar 2024 06:07:08 GMT`, `Mar 5, 2024`, `03/05/2024`,
//! `Thu Mar 24 2016 17:46:45 GMT+0000 (UTC)`, `2024-03-05 06:07:08 +0000 UTC`.
//!
//! The rules: weekdays and text in parentheses are ignored. A time contains a colon, and may be followed by an offset or a
//! zone name. The rest must be two numbers and the name of a month, or three numbers. A number that has three or four
//! digits or is above 31 is the year. Without a month name the month comes first, unless the year does. Text with any
//! other word is not a date.

use super::calendar::Civil;
use super::iso::{fraction, number, offset, skip};

/// A name as its abbreviation and the rest of it. Each prefix that includes the abbreviation is accepted.
type Name = (&'static str, &'static str);

const MONTHS: [Name; 12] = [
    ("jan", "uary"),
    ("feb", "ruary"),
    ("mar", "ch"),
    ("apr", "il"),
    ("may", ""),
    ("jun", "e"),
    ("jul", "y"),
    ("aug", "ust"),
    ("sep", "tember"),
    ("oct", "ober"),
    ("nov", "ember"),
    ("dec", "ember"),
];
const WEEKDAYS: [Name; 7] = [
    ("mon", "day"),
    ("tue", "sday"),
    ("wed", "nesday"),
    ("thu", "rsday"),
    ("fri", "day"),
    ("sat", "urday"),
    ("sun", "day"),
];

/// The zone names of RFC 2822, with their offsets from UTC in hours.
const ZONES: [(&str, i64); 12] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("est", -5),
    ("edt", -4),
    ("cst", -6),
    ("cdt", -5),
    ("mst", -7),
    ("mdt", -6),
    ("pst", -8),
    ("pdt", -7),
];

/// What has been parsed so far.
#[derive(Default)]
struct Parts {
    /// The numbers of the date, each with its number of digits.
    numbers: [(i64, usize); 3],
    count: usize,
    month: Option<i64>,
    time: Option<Civil>,
    /// A numeric offset, in milliseconds.
    offset: Option<i64>,
    /// The offset of a zone name, in milliseconds.
    zone: Option<i64>,
    half_day: Option<HalfDay>,
}

/// `AM` or `PM`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum HalfDay {
    Am,
    Pm,
}

/// Parses a date; returns milliseconds since 1970.
pub(super) fn parse(text: &str) -> Option<i64> {
    let mut rest = text.as_bytes();
    let mut parts = Parts::default();
    while let Some(byte) = rest.first() {
        match byte {
            b' ' | b',' => {
                skip(&mut rest, b" ,");
            }
            b'(' => skip_parentheses(&mut rest)?,
            b'0'..=b'9' => parts.number(&mut rest)?,
            b'+' | b'-' if parts.time.is_some() && parts.offset.is_none() => {
                parts.offset = Some(offset(&mut rest)?);
            }
            b'a'..=b'z' | b'A'..=b'Z' => parts.word(&mut rest)?,
            _ => return None,
        }
    }
    parts.instant()
}

/// Skips `(…)`.
fn skip_parentheses(rest: &mut &[u8]) -> Option<()> {
    let end = memchr::memchr(b')', rest)?;
    *rest = rest.get(end + 1..)?;
    Some(())
}

impl Parts {
    /// Parses a time, or one of the numbers of the date.
    fn number(&mut self, rest: &mut &[u8]) -> Option<()> {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits > 4 {
            return None;
        }
        let value = number(rest, digits)?;
        if digits <= 2 && self.time.is_none() && skip(rest, b":") {
            let minute = number(rest, 2)?;
            let mut time = Civil { hour: value, minute, ..Civil::default() };
            if skip(rest, b":") {
                time.second = number(rest, 2)?;
                if skip(rest, b".") {
                    time.millisecond = fraction(rest)?;
                }
            }
            self.time = Some(time);
            return Some(());
        }
        *self.numbers.get_mut(self.count)? = (value, digits);
        self.count += 1;
        if self.time.is_none() {
            skip(rest, b"-/");
        }
        Some(())
    }

    /// Parses a weekday, a month, a zone name, `AM` or `PM`.
    fn word(&mut self, rest: &mut &[u8]) -> Option<()> {
        let length = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, after) = rest.split_at_checked(length)?;
        *rest = after;
        let matches = |(short, more): &Name| {
            word.split_at_checked(short.len()).is_some_and(|(start, rest)| {
                let more = more.as_bytes().get(..rest.len());
                start.eq_ignore_ascii_case(short.as_bytes())
                    && more.is_some_and(|more| more.eq_ignore_ascii_case(rest))
            })
        };
        if WEEKDAYS.iter().any(&matches) {
            skip(rest, b".");
        } else if let Some(month) = MONTHS.iter().position(matches) {
            if self.month.replace(i64::try_from(month).ok()? + 1).is_some() {
                return None;
            }
            skip(rest, b"-/.");
        } else if let Some((_, hours)) =
            ZONES.iter().find(|(name, _)| name.as_bytes().eq_ignore_ascii_case(word))
        {
            self.zone = self.zone.or(Some(hours * 3_600_000));
        } else if self.time.is_some() && self.half_day.is_none() && word.eq_ignore_ascii_case(b"am") {
            self.half_day = Some(HalfDay::Am);
        } else if self.time.is_some() && self.half_day.is_none() && word.eq_ignore_ascii_case(b"pm") {
            self.half_day = Some(HalfDay::Pm);
        } else if self.offset.is_none() || !word.iter().all(u8::is_ascii_uppercase) {
            // After a numeric offset, an unknown zone name is ignored: `+0530 IST`.
            return None;
        }
        Some(())
    }

    fn instant(&self) -> Option<i64> {
        let (year, month, day) = self.date()?;
        let mut time = self.time.unwrap_or_default();
        if let Some(half_day) = self.half_day {
            if !(1..=12).contains(&time.hour) {
                return None;
            }
            time.hour = time.hour % 12 + if half_day == HalfDay::Pm { 12 } else { 0 };
        }
        let offset = self.offset.or(self.zone).unwrap_or_default();
        Some(Civil { year, month, day, ..time }.instant()? - offset)
    }

    fn date(&self) -> Option<(i64, i64, i64)> {
        let is_year = |(value, digits): (i64, usize)| digits > 2 || value > 31;
        match (self.month, self.numbers.get(..self.count)?) {
            (Some(month), &[first]) if is_year(first) => Some((year(first), month, 1)),
            (Some(month), &[first, second]) if is_year(first) => Some((year(first), month, second.0)),
            (Some(month), &[first, second]) => Some((year(second), month, first.0)),
            (None, &[first, second, third]) if is_year(first) => Some((year(first), second.0, third.0)),
            (None, &[first, second, third]) => Some((year(third), first.0, second.0)),
            _ => None,
        }
    }
}

/// A year of two digits is between 1950 and 2049.
fn year((value, digits): (i64, usize)) -> i64 {
    match value {
        _ if digits > 2 => value,
        0..50 => value + 2000,
        _ => value + 1900,
    }
}

#[cfg(test)]
mod tests {
    use super::{MONTHS, WEEKDAYS, parse};
    use crate::ops::time::iso;

    #[test]
    fn months_and_weekdays_need_at_least_three_letters() {
        for (number, (short, more)) in (1..).zip(MONTHS) {
            let day = iso::parse(&format!("2024-{number:02}-05"));
            assert!(day.is_some());
            let name = format!("{short}{more}");
            for length in 3..=name.len() {
                assert_eq!(parse(&format!("5 {} 2024", &name[..length])), day, "{name} {length}");
            }
            assert_eq!(parse(&format!("5 {} 2024", &name[..2])), None);
            assert_eq!(parse(&format!("5 {name}x 2024")), None);
        }
        for (short, more) in WEEKDAYS {
            assert!(parse(&format!("{short}{more}, 5 Mar 2024")).is_some(), "{short}");
            assert_eq!(parse(&format!("{short}x, 5 Mar 2024")), None, "{short}");
        }
    }
}
