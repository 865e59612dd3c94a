//! The facts that can be assumed where a condition holds.

use std::rc::Rc;

use crate::abstract_value::Constraint;
use crate::source::Span;

/// A condition split into its parts: every atom holds, and at least one branch of each group in `any`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Assumptions {
    pub(crate) atoms: Vec<Atom>,
    pub(crate) any: Vec<Vec<Assumptions>>,
    /// Whether the condition has parts that neither field represents.
    pub(crate) incomplete: bool,
}

/// One test of one path.
#[derive(Clone, Debug)]
pub(crate) struct Atom {
    /// The canonical key of the path: equal for every spelling of the same path.
    pub(crate) key: Rc<str>,
    pub(crate) constraint: Constraint,
    /// The span of the test, or of the name if the test comes from a named condition.
    pub(crate) span: Span,
    /// The span of the test itself.
    pub(crate) origin: Span,
    /// Whether it comes from a named condition.
    pub(crate) named: bool,
    /// Whether only presence is tested.
    pub(crate) presence: bool,
    /// Whether the test is under `not:`.
    pub(crate) negated: bool,
}

impl Assumptions {
    /// Whether a path, or something inside it, is known to be present.
    pub(super) fn requires_presence(&self, key: &str) -> bool {
        let inside = |atom: &Atom| {
            atom.key
                .strip_prefix(key)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['\u{1}', '\u{2}']))
        };
        self.atoms.iter().any(|atom| atom.constraint.present && inside(atom))
            || self
                .any
                .iter()
                .any(|group| !group.is_empty() && group.iter().all(|branch| branch.requires_presence(key)))
    }
}
