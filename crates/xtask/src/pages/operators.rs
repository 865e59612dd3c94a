//! `docs/operators.md`: operators by group, tests, qualities.

use super::GENERATED;
use crate::markdown::{code, table};
use mapwright::internal::ops::{ArgKind, Gives, OPS, Operator};
use mapwright::internal::{PREDICATES, TESTS, TestArgKind};

const HEAD: &str = "# Operators, tests and qualities

An operator stands after `transform:`, alone or in a list of several that are applied one after the other. It never fails:
what it cannot convert is *missing* (written `—` here), which ends the list, and then `invalid`, `default` and `required`
decide. Every operator is also a filter in templates. `mapwright ops NAME` shows the same in a terminal.
";

/// The page of operators, tests and qualities.
#[must_use]
pub fn operators() -> String {
    let mut text = format!("{GENERATED}{HEAD}");
    let mut group = None;
    for row in OPS {
        if group.replace(row.group) != Some(row.group) {
            text.extend(["\n## ", &format!("{:?}", row.group), "\n"]);
        }
        text.push_str(&operator(row));
    }
    text.push_str(&tests());
    text.push_str(&qualities());
    text
}

fn operator(row: &Operator) -> String {
    let mut facts = vec![
        ["argument".to_owned(), argument(row.argument)],
        ["takes".to_owned(), format!("{} → {}", row.takes.words(), gives(row))],
        ["missing".to_owned(), row.missing.words().to_owned()],
    ];
    if !row.keeps.is_empty() {
        facts.insert(2, ["keeps".to_owned(), format!("{}, unchanged", row.keeps.words())]);
    }
    facts.extend(row.with.iter().map(|key| [format!("option {}", code(key.name)), key.meaning.to_owned()]));
    facts.extend(elsewhere(row));
    let examples =
        row.examples.iter().map(|example| [code(example.input), code(example.step), output(example.output)]);
    format!(
        "\n### {}\n\n{}\n\n{}\n{}",
        code(row.name),
        row.summary,
        table(["", ""], facts),
        table(["input", "`transform:`", "result"], examples)
    )
}

fn argument(argument: ArgKind) -> String {
    match argument {
        ArgKind::None => "none".to_owned(),
        ArgKind::Constant(words) => words.to_owned(),
        ArgKind::Optional(words) => format!("{words}, or nothing"),
        ArgKind::Value(words) => format!("{words}; any value, so it may come from the event"),
        ArgKind::Pipeline(words) => format!("{words}; one or more operators"),
        ArgKind::Test(words) => format!("{words}; a test"),
    }
}

fn gives(row: &Operator) -> String {
    match row.gives {
        Gives::Kinds(kinds) => kinds.words(),
        Gives::Same => "the same".to_owned(),
    }
}

fn output(output: &str) -> String {
    if output == "—" { output.to_owned() } else { code(output) }
}

/// What it is called in other tools, where they have it.
fn elsewhere(row: &Operator) -> Option<[String; 2]> {
    let names = [
        ("VRL", row.equivalents.vrl),
        ("Bloblang", row.equivalents.bloblang),
        ("mapping-kit", row.equivalents.mapping_kit),
        ("RudderStack", row.equivalents.rudderstack),
    ];
    let names = names.iter().filter(|(_, name)| !matches!(*name, "" | "–" | "-" | "—"));
    let names: Vec<String> = names.map(|(tool, name)| format!("{} ({tool})", code(name))).collect();
    (!names.is_empty()).then(|| ["elsewhere".to_owned(), names.join(", ")])
}

fn tests() -> String {
    let rows = TESTS
        .iter()
        .map(|row| [code(row.name), row.summary.to_owned(), takes(row.takes).to_owned(), code(row.example)]);
    let rows = table(["test", "holds when the value", "takes", "example"], rows);
    format!(
        "\n## Tests\n\nA test stands in a condition: after `when:`, `check:`, under `conditions:`, and after `keep_if:`. A value \
         alone tests for equality, a list for one of several.\n\n{rows}"
    )
}

fn takes(takes: TestArgKind) -> &'static str {
    match takes {
        TestArgKind::Predicate => "a quality, or a list of which one must hold",
        TestArgKind::Test => "another test",
        TestArgKind::Pattern => "a regular expression",
        TestArgKind::Text => "a text, or a path that gives one",
        TestArgKind::Number => "a number, or a path that gives one",
        TestArgKind::Count => "a number, or a test of the number",
    }
}

fn qualities() -> String {
    let rows = PREDICATES.iter().map(|row| [code(row.name), row.summary.to_owned()]);
    format!(
        "\n## Qualities\n\nThe words after `is:` and `is_not:`.\n\n{}",
        table(["quality", "holds when the value"], rows)
    )
}
