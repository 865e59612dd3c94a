//! `number`

use crate::abstract_value::AbstractValue;
use crate::ops::args::found;
use crate::ops::meaning::read_range;
use crate::ops::numeric::{leading, number};
use crate::ops::{
    ArgError, ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator,
};
use crate::value::{Kinds, Value, View};

pub(super) const ROW: Operator = Operator {
    name: "number",
    group: Group::Types,
    summary: "Converts text (\" 12.5 \") to a number, and true and false to 1 and 0; with `loose` the text only has to begin with a number (\"12px\").",
    argument: ArgKind::Optional("`loose`"),
    with: &[],
    takes: Kinds::SCALAR,
    gives: Gives::Kinds(Kinds::NUMBER),
    keeps: Kinds::NONE,
    missing: Missing::SomeValues("not a number, for example empty text"),
    meaning: Meaning {
        effect: |_, input, output| AbstractValue { range: read_range(input), ..output },
        reads_numbers: true,
        ..Meaning::PLAIN
    },
    equivalents: Equivalents {
        vrl: "to_float, to_int",
        bloblang: ".number()",
        mapping_kit: "–",
        rudderstack: "toNumber; loose: toFloat, isFloat",
    },
    examples: &[
        Example { step: "number", input: r#"" 12.5 ""#, output: "12.5" },
        Example { step: "number", input: r#""007""#, output: "7" },
        Example { step: "number", input: r#""+.5""#, output: "0.5" },
        Example { step: "number", input: "true", output: "1" },
        Example { step: "number", input: r#""12px""#, output: "—" },
        Example { step: "{ number: loose }", input: r#""12px""#, output: "12" },
        Example { step: "number", input: r#""""#, output: "—" },
    ],
    build: |args| match args.argument {
        None => Ok(Box::new(ToNumber { loose: false })),
        Some(value) if value.text(args.arena) == Some("loose") => Ok(Box::new(ToNumber { loose: true })),
        Some(value) => {
            Err(ArgError::new(format!("expected `loose` or nothing, found {}", found(value, args.arena))))
        }
    },
};

#[derive(Debug)]
struct ToNumber {
    loose: bool,
}

impl Operation for ToNumber {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let number = match input.view(arena) {
            View::Text(text) if self.loose => leading(text, arena),
            View::Number(_) => return Some(input),
            _ => number(input, arena),
        };
        number.map(Value::Number)
    }
}
