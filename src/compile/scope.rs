//! The local variables.

use crate::plan::Variable;

/// The local variables that are defined at a place.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scope {
    item: bool,
    value: bool,
    /// In `batch:` or `response:`, which are checked but do not run yet.
    later: bool,
}

impl Scope {
    /// The scope of `batch:` and `response:`, where all local variables are defined.
    pub(super) fn later() -> Self {
        Self { item: true, value: true, later: true }
    }

    /// This scope and `$item`, if `defined`.
    pub(super) fn with_item(self, defined: bool) -> Self {
        Self { item: self.item || defined, ..self }
    }

    /// This scope and `{{ value }}`.
    pub(super) fn with_value(self) -> Self {
        Self { value: true, ..self }
    }

    pub(super) fn has_item(self) -> bool {
        self.item
    }

    /// Whether a value here can depend on `$item` or `{{ value }}` of an enclosing value.
    pub(super) fn has_item_or_value(self) -> bool {
        self.item || self.value
    }

    /// Looks up a local variable.
    ///
    /// # Errors
    /// Where the variable would be defined, if it is not defined here. `None` if no local variable has that name.
    pub(super) fn lookup(self, name: &str) -> Option<Result<Variable, &'static str>> {
        let (here, place) = match name {
            "item" => (self.item.then_some(Variable::Item), "inside `make:` of a `for_each:`"),
            "value" => (self.value.then_some(Variable::Value), "in a `template:` beside another verb"),
            "body" | "items" => (None, "under `batch:`"),
            "response" => (None, "under `response:`"),
            _ => return None,
        };
        Some(here.or(self.later.then_some(Variable::Later)).ok_or(place))
    }
}
