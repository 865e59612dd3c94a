//! Lists and texts in an arena that grow only as far as the limits allow.

use bumpalo::collections::{String, Vec};

use super::Arena;

/// The capacity that a list or text gets when it first grows.
const MIN_CAPACITY: usize = 8;

/// How much capacity to add to a `length` for `needed` more: the capacity doubles while that is `available`.
fn additional(length: usize, capacity: usize, needed: usize, available: usize) -> usize {
    let more = needed.max(capacity).max(MIN_CAPACITY);
    // Once it cannot double, it gets all that is left, so that it is not copied again and again.
    if length.saturating_add(more) <= available { more } else { needed.max(available.saturating_sub(length)) }
}

/// A list that grows element by element. What does not fit is not added.
#[derive(Debug)]
pub struct BoundedVec<'a, T> {
    items: Vec<'a, T>,
    arena: &'a Arena,
    /// How many elements were counted as values.
    counted: usize,
}

impl<'a, T> BoundedVec<'a, T> {
    /// An empty list.
    #[must_use]
    pub fn new(arena: &'a Arena) -> Self {
        Self { items: Vec::new_in(arena), arena, counted: 0 }
    }

    /// An empty list with capacity for `count` elements, if that fits.
    #[must_use]
    pub fn with_capacity(count: usize, arena: &'a Arena) -> Self {
        let mut list = Self::new(arena);
        if arena.fits(count.saturating_mul(size_of::<T>())).is_some() {
            list.items.reserve_exact(count);
        }
        list
    }

    /// Adds an element; `None` if a limit is exceeded.
    #[inline]
    pub fn push(&mut self, item: T) -> Option<()> {
        if self.items.len() == self.items.capacity() {
            self.grow()?;
        }
        self.items.push(item);
        Some(())
    }

    /// Adds elements; `None` if a limit is exceeded.
    pub fn extend(&mut self, items: impl IntoIterator<Item = T>) -> Option<()> {
        items.into_iter().try_for_each(|item| self.push(item))
    }

    #[cold]
    fn grow(&mut self) -> Option<()> {
        self.count()?;
        // The elements are copied, and the memory that they had is not used again.
        let (length, size) = (self.items.len(), size_of::<T>().max(1));
        let more = additional(length, self.items.capacity(), 1, self.arena.available() / size);
        self.arena.fits((length + more).saturating_mul(size))?;
        self.items.reserve_exact(more);
        Some(())
    }

    /// Counts the elements that were added since this was last called.
    fn count(&mut self) -> Option<()> {
        let new = self.items.len() - self.counted;
        self.counted = self.items.len();
        self.arena.count_values(new)
    }

    /// The arena of the elements.
    #[must_use]
    pub fn arena(&self) -> &'a Arena {
        self.arena
    }

    /// The elements, of which those that did not make the list grow were not counted as values.
    #[must_use]
    pub fn into_slice(self) -> &'a [T] {
        self.items.into_bump_slice()
    }

    /// The elements.
    #[must_use]
    pub fn finish(mut self) -> &'a [T] {
        // If a limit is exceeded, the run finds out.
        let _within = self.count();
        self.items.into_bump_slice()
    }
}

impl<T> std::ops::Deref for BoundedVec<'_, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T> std::ops::DerefMut for BoundedVec<'_, T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.items
    }
}

/// A text that grows piece by piece. A piece that does not fit is not added, nor any after it.
#[derive(Debug)]
pub struct BoundedString<'a> {
    text: String<'a>,
    arena: &'a Arena,
}

impl<'a> BoundedString<'a> {
    /// An empty text.
    #[must_use]
    pub fn new(arena: &'a Arena) -> Self {
        Self { text: String::new_in(arena), arena }
    }

    /// An empty text with a capacity of so many bytes, if that fits.
    #[must_use]
    pub fn with_capacity(bytes: usize, arena: &'a Arena) -> Self {
        let mut text = Self::new(arena);
        if arena.fits(bytes).is_some() {
            text.text.reserve_exact(bytes);
        }
        text
    }

    /// Adds a piece; `None` if a limit is exceeded.
    #[inline]
    pub fn push(&mut self, piece: &str) -> Option<()> {
        if self.text.capacity() - self.text.len() < piece.len() {
            self.grow(piece.len())?;
        }
        self.text.push_str(piece);
        Some(())
    }

    /// Adds pieces; `None` if a limit is exceeded.
    pub fn extend<'p>(&mut self, pieces: impl IntoIterator<Item = &'p str>) -> Option<()> {
        pieces.into_iter().try_for_each(|piece| self.push(piece))
    }

    #[cold]
    fn grow(&mut self, bytes: usize) -> Option<()> {
        // The text is copied, and the memory that it had is not used again.
        let more = additional(self.text.len(), self.text.capacity(), bytes, self.arena.available());
        self.arena.fits(self.text.len() + more)?;
        self.text.reserve_exact(more);
        Some(())
    }

    /// Whether a limit is exceeded, so that nothing more can be added.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.arena.exceeded().is_some()
    }

    /// The text.
    #[must_use]
    pub fn finish(self) -> &'a str {
        self.text.into_bump_str()
    }
}
