//! `multiply` and `add`

use crate::abstract_value::{AbstractValue, Unit};
use crate::ops::numeric::{ADD_EXACTLY, TOO_MANY_DIGITS, number};
use crate::ops::{
    ArgKind, Call, EffectArgs, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator,
    ValueArg,
};
use crate::value::{Kinds, Number, Value};

pub(super) const MULTIPLY: Operator = Operator {
    name: "multiply",
    group: Group::Numbers,
    summary: "Multiplies two numbers; text such as \"12.5\" counts as a number.",
    argument: ArgKind::Value("a number"),
    with: &[],
    takes: Kinds::SCALAR,
    gives: Gives::Kinds(Kinds::NUMBER),
    keeps: Kinds::NONE,
    missing: Missing::SomeValues("either number is missing or not a number"),
    meaning: Meaning {
        effect,
        reads_numbers: true,
        value: ValueArg::Number,
        refuses: Some(TOO_MANY_DIGITS),
        ..Meaning::PLAIN
    },
    equivalents: Equivalents {
        vrl: "*",
        bloblang: "*",
        mapping_kit: "–",
        rudderstack: "operation multiplication",
    },
    examples: &[
        Example { step: "{ multiply: 100 }", input: "12.5", output: "1250" },
        Example { step: "{ multiply: 1000000 }", input: "1709618828", output: "1709618828000000" },
        Example { step: "{ multiply: 0.5 }", input: r#"" 3 ""#, output: "1.5" },
        Example { step: "{ multiply: 100 }", input: r#""free""#, output: "—" },
    ],
    build: |_| Ok(Box::new(Arithmetic::Multiply)),
};

/// Multiplying by 1000 or 0.001 converts between seconds and milliseconds.
fn effect(args: &EffectArgs<'_>, input: &AbstractValue, output: AbstractValue) -> AbstractValue {
    let factor = match args.value.and_then(|value| value.values.as_deref()) {
        Some([factor]) => factor.number(),
        _ => None,
    };
    let is_factor = |expected: f64| factor.is_some_and(|factor| (factor - expected).abs() < f64::EPSILON);
    let unit = match input.unit {
        Some(Unit::Seconds) if is_factor(1000.0) => Some(Unit::Millis),
        Some(Unit::Millis) if is_factor(0.001) => Some(Unit::Seconds),
        _ => None,
    };
    AbstractValue { unit, ..output }
}

pub(super) const ADD: Operator = Operator {
    name: "add",
    summary: "Adds two numbers; text such as \"12.5\" counts as a number.",
    meaning: Meaning {
        reads_numbers: true,
        value: ValueArg::Number,
        refuses: Some(TOO_MANY_DIGITS),
        ..Meaning::PLAIN
    },
    equivalents: Equivalents {
        vrl: "+", bloblang: "+", mapping_kit: "–", rudderstack: "operation addition"
    },
    examples: &[
        Example { step: "{ add: 1 }", input: "41", output: "42" },
        Example { step: "{ add: 0.2 }", input: "0.1", output: "0.3" },
        Example { step: "{ add: -0.5 }", input: r#""2""#, output: "1.5" },
        Example { step: "{ add: 1 }", input: "null", output: "—" },
    ],
    build: |_| Ok(Box::new(Arithmetic::Add)),
    ..MULTIPLY
};

#[derive(Debug)]
enum Arithmetic {
    Multiply,
    Add,
}

impl Operation for Arithmetic {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let left = number(input, arena)?;
        let right = number(call.argument()?, arena)?;
        let result = left.decimal().zip(right.decimal()).and_then(|(left, right)| match self {
            Self::Multiply => left.multiply(right),
            Self::Add => left.add(right),
        });
        match (result, self) {
            (Some(result), _) => Some(Value::Number(Number::from_decimal(result, arena))),
            (None, Self::Add) => call.refuse(ADD_EXACTLY),
            (None, Self::Multiply) => call.refuse(
                "multiply these numbers exactly: the result has more than 38 digits; round or drop them before",
            ),
        }
    }
}
