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
    /// Whether a path, or something inside it, is known to be present. Each test that is looked at takes one from `left`;
    /// at 0, nothing more is known.
    pub(super) fn requires_presence(&self, key: &str, left: &mut usize) -> bool {
        let inside = |atom: &Atom| {
            atom.key
                .strip_prefix(key)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['\u{1}', '\u{2}']))
        };
        let looked_at = self.atoms.len().min(*left);
        *left -= looked_at;
        if self.atoms[..looked_at].iter().any(|atom| atom.constraint.present && inside(atom)) {
            return true;
        }
        self.any.iter().any(|group| {
            *left = left.saturating_sub(1);
            *left > 0 && !group.is_empty() && group.iter().all(|branch| branch.requires_presence(key, left))
        })
    }
}
