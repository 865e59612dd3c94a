//! What the command `mapwright`, the benches and the project's own tests use besides the public API.
//!
//! This module is not covered by semantic versioning: anything in it may change in any release.

pub use crate::predicate::{PREDICATES, Predicate, TESTS, TestArgKind, TestRow};
pub use crate::syntax::names;
pub use crate::trace::{ShownAnswer, Trace, explain, with_shown_answer};
pub use crate::wire::{with_file, with_violations};

/// Recorded cases.
pub mod cases {
    pub use crate::cases::{Case, SnapshotLine, content, first_line, same, snapshot_lines, written};
}

/// Contracts: what a destination accepts.
pub mod contract {
    #[cfg(feature = "inspect")]
    pub use crate::contract::Inspector;
    pub use crate::contract::{Contract, Violation};
}

/// Findings, their codes and output formats.
pub mod diag {
    pub use crate::diag::*;
}

/// Answers for people.
pub mod display {
    pub use crate::display::{RequestFormat, answer_outline, answer_text, shell_quoted};
}

/// JSON documents.
pub mod json {
    pub use crate::json::{Document, Limits, Malformed, Node, OwnedDocument, Tape};
}

/// The table of limits.
pub mod limits {
    pub use crate::limits::*;
}

/// Operators.
pub mod ops {
    pub use crate::ops::*;
}

/// Paths.
pub mod path {
    pub use crate::path::*;
}

/// Statistics of recorded events, compared with a mapping.
pub mod profile {
    pub use crate::profile::{EventProfile, placeholder_settings, required_settings, settings_findings};
}

/// The JSON Schema of the language.
pub mod schema {
    pub use crate::schema::*;
}

/// Source files, and places in them.
pub mod source {
    pub use crate::source::*;
}

/// Values while a mapping runs.
pub mod value {
    pub use crate::value::*;
}
