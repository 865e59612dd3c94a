//! `mapwright ops`: the operators, tests and predicates of the language, from their tables.

use mapwright::internal::diag::did_you_mean;
use mapwright::internal::ops::{ArgKind, Gives, OPS, OTHER_NAMES, Operator};
use mapwright::internal::{PREDICATES, TESTS};

use super::exit::{CommandError, Exit, VerbResult};
use super::terminal;
use super::text_table::{Align, grouped_table, table};
use super::wrap::wrap;

/// List the operators, tests and predicates of the language, or describe one in detail
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  mapwright ops truncate\n  mapwright ops toUpper")]
pub(super) struct Args {
    /// An operator, test or predicate such as `truncate`, or its name in another tool
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

/// Runs the verb.
pub(super) fn run(args: &Args) -> VerbResult {
    let text = match &args.name {
        None => list(terminal::width()),
        Some(name) => pages(name, terminal::width()).ok_or_else(|| unknown(name))?,
    };
    terminal::print(&text)?;
    Ok(Exit::Success)
}

fn unknown(name: &str) -> CommandError {
    let names = OPS.iter().map(|row| row.name).chain(TESTS.iter().map(|row| row.name));
    let meant = did_you_mean(name, names.chain(PREDICATES.iter().map(|row| row.name)));
    CommandError::Message(format!("there is no operator, test or predicate `{name}`{meant}"))
}

/// Everything that has this name, or else every operator and test that has it in another tool.
fn pages(name: &str, width: usize) -> Option<String> {
    let own: Vec<String> = (OPS.iter().filter(|row| row.name == name).map(|row| page(row, width)))
        .chain(TESTS.iter().filter(|row| row.name == name).map(|row| {
            let line = format!("test {}\n  {}\n", row.name, wrap(row.summary, width.saturating_sub(2), 2));
            format!("{line}\n  example  {}\n", row.example)
        }))
        .chain(PREDICATES.iter().filter(|row| row.name == name).map(|row| {
            let line =
                format!("predicate {}\n  {}\n", row.name, wrap(row.summary, width.saturating_sub(2), 2));
            format!("{line}\n  example  {{ $.value: {{ is: {} }} }}\n", row.name)
        }))
        .collect();
    if !own.is_empty() {
        return Some(own.join("\n"));
    }
    let wanted = letters(name);
    let listed = OTHER_NAMES.iter().filter(|(other, _)| letters(other) == wanted).map(|(_, name)| *name);
    let equivalent = OPS.iter().filter(|row| {
        let others = row.equivalents;
        let words = [others.vrl, others.bloblang, others.mapping_kit, others.rudderstack];
        words.iter().flat_map(|text| text.split([' ', ',', ';', '('])).any(|word| letters(word) == wanted)
    });
    let mut found: Vec<&str> = listed.chain(equivalent.map(|row| row.name)).collect();
    found.dedup();
    if wanted.is_empty() || found.is_empty() {
        return None;
    }
    let pages: Vec<String> = found.iter().filter_map(|found| pages(found, width)).collect();
    Some(format!("`{name}` is `{}` here.\n\n{}", found.join("` or `"), pages.join("\n")))
}

/// A name without what differs from tool to tool: case, `_`, dots, parentheses.
fn letters(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

fn list(width: usize) -> String {
    let rows =
        OPS.iter().map(|row| (format!("{:?}", row.group), vec![row.name.to_owned(), row.summary.to_owned()]));
    let tests =
        TESTS.iter().map(|row| ("Tests".to_owned(), vec![row.name.to_owned(), row.summary.to_owned()]));
    let predicates = PREDICATES.iter().map(|row| {
        ("Predicates, after `is` and `is_not`".to_owned(), vec![row.name.to_owned(), row.summary.to_owned()])
    });
    let text = grouped_table(rows.chain(tests).chain(predicates), &[Align::Left, Align::Left], width);
    format!("{text}\nRun `mapwright ops NAME` for details.\n")
}

fn page(row: &Operator, width: usize) -> String {
    let mut rows = vec![
        ("argument", argument(row.argument)),
        ("takes", row.takes.words()),
        ("gives", gives(row)),
        ("missing", row.missing.words().to_owned()),
    ];
    if !row.keeps.is_empty() {
        rows.insert(3, ("keeps", format!("{}, unchanged", row.keeps.words())));
    }
    rows.extend(row.meaning.refuses.map(|when| ("refuses", format!("the event, when {when}"))));
    rows.extend(row.with.iter().map(|key| ("with", format!("`{}`: {}", key.name, key.meaning))));
    let equivalents = [
        ("VRL", row.equivalents.vrl),
        ("Bloblang", row.equivalents.bloblang),
        ("mapping-kit", row.equivalents.mapping_kit),
        ("RudderStack", row.equivalents.rudderstack),
    ];
    let known: Vec<String> = equivalents
        .iter()
        .filter(|(_, name)| !matches!(*name, "" | "–" | "-" | "—"))
        .map(|(tool, name)| format!("{name} ({tool})"))
        .collect();
    if !known.is_empty() {
        rows.push(("elsewhere", known.join(", ")));
    }
    let rows: Vec<_> = rows.into_iter().map(|(name, text)| vec![name.to_owned(), text]).collect();
    let examples: Vec<_> = row
        .examples
        .iter()
        .map(|example| vec![example.input.to_owned(), example.step.to_owned(), example.output.to_owned()])
        .collect();
    let sides = [Align::Left, Align::Left, Align::Left];
    let heads = ["input", "transform", "result (— means missing)"].map(str::to_owned).to_vec();
    let examples = [vec![heads], examples].concat();
    format!(
        "{}\n  {}\n\n{}\n{}",
        row.name,
        wrap(row.summary, width.saturating_sub(2), 2),
        table(&rows, &sides[..2], width),
        table(&examples, &sides, usize::MAX)
    )
}

fn argument(argument: ArgKind) -> String {
    match argument {
        ArgKind::None => "none".to_owned(),
        ArgKind::Constant(name) => name.to_owned(),
        ArgKind::Optional(name) => format!("{name}, or nothing"),
        ArgKind::Value(name) => format!("{name}; a value that may come from the event"),
        ArgKind::Pipeline(name) => format!("{name}; a pipeline"),
        ArgKind::Test(name) => format!("{name}; a test"),
    }
}

fn gives(row: &Operator) -> String {
    match row.gives {
        Gives::Kinds(kinds) => kinds.words(),
        Gives::Same => "the same kind".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operator_is_listed_and_has_a_page() {
        let list = list(80);
        for row in OPS {
            assert!(list.contains(&format!("\n  {} ", row.name)), "{}", row.name);
            let page = page(row, 80);
            assert!(page.starts_with(row.name), "{page}");
            assert!(row.examples.iter().all(|example| page.contains(example.step)), "{page}");
        }
        for name in TESTS.iter().map(|row| row.name).chain(PREDICATES.iter().map(|row| row.name)) {
            assert!(list.contains(&format!("\n  {name} ")), "{name}");
            assert!(pages(name, 80).is_some_and(|page| page.contains("example")), "{name}");
        }
    }

    #[test]
    fn names_of_other_tools_are_found() {
        for (name, here) in
            [("upcase", "uppercase"), ("toUpper", "uppercase"), ("to_unix_timestamp", "unix_seconds")]
        {
            let page = pages(name, 80).expect(name);
            assert!(page.starts_with(&format!("`{name}` is `{here}`")), "{page}");
        }
        for (name, here) in OTHER_NAMES {
            assert!(pages(name, 80).is_some_and(|page| page.contains(here)), "{name}");
        }
        assert!(pages("…", 80).is_none() && pages("nonsense", 80).is_none());
    }
}
