//! A destination's settings, tied to the mapping that they were prepared for.

use std::sync::Arc;

use crate::json::{Document, Limits, Tape};
use crate::plan::Plan;
use crate::run::{PreparedSettings, prepare_settings};
use crate::value::{EventLimits, Kind, Value};

/// A destination's settings, prepared by [`Engine::settings`](crate::Engine::settings) for that engine. They are immutable,
/// can be shared by threads and are cheap to clone. `Debug` does not show them, since they may be secret.
#[derive(Clone)]
pub struct Settings {
    plan: Arc<Plan>,
    prepared: Arc<PreparedSettings>,
}

/// Why settings cannot be used. The message does not quote them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// The text is not one JSON object.
    #[error("the settings must be one JSON object: {reason} at byte {offset}")]
    Malformed {
        /// What is wrong, without the position.
        reason: &'static str,
        /// The position in the text, in bytes from 0.
        offset: usize,
    },
    /// The settings were prepared by another [`Engine`](crate::Engine).
    #[error(
        "the settings were prepared for another mapping; prepare them with the engine that makes the worker"
    )]
    OtherMapping,
}

impl Settings {
    pub(super) fn read(plan: &Arc<Plan>, json: &str) -> Result<Self, SettingsError> {
        let mut tape = Tape::default();
        let document = Document::read(json, &mut tape, &Limits::default()).map_err(|malformed| {
            SettingsError::Malformed { reason: malformed.message, offset: malformed.offset }
        })?;
        let root = document.root();
        if Value::Node(root).kind() != Kind::Map {
            return Err(SettingsError::Malformed { reason: "the settings are not a map", offset: 0 });
        }
        Ok(Self::of(plan, Value::Node(root), EventLimits::default()))
    }

    /// Prepares a map; any other value counts as an empty map. Each value that depends on settings only may cost what an
    /// event may.
    pub(super) fn of(plan: &Arc<Plan>, settings: Value<'_>, limits: EventLimits) -> Self {
        Self { plan: Arc::clone(plan), prepared: Arc::new(prepare_settings(plan, settings, limits)) }
    }

    /// Whether they were prepared for this plan: the same object, not an equal one.
    pub(super) fn is_for(&self, plan: &Arc<Plan>) -> bool {
        Arc::ptr_eq(&self.plan, plan)
    }

    pub(super) fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// The bytes of memory that they take.
    pub(super) fn memory(&self) -> usize {
        size_of::<PreparedSettings>() + self.prepared.memory()
    }

    pub(crate) fn prepared(&self) -> &PreparedSettings {
        &self.prepared
    }
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Settings (not shown)")
    }
}
