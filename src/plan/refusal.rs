//! Whose fault a refusal is.

/// Whose fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum RefusalKind {
    /// The event lacks something or holds something wrong.
    Instrumentation,
    /// The destination's settings do.
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
