//! A listener on a run: `explain` has one; without one nothing is left of it in the compiled code.

use crate::plan::{Origin, Plan};
use crate::value::Value;

/// What a listener is told.
#[derive(Clone, Copy, Debug)]
pub enum Seen<'v> {
    /// The rule of that number is tried; whether its `when` held.
    Rule(usize, bool),
    /// A test of a rule's `when` did not hold: its value.
    Refuted(&'v Origin, Option<Value<'v>>),
    /// The evaluation of the value begins.
    Enter,
    /// An entry of `from` was passed over.
    Passed(usize, &'v Origin),
    /// An entry of `from` won.
    Won(usize, &'v Origin, Value<'v>),
    /// An operator was applied.
    Applied(&'static str, Value<'v>, Option<Value<'v>>),
    /// `only:`/`except:`/`template:` beside a source changed the value.
    Changed(&'static str, Option<Value<'v>>),
    /// The value's `when` did not hold.
    Skipped,
    /// `default:` was used.
    Defaulted,
    /// The value is done.
    Leave(&'v Origin, Option<Value<'v>>),
}

/// A listener on a run.
pub trait Watch {
    /// Whether it listens; constant, so that the calls vanish where it does not.
    const LISTENS: bool;
    /// Takes notice.
    fn see(&mut self, plan: &Plan, seen: Seen<'_>);
}

/// Nobody.
impl Watch for () {
    const LISTENS: bool = false;
    fn see(&mut self, _: &Plan, _: Seen<'_>) {}
}

impl<W: Watch> Watch for &mut W {
    const LISTENS: bool = W::LISTENS;
    fn see(&mut self, plan: &Plan, seen: Seen<'_>) {
        (**self).see(plan, seen);
    }
}
