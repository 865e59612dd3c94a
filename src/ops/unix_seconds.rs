//! `unix_seconds` and `unix_millis`

use crate::abstract_value::{AbstractValue, Range, Unit};
use crate::ops::time::instant;
use crate::ops::{
    ArgError, ArgKind, Args, Call, EffectArgs, Equivalents, Example, Gives, Group, Meaning, Missing,
    Operation, Operator,
};
use crate::value::{Kind, Kinds, Number, Value};

pub(super) const UNIX_SECONDS: Operator = Operator {
    name: "unix_seconds",
    group: Group::Time,
    summary: "Parses a date and returns the seconds since 1970, rounded down. A number is read as milliseconds, as in JavaScript.",
    argument: ArgKind::Optional("`numbers: keep` returns numbers unchanged"),
    with: &[],
    takes: Kinds::TEXT.or(Kinds::NUMBER),
    gives: Gives::Kinds(Kinds::NUMBER),
    keeps: Kinds::NONE,
    missing: Missing::SomeValues("not a recognized date"),
    meaning: Meaning {
        effect: |args, input, output| counted(Unit::Seconds, 8.64e12, args, input, output),
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
    let keep = Unix::keeps_numbers(&args.constant).unwrap_or_default();
    let date = input.kinds == Kinds::TEXT;
    let range = if date { Range::between(-last, last) } else { Range::default() };
    let unit = match input.unit {
        Some(known) if keep => Some(known),
        Some(Unit::Seconds) => None,
        _ => Some(unit),
    };
    AbstractValue { range, unit, ..output }
}

pub(super) const UNIX_MILLIS: Operator = Operator {
    name: "unix_millis",
    summary: "Parses a date and returns the milliseconds since 1970. A number is read as milliseconds.",
    meaning: Meaning {
        effect: |args, input, output| counted(Unit::Millis, 8.64e15, args, input, output),
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
        Example { step: "unix_millis", input: "12.75", output: "12" },
        Example { step: "unix_millis", input: "true", output: "—" },
    ],
    build: |args| build(args, 1),
    ..UNIX_SECONDS
};

fn build(args: &Args<'_>, unit: i64) -> Result<Box<dyn Operation>, ArgError> {
    Ok(Box::new(Unix { unit, keep_numbers: Unix::keeps_numbers(args)? }))
}

#[derive(Debug)]
struct Unix {
    /// Milliseconds per unit.
    unit: i64,
    keep_numbers: bool,
}

impl Unix {
    fn keeps_numbers(args: &Args<'_>) -> Result<bool, ArgError> {
        Ok(args.options(&["numbers"])?.choice("numbers", &["keep"])?.is_some())
    }
}

impl Operation for Unix {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        if self.keep_numbers && input.kind() == Kind::Number {
            return Some(input);
        }
        let instant = instant(input, call.arena())?;
        Some(Value::Number(Number::Int(instant.div_euclid(self.unit))))
    }
}
