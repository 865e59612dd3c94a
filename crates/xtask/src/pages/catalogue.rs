//! Compares how many mistakes of the catalogue mapwright, a linter and the JSON Schema find.

use crate::markdown::table;
use mapwright::internal::diag::CODES;

/// The results of `tests/other-checkers.py`: a file of the catalogue, whether yamllint finds its mistake, and whether
/// the JSON Schema does. `cargo test --test suite catalogue` checks that `validate` finds the mistake of each of these
/// files.
const MEASURED: &str = include_str!("measured.tsv");

/// The list of mistakes that the catalogue is based on.
const MISTAKES: &str = include_str!("../../../../docs/mistakes.md");

/// The files of the catalogue, each with whether the linter and the schema find its mistake.
fn rows() -> impl Iterator<Item = (&'static str, bool, bool)> {
    MEASURED.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()? == "yes", cells.next()? == "yes"))
    })
}

/// The comparison, by family of codes.
pub(super) fn compared() -> String {
    let mut lines = Vec::new();
    let mut total = [0; 3];
    let mut letters: Vec<char> = CODES.iter().map(|row| row.family.letter()).collect();
    letters.dedup();
    for letter in letters {
        let in_family =
            |name: &str| name.strip_prefix("invalid/").is_some_and(|name| name.starts_with(letter));
        let [files, linter, schema] = count(in_family);
        if files > 0 {
            let heading = CODES.iter().find(|row| row.family.letter() == letter).map(|row| row.family);
            lines.push(line(heading.map_or("", super::diagnostics::heading), [files, linter, schema]));
        }
        total = [total[0] + files, total[1] + linter, total[2] + schema];
    }
    lines.push(line("all", total));
    let [valid, linter, schema] = count(|name| name.starts_with("valid/"));
    let alarm = |found: usize| format!("{found} / {valid}");
    lines.push(["false alarms in valid files".to_owned(), alarm(0), alarm(linter), alarm(schema)]);
    let with = MEASURED.lines().next().unwrap_or_default().trim_start_matches("# ").replace('\t', " and ");
    let reasons = MISTAKES.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | – | "));
    let reasons = reasons.map(|(id, why)| [id.to_owned(), why.trim_end_matches([' ', '|']).to_owned()]);
    let none = table(["mistake", "why it has no file"], reasons);
    format!(
        "\n## Comparison with other tools\n\nMistakes of [the catalogue](mistakes.md) that are found: at the right place, with the right code and at most one \
         further finding. The same files were checked with {with}, the latter with this language's JSON Schema and a time limit of one minute per file; \
         [tests/other-checkers.py](../tests/other-checkers.py) repeats the measurement.\n\n{}\nMistakes that are on the list but not in the catalogue, because they \
         cannot be made in this language or cannot be seen in the mapping alone:\n\n{none}\n",
        table(["found / total", "`mapwright validate`", "a YAML linter", "the JSON Schema alone"], lines)
    )
}

fn count(filter: impl Fn(&str) -> bool) -> [usize; 3] {
    rows().filter(|(name, ..)| filter(name)).fold([0; 3], |[files, linter, schema], (_, linted, rejected)| {
        [files + 1, linter + usize::from(linted), schema + usize::from(rejected)]
    })
}

fn line(heading: &str, [files, linter, schema]: [usize; 3]) -> [String; 4] {
    let of = |found: usize| format!("{found} / {files}");
    [heading.to_owned(), of(files), of(linter), of(schema)]
}
