//! Why an event was refused.

pub use crate::plan::RefusalKind;

use crate::plan::Origin;

/// Why a line gave no request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// The author's words, or ours for a line that is no event.
    pub message: String,
    /// Whose fault it is.
    pub kind: RefusalKind,
}

/// A refusal on its way out, with the place in the mapping that raised it.
#[derive(Debug)]
pub(crate) struct Refused<'a> {
    pub(crate) message: String,
    pub(crate) kind: RefusalKind,
    pub(crate) origin: Option<&'a Origin>,
}

/// What most of the run returns: a value, missing, or a refusal.
pub(crate) type RunResult<'a, T> = Result<T, Box<Refused<'a>>>;
