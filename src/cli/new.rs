//! `mapwright new`: creating a mapping with an example event of each type.

use std::path::{Path, PathBuf};

use mapwright::internal::names::RULE;

use super::atomic_file::{self, Scope};
use super::exit::{CommandError, Exit, VerbResult};
use super::files::{text_in_folder, write_error};
use super::terminal;

/// Create a mapping for a new destination, with an example event of each type
#[derive(clap::Args)]
#[command(after_help = "\
Example:
  mapwright new acme

This creates mappings/acme.yaml, tests/events/acme/settings.json and an event of each type, and prints the next steps. \
Existing files are never overwritten.")]
pub(super) struct Args {
    /// The name of the destination: lowercase letters, digits, `-` and `_`
    #[arg(value_name = "NAME")]
    name: String,
    /// The project folder, which contains `mappings` and `tests`
    #[arg(long, value_name = "DIR", default_value = ".")]
    dir: PathBuf,
}

/// A file of shared fields, relative to `mappings`.
const SHARED_FIELDS: &str = "common/fields.yaml";

/// The fields that the mapping uses from that file, if all of them are defined there.
const REQUIRED_FIELDS: [&str; 6] = ["type", "user_id", "traits", "email", "group_id", "timestamp"];

const HEAD: &str = include_str!("new/head.yaml");
const INCLUDED: &str = include_str!("new/included.yaml");
const CONFIG: &str = include_str!("new/config.yaml");
const OWN: &str = include_str!("new/own.yaml");
const REST: &str = include_str!("new/rest.yaml");
const SETTINGS: &str = include_str!("new/settings.json");

const EVENTS: [(&str, &str); 6] = [
    ("identify", include_str!("new/identify.json")),
    ("track", include_str!("new/track.json")),
    ("page", include_str!("new/page.json")),
    ("screen", include_str!("new/screen.json")),
    ("group", include_str!("new/group.json")),
    ("alias", include_str!("new/alias.json")),
];

/// Runs the verb.
pub(super) fn run(args: &Args) -> VerbResult {
    let name = args.name.as_str();
    check_name(name)?;
    let dir = if args.dir == Path::new(".") { Path::new("") } else { &args.dir };
    let mapping = dir.join("mappings").join(format!("{name}.yaml"));
    let cases = dir.join("tests").join("events").join(name);
    for path in [&mapping, &cases] {
        if path.symlink_metadata().is_ok() {
            return Err(CommandError::Message(format!(
                "`{}` already exists and was not changed",
                path.display()
            )));
        }
    }
    let shared = text_in_folder(&dir.join("mappings").join(SHARED_FIELDS))
        .is_ok_and(|text| has_required_fields(&text));
    let mut files =
        vec![(mapping, mapping_text(name, shared)), (cases.join("settings.json"), SETTINGS.to_owned())];
    files.extend(EVENTS.map(|(kind, text)| (cases.join(kind).join("first.json"), text.to_owned())));
    for (index, (path, text)) in files.iter().enumerate() {
        if let Err(error) = atomic_file::write_new(path, text, Scope::Inside(dir)) {
            // Half a project would be in the way of the next attempt.
            for (created, _) in &files[..index] {
                let _ignored = atomic_file::remove(created, Scope::Inside(dir));
            }
            return Err(write_error(path, &error));
        }
    }
    let written: Vec<_> = files.iter().map(|(path, _)| format!("  {}\n", path.display())).collect();
    terminal::print(&format!("Created:\n{}\n{}", written.concat(), next_steps(name, dir)))?;
    Ok(Exit::Success)
}

fn check_name(name: &str) -> Result<(), CommandError> {
    if RULE.allows(name) {
        return Ok(());
    }
    Err(CommandError::Message(format!(
        "`{}` cannot be the name of a mapping: a name {}",
        name.escape_debug(),
        RULE.description
    )))
}

/// Whether the text of the shared file defines all fields that the mapping needs.
fn has_required_fields(text: &str) -> bool {
    REQUIRED_FIELDS.iter().all(|name| {
        text.lines().any(|line| {
            line.strip_prefix("  ")
                .is_some_and(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(':')))
        })
    })
}

/// The text of the mapping. It includes the shared file or defines the fields itself.
fn mapping_text(name: &str, shared: bool) -> String {
    let (include, own) = if shared { (INCLUDED, "") } else { ("", OWN) };
    let head = HEAD.replace("NAME", name);
    format!("{head}{include}{CONFIG}{own}{REST}")
}

/// The next steps, as commands that can be copied.
fn next_steps(name: &str, dir: &Path) -> String {
    let change_dir = if dir == Path::new("") { String::new() } else { format!("  cd {}\n", dir.display()) };
    format!(
        "Next steps: edit mappings/{name}.yaml, and after each change run\n\
         {change_dir}  mapwright validate mappings/{name}.yaml\n  \
           mapwright transform --pretty --mapping mappings/{name}.yaml --config tests/events/{name}/settings.json tests/events/{name}/track/first.json\n  \
           mapwright test --mapping mappings/{name}.yaml --accept\n"
    )
}
