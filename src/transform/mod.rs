//! Input lines × a mapping → answers: what a service or a command drives.

mod answer;
mod settings;
mod settings_cache;
#[cfg(test)]
mod tests;
mod worker;

use std::sync::Arc;

pub use answer::Answer;
pub use settings::{Settings, SettingsError};
pub use worker::Worker;

use crate::plan::Plan;
use crate::source::Sources;
use crate::value::Value;

/// A mapping, ready to run: [`load`](crate::load) makes it. Cloning it is cheap, and all threads can share it.
#[derive(Clone)]
pub struct Engine {
    plan: Arc<Plan>,
}

impl Engine {
    pub(crate) fn new(plan: Plan) -> Self {
        Self { plan: Arc::new(plan) }
    }

    /// Reads a destination's settings from the text of a JSON object and prepares them for this mapping.
    ///
    /// Settings that the mapping requires and that are missing are no error here: they refuse each event, with the
    /// mapping's own words.
    ///
    /// # Errors
    /// [`SettingsError::Malformed`] when the text is not one JSON object.
    pub fn settings(&self, json: &str) -> Result<Settings, SettingsError> {
        Settings::read(&self.plan, json)
    }

    /// The same for settings that are a map already.
    pub(crate) fn prepare(&self, given: Value<'_>) -> Settings {
        Settings::of(&self.plan, given)
    }

    /// A worker for lines that are events; all of them get the same settings.
    ///
    /// # Errors
    /// [`SettingsError::OtherMapping`] when another engine made the settings. A clone of this engine is the same engine;
    /// the same mapping loaded a second time is another one.
    pub fn worker(&self, settings: &Settings) -> Result<Worker, SettingsError> {
        if settings.is_for(&self.plan) {
            Ok(Worker::events(settings))
        } else {
            Err(SettingsError::OtherMapping)
        }
    }

    /// A worker for lines that are envelopes and bring their own settings:
    /// `{"message": the event, "destination": {"Config": settings}, "metadata": …, "connection": …}`.
    #[must_use]
    pub fn envelope_worker(&self) -> Worker {
        Worker::envelopes(Arc::clone(&self.plan))
    }

    /// The name of the destination, the first part of every address.
    #[must_use]
    pub fn destination(&self) -> &str {
        &self.plan.destination
    }

    /// What the mapping says about itself (`description:`).
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.plan.description.as_deref()
    }

    /// The addresses of the rules in the order of the file, as in `shop/identify`. [`Answer::rule`] counts them from 0.
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        self.plan.rules.iter().map(|rule| &*rule.origin.address)
    }

    /// The files that the mapping was made of.
    #[doc(hidden)]
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.plan.sources
    }

    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Engine({})", self.destination())
    }
}
