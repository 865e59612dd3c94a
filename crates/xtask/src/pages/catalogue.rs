//! How many mistakes of the catalogue are found, beside other programs.

use crate::markdown::table;
use mapwright::internal::diag::CODES;

/// What `tests/other-checkers.py` measured: a file of the catalogue, whether yamllint finds its mistake, and whether the
/// JSON Schema does. That `validate` finds each is held by `cargo test --test suite catalogue`, for these very lines.
const MEASURED: &str = include_str!("measured.tsv");

/// The mistakes that the catalogue was made from.
const MISTAKES: &str = include_str!("../../../../docs/mistakes.md");

/// The files of the catalogue, each with what the linter and the schema find.
fn rows() -> impl Iterator<Item = (&'static str, bool, bool)> {
    MEASURED.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()? == "yes", cells.next()? == "yes"))
    })
}

/// Found / of, by family.
pub(super) fn compared() -> String {
    let mut lines = Vec::new();
    let mut all = [0; 3];
    let mut letters: Vec<char> = CODES.iter().map(|row| row.family.letter()).collect();
    letters.dedup();
    for letter in letters {
        let of = |name: &str| name.strip_prefix("invalid/").is_some_and(|name| name.starts_with(letter));
        let [files, linter, schema] = count(of);
        if files > 0 {
            let heading = CODES.iter().find(|row| row.family.letter() == letter).map(|row| row.family);
            lines.push(line(heading.map_or("", super::diagnostics::heading), [files, linter, schema]));
        }
        all = [all[0] + files, all[1] + linter, all[2] + schema];
    }
    lines.push(line("all", all));
    let [valid, linter, schema] = count(|name| name.starts_with("valid/"));
    let alarm = |found: usize| format!("{found} / {valid}");
    lines.push(["false alarms in valid files".to_owned(), alarm(0), alarm(linter), alarm(schema)]);
    let with = MEASURED.lines().next().unwrap_or_default().trim_start_matches("# ").replace('\t', " and ");
    let reasons = MISTAKES.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | – | "));
    let reasons = reasons.map(|(id, why)| [id.to_owned(), why.trim_end_matches([' ', '|']).to_owned()]);
    let none = table(["no file", "why"], reasons);
    format!(
        "\n## The catalogue, beside other programs\n\nMistakes found, of those in [the catalogue](mistakes.md): at their place, by their code, with at most one \
         further finding. The same files were given to {with}, the latter with this language's JSON Schema and a minute of patience a file; \
         [tests/other-checkers.py](../tests/other-checkers.py) says how, and measures it anew.\n\n{}\nMistakes of the list behind the catalogue that \
         cannot be made in this language, or need more than the mapping:\n\n{none}\n",
        table(["found / of", "`mapwright validate`", "a YAML linter", "the JSON Schema alone"], lines)
    )
}

fn count(of: impl Fn(&str) -> bool) -> [usize; 3] {
    rows().filter(|(name, ..)| of(name)).fold([0; 3], |[files, linter, schema], (_, linted, rejected)| {
        [files + 1, linter + usize::from(linted), schema + usize::from(rejected)]
    })
}

fn line(heading: &str, [files, linter, schema]: [usize; 3]) -> [String; 4] {
    let of = |found: usize| format!("{found} / {files}");
    [heading.to_owned(), of(files), of(linter), of(schema)]
}
