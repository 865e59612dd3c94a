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

/// A mapping with everything resolved, before all errors are known. The fields are those of the plan.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) destination: Box<str>,
    pub(crate) description: Option<Box<str>>,
    pub(crate) sources: Sources,
    pub(crate) settings: Box<[Setting]>,
    pub(crate) prepare: Box<[Preparation]>,
    pub(crate) fields: Box<[Field]>,
    pub(crate) conditions: Box<[Condition]>,
    pub(crate) condition_names: Box<[Box<str>]>,
    pub(crate) paths: Paths,
    pub(crate) precomputed: Box<[Expr]>,
    pub(crate) rules: Box<[Rule]>,
    pub(crate) rule_index: RuleIndex,
    pub(crate) file_origin: Origin,
    pub(crate) taints: Taints,
}

impl Draft {
    /// Ends the search for errors. The findings are taken, so that none can be added to them later; the plan is there
    /// unless one of them is an error.
    pub(crate) fn finish(draft: Option<Self>, findings: Findings) -> (Option<Plan>, Vec<Diagnostic>) {
        let plan = draft.filter(|_| !findings.has_errors()).map(Self::plan);
        (plan, findings.into_vec())
    }

    fn plan(self) -> Plan {
        Plan {
            destination: self.destination,
            description: self.description,
            sources: self.sources,
            settings: self.settings,
            prepare: self.prepare,
            fields: self.fields,
            conditions: self.conditions,
            condition_names: self.condition_names,
            paths: self.paths,
            precomputed: self.precomputed,
            rules: self.rules,
            rule_index: self.rule_index,
            file_origin: self.file_origin,
            taints: self.taints,
            empty_event: crate::json::OwnedDocument::empty_map(),
            _checked: (),
        }
    }
}
