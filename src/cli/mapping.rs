//! A mapping named on the command line.

use mapwright::internal::contract::Contract;
use mapwright::internal::diag::{self, Severity};
use mapwright::internal::source::Sources;
use mapwright::{Engine, Loaded};

use super::CommandError;
use super::files::Disk;
use super::summary::counted;
use super::terminal::{self, Color};

/// Reads, checks and compiles a mapping; only a main file that cannot be read is a failure.
pub(super) fn load(name: &str) -> Result<Loaded, CommandError> {
    match Disk::open(name) {
        Ok(disk) => Ok(mapwright::load(name, &disk)),
        Err(why) => Err(CommandError::Plain(format!("cannot read the mapping `{name}`: {why}"))),
    }
}

/// The files of a mapping: an engine keeps them itself.
pub(super) fn sources(loaded: &Loaded) -> &Sources {
    loaded.engine.as_ref().map_or(&loaded.sources, Engine::sources)
}

/// A mapping that is ready to run; one with errors is a failure that shows them.
pub(super) fn ready(name: &str, color: Color) -> Result<Engine, CommandError> {
    with_contract(name, color).map(|(engine, _)| engine)
}

/// The same, with the contract that the mapping names.
pub(super) fn with_contract(name: &str, color: Color) -> Result<(Engine, Option<Contract>), CommandError> {
    let Loaded { sources, mut findings, engine, contract, .. } = load(name)?;
    if let Some(engine) = engine {
        return Ok((engine, contract));
    }
    findings.retain(|found| found.severity == Severity::Error);
    let text = diag::human(&findings, &sources, color.on_error(), Some(terminal::width()));
    let errors = counted(findings.len() as u64, "error");
    let text = text.trim_end();
    Err(CommandError::Findings(format!(
        "{text}\n\nerror: the mapping `{name}` has {errors} and was not run\n"
    )))
}
