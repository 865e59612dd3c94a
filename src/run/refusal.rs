//! Why an event was refused.

pub(crate) use crate::plan::RefusalKind;

use crate::plan::Origin;

/// Why a line gave no request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct Refusal {
    /// The words of the mapping, or the library's own for a line that is no event. No secret setting stands in them.
    pub message: String,
    /// Where the mistake lies: in the event, or in the settings and the mapping.
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
