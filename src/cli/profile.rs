//! `validate --events`: comparing a mapping with recorded events.

use mapwright::Loaded;
use mapwright::internal::diag::Diagnostic;
use mapwright::internal::json::Limits;
use mapwright::internal::limits;
use mapwright::internal::profile::{self, EventProfile};

use super::exit::CommandError;
use super::input::{Chunk, InputLine, Lines};
use super::settings;

/// Longer lines and more deeply nested events are skipped.
const LIMITS: Limits = Limits { bytes: limits::LINE_BYTES, depth: limits::LINE_DEPTH };

/// What is wrong with the settings in the file `name`. Empty for a mapping that cannot run.
pub(super) fn settings_findings(loaded: &Loaded, name: &str) -> Result<Vec<Diagnostic>, CommandError> {
    let Some(engine) = &loaded.engine else { return Ok(Vec::new()) };
    let json = settings::text(name)?;
    let found = profile::settings_findings(engine, name, &json);
    Ok(loaded.without_allowed(found.map_err(|error| settings::malformed(name, &json, &error))?))
}

/// What the events in `files` reveal about a mapping: paths, values and rules that do not occur in them. Empty for a
/// mapping that cannot run.
pub(super) fn findings(
    loaded: &Loaded,
    files: &[String],
    config: Option<&str>,
) -> Result<Vec<Diagnostic>, CommandError> {
    let Some(engine) = &loaded.engine else { return Ok(Vec::new()) };
    let settings = match config {
        Some(name) => settings::read(engine, name)?,
        None => profile::placeholder_settings(engine),
    };
    let profile = EventProfile::new(loaded, &settings, LIMITS).map_err(|error| settings::unusable(&error))?;
    let Some(mut profile) = profile else { return Ok(Vec::new()) };
    let (mut lines, mut chunk) = (Lines::new(files.to_vec(), LIMITS.bytes), Chunk::default());
    while lines.next(&mut chunk)? {
        for (_, line) in chunk.lines(LIMITS.bytes) {
            if let InputLine::Text(line) = line {
                profile.add_event(line);
            }
        }
    }
    Ok(loaded.without_allowed(profile.findings()))
}
