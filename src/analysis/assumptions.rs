//! What is known where a condition holds.

use std::rc::Rc;

use crate::abstract_value::Constraint;
use crate::source::Span;

/// A condition taken apart: all of the atoms and one of each group hold.
#[derive(Debug, Default)]
pub(crate) struct Assumptions {
    pub(crate) atoms: Vec<Atom>,
    pub(crate) any: Vec<Vec<Assumptions>>,
    /// Whether it says anything that is in neither.
    pub(crate) more: bool,
}

/// One test of one path.
#[derive(Clone, Debug)]
pub(crate) struct Atom {
    /// The path, the same text for the same path.
    pub(crate) key: Rc<str>,
    pub(crate) constraint: Constraint,
    /// Where it stands; for a named condition where its name stands.
    pub(crate) span: Span,
    /// Where the test itself stands.
    pub(crate) origin: Span,
    /// Whether it comes from a named condition.
    pub(crate) named: bool,
    /// Whether presence is all that is asked.
    pub(crate) presence: bool,
    /// Whether it stands after `not:`.
    pub(crate) negated: bool,
}

impl Assumptions {
    pub(super) fn copy(&self) -> Self {
        let any = self.any.iter().map(|group| group.iter().map(Self::copy).collect()).collect();
        Self { atoms: self.atoms.clone(), any, more: self.more }
    }

    /// Whether it says that a path, or something inside it, is present.
    pub(super) fn has(&self, key: &str) -> bool {
        let inside = |atom: &Atom| {
            atom.key
                .strip_prefix(key)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['\u{1}', '\u{2}']))
        };
        self.atoms.iter().any(|atom| atom.constraint.present && inside(atom))
            || self.any.iter().any(|group| !group.is_empty() && group.iter().all(|branch| branch.has(key)))
    }
}
