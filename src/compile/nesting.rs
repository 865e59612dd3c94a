//! How names need each other. Those one after the other are calls inside calls when an event is mapped, and the stack
//! of a thread is not endless; one that needs another twice, and so on, doubles what is written or asked each time.

use super::Compiler;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// More names than this need each other by mistake; a mapping that is read by people has a handful.
const MAX_NESTED_NAMES: usize = 32;

/// Names that a name needs, each counted as often as it is needed.
const MAX_NAME_USES: usize = 10_000;

/// Where the compiler is in a chain of names.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    /// Names that are being compiled.
    open: usize,
    /// What the name that is being compiled needs.
    needs: Needs,
    fields: Vec<Needs>,
    conditions: Vec<Needs>,
    /// Whether names need each other too often, or in too long a row, to be followed.
    pub(super) endless: bool,
}

/// What a name needs, itself included.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Needs {
    /// Names one after the other.
    length: usize,
    /// Names in all.
    times: usize,
}

impl Needs {
    fn and(self, other: Self) -> Self {
        Self { length: self.length.max(other.length), times: self.times.saturating_add(other.times) }
    }
}

impl Nesting {
    /// A field that is known is used.
    pub(super) fn uses_field(&mut self, slot: usize) {
        self.needs = self.needs.and(self.fields.get(slot).copied().unwrap_or_default());
    }

    /// A condition that is known is used.
    pub(super) fn uses_condition(&mut self, number: usize) {
        self.needs = self.needs.and(self.conditions.get(number).copied().unwrap_or_default());
    }

    /// What a field needs.
    pub(super) fn keep_field(&mut self, slot: usize, needs: Needs) {
        keep(&mut self.fields, slot, needs);
    }

    /// What a condition needs.
    pub(super) fn keep_condition(&mut self, number: usize, needs: Needs) {
        keep(&mut self.conditions, number, needs);
    }
}

fn keep(known: &mut Vec<Needs>, at: usize, needs: Needs) {
    known.resize(at, Needs::default());
    known.push(needs);
}

impl<'m> Compiler<'m> {
    /// Compiles what stands behind a name, and tells what it needs; nothing when the chain that led to it is too long.
    pub(super) fn linked<T>(
        &mut self,
        name: &str,
        span: Span,
        work: impl FnOnce(&mut Compiler<'m>) -> T,
    ) -> Option<(T, Needs)> {
        if self.nesting.open == MAX_NESTED_NAMES {
            self.too_long(name, span);
            return None;
        }
        let before = std::mem::take(&mut self.nesting.needs);
        self.nesting.open += 1;
        let made = work(self);
        self.nesting.open -= 1;
        let Needs { length, times } = self.nesting.needs;
        let needs = Needs { length: length + 1, times: times.saturating_add(1) };
        if needs.length > MAX_NESTED_NAMES {
            self.too_long(name, span);
        } else if needs.times > MAX_NAME_USES {
            let message = format!(
                "`{name}` needs other names more than {MAX_NAME_USES} times; a name that is needed twice doubles what \
                 it needs itself"
            );
            self.no_end(message, span);
        }
        self.nesting.needs = before.and(needs);
        Some((made, needs))
    }

    fn too_long(&mut self, name: &str, span: Span) {
        let message =
            format!("more than {MAX_NESTED_NAMES} names need each other one after the other, up to `{name}`");
        self.no_end(message, span);
    }

    /// One finding is enough: all names further up are too far away as well.
    fn no_end(&mut self, message: String, span: Span) {
        if !std::mem::replace(&mut self.nesting.endless, true) {
            let help = "let some of them read the event (`$.`) instead of another name";
            self.found(Diagnostic::new(Code::ChainOfNames, span, message).help(help));
        }
    }
}
