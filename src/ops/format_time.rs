//! `format_time`

use std::fmt::Write as _;

use bumpalo::collections::String as BumpString;
use jiff::civil::DateTime;
use jiff::fmt::StdFmtWrite;
use jiff::fmt::strtime::BrokenDownTime;

use crate::abstract_value::AbstractValue;
use crate::ops::time::{Civil, civil, instant};
use crate::ops::{
    ArgError, ArgKind, Args, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator,
};
use crate::value::{Arena, Kinds, Value};

pub(super) const ROW: Operator = Operator {
    name: "format_time",
    group: Group::Time,
    summary: "Parses a date like `unix_seconds` and formats it in UTC: `iso` (2024-03-05T06:07:08.900Z), or a pattern with %Y, %m, %d, %H, %M, %S and more.",
    argument: ArgKind::Constant("`iso`, or a pattern such as `%Y-%m-%d`"),
    with: &[],
    takes: Kinds::TEXT.or(Kinds::NUMBER),
    gives: Gives::Kinds(Kinds::TEXT),
    keeps: Kinds::NONE,
    missing: Missing::SomeValues(
        "not a recognized date; with a pattern also years before -9999 or after 9999",
    ),
    meaning: Meaning {
        effect: |_, _, output| AbstractValue { raw: false, ..output },
        reads_millis: |_| true,
        ..Meaning::PLAIN
    },
    equivalents: Equivalents {
        vrl: "format_timestamp",
        bloblang: ".ts_format()",
        mapping_kit: "liquid date",
        rudderstack: "typeFormat",
    },
    examples: &[
        Example {
            step: "{ format_time: iso }",
            input: r#""2024-03-05T11:37:08+05:30""#,
            output: r#""2024-03-05T06:07:08.000Z""#,
        },
        Example { step: r#"{ format_time: "%Y-%m-%d" }"#, input: "1709618828900", output: r#""2024-03-05""# },
        Example {
            step: r#"{ format_time: "%d %b %Y, %H:%M" }"#,
            input: r#""2024-03-05T06:07:08Z""#,
            output: r#""05 Mar 2024, 06:07""#,
        },
        Example { step: "{ format_time: iso }", input: r#""tomorrow""#, output: "—" },
    ],
    build,
};

#[derive(Debug)]
enum FormatTime {
    Iso,
    Pattern(Box<str>),
}

fn build(args: &Args<'_>) -> Result<Box<dyn Operation>, ArgError> {
    let pattern = args.text("`iso`, or a pattern such as `%Y-%m-%d`")?;
    if pattern == "iso" {
        return Ok(Box::new(FormatTime::Iso));
    }
    check(pattern)?;
    Ok(Box::new(FormatTime::Pattern(pattern.into())))
}

/// Rejects patterns without specifiers, and specifiers that are invalid or depend on a time zone or locale.
fn check(pattern: &str) -> Result<(), ArgError> {
    let Some(first) = pattern.find('%') else {
        return Err(ArgError::new(format!(
            "expected `iso`, or a pattern with specifiers such as %Y, %m and %d, found the text {pattern:?}"
        )));
    };
    let mut at = first;
    while let Some(part) = pattern.get(at..).and_then(|rest| rest.find('%')).map(|found| at + found) {
        let flags = pattern[part + 1..].bytes();
        let flags = flags
            .take_while(|byte| matches!(byte, b'_' | b'-' | b'^' | b'#' | b':' | b'.' | b'0'..=b'9'))
            .count();
        let letter = pattern[part + 1 + flags..].chars().next();
        let range = part..part + 1 + flags + letter.map_or(0, char::len_utf8);
        let wrong = |message: String| Err(ArgError { range: Some(range.clone()), ..ArgError::new(message) });
        let specifier = &pattern[range.clone()];
        match letter {
            Some('z' | 'Z' | 'Q') => {
                return wrong(format!(
                    "`{specifier}` is a time zone, but times are always in UTC; write `Z` or `+0000` literally"
                ));
            }
            Some('s') => {
                return wrong(format!("`{specifier}` is not supported; use the operator `unix_seconds`"));
            }
            Some('c' | 'r' | 'x' | 'X') => {
                return wrong(format!(
                    "`{specifier}` depends on the locale; write its parts, such as %Y-%m-%d %H:%M:%S"
                ));
            }
            _ => {}
        }
        let mut sample = String::new();
        if BrokenDownTime::from(DateTime::constant(1970, 1, 1, 0, 0, 0, 0))
            .format(specifier, StdFmtWrite(&mut sample))
            .is_err()
        {
            return wrong(format!("`{specifier}` is not a valid specifier; write `%%` for a percent sign"));
        }
        at = range.end;
    }
    Ok(())
}

impl Operation for FormatTime {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let instant = instant(input, arena)?;
        let text = match self {
            Self::Iso => iso(instant, arena),
            Self::Pattern(pattern) => {
                let mut text = BumpString::new_in(arena);
                let time = BrokenDownTime::from(date_time(instant)?);
                time.format(&**pattern, StdFmtWrite(&mut text)).ok()?;
                text.into_bump_str()
            }
        };
        Some(Value::Text(text))
    }
}

/// The date and time of an instant; `None` outside of the years -9999 to 9999, where `jiff` ends.
fn date_time(instant: i64) -> Option<DateTime> {
    let Civil { year, month, day, hour, minute, second, millisecond } = civil(instant);
    let small = |number: i64| i8::try_from(number).ok();
    DateTime::new(
        i16::try_from(year).ok()?,
        small(month)?,
        small(day)?,
        small(hour)?,
        small(minute)?,
        small(second)?,
        i32::try_from(millisecond * 1_000_000).ok()?,
    )
    .ok()
}

/// Like JavaScript's `toISOString`: milliseconds have three digits; years outside 0 to 9999 have a sign and six digits.
fn iso(instant: i64, arena: &Arena) -> &str {
    let time = civil(instant);
    let mut text = BumpString::with_capacity_in(27, arena);
    let written = match time.year {
        year @ 0..=9999 => write!(text, "{year:04}"),
        year => write!(text, "{year:+07}"),
    };
    let written = written.and_then(|()| {
        write!(
            text,
            "-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            time.month, time.day, time.hour, time.minute, time.second, time.millisecond
        )
    });
    debug_assert!(written.is_ok(), "writing to an arena string cannot fail");
    text.into_bump_str()
}
