//! A listener on a run: `explain` has one; without one nothing is left of it in the compiled code.

use crate::plan::{Condition, Expr, Plan, Step};
use crate::value::Value;

/// What a listener is told. Everything between an `Enter` and its `Leave` belongs to the subject; a refusal leaves
/// nothing that is open.
#[derive(Clone, Copy, Debug)]
pub enum Observation<'v> {
    /// The settings that count for the event.
    Settings(Value<'v>),
    /// Work on something begins.
    Enter(Subject<'v>),
    /// It is done; conditions, rules and requests give true or false.
    Leave(Option<Value<'v>>),
    /// The next value is this part of the request.
    Part(&'static str),
    /// The value that the condition looks at.
    Expectations(Option<Value<'v>>),
    /// `only:`/`except:`/`template:` beside a source changed the value.
    Changed(&'static str, Value<'v>, Option<Value<'v>>),
}

/// What a run works on.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'v> {
    /// An entry of `prepare:`, by its number.
    Preparation(usize),
    /// Whether a rule takes the event.
    Rule(usize),
    /// An entry of the rule's `require:`, by its number.
    Check(usize),
    /// A request of the rule, by its number.
    Request(usize),
    /// A value.
    Value(&'v Expr),
    /// A field, by its number.
    Field(usize),
    /// `{{ … }}` in a template, with its filters.
    Hole(&'v Expr),
    /// An operator and what goes into it.
    Step(&'v Step, Value<'v>),
    /// A condition.
    Condition(&'v Condition),
}

/// A listener on a run.
pub trait Observer {
    /// Whether it listens; constant, so that the calls vanish where it does not.
    const ENABLED: bool;
    /// Takes notice.
    fn observe(&mut self, plan: &Plan, seen: Observation<'_>);
}

/// Nobody.
impl Observer for () {
    const ENABLED: bool = false;
    fn observe(&mut self, _: &Plan, _: Observation<'_>) {}
}

impl<W: Observer> Observer for &mut W {
    const ENABLED: bool = W::ENABLED;
    fn observe(&mut self, plan: &Plan, seen: Observation<'_>) {
        (**self).observe(plan, seen);
    }
}
