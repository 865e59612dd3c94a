//! How many names need each other one after the other: each is a call inside a call when an event is mapped, and
//! the stack of a thread is not endless.

use super::Compiler;
use crate::diag::Diagnostic;
use crate::source::Span;

/// More names than this need each other by mistake; a mapping that is read by people has a handful.
const MOST_NAMES: usize = 32;

/// Where the compiler is in a chain of names.
#[derive(Debug, Default)]
pub(super) struct Chain {
    /// Names that are being compiled.
    open: usize,
    /// The longest chain below the name that is being compiled.
    below: usize,
    fields: Vec<usize>,
    conditions: Vec<usize>,
    told: bool,
}

impl Chain {
    /// A field that is known is used.
    pub(super) fn uses_field(&mut self, slot: usize) {
        self.below = self.below.max(self.fields.get(slot).copied().unwrap_or_default());
    }

    /// A condition that is known is used.
    pub(super) fn uses_condition(&mut self, number: usize) {
        self.below = self.below.max(self.conditions.get(number).copied().unwrap_or_default());
    }

    /// How long the chain is that begins with a field.
    pub(super) fn keep_field(&mut self, slot: usize, length: usize) {
        keep(&mut self.fields, slot, length);
    }

    /// How long the chain is that begins with a condition.
    pub(super) fn keep_condition(&mut self, number: usize, length: usize) {
        keep(&mut self.conditions, number, length);
    }
}

fn keep(lengths: &mut Vec<usize>, at: usize, length: usize) {
    lengths.resize(at, 0);
    lengths.push(length);
}

impl<'m> Compiler<'m> {
    /// Compiles what stands behind a name, and tells how long the chain is that begins there; nothing when it is too long.
    pub(super) fn linked<T>(
        &mut self,
        name: &str,
        span: Span,
        work: impl FnOnce(&mut Compiler<'m>) -> T,
    ) -> Option<(T, usize)> {
        if self.chain.open == MOST_NAMES {
            self.too_long(name, span);
            return None;
        }
        let before = std::mem::take(&mut self.chain.below);
        self.chain.open += 1;
        let made = work(self);
        self.chain.open -= 1;
        let length = self.chain.below + 1;
        if length > MOST_NAMES {
            self.too_long(name, span);
        }
        self.chain.below = before.max(length);
        Some((made, length))
    }

    /// One finding is enough: all names further up are too far away as well.
    fn too_long(&mut self, name: &str, span: Span) {
        if std::mem::replace(&mut self.chain.told, true) {
            return;
        }
        let message =
            format!("more than {MOST_NAMES} names need each other one after the other, up to `{name}`");
        let help = "let some of them read the event (`$.`) instead of another name";
        self.found(Diagnostic::new("P211", span, message).help(help));
    }
}
