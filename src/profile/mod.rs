//! What recorded events know about a mapping: paths that no event has, values that occur only in another case, rules
//! that no event reached.

mod compare;
mod expectations;
mod path_counts;
#[cfg(test)]
mod tests;

use expectations::Expectations;
use path_counts::PathCounts;

use crate::diag::Diagnostic;
use crate::json::Limits;
use crate::loaded::Loaded;
use crate::transform::{Engine, Settings, SettingsError, Worker};

/// Looks at event after event; its size does not grow with them.
pub struct EventProfile {
    expectations: Expectations,
    path_counts: PathCounts,
    worker: Worker,
    limits: Limits,
    /// How many events came to each rule.
    reached: Vec<u64>,
}

/// Settings that let every rule be tried when nobody gives any: a word for each that is needed.
///
/// # Errors
/// None that is known: what is made here is a map.
pub fn settings(engine: &Engine) -> Result<Settings, SettingsError> {
    let mut all = serde_json::Map::new();
    for setting in &engine.plan().settings {
        let first = setting.one_of.as_ref().and_then(|allowed| allowed.first());
        let value = match first {
            Some(constant) => serde_json::from_str(constant.json()).unwrap_or_default(),
            None if setting.required.is_some() => match setting.kind.map(|kind| kind.name) {
                Some("number") => serde_json::Value::from(1),
                Some("boolean") => serde_json::Value::from(true),
                Some("list") => serde_json::json!(["setting"]),
                Some("object" | "map") => serde_json::json!({ "key": "setting" }),
                _ => serde_json::Value::from("setting"),
            },
            None => continue,
        };
        all.insert(setting.name.to_string(), value);
    }
    engine.settings(&serde_json::Value::Object(all).to_string())
}

impl EventProfile {
    /// Nothing seen yet; `None` for a mapping that does not run.
    ///
    /// # Errors
    /// When the settings were prepared for another mapping.
    pub fn new(loaded: &Loaded, settings: &Settings, limits: Limits) -> Result<Option<Self>, SettingsError> {
        let (Some(engine), Some(mapping)) = (&loaded.engine, &loaded.mapping) else { return Ok(None) };
        let expectations = Expectations::of(mapping);
        let worker = engine.worker(settings)?.with_limits(limits);
        let (path_counts, reached) = (PathCounts::new(&expectations), vec![0; engine.plan().rules.len()]);
        Ok(Some(Self { expectations, path_counts, worker, limits, reached }))
    }

    /// Looks at one event. What is no event is passed over.
    pub fn take(&mut self, line: &[u8]) {
        let answer = self.worker.event(line);
        if let Some(count) = answer.rule.and_then(|rule| self.reached.get_mut(rule)) {
            *count += 1;
        }
        self.path_counts.take(line, &self.limits);
    }

    /// What the events tell about the mapping.
    #[must_use]
    pub fn findings(&self) -> Vec<Diagnostic> {
        compare::compare(&self.expectations, &self.path_counts, &self.reached)
    }
}
