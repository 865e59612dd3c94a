//! How a verb ends: with an exit code, or with the error that stopped it.

use std::process::ExitCode;

/// The exit code of the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// The verb did its work.
    Success = 0,
    /// The verb did its work and found problems that count as a failure.
    Findings = 1,
    /// The verb could not do its work.
    Failed = 2,
}

/// What the exit codes mean for every verb. Where a verb can be more precise, its own help says so.
pub(super) const EXIT_CODES: &[(Exit, &str)] = &[
    (Exit::Success, "success"),
    (Exit::Findings, "problems were found"),
    (Exit::Failed, "wrong usage, a mapping that cannot run, or a file that cannot be read or written"),
];

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a verb could not do its work. The command then ends with [`Exit::Failed`].
pub(super) enum CommandError {
    /// One sentence, without `error:` in front of it.
    Message(String),
    /// Rendered findings of a mapping, printed unchanged.
    Findings(String),
}

impl From<String> for CommandError {
    fn from(message: String) -> Self {
        Self::Message(message)
    }
}

/// What running a verb returns.
pub(super) type VerbResult = Result<Exit, CommandError>;
