//! `mapwright validate`: what is wrong in mappings.

use std::collections::HashSet;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use mapwright::Loaded;
use mapwright::internal::diag::{self, Diagnostic, Severity, place};
use mapwright::internal::source::Sources;

use super::discover::{self, Found};
use super::summary::counted;
use super::terminal::{self, Color};
use super::{CommandError, Done, EXIT_FAILED, EXIT_FINDINGS, apply_fixes, mapping, profile};

/// How often a file is fixed and read again; a fix may allow another.
const ROUNDS: usize = 8;

/// Check mappings: everything that is wrong in them, where it is, and what was probably meant
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  mapwright validate mappings/shop.yaml
  mapwright validate --deny warnings --format github mappings/
  mapwright validate --events events.ndjson mappings/shop.yaml

Exit codes: 0 nothing was found (warnings may have been), 1 errors were found, 2 a file cannot be read.")]
pub(super) struct Args {
    /// Mappings, or folders: every YAML file in them that says `destination:` or `extends:`
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    /// How findings are written: for people, programs, code scanning, or as notes on a pull request
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    format: Format,
    /// What counts as an error as well
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Make the changes that are safe, and tell what is left
    #[arg(long)]
    fix: bool,
    /// Events, one JSON event a line: tells which paths, values and rules they do not know
    #[arg(long, value_name = "FILE")]
    events: Vec<String>,
    /// The destination's settings, a JSON file; a word stands for each when not given
    #[arg(long, value_name = "FILE", requires = "events")]
    config: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Sarif,
    Github,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    Warnings,
}

/// Runs the verb.
pub(super) fn run(args: &Args, color: Color) -> Done {
    let Found { mappings, parts, mut unreadable } = discover::look(&args.files);
    let mut seen = HashSet::new();
    let mut checked = Vec::new();
    for name in &mappings {
        match check(name, args.fix) {
            Ok(mut loaded) => {
                // What several mappings include is told once.
                let mut findings = std::mem::take(&mut loaded.findings);
                if !args.events.is_empty() {
                    findings.extend(profile::findings(&loaded, &args.events, args.config.as_deref())?);
                    findings.sort_by_key(|found| (found.span.file, found.span.start));
                }
                findings.retain(|found| seen.insert(identity(found, mapping::sources(&loaded))));
                loaded.findings = findings;
                checked.push(loaded);
            }
            Err(CommandError::Plain(why) | CommandError::Findings(why)) => unreadable.push(why),
        }
    }
    terminal::print(&render(&checked, args.format, color))?;
    let files = names(&checked);
    terminal::tell(&(result(&checked, files.len()) + &unused(&parts, &files)));
    for why in &unreadable {
        terminal::tell(&format!("error: {why}\n"));
    }
    let fails = |found: &Diagnostic| {
        found.severity == Severity::Error || args.deny.is_some() && found.severity == Severity::Warning
    };
    // What `transform` would not run is never called valid, whatever was found.
    let failed = checked.iter().any(|loaded| loaded.engine.is_none() || loaded.findings.iter().any(fails));
    Ok(ExitCode::from(match failed {
        _ if !unreadable.is_empty() => EXIT_FAILED,
        true => EXIT_FINDINGS,
        false => 0,
    }))
}

fn check(name: &str, fix: bool) -> Result<Loaded, CommandError> {
    let mut loaded = mapping::load(name)?;
    for _ in 0..if fix { ROUNDS } else { 0 } {
        let changes = apply_fixes::apply(&loaded.findings, mapping::sources(&loaded))?;
        if changes.is_empty() {
            break;
        }
        terminal::tell(&(changes.join("\n") + "\n"));
        loaded = mapping::load(name)?;
    }
    Ok(loaded)
}

fn identity(found: &Diagnostic, sources: &Sources) -> (&'static str, String, String) {
    (found.code.id(), place(found, sources), found.message.clone())
}

fn render(checked: &[Loaded], format: Format, color: Color) -> String {
    let all: Vec<(&[Diagnostic], &Sources)> =
        checked.iter().map(|loaded| (loaded.findings.as_slice(), mapping::sources(loaded))).collect();
    match format {
        Format::Text => {
            let (color, width) = (color.on_output(), terminal::width());
            let found = all.iter().filter(|(findings, _)| !findings.is_empty());
            let texts = found.map(|(findings, sources)| diag::human(findings, sources, color, Some(width)));
            texts.collect::<Vec<_>>().join("\n")
        }
        Format::Json => diag::json(&all),
        Format::Sarif => diag::sarif(&all),
        Format::Github => diag::github(&all),
    }
}

/// All files that were read.
fn names(checked: &[Loaded]) -> HashSet<PathBuf> {
    let names = checked
        .iter()
        .map(mapping::sources)
        .flat_map(|sources| sources.files().map(|file| PathBuf::from(sources.name(file))));
    names.map(|name| name.canonicalize().unwrap_or(name)).collect()
}

/// `2 errors, 1 warning in 3 files`.
fn result(checked: &[Loaded], files: usize) -> String {
    let count = |severity| {
        checked.iter().flat_map(|loaded| &loaded.findings).filter(|found| found.severity == severity).count()
    };
    let [errors, warnings, infos, hints] =
        [Severity::Error, Severity::Warning, Severity::Info, Severity::Hint].map(|s| count(s) as u64);
    let files = counted(files as u64, "file");
    if errors + warnings + infos + hints == 0 {
        return format!("{files}, nothing found\n");
    }
    let notes = infos + hints;
    let notes = if notes > 0 { format!(", {}", counted(notes, "note")) } else { String::new() };
    format!("{}, {}{notes} in {files}\n", counted(errors, "error"), counted(warnings, "warning"))
}

/// Which files in the folders nobody looked into.
fn unused(parts: &[String], files: &HashSet<PathBuf>) -> String {
    let unused = parts
        .iter()
        .filter(|part| !PathBuf::from(part).canonicalize().is_ok_and(|part| files.contains(&part)));
    unused
        .flat_map(|part| ["not checked: `", part, "` is no mapping and none of these includes it\n"])
        .collect()
}
