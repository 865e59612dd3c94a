//! Errors that need the analysis: values of a kind that their position does not accept, unsafe addresses, requests that
//! the destination would reject. No later stage reports errors: at the end of this one, the plan is made if there are
//! none.

mod condition;
mod constant_url;
mod endpoint;
mod header;
mod kind;
mod operator;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use foldhash::{HashMap, HashSet};

use crate::abstract_value::AbstractValue;
use crate::analysis::{
    self, Assumptions, Compared, Misuse, StepOutput, Symbols, Truth, ValuePosition, Visitor,
};
use crate::contract::{self, Contract};
use crate::diag::{Code, Diagnostic, Errors, Findings};
use crate::ops::Operator;
use crate::plan::{Compilation, Draft, HostClaim, Plan};
use crate::source::{Sources, Span};
use crate::syntax::{Mapping, Member, Request, Text, ValueNode, ValueRule, Yaml};
use crate::template::ParseCache;
use crate::value::{Kinds, key_of_path};

/// The result of checking a mapping.
pub(crate) struct Checked {
    /// The executable plan; `None` if there is an error.
    pub(crate) plan: Option<Plan>,
    /// The contract, if the mapping names a valid one.
    pub(crate) contract: Option<Contract>,
    /// The findings of this stage and of those before.
    pub(crate) findings: Vec<Diagnostic>,
}

/// Reports the errors that compilation does not find, and makes a plan from the draft if there are no errors at all.
///
/// `contract` is the value of the key `contract:`, `findings` are those of earlier stages, and `second_visitor` takes part
/// in the same walk. If definitions are cyclic or too large to expand, the mapping is not walked.
pub(crate) fn check(
    mapping: &Mapping,
    contract: Option<Yaml>,
    sources: &Sources,
    parse_cache: &ParseCache,
    compilation: Compilation,
    mut findings: Findings,
    second_visitor: &mut impl Visitor,
) -> Checked {
    let contract = contract.and_then(|yaml| contract::check(yaml, mapping, parse_cache, &mut findings));
    if !findings.too_large_to_expand() {
        // An unknown name may be a misspelling of any name, so usage is uncertain.
        let all_names_known = !findings.has_errors();
        let errors = Errors::new(&mut findings);
        let check = Check { sources, known_values: HashSet::default(), errors };
        let mut visitors = (check, second_visitor);
        analysis::walk(mapping, parse_cache, all_names_known, &mut visitors);
        visitors.0.host_claims(&compilation.host_claims);
    }
    let (plan, findings) = Draft::finish(compilation.draft, findings);
    Checked { plan, contract, findings }
}

/// The visitor that reports errors.
struct Check<'f, 'm> {
    sources: &'m Sources,
    /// The values in endpoints that have only known values.
    known_values: HashSet<Span>,
    errors: Errors<'f>,
}

impl Check<'_, '_> {
    /// Reports the values of the event that stand where a host stands, unless all their values are known.
    fn host_claims(&mut self, claims: &[HostClaim]) {
        for claim in claims {
            if !claim.spans.iter().any(|span| self.known_values.contains(span)) {
                endpoint::host_from_event(claim, self.sources, &mut self.errors);
            }
        }
    }
}

impl Visitor for Check<'_, '_> {
    fn count(&self) -> usize {
        self.errors.len()
    }

    fn inside(&mut self, whole: &AbstractValue, holder: Kinds, span: Span) {
        kind::inside(whole, holder, span, &mut self.errors);
    }

    fn position(&mut self, position: ValuePosition, known: &AbstractValue, span: Span) {
        kind::position(position, known, span, &mut self.errors);
    }

    fn request(&mut self, request: &Request, shared: Option<&Request>) {
        header::repeated(request, shared, &mut self.errors);
    }

    fn value_rule(&mut self, rule: &ValueRule, symbols: &Symbols<'_>) {
        for (verb, names) in [("only", &rule.only), ("except", &rule.except)] {
            for name in names.iter().flat_map(|(_, names)| names) {
                let Some(key) = key_of_path(&name.node, |field| symbols.is_field(field)) else { continue };
                let message = format!(
                    "`{}` is a path, which has no effect under `{verb}`: keys of the map are listed there",
                    name.node
                );
                let diagnostic = Diagnostic::new(Code::PathAsKey, name.span, message);
                let variable = name.node.strip_prefix('$').is_some_and(|path| !path.starts_with(['.', '[']));
                self.errors.push(diagnostic.help(if variable {
                    "write the keys themselves; the list of a setting or a field cannot be used here"
                        .to_owned()
                } else {
                    format!("write the key itself, such as `{key}`")
                }));
            }
        }
        let (Some((_, only)), Some((_, except))) = (&rule.only, &rule.except) else { return };
        let mut kept: HashMap<&str, _> = HashMap::default();
        for name in only {
            kept.entry(name.node.as_str()).or_insert(name);
        }
        for name in except {
            if let Some(first) = kept.get(name.node.as_str()) {
                let message = format!("`{}` is in both `only` and `except`", name.node);
                let diagnostic = Diagnostic::new(Code::OnlyAndExcept, name.span, message);
                self.errors.push(diagnostic.related(first.span, "listed in `only` here"));
            }
        }
    }

    fn part_after_whole(&mut self, path: &Text, span: Span, first: Span) {
        let message =
            format!("`{}` is never used: an earlier path takes the whole value that contains it", path.text);
        let diagnostic = Diagnostic::new(Code::PartAfterWhole, span, message);
        self.errors.push(diagnostic.related(first, "this takes the whole value"));
    }

    fn misuse(
        &mut self,
        misuse: Misuse,
        row: &Operator,
        known: &AbstractValue,
        span: Span,
        previous: Option<Span>,
    ) {
        operator::misuse(misuse, row, known, span, previous, &mut self.errors);
    }

    fn argument(&mut self, row: &Operator, argument: &ValueNode, known: &AbstractValue) {
        operator::number_argument(row, argument, known, &mut self.errors);
    }

    fn step(&mut self, step: &StepOutput<'_>) {
        operator::always_empty(step, self.sources, &mut self.errors);
    }

    fn compared(&mut self, compared: &Compared<'_>) {
        condition::case(compared, &mut self.errors);
    }

    fn truth(&mut self, truth: Truth, path: &Text, known: &AbstractValue, span: Span) {
        if truth == Truth::Never {
            condition::never(path, known, span, &mut self.errors);
        }
    }

    fn condition(&mut self, assumptions: &Assumptions, around: &[Rc<Assumptions>]) {
        condition::conjunction(assumptions, around, &mut Vec::new(), &mut self.errors);
    }

    fn address_prefix(&mut self, constant: &str, text: &Text) {
        constant_url::address(constant, text, &mut self.errors);
    }

    fn address_start(&mut self, constant: &str, span: Span, more: bool) {
        constant_url::start(constant, span, more, &mut self.errors);
    }

    fn address_value(&mut self, known: &AbstractValue, span: Span) {
        if known.values.is_some() {
            self.known_values.insert(span);
        }
    }

    fn header(&mut self, header: &Member) {
        header::name(&header.key, &mut self.errors);
        header::value(&header.value, &mut self.errors);
    }
}
