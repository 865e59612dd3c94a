//! What an event costs: the event is refused where a limit is exceeded.

use super::Evaluator;
use crate::plan::Origin;
use crate::run::observer::Observer;
use crate::run::refusal::{RefusalKind, Refused, RunResult};
use crate::value::Value;

/// The bytes after which the length of the answer is looked at again.
const CHECKED_BYTES: usize = 16 << 10;

/// How much of the answer is known to be within the limits.
#[derive(Clone, Copy, Default)]
pub(super) struct AnswerLength {
    /// The length of the buffer before the answer.
    start: usize,
    /// The length of the buffer beyond which the answer is looked at again.
    checked: usize,
}

impl<'a, O: Observer> Evaluator<'a, O> {
    /// Takes a step; refuses the event if that is one too many. `origin` is what the step is taken for.
    #[inline]
    pub(in crate::run) fn step(&self, origin: &'a Origin) -> RunResult<'a, ()> {
        match self.arena.step() {
            Some(()) => Ok(()),
            None => Err(self.limit_exceeded(origin)),
        }
    }

    /// Refuses the event if a limit is exceeded.
    #[inline]
    pub(in crate::run) fn within_limits(&self, origin: &'a Origin) -> RunResult<'a, ()> {
        match self.arena.exceeded() {
            None => Ok(()),
            Some(_) => Err(self.limit_exceeded(origin)),
        }
    }

    /// Takes as many steps as it takes to go through a value, none for a small one; refuses the event if a limit is
    /// exceeded.
    #[inline]
    pub(super) fn work_on(&self, value: Value<'a>, origin: &'a Origin) -> RunResult<'a, ()> {
        let steps = value.work();
        if steps > 0 && self.arena.spend(steps).is_none() {
            return Err(self.limit_exceeded(origin));
        }
        Ok(())
    }

    /// Takes so many steps; refuses the event if a limit is exceeded.
    pub(super) fn spend(&self, steps: usize, origin: &'a Origin) -> RunResult<'a, ()> {
        match self.arena.spend(steps) {
            Some(()) => Ok(()),
            None => Err(self.limit_exceeded(origin)),
        }
    }

    /// The element of a loop: takes a step, and refuses the event if a limit is exceeded.
    pub(in crate::run) fn next_element(&self, origin: &'a Origin) -> RunResult<'a, ()> {
        self.step(origin)?;
        self.within_limits(origin)
    }

    /// A buffer of so many bytes will be appended to.
    pub(in crate::run) fn begin_answer(&mut self, length: usize) {
        self.answer = AnswerLength { start: length, checked: length + CHECKED_BYTES };
    }

    /// The buffer has grown to so many bytes; `origin` is what was written last.
    #[inline]
    pub(in crate::run) fn answer_grew(&mut self, length: usize, origin: &'a Origin) -> RunResult<'a, ()> {
        if length > self.answer.checked { self.check_answer(length, origin) } else { Ok(()) }
    }

    /// Like [`Self::answer_grew`], and looks at the length in any case.
    #[cold]
    pub(in crate::run) fn check_answer(&mut self, length: usize, origin: &'a Origin) -> RunResult<'a, ()> {
        self.arena.set_answer_bytes(length - self.answer.start);
        self.answer.checked = length + CHECKED_BYTES;
        self.within_limits(origin)
    }

    #[cold]
    #[inline(never)]
    #[expect(
        clippy::unnecessary_box_returns,
        reason = "errors are boxed, so that a `RunResult` without one stays small"
    )]
    fn limit_exceeded(&self, origin: &'a Origin) -> Box<Refused<'a>> {
        let limits = self.arena.limits();
        let message = self.arena.exceeded().map_or_else(String::new, |exceeded| exceeded.message(&limits));
        Box::new(Refused { message, kind: RefusalKind::Instrumentation, origin: Some(origin) })
    }
}
