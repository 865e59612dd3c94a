//! Which mappings are tested, and where their events and snapshots are.

use std::fs;
use std::path::{Path, PathBuf};

use super::super::CommandError;
use super::super::files::in_words;
use super::super::walk::{self, Hidden};
use super::Args;

/// A mapping with its events and snapshots.
pub(super) struct SuitePaths {
    pub(super) name: String,
    pub(super) mapping: String,
    pub(super) events: PathBuf,
    pub(super) snapshots: PathBuf,
}

const EVENTS: &str = "tests/events";
const SNAPSHOTS: &str = "snapshots/events";

/// The places that the arguments mean.
pub(super) fn places(args: &Args) -> Result<Vec<SuitePaths>, CommandError> {
    if let Some(mapping) = &args.mapping {
        let name = Path::new(mapping)
            .file_stem()
            .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let folder = |given: &Option<String>, usual: &str| match given {
            Some(given) => PathBuf::from(given),
            None => Path::new(usual).join(&name),
        };
        let events = folder(&args.events, EVENTS);
        if !events.is_dir() {
            return Err(CommandError::Plain(format!("there is no folder of events `{}`", events.display())));
        }
        let snapshots = folder(&args.snapshots, SNAPSHOTS);
        return Ok(vec![SuitePaths { mapping: mapping.clone(), events, snapshots, name }]);
    }
    let mut places = Vec::new();
    let folder = fs::read_dir("mappings").map_err(|why| {
        format!("cannot read the folder `mappings`: {}; name a mapping with --mapping", in_words(&why))
    })?;
    for entry in folder {
        let path =
            entry.map_err(|why| format!("cannot read the folder `mappings`: {}", in_words(&why)))?.path();
        let Some(name) = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()) else { continue };
        let events = Path::new(EVENTS).join(&name);
        if path.extension().is_some_and(|end| end == "yaml" || end == "yml") && events.is_dir() {
            let mapping = path.to_string_lossy().into_owned();
            places.push(SuitePaths { mapping, events, snapshots: Path::new(SNAPSHOTS).join(&name), name });
        }
    }
    places.sort_by(|one, other| one.mapping.cmp(&other.mapping));
    if places.is_empty() {
        return Err(CommandError::Plain(format!(
            "no mapping in `mappings` has a folder of events in `{EVENTS}`"
        )));
    }
    Ok(places)
}

/// Every file below a folder with that ending, in the order of their names.
pub(super) fn files_below(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, CommandError> {
    let mut found = walk::files(folder, &[ending], Hidden::Taken).collect::<Result<Vec<_>, _>>()?;
    found.sort();
    Ok(found)
}

/// A path the way it is written on every system.
pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
