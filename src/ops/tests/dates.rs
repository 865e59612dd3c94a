//! Tests of date parsing. `tests/suite/conformance.rs` compares it with recorded results of JavaScript.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::value;
use crate::ops::time::{civil, instant, parse};
use crate::value::Arena;

/// Seconds since 1970, rounded down.
fn seconds(text: &str) -> Option<i64> {
    parse(text).map(|instant| instant.div_euclid(1000))
}

#[test]
fn dates_are_parsed() {
    const AT: i64 = 1_709_618_828;
    const DAY: i64 = 1_709_596_800;
    let table: &[(&str, i64)] = &[
        ("2024-03-05T06:07:08Z", AT),
        ("2024-03-05T06:07:08.900Z", AT),
        ("2024-03-05T06:07:08.9Z", AT),
        ("2024-03-05T06:07:08.123456789Z", AT),
        ("2024-03-05t06:07:08z", AT),
        ("2024-03-05 06:07:08Z", AT),
        ("2024-03-05T06:07:08", AT),
        ("2024-03-05 06:07:08.123", AT),
        ("2024-03-05T06:07Z", AT - 8),
        ("2024-03-05T11:37:08+05:30", AT),
        ("2024-03-05T11:37:08.1+0530", AT),
        ("2024-03-05T11:07:08+05", AT),
        ("2024-03-05T02:37:08-03:30", AT),
        ("2024-03-05", DAY),
        ("2024-03-05Z", DAY),
        ("2024-03", DAY - 4 * 86_400),
        ("2024", 1_704_067_200),
        ("2024T06:00Z", 1_704_088_800),
        ("2024-03-05T24:00:00Z", DAY + 86_400),
        ("2023-02-29T00:00:00Z", 1_677_628_800),
        ("2024-02-31", 1_709_337_600),
        ("+010000-01-01T00:00:00Z", 253_402_300_800),
        ("-000001-01-01T00:00:00Z", -62_198_755_200),
        ("0001-01-01T00:00:00Z", -62_135_596_800),
        ("1969-12-31T23:59:59.001Z", -1),
        ("+275760-09-13T00:00:00Z", 8_640_000_000_000),
        ("Tue, 05 Mar 2024 06:07:08 GMT", AT),
        ("Tue, 05 Mar 2024 06:07:08 +0000", AT),
        ("5 Mar 2024 01:07:08 EST", AT),
        ("Tuesday, 05-Mar-24 06:07:08 GMT", AT),
        ("Tue Mar  5 06:07:08 2024", AT),
        ("Tue Mar 05 2024 06:07:08 GMT+0000 (Coordinated Universal Time)", AT),
        ("Tue Mar 05 2024 07:07:08 GMT+0100", AT),
        ("Mar 5, 2024", DAY),
        ("March 5, 2024 06:07:08", AT),
        ("mar. 5 2024, 6:07:08 AM", AT),
        ("March 5, 2024 12:00 AM", DAY),
        ("5 March 2024", DAY),
        ("March 2024", DAY - 4 * 86_400),
        ("2024/03/05", DAY),
        ("2024/3/5 06:07:08", AT),
        ("2024-3-5", DAY),
        ("03/05/2024", DAY),
        ("3/5/24", DAY),
        ("3/5/1999 6:07 PM", 920_657_220),
        ("2024-03-05 06:07:08 UTC", AT),
        ("2024-03-05 06:07:08 +0000 UTC", AT),
        ("2024-03-05 11:37:08.5 +0530 IST", AT),
    ];
    for (text, expected) in table {
        assert_eq!(seconds(text), Some(*expected), "{text}");
    }
}

#[test]
fn other_text_is_not_a_date() {
    let invalid = [
        "",
        " ",
        "NOW",
        "now",
        "garbage",
        "null",
        "undefined",
        "not-a-date",
        "1",
        "12",
        "12345",
        "1709618828",
        "1709618828900",
        "-1",
        "2024-13-01",
        "2024-00-10",
        "2024-01-00",
        "2024-02-32",
        "2024-03-05T25:00:00Z",
        "2024-03-05T24:00:01Z",
        "2024-03-05T06:60:00Z",
        "2024-03-05T06:07:60Z",
        "2024-03-05T06Z",
        "2024-03-05T",
        "2024-03-05T1:00:00Z",
        "2024-03-05T06:07:08.Z",
        "2024-03-05T06:07:08.75705:30",
        "2024-03-05T06:07:08+24:00",
        "2024-03-05T06:07:08+05:60",
        "2024-03-05T06:07:08+5",
        " 2024-03-05T06:07:08Z",
        "2024-03-05T06:07:08Z ",
        "20240305T060708Z",
        "2024-W10-2",
        "T06:07:08Z",
        "06:07:08",
        "-000000-01-01T00:00:00Z",
        "+275760-09-13T00:00:00.001Z",
        "Mar 5",
        "5 Mar Apr 2024",
        "03/05",
        "13/05/2024",
        "1/2/3/4",
        "Mar 5, 2024 13:00 PM",
        "Mar 5, 2024 6:07 AM PM",
        "Mar 5, 2024 (",
        "2024-03-05 06:07 CEST",
        "５ Mar 2024",
        "2024-03-05T06:07:0\u{1F600}Z",
    ];
    for text in invalid {
        assert_eq!(seconds(text), None, "{text}");
    }
}

#[test]
fn numbers_are_milliseconds_since_1970() {
    let table = [
        ("1709618828900", Some(1_709_618_828_900)),
        ("1709618828", Some(1_709_618_828)),
        ("-0.5", Some(0)),
        ("-1.9", Some(-1)),
        ("1e3", Some(1000)),
        ("8640000000000000", Some(8_640_000_000_000_000)),
        ("8640000000000001", None),
        ("1e999", None),
        ("true", None),
        ("null", None),
        ("[1]", None),
        ("{}", None),
    ];
    let arena = &Arena::new();
    for (json, expected) in table {
        assert_eq!(instant(value(json, arena), arena), expected, "{json}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn formatted_dates_are_parsed_back(instant in -62_135_596_800_000_i64..253_402_300_800_000) {
        let at = civil(instant);
        let text = format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            at.year, at.month, at.day, at.hour, at.minute, at.second, at.millisecond
        );
        prop_assert_eq!(parse(&text), Some(instant), "{}", text);
        // The same date in a form that the fast path does not accept.
        prop_assert_eq!(parse(&text.replace('Z', "+00:00")), Some(instant));
        let calendar = jiff::Timestamp::from_millisecond(instant).map(|at| format!("{at:.3}"));
        prop_assert_eq!(calendar.ok(), Some(text));
    }

    #[test]
    fn offsets_are_subtracted_and_seconds_rounded_down(seconds in -10_000_000_000_i64..10_000_000_000, minutes in -1439_i64..1440) {
        let at = civil((seconds + minutes * 60) * 1000 + 999);
        let (sign, size) = (if minutes < 0 { '-' } else { '+' }, minutes.abs());
        let text = format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.999{sign}{:02}:{:02}",
            at.year, at.month, at.day, at.hour, at.minute, at.second, size / 60, size % 60
        );
        prop_assert_eq!(super::dates::seconds(&text), Some(seconds), "{}", text);
    }

    #[test]
    fn arbitrary_text_does_not_panic(text in "[0-9TZ:+. ,/()a-zA-Z-]{0,40}|.{0,20}") {
        let _instant = parse(&text);
    }
}
