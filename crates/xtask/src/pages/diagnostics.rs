//! `docs/diagnostics.md`: all codes, by family.

use super::GENERATED;
use super::catalogue::compared;
use crate::markdown::{block, table};
use mapwright::internal::diag::{CODES, CodeRow, Family};

const HEAD: &str = "# What `mapwright validate` finds

Each finding has a code whose meaning never changes. An error means that the mapping cannot be used; a warning, that it
probably does something unintended; notes and hints are advice. `mapwright codes CODE` shows the same in a terminal.
";

/// The page of codes.
#[must_use]
pub fn diagnostics() -> String {
    let mut text = format!("{GENERATED}{HEAD}{}## The codes\n\n", compared());
    let rows = CODES.iter().map(|row| {
        [
            format!("[{}](#{})", row.id, anchor(row)),
            row.severity.names().plain.to_owned(),
            row.summary.to_owned(),
        ]
    });
    text.push_str(&table(["code", "", "finding"], rows));
    let mut family = None;
    for row in CODES {
        if family.replace(row.family) != Some(row.family) {
            text.extend(["\n## ", heading(row.family), "\n"]);
        }
        text.push_str(&entry(row));
    }
    text
}

fn entry(row: &CodeRow) -> String {
    format!(
        "\n### {} {}\n\n{}: {}. {}\n\nWrong:\n\n{}\nRight:\n\n{}",
        row.id,
        row.name,
        row.severity.names().plain,
        row.summary,
        row.why,
        block("yaml", row.bad),
        block("yaml", row.good)
    )
}

/// The anchor of a code's heading.
fn anchor(row: &CodeRow) -> String {
    format!("{}-{}", row.id.to_lowercase(), row.name)
}

pub(super) fn heading(family: Family) -> &'static str {
    match family {
        Family::Yaml => "Y: YAML syntax",
        Family::Shape => "S: keys, sections and values in the wrong form",
        Family::Path => "P: paths and names",
        Family::Operator => "O: operators and pipelines",
        Family::Template => "T: templates",
        Family::Rule => "R: rules and conditions",
        Family::Contract => "D: what the destination accepts",
        Family::Security => "X: security",
        Family::Event => "E: recorded events",
        Family::Suppression => "C: suppressions and test cases",
    }
}
