//! A mapping's text → everything that is known of it: the engine, the findings, the contract.

use crate::contract::Contract;
use crate::diag::{self, Diagnostic, Findings, Severity};
use crate::source::Sources;
use crate::syntax::{self, Files, Mapping};
use crate::template::ParseCache;
use crate::transform::Engine;
use crate::{check, compile, lint, report};

/// What came of reading a mapping.
#[derive(Debug)]
#[non_exhaustive]
pub struct Loaded {
    /// The mapping, ready to run; `None` when something is wrong with it.
    pub engine: Option<Engine>,
    /// The files that were read.
    #[doc(hidden)]
    pub sources: Sources,
    /// What was found, in the order of the places.
    #[doc(hidden)]
    pub findings: Vec<Diagnostic>,
    /// What the destination accepts, if the mapping names a contract that can be read.
    #[doc(hidden)]
    pub contract: Option<Contract>,
    /// The mapping as written, for what looks at it later.
    pub(crate) mapping: Option<Mapping>,
}

/// A mapping that cannot run. Its text is for the author of the mapping: what is wrong, where, and what helps.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{report}")]
pub struct LoadError {
    report: String,
}

impl Loaded {
    /// The engine of a mapping that can run.
    ///
    /// # Errors
    /// When it cannot, with all its errors.
    pub fn into_engine(mut self) -> Result<Engine, LoadError> {
        self.engine.take().ok_or_else(|| {
            self.findings.retain(|found| found.severity == Severity::Error);
            LoadError { report: self.report() }
        })
    }

    /// Everything that was found, warnings as well, as text for the author of the mapping; empty when nothing was.
    #[must_use]
    pub fn report(&self) -> String {
        let sources = self.engine.as_ref().map_or(&self.sources, Engine::sources);
        diag::human(&self.findings, sources, false, None)
    }

    /// Takes out what comments in the mapping allow: for what is found later than by [`load`].
    #[doc(hidden)]
    #[must_use]
    pub fn without_allowed(&self, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        report::without_allowed(findings, &self.sources)
    }
}

/// Reads, checks and compiles the mapping called `name`, with everything it extends and includes.
///
/// The library opens no file: `files` gives it their text. What is wrong with a mapping is no error of this function but
/// stands in what it gives; [`Loaded::into_engine`] makes an error of it.
#[must_use]
pub fn load(name: &str, files: &dyn Files) -> Loaded {
    let mut sources = Sources::default();
    let mut findings = Findings::default();
    let mut mapping = syntax::load(name, files, &mut sources, &mut findings);
    let (mut plan, mut contract) = (None, None);
    let findings = if let Some(mapping) = &mut mapping {
        let written = mapping.contract.take();
        let parse_cache = ParseCache::default();
        let draft = compile::compile(mapping, &sources, &parse_cache, &mut findings);
        let mut lint = lint::Lint::new(mapping, &sources);
        let mut checked = check::check(mapping, written, &sources, &parse_cache, draft, findings, &mut lint);
        checked.findings.extend(lint.into_findings());
        (plan, contract) = (checked.plan, checked.contract);
        checked.findings
    } else {
        findings.into_vec()
    };
    let findings = report::told(findings, &sources, mapping.as_ref().map(|mapping| &mapping.gaps));
    Loaded { engine: plan.map(Engine::new), sources, findings, contract, mapping }
}
