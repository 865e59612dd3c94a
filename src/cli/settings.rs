//! A destination's settings from a file. They may be secret: no message ever quotes them.

use std::path::Path;

use mapwright::{Engine, Settings, SettingsError};

use super::CommandError;
use super::files::text_of;

/// Reads the settings in the file `name` for `engine`.
pub(super) fn read(engine: &Engine, name: &str) -> Result<Settings, CommandError> {
    let text = text_of(Path::new(name)).map_err(|why| format!("cannot read the settings `{name}`: {why}"))?;
    let json = text.strip_prefix('\u{feff}').unwrap_or(&text);
    engine.settings(json).map_err(|why| {
        let SettingsError::Malformed { reason, offset: at } = why else { return unusable(&why) };
        let (line, column) = place(json, at);
        CommandError::Plain(format!(
            "the settings must be one JSON map like {{\"name\": \"value\"}}; {name}:{line}:{column}: {reason}"
        ))
    })
}

/// No settings at all; a mapping that requires some refuses each event.
pub(super) fn none(engine: &Engine) -> Result<Settings, CommandError> {
    engine.settings("{}").map_err(|why| unusable(&why))
}

/// What a verb ends with when settings cannot be used.
pub(super) fn unusable(why: &SettingsError) -> CommandError {
    CommandError::Plain(why.to_string())
}

/// Line and column, from 1, of the byte `at`.
fn place(text: &str, at: usize) -> (usize, usize) {
    let characters = || text.char_indices().take_while(|&(start, _)| start < at).map(|(_, c)| c);
    let line = 1 + characters().filter(|&c| c == '\n').count();
    let column = characters().fold(1, |column, c| if c == '\n' { 1 } else { column + 1 });
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn places_count_lines_and_characters() {
        for (text, at, expected) in [
            ("", 0, (1, 1)),
            ("{}", 1, (1, 2)),
            ("{\n  \"é\": x}", 10, (2, 8)),
            ("{\n", 2, (2, 1)),
            ("{", 99, (1, 2)),
        ] {
            assert_eq!(place(text, at), expected, "{text:?} at {at}");
        }
    }
}
