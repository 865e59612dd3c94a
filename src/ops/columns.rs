//! `columns`

use std::collections::HashMap;

use bumpalo::collections::Vec;

use crate::ops::constant::Constant;
use crate::ops::{Argument, Call, Elsewhere, Example, Given, Gives, Group, Operation, Operator, Wrong};
use crate::value::{Kinds, Value, View};

/// Rows times columns grow faster than an event does.
const MOST_CELLS: usize = 1 << 20;

pub(super) const ROW: Operator = Operator {
    name: "columns",
    group: Group::Lists,
    summary: "Turns a list of maps into one map of lists, as a table is read by columns: each list is as long as the table. Where a row has nothing (or null, or empty text), the argument stands; a column without anything is left out.",
    argument: Argument::Optional("what fills the gaps (default null)"),
    with: &[],
    takes: Kinds::LIST,
    gives: Gives::Kinds(Kinds::MAP),
    keeps: Kinds::NONE,
    missing: "not a list; a table of more than a million places",
    elsewhere: Elsewhere { vrl: "–", bloblang: "–", mapping_kit: "–", rudderstack: "–" },
    examples: &[
        Example {
            step: r#"{ columns: "" }"#,
            input: r#"[{"sku":"A","brand":null},{"sku":"B","brand":"Nike"}]"#,
            output: r#"{"sku":["A","B"],"brand":["","Nike"]}"#,
        },
        Example {
            step: "columns",
            input: r#"[{"n":1},"no map",{"n":0,"m":""}]"#,
            output: r#"{"n":[1,null,0]}"#,
        },
        Example { step: "columns", input: "[]", output: "{}" },
        Example { step: "columns", input: r#"{"sku":"A"}"#, output: "—" },
    ],
    build,
};

#[derive(Debug)]
struct Columns {
    gap: Constant,
}

fn build(given: &Given<'_>) -> Result<Box<dyn Operation>, Wrong> {
    let gap = given.argument.map_or(Constant::Null, |value| Constant::keep(value, given.arena));
    Ok(Box::new(Columns { gap }))
}

impl Operation for Columns {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let View::List(table) = input.view(arena) else { return None };
        let rows = table.len();
        let gap = self.gap.value(arena);
        let mut columns: Vec<(&'a str, Vec<'a, Value<'a>>)> = Vec::new_in(arena);
        let mut places = HashMap::new();
        for (row, cells) in table.iter().enumerate() {
            let View::Map(cells) = cells.view(arena) else { continue };
            for &(key, cell) in cells.members(arena) {
                if !cell.is_present() {
                    continue;
                }
                let place = *places.entry(key).or_insert(columns.len());
                if place == columns.len() {
                    if (place + 1) * rows > MOST_CELLS {
                        return None;
                    }
                    columns.push((key, Vec::with_capacity_in(rows, arena)));
                }
                if let Some((_, column)) = columns.get_mut(place) {
                    column.resize(row, gap);
                    column.push(cell);
                }
            }
        }
        let columns = columns.into_iter().map(|(key, mut column)| {
            column.resize(rows, gap);
            (key, Value::List(column.into_bump_slice()))
        });
        Some(Value::Map(Vec::from_iter_in(columns, arena).into_bump_slice()))
    }
}
