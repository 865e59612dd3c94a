//! Loading the mapping that is named on the command line.

use mapwright::internal::contract::Contract;
use mapwright::internal::diag::{self, Severity};
use mapwright::internal::source::Sources;
use mapwright::{Engine, Loaded};

use super::exit::CommandError;
use super::files::Disk;
use super::numbers::counted;
use super::terminal::{self, Color};

/// Reads, checks and compiles a mapping. The only error is a main file that cannot be read.
pub(super) fn load(name: &str) -> Result<Loaded, CommandError> {
    match Disk::open(name) {
        Ok(disk) => Ok(mapwright::load(name, &disk)),
        Err(reason) => Err(CommandError::Message(format!("cannot read the mapping `{name}`: {reason}"))),
    }
}

/// The source files of a mapping. If there is an engine, it owns them.
pub(super) fn sources(loaded: &Loaded) -> &Sources {
    loaded.engine.as_ref().map_or(&loaded.sources, Engine::sources)
}

/// An engine for the mapping `name`. The error lists what is wrong with the mapping.
pub(super) fn load_engine(name: &str, color: Color) -> Result<Engine, CommandError> {
    load_engine_and_contract(name, color).map(|(engine, _)| engine)
}

/// Like [`load_engine`], with the contract that the mapping names.
pub(super) fn load_engine_and_contract(
    name: &str,
    color: Color,
) -> Result<(Engine, Option<Contract>), CommandError> {
    let Loaded { sources, mut findings, engine, contract, .. } = load(name)?;
    if let Some(engine) = engine {
        return Ok((engine, contract));
    }
    findings.retain(|found| found.severity == Severity::Error);
    let text = diag::human(&findings, &sources, color.on_stderr(), Some(terminal::width()));
    let errors = counted(findings.len() as u64, "error");
    let text = text.trim_end();
    Err(CommandError::Findings(format!(
        "{text}\n\nerror: the mapping `{name}` has {errors} and was not run\n"
    )))
}
