//! `mapwright new`: a mapping to start from, with an event of each type.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use mapwright::internal::names::RULE;

use super::files::{in_words, text_of};
use super::{CommandError, Done, terminal};

/// Write a mapping to start from, with an example event of each type
#[derive(clap::Args)]
#[command(after_help = "\
Example:
  mapwright new acme

It writes mappings/acme.yaml, tests/events/acme/settings.json and an event of each type, and tells what to do next.
What is there already is never written over.")]
pub(super) struct Args {
    /// What the destination is called: small letters, digits, `-` and `_`
    #[arg(value_name = "NAME")]
    name: String,
    /// The folder that has `mappings` and `tests` in it
    #[arg(long, value_name = "DIR", default_value = ".")]
    dir: PathBuf,
}

/// The file of the usual names, below `mappings`.
const SHARED: &str = "common/fields.yaml";

/// The names that the mapping takes from that file, where it has them all.
const NAMES: [&str; 6] = ["type", "user_id", "traits", "email", "group_id", "timestamp"];

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
pub(super) fn run(args: &Args) -> Done {
    let name = args.name.as_str();
    check(name)?;
    let dir = if args.dir == Path::new(".") { Path::new("") } else { &args.dir };
    let mapping = dir.join("mappings").join(format!("{name}.yaml"));
    let cases = dir.join("tests").join("events").join(name);
    for taken in [&mapping, &cases] {
        if taken.symlink_metadata().is_ok() {
            return Err(CommandError::Plain(format!(
                "`{}` is there already and stays as it is",
                taken.display()
            )));
        }
    }
    let shared = text_of(&dir.join("mappings").join(SHARED)).is_ok_and(|text| has_names(&text));
    let mut files =
        vec![(mapping, starter(name, shared)), (cases.join("settings.json"), SETTINGS.to_owned())];
    files.extend(EVENTS.map(|(kind, text)| (cases.join(kind).join("first.json"), text.to_owned())));
    for (path, text) in &files {
        write(path, text)?;
    }
    let written: Vec<_> = files.iter().map(|(path, _)| format!("  {}\n", path.display())).collect();
    terminal::print(&format!("written:\n{}\n{}", written.concat(), next(name, dir)))?;
    Ok(ExitCode::SUCCESS)
}

fn check(name: &str) -> Result<(), CommandError> {
    if RULE.allows(name) {
        return Ok(());
    }
    let why = format!("a name {}", RULE.description);
    Err(CommandError::Plain(format!("`{}` cannot be the name of a mapping: {why}", name.escape_debug())))
}

/// Whether the text of the shared file gives all names that the mapping needs.
fn has_names(text: &str) -> bool {
    NAMES.iter().all(|name| {
        text.lines().any(|line| {
            line.strip_prefix("  ")
                .is_some_and(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(':')))
        })
    })
}

/// The mapping, with the usual names from the shared file or with its own.
fn starter(name: &str, shared: bool) -> String {
    let (include, own) = if shared { (INCLUDED, "") } else { ("", OWN) };
    let head = HEAD.replace("NAME", name);
    format!("{head}{include}{CONFIG}{own}{REST}")
}

fn write(path: &Path, text: &str) -> Result<(), CommandError> {
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    // A file that has come meanwhile is not written over either.
    let written = made
        .and_then(|()| fs::File::create_new(path))
        .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()));
    written
        .map_err(|why| CommandError::Plain(format!("cannot write `{}`: {}", path.display(), in_words(&why))))
}

/// What to do next, as commands that can be copied.
fn next(name: &str, dir: &Path) -> String {
    let go = if dir == Path::new("") { String::new() } else { format!("  cd {}\n", dir.display()) };
    format!(
        "What to do next: change mappings/{name}.yaml, and after each change\n\
         {go}  mapwright validate mappings/{name}.yaml\n  \
           mapwright transform --mapping mappings/{name}.yaml --config tests/events/{name}/settings.json tests/events/{name}/track/first.json\n  \
           mapwright test --mapping mappings/{name}.yaml --accept\n"
    )
}
