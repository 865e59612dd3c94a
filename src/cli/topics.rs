//! `mapwright help`: the help of a verb, or a page of the documentation.

use clap::Parser;
use mapwright::internal::diag::did_you_mean;
use mapwright::internal::diag::{CODES, Code};
use mapwright::internal::ops::operator;

use super::exit::{CommandError, Exit, VerbResult};
use super::terminal;
use super::text_table::{Align, table};

/// Pages of the documentation: name, summary, text.
const TOPICS: &[(&str, &str, &str)] = &[
    ("answers", "what `transform` writes, and how to send it", include_str!("../../docs/answers.md")),
    ("ci", "checking mappings on a pull request", include_str!("../../docs/ci.md")),
    ("contracts", "what a destination accepts", include_str!("../../docs/contracts.md")),
    ("language", "the language of mappings", include_str!("../../docs/language.md")),
    ("limits", "every limit, and what happens beyond it", include_str!("../../docs/limits.md")),
    ("new-destination", "adding a destination from scratch", include_str!("../../docs/new-destination.md")),
    ("security", "what an attacker can and cannot do", include_str!("../../docs/security.md")),
    ("templates", "text with `{{ }}`, and templates with logic", include_str!("../../docs/templates.md")),
];

/// Show the help of a verb, or a page of the documentation
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  mapwright help transform\n  mapwright help language")]
pub(super) struct Args {
    /// A verb such as `transform`, or a topic such as `language` [default: an overview]
    #[arg(value_name = "TOPIC")]
    topic: Option<String>,
}

/// Runs the verb. `P` is the parser of the whole command, whose help it shows.
pub(super) fn run<P: Parser>(args: &Args) -> VerbResult {
    let text = match args.topic.as_deref() {
        None => overview::<P>(),
        Some(topic) => page::<P>(topic)?,
    };
    terminal::print(&text)?;
    Ok(Exit::Success)
}

fn overview<P: Parser>() -> String {
    let rows: Vec<_> =
        TOPICS.iter().map(|(name, summary, _)| vec![(*name).to_owned(), (*summary).to_owned()]).collect();
    let topics = table(&rows, &[Align::Left, Align::Left], terminal::width());
    let help = help::<P>(&[]).unwrap_or_default();
    format!("{help}\nTopics (`mapwright help TOPIC`):\n{topics}")
}

fn page<P: Parser>(topic: &str) -> Result<String, CommandError> {
    let command = P::command();
    let verbs: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    if verbs.contains(&topic)
        && let Some(help) = help::<P>(&[topic])
    {
        return Ok(help);
    }
    let name = topic.to_ascii_lowercase();
    if let Some((_, _, text)) = TOPICS.iter().find(|(known, ..)| *known == name.trim_end_matches(".md")) {
        return Ok((*text).to_owned());
    }
    let elsewhere = if operator(&name).is_some() {
        format!("`{name}` is an operator: `mapwright ops {name}` describes it")
    } else if Code::parse(&topic.to_ascii_uppercase()).is_some() || CODES.iter().any(|row| row.name == name) {
        format!("`{topic}` is a code: `mapwright codes {topic}` describes it")
    } else {
        let meant = did_you_mean(&name, TOPICS.iter().map(|(name, ..)| *name).chain(verbs));
        let meant = if meant.is_empty() { "; `mapwright help` lists the topics".to_owned() } else { meant };
        format!("there is no help on `{topic}`{meant}")
    };
    Err(CommandError::Message(elsewhere))
}

/// What `--help` prints behind these arguments.
fn help<P: Parser>(verb: &[&str]) -> Option<String> {
    let arguments = ["mapwright"].iter().chain(verb).chain(&["--help"]).copied();
    P::try_parse_from(arguments).err().map(|help| help.render().to_string())
}
