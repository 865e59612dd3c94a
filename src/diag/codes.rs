//! Every finding that can be made, one row each. A code is a promise: it is printed, linked and searched, and never reused.

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

/// The kinds of findings; the first letter of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Y: the YAML itself.
    Yaml,
    /// S: keys, sections, values in the wrong form.
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
    /// E: what recorded events know.
    Event,
    /// C: suppressions and test cases.
    Suppression,
}

impl Family {
    /// The first letter of its codes.
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

/// One kind of finding, with an example that is a test: `bad` raises it, `good` raises nothing.
#[derive(Clone, Copy, Debug)]
pub struct CodeRow {
    /// The kind of finding as a type.
    pub code: Code,
    /// The code that is printed, such as `S101`.
    pub id: &'static str,
    /// Its name, in words joined by `-`.
    pub name: &'static str,
    /// The kind of finding.
    pub family: Family,
    /// How grave it is.
    pub severity: Severity,
    /// What is found, in one sentence.
    pub summary: &'static str,
    /// Why it matters and what to do.
    pub why: &'static str,
    /// A mapping that raises it. Its file is called `mapping.yaml`.
    pub bad: &'static str,
    /// The same mapping, corrected.
    pub good: &'static str,
}

/// A row; its family is the first letter of its code.
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
        _ => panic!("a code begins with the letter of a family"),
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
    let (mut at, mut family) = (0, 0);
    while family < FAMILIES.len() {
        let mut row = 0;
        while row < FAMILIES[family].len() {
            joined[at] = FAMILIES[family][row];
            assert!(
                joined[at].code as usize == at,
                "`Code` and the tables list the same codes in the same order"
            );
            at += 1;
            row += 1;
        }
        family += 1;
    }
    joined
};

/// Every code, by family.
pub static CODES: &[CodeRow] = &JOINED;

impl Code {
    /// Its row: what is printed, explained and tested of it.
    #[must_use]
    pub fn row(self) -> &'static CodeRow {
        &CODES[self as usize]
    }

    /// The code that is printed, such as `S101`.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.row().id
    }

    /// Its name, in words joined by `-`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The part of the checks that it belongs to.
    #[must_use]
    pub fn family(self) -> Family {
        self.row().family
    }

    /// The code that is printed as `id`, if there is one.
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
            assert!(seen.insert(row.id), "{} twice", row.id);
            assert!(seen.insert(row.name), "{} twice", row.name);
            assert!(row.id.starts_with(row.family.letter()), "{}", row.id);
            assert_eq!(row.id.len(), 4, "{}", row.id);
            for text in [row.summary, row.why, row.bad, row.good] {
                assert!(!text.trim().is_empty(), "{}", row.id);
            }
            assert!(!row.summary.ends_with('.'), "{}: no full stop", row.id);
            assert_ne!(row.bad, row.good, "{}", row.id);
        }
    }
}
