//! `mapwright validate`: reporting the mistakes in mappings.

use std::collections::HashSet;
use std::path::PathBuf;

use clap::ValueEnum;
use mapwright::Loaded;
use mapwright::internal::diag::{self, Diagnostic, Severity, place};
use mapwright::internal::source::Sources;

use super::discover::{self, MappingFile, MappingFiles};
use super::exit::{CommandError, Exit, VerbResult};
use super::numbers::counted;
use super::terminal::{self, Color};
use super::{apply_fixes, help, mapping, profile};

/// Maximum number of times a file is fixed and read again. A fix can make another one possible.
const MAX_FIX_PASSES: usize = 8;

const EXAMPLES: &str = "\
Examples:
  mapwright validate mappings/shop.yaml
  mapwright validate --deny warnings --format github mappings/
  mapwright validate --config settings.json mappings/shop.yaml
  mapwright validate --events events.ndjson mappings/shop.yaml";

const EXIT_CODES: &[(Exit, &str)] = &[
    (Exit::Success, "no errors (with --deny warnings, no warnings either)"),
    (Exit::Findings, "errors (with --deny warnings, errors or warnings)"),
    (Exit::Failed, "wrong usage, or a file that cannot be read or written"),
];

/// Check mappings: report every mistake, where it is, and what was probably meant
#[derive(clap::Args)]
#[command(after_help = help::after_help(EXAMPLES, EXIT_CODES))]
pub(super) struct Args {
    /// Mappings, or folders, in which every YAML file with `destination:` or `extends:` is checked
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    /// Output format: text for people, JSON for programs, SARIF for code scanning, or GitHub annotations
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    format: Format,
    /// What to treat as errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Apply safe fixes, and report what remains
    #[arg(long)]
    fix: bool,
    /// A file of events, one per line: reports paths, values and rules of the mapping that do not occur in them
    #[arg(long, value_name = "FILE")]
    events: Vec<String>,
    /// The destination's settings, a JSON file, which is checked too; for --events [default: a placeholder for each setting]
    #[arg(short, long, value_name = "FILE")]
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
pub(super) fn run(args: &Args, color: Color) -> VerbResult {
    let MappingFiles { mappings, others, mut unreadable } = discover::find_mappings(&args.files);
    let mut seen = HashSet::new();
    let mut checked = Vec::new();
    for mapping in &mappings {
        match check(mapping, args.fix) {
            Ok(mut loaded) => {
                // Findings in a file that several mappings include are reported once.
                let mut findings = std::mem::take(&mut loaded.findings);
                if let Some(name) = &args.config {
                    findings.extend(profile::settings_findings(&loaded, name)?);
                }
                if !args.events.is_empty() {
                    findings.extend(profile::findings(&loaded, &args.events, args.config.as_deref())?);
                    findings.sort_by_key(|found| (found.span.file, found.span.start));
                }
                findings.retain(|found| seen.insert(identity(found, mapping::sources(&loaded))));
                loaded.findings = findings;
                checked.push(loaded);
            }
            Err(CommandError::Message(reason) | CommandError::Findings(reason)) => unreadable.push(reason),
        }
    }
    terminal::print(&render(&checked, args.format, color))?;
    let files = files_read(&checked);
    terminal::eprint(&(totals(&checked, files.len()) + &unused(&others, &files)));
    for reason in &unreadable {
        terminal::eprint(&format!("error: {reason}\n"));
    }
    let is_failure = |found: &Diagnostic| {
        found.severity == Severity::Error || args.deny.is_some() && found.severity == Severity::Warning
    };
    // A mapping that `transform` cannot run is never valid, whatever was found.
    let failed =
        checked.iter().any(|loaded| loaded.engine.is_none() || loaded.findings.iter().any(is_failure));
    Ok(match failed {
        _ if !unreadable.is_empty() => Exit::Failed,
        true => Exit::Findings,
        false => Exit::Success,
    })
}

/// Loads a mapping, and applies its fixes if `fix` is set.
fn check(MappingFile { name, folder }: &MappingFile, fix: bool) -> Result<Loaded, CommandError> {
    let mut loaded = mapping::load(name)?;
    for _ in 0..if fix { MAX_FIX_PASSES } else { 0 } {
        let changes = apply_fixes::apply(&loaded.findings, mapping::sources(&loaded), folder.as_deref())?;
        if changes.is_empty() {
            break;
        }
        terminal::eprint(&(changes.join("\n") + "\n"));
        loaded = mapping::load(name)?;
    }
    Ok(loaded)
}

/// What makes two findings the same: code, place and message.
fn identity(found: &Diagnostic, sources: &Sources) -> (&'static str, String, String) {
    (found.code.id(), place(found, sources), found.message.clone())
}

fn render(checked: &[Loaded], format: Format, color: Color) -> String {
    let findings: Vec<(&[Diagnostic], &Sources)> =
        checked.iter().map(|loaded| (loaded.findings.as_slice(), mapping::sources(loaded))).collect();
    match format {
        Format::Text => {
            let (color, width) = (color.on_stdout(), terminal::width());
            let nonempty = findings.iter().filter(|(findings, _)| !findings.is_empty());
            let texts =
                nonempty.map(|(findings, sources)| diag::human(findings, sources, color, Some(width)));
            texts.collect::<Vec<_>>().join("\n")
        }
        Format::Json => diag::json(&findings),
        Format::Sarif => diag::sarif(&findings),
        Format::Github => diag::github(&findings),
    }
}

/// The paths of all files that were read.
fn files_read(checked: &[Loaded]) -> HashSet<PathBuf> {
    let names = checked
        .iter()
        .map(mapping::sources)
        .flat_map(|sources| sources.files().map(|file| PathBuf::from(sources.name(file))));
    names.map(|name| name.canonicalize().unwrap_or(name)).collect()
}

/// The totals, such as `2 errors, 1 warning in 3 files`.
fn totals(checked: &[Loaded], files: usize) -> String {
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

/// The files in the folders that are neither mappings nor used by one.
fn unused(others: &[String], files: &HashSet<PathBuf>) -> String {
    let unused = others
        .iter()
        .filter(|name| !PathBuf::from(name).canonicalize().is_ok_and(|path| files.contains(&path)));
    unused
        .flat_map(|name| ["not checked: `", name, "` is not a mapping, and no mapping here includes it\n"])
        .collect()
}
