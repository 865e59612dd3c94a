//! Input lines × a mapping → answers: the interface of the library for a service or a command.

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
use crate::value::{EventLimits, Value};

/// A compiled mapping, made by [`load`](crate::load). It is immutable, can be shared by threads and is cheap to clone.
#[derive(Clone)]
pub struct Engine {
    plan: Arc<Plan>,
}

impl Engine {
    pub(crate) fn new(plan: Plan) -> Self {
        Self { plan: Arc::new(plan) }
    }

    /// Prepares a destination's settings for this mapping. `json` is the text of one JSON object, at most 4 MiB long and
    /// 128 levels deep.
    ///
    /// A setting that is missing or invalid according to the mapping is not an error here. Every event is refused
    /// instead, with the message that the mapping defines.
    ///
    /// # Errors
    /// [`SettingsError::Malformed`] if the text is not such an object.
    pub fn settings(&self, json: &str) -> Result<Settings, SettingsError> {
        Settings::read(&self.plan, json)
    }

    /// Like [`Self::settings`], for a map that has been parsed.
    pub(crate) fn prepare(&self, settings: Value<'_>) -> Settings {
        Settings::of(&self.plan, settings, EventLimits::default())
    }

    /// Makes a worker for lines that are events. All of them are transformed with these settings.
    ///
    /// # Errors
    /// [`SettingsError::OtherMapping`] if the settings were prepared by another engine. A clone of an engine counts as the
    /// same engine; the same mapping loaded again does not.
    pub fn worker(&self, settings: &Settings) -> Result<Worker, SettingsError> {
        if settings.is_for(&self.plan) {
            Ok(Worker::events(settings))
        } else {
            Err(SettingsError::OtherMapping)
        }
    }

    /// Makes a worker for lines that are envelopes, which come with their own settings:
    /// `{"message": event, "destination": {"Config": settings}, "metadata": …, "connection": …}`. Only `message` is
    /// required. `metadata` is copied to the answer lines.
    #[must_use]
    pub fn envelope_worker(&self) -> Worker {
        Worker::envelopes(Arc::clone(&self.plan))
    }

    /// The name of the destination (`destination:`), the first part of every address in the mapping.
    #[must_use]
    pub fn destination(&self) -> &str {
        &self.plan.destination
    }

    /// The description of the mapping (`description:`), if it has one.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.plan.description.as_deref()
    }

    /// The addresses of the rules, such as `shop/identify`, in the order of the mapping. [`Answer::rule`] is a position in
    /// this sequence, counted from 0.
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        self.plan.rules.iter().map(|rule| &*rule.origin.address)
    }

    /// The files that the mapping consists of.
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
