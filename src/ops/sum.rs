//! `sum`

use crate::ops::numeric::number;
use crate::ops::{ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator};
use crate::value::{Kind, Kinds, Number, Value, View};

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
    meaning: Meaning::PLAIN,
    equivalents: Equivalents { vrl: "–", bloblang: ".sum()", mapping_kit: "–", rudderstack: "$.sum" },
    examples: &[
        Example { step: "sum", input: r#"[1, 2.5, "3", null, "x"]"#, output: "6.5" },
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
        let (mut exact, mut inexact) = (Some(0_i64), 0.0);
        let numbers = list.iter().filter(|item| matches!(item.kind(), Kind::Number | Kind::Text));
        for number in
            numbers.filter_map(|item| number(item, arena)).filter(|number| number.as_f64().is_finite())
        {
            exact = exact.zip(number.as_i64()).and_then(|(sum, number)| sum.checked_add(number));
            inexact += number.as_f64();
        }
        exact.map(Number::Int).or_else(|| Number::from_f64(inexact)).map(Value::Number)
    }
}
