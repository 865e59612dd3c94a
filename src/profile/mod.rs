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
use crate::value::{Arena, Assembly, Kind, Number, Value};

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
#[must_use]
pub fn settings(engine: &Engine) -> Settings {
    let arena = Arena::new();
    let mut all = Assembly::new(&arena);
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
        all.put(&setting.name, value);
    }
    engine.prepare(all.value())
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
