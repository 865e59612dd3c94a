//! `columns`

use std::collections::HashMap;

use bumpalo::collections::Vec;

use crate::ops::constant::Constant;
use crate::ops::{ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator};
use crate::value::{Kinds, Value, View};

/// Maximum number of cells (rows times columns) of the result, which can be much larger than the event.
const MAX_CELLS: usize = crate::limits::COLUMN_CELLS;

pub(super) const ROW: Operator = Operator {
    name: "columns",
    group: Group::Lists,
    summary: "Converts a list of maps (rows) to a map of lists (columns), each as long as the input. A missing, null or empty cell becomes the argument; columns without any value are omitted.",
    argument: ArgKind::Optional("the value of empty cells (default null)"),
    with: &[],
    takes: Kinds::LIST,
    gives: Gives::Kinds(Kinds::MAP),
    keeps: Kinds::NONE,
    missing: Missing::OtherKinds("not a list"),
    meaning: Meaning { refuses: Some("the table has more than a million cells"), ..Meaning::PLAIN },
    equivalents: Equivalents { vrl: "–", bloblang: "–", mapping_kit: "–", rudderstack: "–" },
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
    build: |args| {
        let filler = args.argument.map_or(Constant::Null, |value| Constant::of(value, args.arena));
        Ok(Box::new(Columns { filler }))
    },
};

#[derive(Debug)]
struct Columns {
    filler: Constant,
}

impl Operation for Columns {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let View::List(table) = input.view(arena) else { return None };
        let rows = table.len();
        let filler = self.filler.value(arena);
        let mut columns: Vec<(&'a str, Vec<'a, Value<'a>>)> = Vec::new_in(arena);
        let mut indexes = HashMap::new();
        for (row, cells) in table.iter().enumerate() {
            let View::Map(cells) = cells.view(arena) else { continue };
            for &(key, cell) in cells.members(arena) {
                if !cell.is_present() {
                    continue;
                }
                let index = *indexes.entry(key).or_insert(columns.len());
                if index == columns.len() {
                    if (index + 1) * rows > MAX_CELLS {
                        return call.refuse("make a table of more than a million cells (rows times columns)");
                    }
                    arena.count_values(rows)?;
                    arena.fits(rows * size_of::<Value<'_>>())?;
                    columns.push((key, Vec::with_capacity_in(rows, arena)));
                }
                if let Some((_, column)) = columns.get_mut(index) {
                    column.resize(row, filler);
                    column.push(cell);
                }
            }
        }
        let columns = columns.into_iter().map(|(key, mut column)| {
            column.resize(rows, filler);
            (key, Value::List(column.into_bump_slice()))
        });
        Some(Value::Map(Vec::from_iter_in(columns, arena).into_bump_slice()))
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::ops::tests::{print, step, value};
    use crate::value::Arena;

    fn columns(rows: usize, keys: usize) -> String {
        let mut table = String::from("[");
        for row in 0..rows {
            let comma = if row > 0 { "," } else { "" };
            write!(table, r#"{comma}{{"k{}":{row}}}"#, row % keys).expect("writing to a string");
        }
        let arena = &Arena::new();
        let outcome = step("columns").expect("a step").outcome(value(&(table + "]"), arena), arena);
        outcome.map_or_else(|reason| reason, print)
    }

    #[test]
    fn tables_with_too_many_cells_are_refused() {
        assert!(columns(2_000, 2_000).starts_with("make a table of more than a million cells"));
        let table: serde_json::Value = serde_json::from_str(&columns(2_000, 500)).expect("JSON");
        assert_eq!(table.as_object().map(serde_json::Map::len), Some(500));
        assert_eq!((&table["k7"][507], &table["k7"][508]), (&507.into(), &serde_json::Value::Null));
        assert_eq!(table["k7"].as_array().map(Vec::len), Some(2_000));
    }
}
