//! Where the values of one event live: memory that is handed out piece by piece and given back all at once.

/// The memory of one event. Values borrow from it and are gone when it is reset.
pub type Arena = bumpalo::Bump;
