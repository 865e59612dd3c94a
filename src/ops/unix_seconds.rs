//! `unix_seconds` and `unix_millis`

use crate::abstract_value::{AbstractValue, Range, Unit};
use crate::ops::numeric::json_number;
use crate::ops::time::instant;
use crate::ops::{
    ArgError, ArgKind, Args, Call, EffectArgs, Equivalents, Example, Gives, Group, Meaning, Missing,
    Operation, Operator,
};
use crate::value::{Arena, Kind, Kinds, Number, Value, View};

pub(super) const UNIX_SECONDS: Operator = Operator {
    name: "unix_seconds",
    group: Group::Time,
    summary: "Parses a date and returns the seconds since 1970, rounded down. A number is read as milliseconds, as in JavaScript.",
    argument: ArgKind::Optional(
        "`numbers: keep` returns numbers unchanged; `numbers: auto` reads numbers, and texts of at least five digits, below 100,000,000,000 as seconds and others as milliseconds",
    ),
    with: &[],
    takes: Kinds::TEXT.or(Kinds::NUMBER),
    gives: Gives::Kinds(Kinds::NUMBER),
    keeps: Kinds::NONE,
    missing: Missing::SomeValues("not a recognized date"),
    meaning: Meaning {
        effect: |args, input, output| counted(Unit::Seconds, 8.64e12, args, input, output),
        reads_millis,
        ..Meaning::PLAIN
    },
    equivalents: Equivalents {
        vrl: "to_unix_timestamp",
        bloblang: ".ts_unix()",
        mapping_kit: "–",
        rudderstack: "secondTimestamp",
    },
    examples: &[
        Example { step: "unix_seconds", input: r#""2024-03-05T06:07:08.900Z""#, output: "1709618828" },
        Example { step: "unix_seconds", input: r#""Tue, 05 Mar 2024 06:07:08 GMT""#, output: "1709618828" },
        Example { step: "unix_seconds", input: "1709618828900", output: "1709618828" },
        Example { step: "{ unix_seconds: { numbers: keep } }", input: "1709618828", output: "1709618828" },
        Example {
            step: "{ unix_seconds: { numbers: auto } }",
            input: r#""1709618828""#,
            output: "1709618828",
        },
        Example { step: "{ unix_seconds: { numbers: auto } }", input: "1709618828900", output: "1709618828" },
        Example { step: "unix_seconds", input: r#""1969-12-31T23:59:59.001Z""#, output: "-1" },
        Example { step: "unix_seconds", input: r#""yesterday""#, output: "—" },
    ],
    build: |args| build(args, 1000),
};

/// The output in a unit. With `numbers: keep`, a number keeps its unit if that is known; otherwise it is taken to be in
/// this unit. `last` is the largest possible timestamp.
fn counted(
    unit: Unit,
    last: f64,
    args: &EffectArgs<'_>,
    input: &AbstractValue,
    output: AbstractValue,
) -> AbstractValue {
    let numbers = Numbers::read(&args.constant).unwrap_or(Numbers::Millis);
    let date = input.kinds == Kinds::TEXT;
    let range = if date { Range::between(-last, last) } else { Range::default() };
    let unit = match input.unit {
        Some(known) if numbers == Numbers::Keep => Some(known),
        Some(Unit::Seconds) if numbers == Numbers::Millis => None,
        _ => Some(unit),
    };
    AbstractValue { range, unit, ..output }
}

pub(super) const UNIX_MILLIS: Operator = Operator {
    name: "unix_millis",
    summary: "Parses a date and returns the milliseconds since 1970. A number is read as milliseconds.",
    meaning: Meaning {
        effect: |args, input, output| counted(Unit::Millis, 8.64e15, args, input, output),
        reads_millis,
        ..Meaning::PLAIN
    },
    equivalents: Equivalents {
        vrl: r#"to_unix_timestamp(unit: "milliseconds")"#,
        bloblang: ".ts_unix_milli()",
        mapping_kit: "–",
        rudderstack: "timestamp",
    },
    examples: &[
        Example { step: "unix_millis", input: r#""2024-03-05T06:07:08.9Z""#, output: "1709618828900" },
        Example { step: "unix_millis", input: r#""2024-03-05""#, output: "1709596800000" },
        Example {
            step: "{ unix_millis: { numbers: auto } }",
            input: "1709618828.5",
            output: "1709618828500",
        },
        Example { step: "unix_millis", input: "12.75", output: "12" },
        Example { step: "unix_millis", input: "true", output: "—" },
    ],
    build: |args| build(args, 1),
    ..UNIX_SECONDS
};

fn reads_millis(args: &Args<'_>) -> bool {
    Numbers::read(args).is_ok_and(|numbers| numbers == Numbers::Millis)
}

fn build(args: &Args<'_>, unit: i64) -> Result<Box<dyn Operation>, ArgError> {
    Ok(Box::new(Unix { unit, numbers: Numbers::read(args)? }))
}

#[derive(Debug)]
struct Unix {
    /// Milliseconds per unit.
    unit: i64,
    numbers: Numbers,
}

/// How numbers are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numbers {
    Millis,
    Keep,
    Auto,
}

impl Numbers {
    fn read(args: &Args<'_>) -> Result<Self, ArgError> {
        Ok(match args.options(&["numbers"])?.choice("numbers", &["keep", "auto"])? {
            None => Self::Millis,
            Some(0) => Self::Keep,
            Some(_) => Self::Auto,
        })
    }
}

/// From here on, `numbers: auto` reads a number as milliseconds: as seconds it would be the year 5138.
const FIRST_MILLIS: i64 = 100_000_000_000;

/// An instant whose number can be seconds or milliseconds.
#[inline(never)]
fn instant_of_either<'a>(value: Value<'a>, arena: &'a Arena) -> Option<i64> {
    let number = match value.view(arena) {
        View::Number(number) => Some(number),
        // Four digits are a year.
        View::Text(text) if text.trim().len() > 4 => json_number(text.trim()),
        _ => None,
    };
    let Some(number) = number else { return instant(value, arena) };
    let is_seconds = number.compare(Number::Int(FIRST_MILLIS))?.is_lt()
        && number.compare(Number::Int(-FIRST_MILLIS))?.is_gt();
    let millis = if is_seconds {
        Number::from_decimal(number.decimal()?.multiply(Number::Int(1000).decimal()?)?, arena)
    } else {
        number
    };
    instant(Value::Number(millis), arena)
}

impl Operation for Unix {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let instant = match self.numbers {
            Numbers::Keep if input.kind() == Kind::Number => return Some(input),
            Numbers::Auto => instant_of_either(input, call.arena())?,
            Numbers::Keep | Numbers::Millis => instant(input, call.arena())?,
        };
        Some(Value::Number(Number::Int(instant.div_euclid(self.unit))))
    }
}
