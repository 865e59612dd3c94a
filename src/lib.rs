//! mapwright: a customer-data event goes in, the exact API requests of a destination come out; everything
//! between is a YAML file.
//!
//! ```text
//!  YAML text ─▶ source ─▶ syntax ─▶ compile ─▶ check ─▶ plan ─┐
//!              (spans) (as written) (resolved) (no errors)    ├─▶ run ─▶ requests | one error
//!  JSON line ──────────▶ json ────────────────────────────────┘
//! ```

pub mod cases;
pub mod contract;
pub mod diag;
pub mod json;
pub mod ops;
pub mod profile;
pub mod schema;
pub mod source;
pub mod trace;
pub mod value;

mod abstract_value;
#[cfg(test)]
mod agreement;
mod analysis;
mod arena;
mod check;
mod compile;
mod lint;
mod path;
mod plan;
mod predicate;
mod report;
mod run;
mod syntax;
mod template;

pub use plan::Plan;
pub use predicate::{PREDICATES, Predicate, TESTS, TestArgKind, TestRow};
pub use run::{Answer, Input, Outcome, Refusal, RefusalKind, Settings, Worker};
pub use syntax::{Files, names};
pub use trace::{Trace, explain};

/// What came of reading a mapping.
#[derive(Debug)]
pub struct Loaded {
    /// The files that were read.
    pub sources: source::Sources,
    /// What was found, in the order of the places.
    pub findings: Vec<diag::Diagnostic>,
    /// The mapping, ready to run, unless a finding is an error.
    pub plan: Option<Plan>,
    /// What the destination accepts, if the mapping names a contract that can be read.
    pub contract: Option<contract::Contract>,
    /// The mapping as written, for what looks at it later.
    mapping: Option<syntax::Mapping>,
}

impl Loaded {
    /// Takes out what comments in the mapping allow: for what is found later than by [`load`].
    #[must_use]
    pub fn without_allowed(&self, findings: Vec<diag::Diagnostic>) -> Vec<diag::Diagnostic> {
        report::without_allowed(findings, &self.sources)
    }
}

/// Reads, checks and compiles the mapping called `name`, with everything it extends and includes.
///
/// The library reads no files: `files` hands it their text.
pub fn load(name: &str, files: &dyn Files) -> Loaded {
    let mut sources = source::Sources::default();
    let mut findings = diag::Findings::default();
    let mut mapping = syntax::load(name, files, &mut sources, &mut findings);
    let (mut plan, mut contract) = (None, None);
    let findings = if let Some(mapping) = &mut mapping {
        let written = mapping.contract.take();
        let parse_cache = template::ParseCache::default();
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
    Loaded { sources, findings, plan, contract, mapping }
}
