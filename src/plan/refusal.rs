//! The kinds of refusals.

/// What is at fault when an event is refused: the event, or the settings and the mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum RefusalKind {
    /// The event: something is missing in it or invalid.
    Instrumentation,
    /// The settings of the destination.
    Configuration,
}

impl RefusalKind {
    /// Its word in an answer line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Instrumentation => "instrumentation",
            Self::Configuration => "configuration",
        }
    }
}
