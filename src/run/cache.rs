//! Results that are computed at most once per event.

use crate::value::Arena;

/// A result for each number from 0, unknown until it is set.
pub(super) struct Cache<'a, T>(&'a mut [Option<T>]);

impl<'a, T: Copy> Cache<'a, T> {
    pub(super) fn new(length: usize, arena: &'a Arena) -> Self {
        Self(arena.alloc_slice_fill_copy(length, None))
    }

    #[inline]
    pub(super) fn get(&self, number: usize) -> Option<T> {
        self.0[number]
    }

    pub(super) fn set(&mut self, number: usize, result: T) {
        self.0[number] = Some(result);
    }

    /// Forgets all results.
    pub(super) fn clear(&mut self) {
        self.0.fill(None);
    }
}
