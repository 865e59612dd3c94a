//! The local variables.

use crate::plan::{ElementId, Variable};

/// The local variables that are defined at a place.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    item: bool,
    /// What `as:` names; those of enclosing `for_each` come first.
    elements: Vec<Box<str>>,
    value: bool,
    /// In `batch:` or `response:`, which are checked but do not run yet.
    later: bool,
}

impl Scope {
    /// The scope of `batch:` and `response:`, where all local variables are defined.
    pub(super) fn later() -> Self {
        Self { item: true, elements: Vec::new(), value: true, later: true }
    }

    /// This scope and `$item`, which has this name as well.
    pub(super) fn with_item(mut self, name: Option<&str>) -> Self {
        self.elements.extend(name.map(Box::from));
        Self { item: true, ..self }
    }

    /// The elements that have a name.
    pub(super) fn elements(&self) -> &[Box<str>] {
        &self.elements
    }

    fn element(&self, name: &str) -> Option<ElementId> {
        self.elements.iter().position(|element| **element == *name)
    }

    /// This scope and `{{ value }}`.
    pub(super) fn with_value(self) -> Self {
        Self { value: true, ..self }
    }

    pub(super) fn has_item(&self) -> bool {
        self.item
    }

    /// Whether a value here can depend on `$item` or `{{ value }}` of an enclosing value.
    pub(super) fn has_item_or_value(&self) -> bool {
        self.item || self.value
    }

    /// Looks up a local variable.
    ///
    /// # Errors
    /// Where the variable would be defined, if it is not defined here. `None` if no local variable has that name.
    pub(super) fn lookup(&self, name: &str) -> Option<Result<Variable, &'static str>> {
        let (here, place) = match name {
            "item" => (self.item.then_some(Variable::Item), "inside `make:` of a `for_each:`"),
            "value" => (self.value.then_some(Variable::Value), "in a `template:` beside another verb"),
            "body" | "items" => (None, "under `batch:`"),
            "response" => (None, "under `response:`"),
            name => return self.element(name).map(|element| Ok(Variable::Element(element))),
        };
        Some(here.or(self.later.then_some(Variable::Later)).ok_or(place))
    }
}
