//! The table of all diagnostics, one row per code. Codes are stable, since people link to them and search for them: a code
//! is never reused.

mod contract;
mod event;
mod operator;
mod path;
mod rule;
mod security;
mod shape;
mod suppression;
mod template;
mod yaml;

use super::{Code, Severity};

/// The category of a diagnostic, which is the first letter of its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Y: YAML syntax.
    Yaml,
    /// S: unknown or missing keys, and values of the wrong form.
    Shape,
    /// P: paths and names.
    Path,
    /// O: operators and pipelines.
    Operator,
    /// T: templates.
    Template,
    /// R: rules and conditions.
    Rule,
    /// D: what the destination accepts.
    Contract,
    /// X: security.
    Security,
    /// E: comparison with recorded events.
    Event,
    /// C: comments that suppress diagnostics.
    Suppression,
}

impl Family {
    /// The first letter of the codes in this family.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Yaml => 'Y',
            Self::Shape => 'S',
            Self::Path => 'P',
            Self::Operator => 'O',
            Self::Template => 'T',
            Self::Rule => 'R',
            Self::Contract => 'D',
            Self::Security => 'X',
            Self::Event => 'E',
            Self::Suppression => 'C',
        }
    }
}

/// The explanation of a code. Its examples are also tests: `bad` is reported with this code, `good` is not reported.
#[derive(Clone, Copy, Debug)]
pub struct CodeRow {
    /// The code as a type.
    pub code: Code,
    /// The code as text, such as `S101`.
    pub id: &'static str,
    /// Its name in kebab-case, such as `unknown-key`.
    pub name: &'static str,
    /// The family that it belongs to.
    pub family: Family,
    /// Its severity.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub summary: &'static str,
    /// Why it matters, and what to do.
    pub why: &'static str,
    /// A mapping with this problem. Its file is called `mapping.yaml`.
    pub bad: &'static str,
    /// The same mapping, corrected.
    pub good: &'static str,
}

/// A row; its family is derived from the first letter of the code.
const fn row(
    code: Code,
    id: &'static str,
    name: &'static str,
    severity: Severity,
    [summary, why, bad, good]: [&'static str; 4],
) -> CodeRow {
    let family = match id.as_bytes() {
        [b'Y', ..] => Family::Yaml,
        [b'S', ..] => Family::Shape,
        [b'P', ..] => Family::Path,
        [b'O', ..] => Family::Operator,
        [b'T', ..] => Family::Template,
        [b'R', ..] => Family::Rule,
        [b'D', ..] => Family::Contract,
        [b'X', ..] => Family::Security,
        [b'E', ..] => Family::Event,
        [b'C', ..] => Family::Suppression,
        _ => panic!("the first letter of a code must be that of a family"),
    };
    CodeRow { code, id, name, family, severity, summary, why, bad, good }
}

const FAMILIES: [&[CodeRow]; 10] = [
    yaml::ROWS,
    shape::ROWS,
    path::ROWS,
    operator::ROWS,
    template::ROWS,
    rule::ROWS,
    contract::ROWS,
    security::ROWS,
    event::ROWS,
    suppression::ROWS,
];

const COUNT: usize = {
    let (mut count, mut family) = (0, 0);
    while family < FAMILIES.len() {
        count += FAMILIES[family].len();
        family += 1;
    }
    count
};

const JOINED: [CodeRow; COUNT] = {
    let mut joined = [yaml::ROWS[0]; COUNT];
    let (mut index, mut family) = (0, 0);
    while family < FAMILIES.len() {
        let mut row = 0;
        while row < FAMILIES[family].len() {
            joined[index] = FAMILIES[family][row];
            assert!(
                joined[index].code as usize == index,
                "`Code` and the tables must list the same codes in the same order"
            );
            index += 1;
            row += 1;
        }
        family += 1;
    }
    joined
};

/// Every code, by family.
pub static CODES: &[CodeRow] = &JOINED;

impl Code {
    /// Its row in the table.
    #[must_use]
    pub fn row(self) -> &'static CodeRow {
        &CODES[self as usize]
    }

    /// The code as text, such as `S101`.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.row().id
    }

    /// Its name in kebab-case, such as `unknown-key`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The family that it belongs to.
    #[must_use]
    pub fn family(self) -> Family {
        self.row().family
    }

    /// The code with the text `id`, if it exists.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        CODES.iter().find(|row| row.id == id).map(|row| row.code)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_complete_and_unique() {
        let mut seen = std::collections::HashSet::new();
        for row in CODES {
            assert!(seen.insert(row.id), "{} is used twice", row.id);
            assert!(seen.insert(row.name), "{} is used twice", row.name);
            assert!(row.id.starts_with(row.family.letter()), "{}", row.id);
            assert_eq!(row.id.len(), 4, "{}", row.id);
            for text in [row.summary, row.why, row.bad, row.good] {
                assert!(!text.trim().is_empty(), "{}", row.id);
            }
            assert!(!row.summary.ends_with('.'), "{}: the summary must not end with a full stop", row.id);
            assert_ne!(row.bad, row.good, "{}", row.id);
        }
    }
}
