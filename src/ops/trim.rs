//! `trim`

use crate::abstract_value::{AbstractValue, Length};
use crate::ops::meaning::part_of;
use crate::ops::{
    ArgKind, Call, EffectArgs, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator,
};
use crate::value::{Kinds, Value, View};

pub(super) const ROW: Operator = Operator {
    name: "trim",
    group: Group::Text,
    summary: "Removes white space from both ends of a text.",
    argument: ArgKind::None,
    with: &[],
    takes: Kinds::TEXT,
    gives: Gives::Kinds(Kinds::TEXT),
    keeps: Kinds::ANY.without(Kinds::TEXT),
    missing: Missing::Never,
    meaning: Meaning { effect, keeps_url_encoding: true, ..Meaning::PLAIN },
    equivalents: Equivalents {
        vrl: "strip_whitespace",
        bloblang: ".trim()",
        mapping_kit: "liquid strip",
        rudderstack: "trim",
    },
    examples: &[
        Example { step: "trim", input: r#""  Ann \n""#, output: r#""Ann""# },
        Example { step: "trim", input: r#""   ""#, output: r#""""# },
        Example { step: "trim", input: "12", output: "12" },
    ],
    build: |_| Ok(Box::new(Trim)),
};

fn effect(_: &EffectArgs<'_>, input: &AbstractValue, output: AbstractValue) -> AbstractValue {
    let part = part_of(input, output, Length::default());
    AbstractValue { encoded: input.encoded, ..part }.or_empty().texts_of(input, |text| text.trim().to_owned())
}

#[derive(Debug)]
struct Trim;

impl Operation for Trim {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        match input.view(call.arena()) {
            View::Text(text) => Some(Value::Text(text.trim())),
            _ => Some(input),
        }
    }
}
