//! `round`

use crate::abstract_value::{AbstractValue, Range};
use crate::ops::args::{found, whole};
use crate::ops::meaning::read_range;
use crate::ops::numeric::number;
use crate::ops::{
    ArgError, ArgKind, Args, Call, EffectArgs, Equivalents, Example, Gives, Group, Meaning, Missing,
    Operation, Operator,
};
use crate::value::{Kind, Kinds, Number, Rounding, Value};

pub(super) const ROW: Operator = Operator {
    name: "round",
    group: Group::Numbers,
    summary: "Rounds a number to an integer or to a number of decimal places; halves are rounded away from zero.",
    argument: ArgKind::Optional(
        "the number of decimal places, or `digits` and `mode` (`nearest`, `down`, `up`)",
    ),
    with: &[],
    takes: Kinds::SCALAR,
    gives: Gives::Kinds(Kinds::NUMBER),
    keeps: Kinds::NONE,
    missing: Missing::SomeValues("not a number"),
    meaning: Meaning {
        effect,
        reads_numbers: true,
        refuses: Some("the result has more than 38 digits"),
        ..Meaning::PLAIN
    },
    equivalents: Equivalents {
        vrl: "round, floor, ceil",
        bloblang: ".round(), .floor(), .ceil()",
        mapping_kit: "–",
        rudderstack: "Math.round, toInt",
    },
    examples: &[
        Example { step: "round", input: "2.5", output: "3" },
        Example { step: "round", input: "-2.5", output: "-3" },
        Example { step: "{ round: 2 }", input: "1.005", output: "1.01" },
        Example { step: "{ round: { mode: down } }", input: "-1.2", output: "-2" },
        Example { step: "{ round: { digits: 1, mode: up } }", input: r#""3.14""#, output: "3.2" },
        Example { step: "round", input: r#""abc""#, output: "—" },
    ],
    build: |args| Ok(Box::new(Round::read(args)?)),
};

fn effect(args: &EffectArgs<'_>, input: &AbstractValue, output: AbstractValue) -> AbstractValue {
    let range = match Round::read(&args.constant) {
        Ok(round) if round.digits >= 0 => read_range(input).rounded(),
        _ => Range::default(),
    };
    let unit = input.unit.filter(|_| input.kinds == Kinds::NUMBER);
    AbstractValue { range, unit, ..output }
}

impl Round {
    fn read(args: &Args<'_>) -> Result<Self, ArgError> {
        const WHAT: &str = "a whole number of digits from -15 to 15";
        let valid = |digits: i64| i8::try_from(digits).ok().filter(|digits| (-15..=15).contains(digits));
        let Some(argument) = args.argument else {
            return Ok(Self { digits: 0, mode: Rounding::Nearest });
        };
        if argument.kind() != Kind::Map {
            let digits = whole(argument, args.arena).and_then(valid).ok_or_else(|| {
                ArgError::new(format!("expected {WHAT}, or a map, found {}", found(argument, args.arena)))
            })?;
            return Ok(Self { digits, mode: Rounding::Nearest });
        }
        let options = args.options(&["digits", "mode"])?;
        let digits = options.whole("digits")?.unwrap_or(0);
        let digits = valid(digits)
            .ok_or_else(|| ArgError::at("digits", format!("expected {WHAT}, found the number {digits}")))?;
        let mode = match options.choice("mode", &["nearest", "down", "up"])? {
            Some(1) => Rounding::Down,
            Some(2) => Rounding::Up,
            _ => Rounding::Nearest,
        };
        Ok(Self { digits, mode })
    }
}

#[derive(Debug)]
struct Round {
    digits: i8,
    mode: Rounding,
}

impl Operation for Round {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let number = number(input, arena)?;
        let whole = match number {
            Number::Int(_) => true,
            Number::Literal(text) => !text.contains(['.', 'e', 'E']),
            Number::Float(_) => false,
        };
        if whole && self.digits >= 0 {
            return Some(Value::Number(number));
        }
        match number.rounded(i64::from(self.digits), self.mode) {
            Some(rounded) => Some(Value::Number(Number::from_decimal(rounded, arena))),
            None => call.refuse("round a number to more than 38 digits; round to fewer decimal places"),
        }
    }
}
