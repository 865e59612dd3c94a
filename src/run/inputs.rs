//! What the variables of a mapping refer to besides its fields.

use super::settings::PreparedSettings;
use crate::json::Node;
use crate::plan::{LocalTaints, Taint};
use crate::value::Value;

/// What comes with the event and stays the same while it is evaluated.
#[derive(Clone, Copy)]
pub(crate) struct Inputs<'a> {
    /// `$config`.
    pub(crate) settings: &'a PreparedSettings,
    /// `$metadata`, of an envelope that has it.
    pub(crate) metadata: Option<Node<'a>>,
    /// `$connection`, of an envelope that has it.
    pub(crate) connection: Option<Node<'a>>,
}

impl<'a> Inputs<'a> {
    /// The inputs of an event without an envelope.
    pub(crate) fn of_settings(settings: &'a PreparedSettings) -> Self {
        Self { settings, metadata: None, connection: None }
    }
}

/// The variables of the innermost `for_each` and `template`.
#[derive(Clone, Copy, Default)]
pub(super) struct Locals<'a> {
    /// `$item`.
    pub(super) item: Option<Value<'a>>,
    /// What an observer sees of it, if it is secret.
    pub(super) item_mask: Option<&'a Masked<'a>>,
    /// `$value`.
    pub(super) value: Option<Value<'a>>,
    /// What an observer sees of it, if it is secret.
    pub(super) value_mask: Option<&'a Masked<'a>>,
}

impl Locals<'_> {
    /// The taints of the local variables, of which `elements` have a name.
    pub(super) fn taints(&self, elements: &[Element<'_>]) -> LocalTaints {
        let taint = |mask: Option<&Masked<'_>>| mask.map_or(Taint::PUBLIC, |mask| mask.taint);
        let mut taints = LocalTaints {
            item: taint(self.item_mask),
            value: taint(self.value_mask),
            ..LocalTaints::default()
        };
        for (of, element) in taints.elements.iter_mut().zip(elements) {
            *of = taint(element.mask);
        }
        taints
    }
}

/// What `as:` names.
#[derive(Clone, Copy, Default)]
pub(super) struct Element<'a> {
    pub(super) item: Option<Value<'a>>,
    /// What an observer sees of it, if it is secret.
    pub(super) mask: Option<&'a Masked<'a>>,
}

/// A value that is not public, as an observer sees it.
#[derive(Clone, Copy)]
pub(super) struct Masked<'a> {
    pub(super) taint: Taint,
    pub(super) shown: Value<'a>,
}
