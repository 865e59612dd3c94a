//! A destination's settings, bound to the mapping that they were prepared for.

use std::sync::Arc;

use crate::json::{Document, Limits, Tape};
use crate::plan::Plan;
use crate::run::{PreparedSettings, prepare_settings};
use crate::value::{Kind, Value};

/// A destination's settings, prepared for one [`Engine`](crate::Engine). Cloning them is cheap. They may be secret:
/// nothing shows them.
#[derive(Clone)]
pub struct Settings {
    plan: Arc<Plan>,
    prepared: Arc<PreparedSettings>,
}

/// Why settings cannot be used. It never quotes them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// The text is not one JSON object.
    #[error("the settings must be one JSON object: {reason} at byte {at}")]
    Malformed {
        /// What is wrong, without the place.
        reason: &'static str,
        /// The byte of the text, from 0.
        at: usize,
    },
    /// They were prepared by another [`Engine`](crate::Engine).
    #[error(
        "the settings were prepared for another mapping; prepare them with the engine that makes the worker"
    )]
    OtherMapping,
}

impl Settings {
    pub(super) fn read(plan: &Arc<Plan>, json: &str) -> Result<Self, SettingsError> {
        let mut tape = Tape::default();
        let document = Document::read(json, &mut tape, &Limits::default())
            .map_err(|malformed| SettingsError::Malformed { reason: malformed.what, at: malformed.at })?;
        let root = document.root();
        if Value::Node(root).kind() != Kind::Map {
            return Err(SettingsError::Malformed { reason: "the settings are not a map", at: 0 });
        }
        Ok(Self::of(plan, Value::Node(root)))
    }

    /// Settings as a value; what is no map holds none.
    pub(super) fn of(plan: &Arc<Plan>, given: Value<'_>) -> Self {
        Self { plan: Arc::clone(plan), prepared: Arc::new(prepare_settings(plan, given)) }
    }

    /// Whether they were prepared for that very plan.
    pub(super) fn is_for(&self, plan: &Arc<Plan>) -> bool {
        Arc::ptr_eq(&self.plan, plan)
    }

    pub(super) fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    pub(super) fn prepared(&self) -> &PreparedSettings {
        &self.prepared
    }
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Settings (not shown)")
    }
}
