//! The text of a mapping → the engine that runs it, the findings about it, and its contract.

use crate::contract::Contract;
use crate::diag::{self, Diagnostic, Findings, Severity};
use crate::source::Sources;
use crate::syntax::{self, Files, Mapping};
use crate::template::ParseCache;
use crate::transform::Engine;
use crate::{check, compile, lint, report};

/// The result of [`load`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Loaded {
    /// The compiled mapping; `None` if the mapping has errors.
    pub engine: Option<Engine>,
    /// The files that were read.
    #[doc(hidden)]
    pub sources: Sources,
    /// The findings, in the order of their places in the mapping.
    #[doc(hidden)]
    pub findings: Vec<Diagnostic>,
    /// The contract of the destination, if the mapping names one and it can be read.
    #[doc(hidden)]
    pub contract: Option<Contract>,
    /// The syntax tree, for analyses after loading.
    pub(crate) mapping: Option<Mapping>,
}

/// The errors of a mapping that cannot run. `Display` shows all of them as text for the author of the mapping, over
/// several lines: what is wrong, where, and how to fix it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{report}")]
pub struct LoadError {
    report: String,
}

impl Loaded {
    /// The engine, or the errors of the mapping.
    ///
    /// # Errors
    /// If the mapping has errors. Warnings are not among them; see [`report`](Self::report).
    pub fn into_engine(mut self) -> Result<Engine, LoadError> {
        self.engine.take().ok_or_else(|| {
            self.findings.retain(|found| found.severity == Severity::Error);
            LoadError { report: self.report() }
        })
    }

    /// All findings, errors and warnings, as text for the author of the mapping, without colours; empty if there are
    /// none.
    #[must_use]
    pub fn report(&self) -> String {
        let sources = self.engine.as_ref().map_or(&self.sources, Engine::sources);
        diag::human(&self.findings, sources, false, None)
    }

    /// The codes of the findings.
    #[cfg(test)]
    pub(crate) fn codes(&self) -> Vec<&'static str> {
        self.findings.iter().map(|found| found.code.id()).collect()
    }

    /// Removes the findings that comments in the mapping allow, for findings that do not come from [`load`].
    #[doc(hidden)]
    #[must_use]
    pub fn without_allowed(&self, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        report::without_allowed(findings, &self.sources)
    }
}

/// Reads, checks and compiles the mapping called `name`, with every file it extends or includes.
///
/// The library opens no files itself: `files` returns their text. This function does not fail. Errors in the mapping are
/// part of the result; [`Loaded::into_engine`] turns them into a [`LoadError`].
#[must_use]
pub fn load(name: &str, files: &dyn Files) -> Loaded {
    let mut sources = Sources::default();
    let mut findings = Findings::default();
    let mut mapping = syntax::load(name, files, &mut sources, &mut findings);
    let (mut plan, mut contract) = (None, None);
    let findings = if let Some(mapping) = &mut mapping {
        let written = mapping.contract.take();
        let parse_cache = ParseCache::default();
        let compilation = compile::compile(mapping, &sources, &parse_cache, &mut findings);
        let mut lint = lint::Lint::new(mapping, &sources);
        let mut checked =
            check::check(mapping, written, &sources, &parse_cache, compilation, findings, &mut lint);
        checked.findings.extend(lint.into_findings(checked.plan.as_ref()));
        (plan, contract) = (checked.plan, checked.contract);
        checked.findings
    } else {
        findings.into_vec()
    };
    let findings = report::told(findings, &sources, mapping.as_ref().map(|mapping| &mapping.gaps));
    Loaded { engine: plan.map(Engine::new), sources, findings, contract, mapping }
}
