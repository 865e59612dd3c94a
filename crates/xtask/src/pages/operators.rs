//! `docs/operators.md`: operators by group, tests, predicates.

use super::GENERATED;
use crate::markdown::{code, table};
use mapwright::internal::ops::{ArgKind, Gives, OPS, Operator};
use mapwright::internal::{PREDICATES, TESTS, TestArgKind};

const HEAD: &str = "# Operators, tests and predicates

Operators are used in `transform:`, alone or in a list in which they are applied in order. An operator never fails: what it
cannot convert becomes *missing* (written `—` here), which ends the list; then `invalid`, `default` and `required` apply.
Every operator is also a filter in templates. `mapwright ops NAME` shows the same in a terminal.
";

/// The page of operators, tests and predicates.
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
    text.push_str(&predicates());
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
    facts.extend(row.meaning.refuses.map(|when| ["refuses the event".to_owned(), format!("when {when}")]));
    facts.extend(row.with.iter().map(|key| [format!("option {}", code(key.name)), key.meaning.to_owned()]));
    facts.extend(equivalents(row));
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
        ArgKind::Constant(description) => description.to_owned(),
        ArgKind::Optional(description) => format!("{description}; optional"),
        ArgKind::Value(description) => format!("{description}; any value, so it can come from the event"),
        ArgKind::Pipeline(description) => format!("{description}: one or more operators"),
        ArgKind::Test(description) => format!("{description}; a test"),
    }
}

fn gives(row: &Operator) -> String {
    match row.gives {
        Gives::Kinds(kinds) => kinds.words(),
        Gives::Same => "the same kind".to_owned(),
    }
}

fn output(output: &str) -> String {
    if output == "—" { output.to_owned() } else { code(output) }
}

/// Its names in other tools.
fn equivalents(row: &Operator) -> Option<[String; 2]> {
    let names = [
        ("VRL", row.equivalents.vrl),
        ("Bloblang", row.equivalents.bloblang),
        ("mapping-kit", row.equivalents.mapping_kit),
        ("RudderStack", row.equivalents.rudderstack),
    ];
    let names = names.iter().filter(|(_, name)| !matches!(*name, "" | "–" | "-" | "—"));
    let names: Vec<String> = names.map(|(tool, name)| format!("{} ({tool})", code(name))).collect();
    (!names.is_empty()).then(|| ["in other tools".to_owned(), names.join(", ")])
}

fn tests() -> String {
    let rows = TESTS
        .iter()
        .map(|row| [code(row.name), row.summary.to_owned(), takes(row.takes).to_owned(), code(row.example)]);
    let rows = table(["test", "holds if the value", "takes", "example"], rows);
    format!(
        "\n## Tests\n\nTests are used in conditions (`when:`, `check:`, `conditions:`) and in `keep_if:`. A plain value tests for \
         equality; a list tests whether the value equals one of its elements.\n\n{rows}"
    )
}

fn takes(takes: TestArgKind) -> &'static str {
    match takes {
        TestArgKind::Predicate => "a predicate, or a list of which one must hold",
        TestArgKind::Test => "another test",
        TestArgKind::Pattern => "a regular expression",
        TestArgKind::Text => "text, or a path to a text",
        TestArgKind::Number => "a number, or a path to one",
        TestArgKind::Count => "a number, or a test that is applied to the number",
    }
}

fn predicates() -> String {
    let rows = PREDICATES.iter().map(|row| [code(row.name), row.summary.to_owned()]);
    format!(
        "\n## Predicates\n\nPredicates are used after `is:` and `is_not:`.\n\n{}",
        table(["predicate", "holds if the value"], rows)
    )
}
