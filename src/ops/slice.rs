//! `slice`

use crate::abstract_value::{AbstractValue, Length};
use crate::ops::args::{found, whole};
use crate::ops::meaning::part_of;
use crate::ops::{
    ArgError, ArgKind, Args, Call, EffectArgs, Equivalents, Example, Gives, Group, Meaning, Missing,
    Operation, Operator,
};
use crate::value::{BoundedVec, Kinds, Value, View};

pub(super) const ROW: Operator = Operator {
    name: "slice",
    group: Group::Text,
    summary: "Returns a part of a text (by characters) or a list (by elements), from one position up to but not including another; negative positions count from the end.",
    argument: ArgKind::Constant("`[from, to]`, or `[from]` for everything from there on"),
    with: &[],
    takes: Kinds::TEXT.or(Kinds::LIST),
    gives: Gives::Same,
    keeps: Kinds::ANY.without(Kinds::TEXT.or(Kinds::LIST)),
    missing: Missing::Never,
    meaning: Meaning { effect, ..Meaning::PLAIN },
    equivalents: Equivalents {
        vrl: "slice",
        bloblang: ".slice()",
        mapping_kit: "liquid slice",
        rudderstack: "dobInMMDD",
    },
    examples: &[
        Example { step: "{ slice: [0, 3] }", input: r#""Résumé""#, output: r#""Rés""# },
        Example { step: "{ slice: [-4] }", input: r#""4111111111111234""#, output: r#""1234""# },
        Example { step: "{ slice: [1, -1] }", input: "[1,2,3,4]", output: "[2,3]" },
        Example { step: "{ slice: [5, 2] }", input: r#""abc""#, output: r#""""# },
        Example { step: "{ slice: [0, 2] }", input: "true", output: "true" },
    ],
    build: |args| Ok(Box::new(Slice::read(args)?)),
};

fn effect(args: &EffectArgs<'_>, input: &AbstractValue, output: AbstractValue) -> AbstractValue {
    let length = match Slice::read(&args.constant) {
        Ok(slice) => slice.max_length().map_or(Length::default(), Length::chars),
        Err(_) => return output,
    };
    let text = !input.kinds.and(Kinds::TEXT).is_empty();
    let part = part_of(input, output, length);
    if text { part.or_empty() } else { part }
}

#[derive(Debug)]
struct Slice {
    from: i64,
    to: Option<i64>,
}

impl Slice {
    fn read(args: &Args<'_>) -> Result<Self, ArgError> {
        let list = args.list("a list of one or two positions, such as `[0, 4]`")?;
        let mut positions = Vec::new();
        for (index, item) in list.iter().enumerate() {
            let position = whole(item, args.arena).ok_or_else(|| {
                ArgError::at(
                    &index.to_string(),
                    format!("expected a whole number, found {}", found(item, args.arena)),
                )
            })?;
            positions.push(position);
        }
        match positions[..] {
            [from] => Ok(Self { from, to: None }),
            [from, to] => Ok(Self { from, to: Some(to) }),
            _ => Err(ArgError::new(format!(
                "expected one or two positions, found a list of {}",
                positions.len()
            ))),
        }
    }

    /// The maximum length of the result, if it does not depend on the length of the input.
    fn max_length(&self) -> Option<usize> {
        let length = match self.to {
            Some(to) if (self.from < 0) == (to < 0) => to.saturating_sub(self.from).max(0),
            None if self.from < 0 => self.from.saturating_neg(),
            _ => return None,
        };
        usize::try_from(length).ok()
    }

    /// The start and end in an input of a length; start <= end.
    fn bounds(&self, length: usize) -> (usize, usize) {
        let index = |position: i64| {
            let size = usize::try_from(position.unsigned_abs()).unwrap_or(usize::MAX);
            if position < 0 { length.saturating_sub(size) } else { size.min(length) }
        };
        let from = index(self.from);
        (from, self.to.map_or(length, index).max(from))
    }
}

impl Operation for Slice {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        match input.view(call.arena()) {
            View::Text(text) => {
                let (from, to) = self.bounds(text.chars().count());
                let mut offsets = text.char_indices().map(|(at, _)| at).chain([text.len()]);
                let start = offsets.nth(from).unwrap_or(text.len());
                let end = if to > from { offsets.nth(to - from - 1).unwrap_or(text.len()) } else { start };
                Some(Value::Text(&text[start..end]))
            }
            View::List(list) => {
                let (from, to) = self.bounds(list.len());
                let mut part = BoundedVec::with_capacity(to - from, call.arena());
                part.extend(list.iter().skip(from).take(to - from))?;
                Some(Value::List(part.finish()))
            }
            _ => Some(input),
        }
    }
}
