//! `mapwright codes`: what `validate` can report, from the table of codes.

use mapwright::internal::diag::{CODES, Code, CodeRow, did_you_mean};

use super::exit::{CommandError, Exit, VerbResult};
use super::terminal;
use super::text_table::{Align, grouped_table};
use super::wrap::{indent, wrap};

/// List everything that `validate` can report, or describe one code in detail
#[derive(clap::Args)]
#[command(after_help = "Example:\n  mapwright codes S101")]
pub(super) struct Args {
    /// A code such as `S101`, or its name
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// Runs the verb.
pub(super) fn run(args: &Args) -> VerbResult {
    let text = match &args.code {
        None => list(terminal::width()),
        Some(name) => page(find(name).ok_or_else(|| unknown(name))?, terminal::width()),
    };
    terminal::print(&text)?;
    Ok(Exit::Success)
}

fn find(name: &str) -> Option<&'static CodeRow> {
    Code::parse(&name.to_uppercase()).map(Code::row).or_else(|| CODES.iter().find(|row| row.name == name))
}

fn unknown(name: &str) -> CommandError {
    let meant = did_you_mean(name, CODES.iter().flat_map(|row| [row.id, row.name]));
    CommandError::Message(format!("there is no code `{name}`{meant}"))
}

fn list(width: usize) -> String {
    let rows = CODES.iter().map(|row| {
        let cells = [row.id, row.severity.names().plain, row.summary].map(str::to_owned).to_vec();
        (format!("{:?}", row.family), cells)
    });
    let text = grouped_table(rows, &[Align::Left, Align::Left, Align::Left], width);
    format!("{text}\nRun `mapwright codes CODE` for details and an example.\n")
}

fn page(row: &CodeRow, width: usize) -> String {
    format!(
        "{} {} ({})\n\n  {}.\n\n  {}\n\nInstead of\n\n{}\nwrite\n\n{}",
        row.id,
        row.name,
        row.severity.names().plain,
        wrap(row.summary, width.saturating_sub(2), 2),
        wrap(row.why, width.saturating_sub(2), 2),
        indent(row.bad, 4),
        indent(row.good, 4),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_listed_and_has_a_page() {
        let list = list(80);
        for row in CODES {
            assert!(list.contains(&format!("\n  {} ", row.id)), "{}", row.id);
            assert!(page(row, 80).starts_with(row.id));
            assert_eq!(find(&row.id.to_lowercase()).map(|found| found.id), Some(row.id));
            assert_eq!(find(row.name).map(|found| found.id), Some(row.id));
        }
    }
}
