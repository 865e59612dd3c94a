//! Finding the mappings to test, with their events and snapshots.

use std::fs;
use std::path::{Path, PathBuf};

use super::super::exit::CommandError;
use super::super::files::{describe, must_not_block};
use super::super::walk_dir::{self, Hidden};
use super::args::Args;

/// A mapping with its events and snapshots.
pub(super) struct SuitePaths {
    pub(super) name: String,
    pub(super) mapping: String,
    pub(super) events: PathBuf,
    pub(super) snapshots: PathBuf,
    /// The folder outside which nothing is written: the snapshots, or the project if the user did not name them.
    pub(super) writable: PathBuf,
}

const EVENTS: &str = "tests/events";
const SNAPSHOTS: &str = "snapshots/events";

/// The suites that the arguments select.
pub(super) fn find_suites(args: &Args) -> Result<Vec<SuitePaths>, CommandError> {
    if let Some(mapping) = &args.mapping {
        let name = Path::new(mapping)
            .file_stem()
            .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let folder = |argument: &Option<String>, default: &str| match argument {
            Some(argument) => PathBuf::from(argument),
            None => Path::new(default).join(&name),
        };
        let events = folder(&args.events, EVENTS);
        if !events.is_dir() {
            return Err(CommandError::Message(format!(
                "the folder of events `{}` does not exist",
                events.display()
            )));
        }
        let snapshots = folder(&args.snapshots, SNAPSHOTS);
        let writable = args.snapshots.as_ref().map_or_else(PathBuf::new, PathBuf::from);
        return Ok(vec![SuitePaths { mapping: mapping.clone(), events, snapshots, writable, name }]);
    }
    let mut suites = Vec::new();
    let folder = fs::read_dir("mappings").map_err(|error| {
        format!("cannot read the folder `mappings`: {}; specify a mapping with --mapping", describe(&error))
    })?;
    for entry in folder {
        let path =
            entry.map_err(|error| format!("cannot read the folder `mappings`: {}", describe(&error)))?.path();
        let Some(name) = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()) else { continue };
        let events = Path::new(EVENTS).join(&name);
        if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
            && events.is_dir()
        {
            must_not_block(&path).map_err(|reason| format!("cannot read `{}`: {reason}", path.display()))?;
            let (mapping, snapshots) =
                (path.to_string_lossy().into_owned(), Path::new(SNAPSHOTS).join(&name));
            suites.push(SuitePaths { mapping, events, snapshots, writable: PathBuf::new(), name });
        }
    }
    suites.sort_by(|a, b| a.mapping.cmp(&b.mapping));
    if suites.is_empty() {
        return Err(CommandError::Message(format!(
            "no mapping in `mappings` has a folder of events in `{EVENTS}`"
        )));
    }
    Ok(suites)
}

/// Every file below a folder with that extension, sorted by path.
pub(super) fn sorted_files_below(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, CommandError> {
    let mut found =
        walk_dir::files_below(folder, &[extension], Hidden::Include).collect::<Result<Vec<_>, _>>()?;
    found.sort();
    Ok(found)
}

/// A path with `/` as the separator on every system.
pub(super) fn portable(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
