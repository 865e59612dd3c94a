//! Reading a destination's settings from a file. They may be secret, so no message quotes them.

use std::path::Path;

use mapwright::internal::profile;
use mapwright::{Engine, Settings, SettingsError};

use super::exit::CommandError;
use super::files::text_of;

/// Reads the settings in the file `name` for `engine`.
pub(super) fn read(engine: &Engine, name: &str) -> Result<Settings, CommandError> {
    let json = text(name)?;
    engine.settings(&json).map_err(|error| malformed(name, &json, &error))
}

/// The text of a file of settings.
pub(super) fn text(name: &str) -> Result<String, CommandError> {
    let text =
        text_of(Path::new(name)).map_err(|reason| format!("cannot read the settings `{name}`: {reason}"))?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

/// The error for a file that does not contain settings.
pub(super) fn malformed(name: &str, json: &str, error: &SettingsError) -> CommandError {
    let &SettingsError::Malformed { reason, offset } = error else { return unusable(error) };
    let (line, column) = line_and_column(json, offset);
    CommandError::Message(format!(
        "the settings must be one JSON map like {{\"name\": \"value\"}}; {name}:{line}:{column}: {reason}"
    ))
}

/// Empty settings. A mapping that requires a setting then refuses every event.
pub(super) fn none(engine: &Engine) -> Result<Settings, CommandError> {
    engine.settings("{}").map_err(|error| unusable(&error))
}

/// What is said once of a run without settings; `None` if the mapping requires none.
pub(super) fn missing(engine: &Engine, mapping: &str) -> Option<String> {
    let missing = profile::required_settings(engine);
    (!missing.is_empty()).then(|| {
        let names = missing.join("`, `");
        format!("note: `{mapping}` requires the settings `{names}`; without `--config FILE` every event is refused\n")
    })
}

/// The error for settings that an engine does not accept.
pub(super) fn unusable(error: &SettingsError) -> CommandError {
    CommandError::Message(error.to_string())
}

/// Line and column, both from 1, of the byte at `offset`. Columns count characters.
fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let characters = || text.char_indices().take_while(|&(start, _)| start < offset).map(|(_, c)| c);
    let line = 1 + characters().filter(|&c| c == '\n').count();
    let column = characters().fold(1, |column, c| if c == '\n' { 1 } else { column + 1 });
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::line_and_column;

    #[test]
    fn lines_and_columns_start_at_1_and_columns_count_characters() {
        for (text, offset, expected) in [
            ("", 0, (1, 1)),
            ("{}", 1, (1, 2)),
            ("{\n  \"é\": x}", 10, (2, 8)),
            ("{\n", 2, (2, 1)),
            ("{", 99, (1, 2)),
        ] {
            assert_eq!(line_and_column(text, offset), expected, "{text:?} at {offset}");
        }
    }
}
