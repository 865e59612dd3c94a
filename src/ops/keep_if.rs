//! `keep_if`

use crate::abstract_value::AbstractValue;
use crate::ops::{
    ArgKind, Call, EffectArgs, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator,
};
use crate::value::{Kinds, Value};

pub(super) const ROW: Operator = Operator {
    name: "keep_if",
    group: Group::Choice,
    summary: "Keeps a value that passes a test; any other value becomes missing, so that `default` or `invalid` applies.",
    argument: ArgKind::Test("a test, or a list of allowed values"),
    with: &[],
    takes: Kinds::ANY,
    gives: Gives::Same,
    keeps: Kinds::NONE,
    missing: Missing::SomeValues("the test does not hold"),
    meaning: Meaning { effect, keeps_url_encoding: true, ..Meaning::PLAIN },
    equivalents: Equivalents {
        vrl: "filter",
        bloblang: ".filter()",
        mapping_kit: "@if",
        rudderstack: "allowedKeyCheck, IsArray, regex",
    },
    examples: &[
        Example { step: "{ keep_if: [red, green] }", input: r#""red""#, output: r#""red""# },
        Example { step: "{ keep_if: [red, green] }", input: r#""blue""#, output: "—" },
        Example { step: "{ keep_if: { is: text } }", input: r#""a""#, output: r#""a""# },
        Example { step: "{ keep_if: { is: text } }", input: "5", output: "—" },
    ],
    build: |_| Ok(Box::new(KeepIf)),
};

fn effect(args: &EffectArgs<'_>, input: &AbstractValue, _: AbstractValue) -> AbstractValue {
    let narrowed = args.test.map_or_else(|| input.clone(), |test| test.narrow(input.clone()));
    AbstractValue { missing: true, unchanged: true, ..narrowed }
}

#[derive(Debug)]
struct KeepIf;

impl Operation for KeepIf {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        call.test(Some(input)).then_some(input)
    }
}
