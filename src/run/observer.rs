//! An observer of a run. `explain` has one; without one, none of this is left in the compiled code.

use crate::plan::{Condition, Expr, Step};
use crate::value::Value;

/// What an observer is told, in the order in which it happens. Everything between an `Enter` and its `Leave` belongs to
/// the subject. In the values, everything that is secret is masked, except in those of `Settings`. When the event is refused, nothing follows: no `Leave` for what has been entered.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Observation<'v> {
    /// The settings for the event.
    Settings(Value<'v>),
    /// Evaluation of a subject begins.
    Enter(Subject<'v>),
    /// It has ended with this value; `Bool` for conditions, rules, checks and requests.
    Leave(Option<Value<'v>>),
    /// The next value is this part of the request.
    Part(&'static str),
    /// That part has a value with secrets in it.
    SecretPart(Value<'v>),
    /// The value that the condition tests.
    Tested(Option<Value<'v>>),
    /// `only:`, `except:` or `template:` of a value changed it: the verb, the value before and after.
    Changed(&'static str, Value<'v>, Option<Value<'v>>),
}

/// What is evaluated.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Subject<'v> {
    /// An entry of `prepare:`, by its number.
    Preparation(usize),
    /// Whether a rule matches the event.
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
    Placeholder(&'v Expr),
    /// An operator and its input.
    Step(&'v Step, Value<'v>),
    /// A condition.
    Condition(&'v Condition),
}

/// An observer of a run.
pub(crate) trait Observer {
    /// Whether it observes at all. A constant, so that calls are compiled away if not.
    const ENABLED: bool;
    /// What it sees in place of a secret; `None` for the names of the settings that it was computed from.
    const MASK: Option<&'static str>;
    fn observe(&mut self, observation: Observation<'_>);
}

/// No observer.
impl Observer for () {
    const ENABLED: bool = false;
    const MASK: Option<&'static str> = None;
    fn observe(&mut self, _: Observation<'_>) {}
}

impl<O: Observer> Observer for &mut O {
    const ENABLED: bool = O::ENABLED;
    const MASK: Option<&'static str> = O::MASK;
    fn observe(&mut self, observation: Observation<'_>) {
        (**self).observe(observation);
    }
}
