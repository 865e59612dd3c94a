//! Refusals: why an event or a line produced no request.

pub(crate) use crate::plan::RefusalKind;

use crate::plan::Origin;

/// Why an event was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct Refusal {
    /// The message that the mapping defines, or the library's own, for a line that is not an event, say. It contains no
    /// secret setting.
    pub message: String,
    /// Whether the event is at fault, or the settings or the mapping.
    pub kind: RefusalKind,
}

/// A refusal with the part of the mapping that raised it.
#[derive(Debug)]
pub(crate) struct Refused<'a> {
    pub(crate) message: String,
    pub(crate) kind: RefusalKind,
    pub(crate) origin: Option<&'a Origin>,
}

/// The result of an evaluation: usually `Option<Value>`, where `None` means missing, or a refusal.
pub(crate) type RunResult<'a, T> = Result<T, Box<Refused<'a>>>;
