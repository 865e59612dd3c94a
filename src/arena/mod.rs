//! The memory of one event, and what the event may cost. Allocations are cheap, and all of them are freed together.

mod bounded;
mod budget;

use std::ops::Deref;

use bumpalo::Bump;

pub use bounded::{BoundedString, BoundedVec};
use budget::Budget;
pub use budget::{EventLimits, Exceeded};

/// The first block of memory of an arena with limits, in bytes. Most events need no more, so no memory is requested for
/// them. It is the same for each event, so that what an event needs does not depend on the events before it.
const BLOCK_BYTES: usize = 256 << 10;

/// The bytes of a text that are searched or compared in one step.
pub const BYTES_PER_STEP: usize = 64;

/// The elements that are passed, or the keys that are compared, in one step.
pub const VALUES_PER_STEP: usize = 16;

/// The memory of one event. Values borrow from it, so it is reset only after the event has been processed.
///
/// It also counts what the event costs. Whoever makes something whose size depends on the event asks first whether it
/// [fits](Self::fits), and [spends](Self::spend) steps for work that grows with the event. `None` means that a limit is
/// exceeded: it stays exceeded until the arena is reset, everything that is asked fails, and the run refuses the event at
/// the next opportunity, so whatever was made instead is never seen.
#[derive(Debug)]
pub struct Arena {
    memory: Bump,
    /// The size of the first block in bytes; 0 if there is none before the first allocation.
    block_bytes: usize,
    budget: Budget,
}

impl Arena {
    /// An arena without limits.
    #[must_use]
    pub fn new() -> Self {
        Self::with_limits(EventLimits::NONE)
    }

    /// An arena for what costs as much as an event may.
    #[must_use]
    pub fn with_limits(limits: EventLimits) -> Self {
        Self { memory: Bump::new(), block_bytes: 0, budget: Budget::new(limits) }
    }

    /// An arena for one event after another. Each begins with a block of memory of the same size.
    #[must_use]
    pub fn for_events(limits: EventLimits) -> Self {
        let memory = Bump::with_capacity(BLOCK_BYTES);
        let block_bytes = memory.allocated_bytes();
        Self { memory, block_bytes, budget: Budget::new(limits) }
    }

    /// Frees all values, and forgets what they cost.
    pub fn reset(&mut self) {
        self.memory.reset();
        if self.memory.allocated_bytes() != self.block_bytes {
            self.memory = Bump::with_capacity(BLOCK_BYTES);
            self.block_bytes = self.memory.allocated_bytes();
        }
        self.budget.reset();
    }

    /// The limits.
    #[must_use]
    pub fn limits(&self) -> EventLimits {
        self.budget.limits()
    }

    /// The bytes of memory that are in use, those outside of the arena that were reported included.
    #[inline]
    #[must_use]
    pub fn used(&self) -> usize {
        self.memory.allocated_bytes() - self.memory.chunk_capacity() + self.budget.outside()
    }

    /// How many more bytes of memory may be used.
    #[must_use]
    pub fn available(&self) -> usize {
        self.budget.memory().saturating_sub(self.used())
    }

    /// The limit that is exceeded, if one is.
    #[inline(never)] // asked in many places, whose code stays small
    #[must_use]
    pub fn exceeded(&self) -> Option<Exceeded> {
        if self.used() <= self.budget.memory() {
            return None;
        }
        // It stays exceeded even if memory is freed.
        let _none = self.budget.exceed(Exceeded::Memory);
        Some(self.budget.exceeded())
    }

    /// Whether so many more bytes of memory may be used; `None` if not: the limit counts as exceeded then.
    #[inline]
    #[must_use = "`None` means that nothing of that size may be made"]
    pub fn fits(&self, bytes: usize) -> Option<()> {
        if bytes <= self.available() { Some(()) } else { self.budget.exceed(Exceeded::Memory) }
    }

    /// Takes one step; `None` if that was one too many. It does not look at the memory.
    #[inline]
    #[must_use = "`None` means that the work must not go on"]
    pub fn step(&self) -> Option<()> {
        self.budget.spend(1)
    }

    /// Takes so many steps; `None` if a limit is exceeded.
    #[inline]
    #[must_use = "`None` means that the work must not go on"]
    pub fn spend(&self, steps: usize) -> Option<()> {
        self.budget.spend(steps as u64)?;
        self.exceeded().is_none().then_some(())
    }

    /// Makes so many elements of lists or members of maps; `None` if a limit is exceeded.
    #[inline]
    pub fn count_values(&self, values: usize) -> Option<()> {
        self.budget.count_values(values as u64)
    }

    /// Reports how long the answer is, in bytes.
    pub fn set_answer_bytes(&self, bytes: usize) {
        self.budget.set_answer(bytes);
    }

    /// Reports that so many bytes outside of the arena are in use, until they are [released](Self::release).
    #[must_use = "`None` means that they must not be used"]
    pub fn hold(&self, bytes: usize) -> Option<()> {
        self.fits(bytes)?;
        self.budget.hold(bytes);
        Some(())
    }

    /// How many bytes outside of the arena are held.
    #[must_use]
    pub fn held(&self) -> usize {
        self.budget.held()
    }

    /// The steps that were taken.
    #[must_use]
    pub fn spent(&self) -> u64 {
        self.budget.spent()
    }

    /// Reports that bytes that were [held](Self::hold) are in use no longer.
    pub fn release(&self, bytes: usize) {
        self.budget.release(bytes);
    }
}

impl Default for Arena {
    fn default() -> Self {
        Self::new()
    }
}

/// The allocator. It cannot be reset or replaced through a shared reference.
impl Deref for Arena {
    type Target = Bump;

    #[inline]
    fn deref(&self) -> &Bump {
        &self.memory
    }
}
