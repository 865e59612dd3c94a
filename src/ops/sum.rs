//! `sum`

use crate::ops::numeric::{ADD_EXACTLY, is_too_large, number};
use crate::ops::{ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator};
use crate::value::{Decimal, Kind, Kinds, Number, Value, View};

pub(super) const ROW: Operator = Operator {
    name: "sum",
    group: Group::Numbers,
    summary: "Adds the numbers of a list; text such as \"12.5\" counts as a number, everything else as 0.",
    argument: ArgKind::None,
    with: &[],
    takes: Kinds::LIST,
    gives: Gives::Kinds(Kinds::NUMBER),
    keeps: Kinds::NONE,
    missing: Missing::OtherKinds("not a list"),
    meaning: Meaning {
        refuses: Some(
            "the exact result has more than 38 digits, or a text is a number too large for a double",
        ),
        ..Meaning::PLAIN
    },
    equivalents: Equivalents { vrl: "–", bloblang: ".sum()", mapping_kit: "–", rudderstack: "$.sum" },
    examples: &[
        Example { step: "sum", input: r#"[1, 2.5, "3", null, "x"]"#, output: "6.5" },
        Example { step: "sum", input: "[0.1, 0.2]", output: "0.3" },
        Example { step: "sum", input: "[]", output: "0" },
        Example { step: "sum", input: "5", output: "—" },
    ],
    build: |_| Ok(Box::new(Sum)),
};

#[derive(Debug)]
struct Sum;

impl Operation for Sum {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let View::List(list) = input.view(arena) else { return None };
        let numbers = list.iter().filter(|item| matches!(item.kind(), Kind::Number | Kind::Text));
        if list.iter().any(|item| item.text(arena).is_some_and(is_too_large)) {
            return call
                .refuse("add a text that is a number too large for any receiver; convert or drop it before");
        }
        let sum = numbers
            .filter_map(|item| number(item, arena))
            .try_fold(Decimal::ZERO, |sum, number| sum.add(number.decimal()?));
        match sum {
            Some(sum) => Some(Value::Number(Number::from_decimal(sum, arena))),
            None => call.refuse(ADD_EXACTLY),
        }
    }
}
