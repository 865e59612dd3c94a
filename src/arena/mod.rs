//! The arena allocator for the values of one event: allocations are cheap, and all of them are freed together.

/// The memory of one event. Values borrow from it, so it is reset only after the event has been processed.
pub type Arena = bumpalo::Bump;
