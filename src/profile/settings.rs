//! Checks a file of settings as a whole: unknown settings, missing ones, wrong types and values.

use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::json::{Document, Limits, Tape};
use crate::run::{SettingProblem, setting_expectation, setting_problem};
use crate::source::Span;
use crate::transform::{Engine, SettingsError};
use crate::value::{Arena, Value, View};

/// The names of the settings without which every event is refused, in the order of the mapping.
#[must_use]
pub fn required_settings(engine: &Engine) -> Vec<&str> {
    let settings = engine.plan().settings.iter();
    let missing = settings.filter(|setting| setting.required.is_some() && setting.default.is_none());
    missing.map(|setting| &*setting.name).collect()
}

/// What is wrong with the settings in the file `name`, whose text is `json`. Findings are at the setting in the mapping, and
/// contain names of settings, but no values of secret ones. Empty for a mapping that declares no settings.
///
/// # Errors
/// When the text is not one JSON map.
pub fn settings_findings(engine: &Engine, name: &str, json: &str) -> Result<Vec<Diagnostic>, SettingsError> {
    let settings = engine.settings(json)?;
    let arena = Arena::new();
    let declared = &engine.plan().settings;
    let Some(first) = declared.first() else { return Ok(Vec::new()) };
    let names = || declared.iter().map(|setting| &*setting.name);
    let mut tape = Tape::default();
    let given = Document::read(json, &mut tape, &Limits::default()).ok();
    let mut findings = Vec::new();
    let mut report = |code, span: Span, message: String| findings.push(Diagnostic::new(code, span, message));
    if let Some(View::Map(map)) = given.as_ref().map(|document| Value::Node(document.root()).view(&arena)) {
        for (key, _) in map.iter(&arena) {
            if names().all(|known| known != key) {
                let suggestion = did_you_mean(key, names());
                let message = format!("`{name}` has an unknown setting `{key}`{suggestion}");
                report(Code::UnknownSettingInFile, first.invalid.origin.span, message);
            }
        }
    }
    let config = settings.prepared().config(&arena);
    for setting in declared {
        let value = match config.view(&arena) {
            View::Map(map) => map.get(&setting.name),
            _ => None,
        };
        let span = setting.invalid.origin.span;
        match (setting_problem(setting, value, &arena), value) {
            (Some(SettingProblem::Missing), _) => {
                let message = format!("`{name}` needs the setting `{}`", setting.name);
                report(Code::SettingMissingInFile, span, message);
            }
            (Some(SettingProblem::Invalid), Some(value)) => {
                let expectation = setting_expectation(setting, value, &arena);
                let message = format!("the setting `{}` in `{name}` {expectation}", setting.name);
                report(Code::SettingInvalidInFile, span, message);
            }
            _ => {}
        }
    }
    Ok(findings)
}
