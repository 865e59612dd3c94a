//! Recorded events, read once for each mapping that `validate` holds against them.

use mapwright::Loaded;
use mapwright::internal::diag::Diagnostic;
use mapwright::internal::json::Limits;
use mapwright::internal::profile::{self, EventProfile};

use super::input::{Chunk, Line, Lines};
use super::{CommandError, settings};

/// Longer lines and deeper events are passed over.
const LIMITS: Limits = Limits { bytes: 4 << 20, depth: 128 };

/// What the events in `files` know about a mapping; nothing about one that does not run.
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
    let sample = EventProfile::new(loaded, &settings, LIMITS).map_err(|why| settings::unusable(&why))?;
    let Some(mut sample) = sample else { return Ok(Vec::new()) };
    let (mut lines, mut chunk) = (Lines::new(files.to_vec(), LIMITS.bytes), Chunk::default());
    while lines.next(&mut chunk)? {
        for (_, line) in chunk.lines(LIMITS.bytes) {
            if let Line::Text(line) = line {
                sample.add_event(line);
            }
        }
    }
    Ok(loaded.without_allowed(sample.findings()))
}
