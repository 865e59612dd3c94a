//! `mapwright ops`: the operators of the language, from their table.

use mapwright::internal::diag::did_you_mean;
use mapwright::internal::ops::{ArgKind, Gives, OPS, Operator, operator};

use super::exit::{CommandError, Exit, VerbResult};
use super::terminal;
use super::text_table::{Align, grouped_table, table};
use super::wrap::wrap;

/// List the operators of the language, or describe one in detail
#[derive(clap::Args)]
#[command(after_help = "Example:\n  mapwright ops truncate")]
pub(super) struct Args {
    /// An operator such as `truncate`
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

/// Runs the verb.
pub(super) fn run(args: &Args) -> VerbResult {
    let text = match &args.name {
        None => list(terminal::width()),
        Some(name) => page(operator(name).ok_or_else(|| unknown(name))?, terminal::width()),
    };
    terminal::print(&text)?;
    Ok(Exit::Success)
}

fn unknown(name: &str) -> CommandError {
    let meant = did_you_mean(name, OPS.iter().map(|row| row.name));
    CommandError::Message(format!("there is no operator `{name}`{meant}"))
}

fn list(width: usize) -> String {
    let rows =
        OPS.iter().map(|row| (format!("{:?}", row.group), vec![row.name.to_owned(), row.summary.to_owned()]));
    let text = grouped_table(rows, &[Align::Left, Align::Left], width);
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
    }
}
