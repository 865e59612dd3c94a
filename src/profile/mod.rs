//! Checks a mapping against recorded events: paths that no event has, values that occur only in another case, rules
//! that no event reaches.

mod compare;
mod expectations;
mod path_counts;
mod settings;
#[cfg(test)]
mod tests;

use expectations::Expectations;
use path_counts::PathCounts;
pub use settings::{required_settings, settings_findings};

use crate::diag::Diagnostic;
use crate::json::Limits;
use crate::loaded::Loaded;
use crate::transform::{Engine, Settings, SettingsError, Worker};
use crate::value::{Arena, Assembly, Kind, Number, Value};

/// Collects statistics over events, in bounded memory.
pub struct EventProfile {
    expectations: Expectations,
    path_counts: PathCounts,
    worker: Worker,
    limits: Limits,
    /// The number of events that reached each rule.
    events_per_rule: Vec<u64>,
}

/// Placeholder settings for use without real ones, so that every rule can be evaluated: a value for each required
/// setting.
#[must_use]
pub fn placeholder_settings(engine: &Engine) -> Settings {
    let arena = Arena::new();
    let mut settings = Assembly::new(&arena);
    for setting in &engine.plan().settings {
        let first = setting.one_of.as_ref().and_then(|allowed| allowed.first());
        let value = match first {
            Some(constant) => constant.value(&arena),
            None if setting.required.is_some() => match setting.kind {
                Some(Kind::Number) => Value::Number(Number::Int(1)),
                Some(Kind::Bool) => Value::Bool(true),
                Some(Kind::List) => Value::List(&[Value::Text("setting")]),
                Some(Kind::Map) => Value::Map(&[("key", Value::Text("setting"))]),
                _ => Value::Text("setting"),
            },
            None => continue,
        };
        settings.put(&setting.name, value);
    }
    engine.prepare(settings.value())
}

impl EventProfile {
    /// An empty profile; `None` for a mapping with errors.
    ///
    /// # Errors
    /// When the settings were prepared for another mapping.
    pub fn new(loaded: &Loaded, settings: &Settings, limits: Limits) -> Result<Option<Self>, SettingsError> {
        let (Some(engine), Some(mapping)) = (&loaded.engine, &loaded.mapping) else { return Ok(None) };
        let expectations = Expectations::of(mapping);
        let worker = engine.worker(settings)?.with_limits(limits);
        let (path_counts, events_per_rule) =
            (PathCounts::new(&expectations), vec![0; engine.plan().rules.len()]);
        Ok(Some(Self { expectations, path_counts, worker, limits, events_per_rule }))
    }

    /// Adds one event as a line of JSON. Invalid lines are ignored.
    pub fn add_event(&mut self, line: &[u8]) {
        let answer = self.worker.event(line);
        if let Some(count) = answer.rule.and_then(|rule| self.events_per_rule.get_mut(rule)) {
            *count += 1;
        }
        self.path_counts.add_event(line, &self.limits);
    }

    /// The findings about the mapping.
    #[must_use]
    pub fn findings(&self) -> Vec<Diagnostic> {
        compare::compare(&self.expectations, &self.path_counts, &self.events_per_rule)
    }
}
