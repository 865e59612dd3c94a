//! What one event may cost, and what is left of it.

use std::cell::Cell;

use crate::limits::{Amount, EVENT_MEMORY, EVENT_STEPS, EVENT_VALUES};

/// What a mapping may make of one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventLimits {
    /// Bytes of memory.
    pub memory: usize,
    /// Elements of lists and members of maps.
    pub values: u64,
    /// Steps.
    pub steps: u64,
}

impl EventLimits {
    /// No limits.
    pub const NONE: Self = Self { memory: usize::MAX, values: u64::MAX, steps: u64::MAX };
}

impl Default for EventLimits {
    /// 64 MiB, 1,000,000 values and 10,000,000 steps.
    fn default() -> Self {
        Self { memory: EVENT_MEMORY, values: EVENT_VALUES, steps: EVENT_STEPS }
    }
}

/// A limit that an event exceeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exceeded {
    /// [`EventLimits::memory`]
    Memory,
    /// [`EventLimits::values`]
    Values,
    /// [`EventLimits::steps`]
    Steps,
}

impl Exceeded {
    /// A message: which limit it is, and how to raise it.
    #[must_use]
    pub fn message(self, limits: &EventLimits) -> String {
        let (what, limit, option) = match self {
            Self::Memory => ("needs more memory", Amount::Bytes(limits.memory as u64), "--max-event-memory"),
            Self::Values => (
                "makes more list elements and map members",
                Amount::Count(limits.values),
                "--max-event-values",
            ),
            Self::Steps => ("takes more steps", Amount::Count(limits.steps), "--max-event-steps"),
        };
        format!("this event {what} than the limit of {limit}, which {option} raises")
    }
}

/// What is left. A limit that is exceeded stays exceeded until the next event.
#[derive(Debug)]
pub(super) struct Budget {
    limits: EventLimits,
    /// The memory limit, at least 1; 0 once any limit is exceeded, so that a single comparison finds out.
    memory: Cell<usize>,
    values_left: Cell<u64>,
    steps_left: Cell<u64>,
    exceeded: Cell<Exceeded>,
    /// The bytes of the answer.
    answer: Cell<usize>,
    /// Other bytes outside of the arena.
    held: Cell<usize>,
}

impl Budget {
    pub(super) fn new(limits: EventLimits) -> Self {
        Self {
            limits,
            memory: Cell::new(limits.memory.max(1)),
            values_left: Cell::new(limits.values),
            steps_left: Cell::new(limits.steps),
            exceeded: Cell::new(Exceeded::Memory),
            answer: Cell::new(0),
            held: Cell::new(0),
        }
    }

    pub(super) fn reset(&mut self) {
        *self = Self::new(self.limits);
    }

    pub(super) fn limits(&self) -> EventLimits {
        self.limits
    }

    #[inline]
    pub(super) fn memory(&self) -> usize {
        self.memory.get()
    }

    /// The bytes in use outside of the arena.
    #[inline]
    pub(super) fn outside(&self) -> usize {
        self.answer.get() + self.held.get()
    }

    /// The limit that was exceeded first.
    pub(super) fn exceeded(&self) -> Exceeded {
        self.exceeded.get()
    }

    /// Marks a limit as exceeded, unless one is already.
    #[cold]
    pub(super) fn exceed(&self, limit: Exceeded) -> Option<()> {
        if self.memory.replace(0) > 0 {
            self.exceeded.set(limit);
            // With this, more than nothing is in use even if nothing was allocated.
            self.held.set(self.held.get() + 1);
        }
        None
    }

    #[inline]
    pub(super) fn spend(&self, steps: u64) -> Option<()> {
        let Some(left) = self.steps_left.get().checked_sub(steps) else {
            return self.exceed(Exceeded::Steps);
        };
        self.steps_left.set(left);
        Some(())
    }

    #[inline]
    pub(super) fn count_values(&self, values: u64) -> Option<()> {
        let Some(left) = self.values_left.get().checked_sub(values) else {
            return self.exceed(Exceeded::Values);
        };
        self.values_left.set(left);
        Some(())
    }

    pub(super) fn set_answer(&self, bytes: usize) {
        self.answer.set(bytes);
    }

    pub(super) fn held(&self) -> usize {
        self.held.get()
    }

    pub(super) fn spent(&self) -> u64 {
        self.limits.steps - self.steps_left.get()
    }

    pub(super) fn hold(&self, bytes: usize) {
        self.held.set(self.held.get() + bytes);
    }

    pub(super) fn release(&self, bytes: usize) {
        self.held.set(self.held.get().saturating_sub(bytes));
    }
}
