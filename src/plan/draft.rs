//! What becomes a plan when no error is found.

use super::{
    Condition, Expr, Field, HostClaim, Origin, Paths, Plan, Preparation, Rule, RuleIndex, Setting, Taints,
};
use crate::diag::{Diagnostic, Findings};
use crate::source::Sources;

/// The result of compiling a mapping.
#[derive(Debug)]
pub(crate) struct Compilation {
    /// There unless a finding is an error.
    pub(crate) draft: Option<Draft>,
    /// What the analysis has to prove, or else it is an error.
    pub(crate) host_claims: Vec<HostClaim>,
}

/// A mapping with everything resolved, before all errors are known.
#[derive(Debug)]
pub struct Draft {
    pub(crate) destination: Box<str>,
    pub(crate) description: Option<Box<str>>,
    pub(crate) sources: Sources,
    pub(crate) settings: Box<[Setting]>,
    pub(crate) prepare: Box<[Preparation]>,
    pub(crate) fields: Box<[Field]>,
    pub(crate) conditions: Box<[Condition]>,
    /// The names of the conditions.
    pub(crate) condition_names: Box<[Box<str>]>,
    pub(crate) paths: Paths,
    /// Values that depend on the settings only, computed once per settings.
    pub(crate) precomputed: Box<[Expr]>,
    pub(crate) rules: Box<[Rule]>,
    pub(crate) rule_index: RuleIndex,
    /// The origin of what has no more exact one: the whole file.
    pub(crate) file_origin: Origin,
    /// Which values are secret.
    pub(crate) taints: Taints,
}

impl Draft {
    /// Ends the search for errors. The findings are taken, so that none can be added to them later; the plan is there
    /// unless one of them is an error.
    pub(crate) fn finish(draft: Option<Self>, findings: Findings) -> (Option<Plan>, Vec<Diagnostic>) {
        let plan = draft
            .filter(|_| !findings.has_errors())
            .map(|draft| Plan { draft, empty_event: crate::json::OwnedDocument::empty_map() });
        (plan, findings.into_vec())
    }
}
