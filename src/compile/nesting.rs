//! Limits on how fields and conditions reference each other. Each reference in a chain is a nested call when an event
//! is mapped, so chains are limited by the stack; a name that references another twice, and so on, doubles the work
//! with each level.

use crate::diag::{Code, Diagnostic, Findings};
use crate::source::Span;

/// Maximum length of a chain of references. Longer chains are mistakes: mappings written by people have a handful.
const MAX_DEPTH: usize = crate::limits::REFERENCE_DEPTH;

/// Maximum number of references that one name expands to, each counted as often as it is evaluated.
const MAX_REFERENCES: usize = crate::limits::REFERENCES;

/// What the evaluation of a name costs, the name itself included.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    /// Length of the longest chain of references.
    depth: usize,
    /// Number of names evaluated.
    references: usize,
}

impl Cost {
    fn and(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            references: self.references.saturating_add(other.references),
        }
    }
}

/// The chain of names being compiled.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    /// Number of names being compiled.
    open: usize,
    /// Cost so far of the name being compiled.
    cost: Cost,
    /// Whether a limit was exceeded.
    exceeded: bool,
}

impl Nesting {
    /// Whether a limit was exceeded, so that following all references could take too long.
    pub(super) fn exceeded(&self) -> bool {
        self.exceeded
    }

    /// Counts a reference to a name that is already compiled.
    pub(super) fn reference(&mut self, cost: Cost) {
        self.cost = self.cost.and(cost);
    }

    /// Starts the compilation of `name`, which is referenced at `span`, and returns the cost so far of the enclosing
    /// name, for [`Nesting::leave`]; `None`, with a finding, when the chain that leads to `name` is too long.
    pub(super) fn enter(&mut self, name: &str, span: Span, findings: &mut Findings) -> Option<Cost> {
        if self.open == MAX_DEPTH {
            self.too_deep(name, span, findings);
            return None;
        }
        self.open += 1;
        Some(std::mem::take(&mut self.cost))
    }

    /// Ends the compilation of `name` and returns its cost.
    pub(super) fn leave(&mut self, outer: Cost, name: &str, span: Span, findings: &mut Findings) -> Cost {
        self.open -= 1;
        let Cost { depth, references } = self.cost;
        let cost = Cost { depth: depth + 1, references: references.saturating_add(1) };
        if cost.depth > MAX_DEPTH {
            self.too_deep(name, span, findings);
        } else if cost.references > MAX_REFERENCES {
            let message = format!(
                "`{name}` evaluates other names more than {MAX_REFERENCES} times; each name that is used twice \
                 doubles the work"
            );
            self.exceed(message, span, findings);
        }
        self.cost = outer.and(cost);
        cost
    }

    fn too_deep(&mut self, name: &str, span: Span, findings: &mut Findings) {
        let message = format!("more than {MAX_DEPTH} names reference each other in a chain, up to `{name}`");
        self.exceed(message, span, findings);
    }

    /// Reports the first name that exceeds a limit; those that reference it exceed it as well.
    fn exceed(&mut self, message: String, span: Span, findings: &mut Findings) {
        if !std::mem::replace(&mut self.exceeded, true) {
            let help = "let some of them read the event (`$.`) instead of another name";
            findings.push(Diagnostic::new(Code::ChainOfNames, span, message).help(help));
        }
    }
}
