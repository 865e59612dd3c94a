//! What is wrong with a mapping that can be read: values of the wrong kind, rules nobody reaches, names nobody uses,
//! addresses that are not safe. Each file knows one topic; all look at the mapping as written and change nothing.

mod address;
mod assumptions;
mod cascade;
mod condition;
mod constant;
mod endpoint;
mod fallback;
mod header;
mod operator;
mod pattern;
mod pipeline;
mod placeholder;
mod reach;
mod request;
mod suppress;
mod symbols;
mod template;
mod test;
#[cfg(test)]
mod tests;
mod unused;
mod value;

pub(crate) use cascade::without_cascades;
pub(crate) use suppress::{apply as suppress, without_allowed};

use std::cell::Cell;
use std::rc::Rc;

use foldhash::HashSet;

use crate::abstract_value::AbstractValue;
use crate::diag::{Diagnostic, Findings};
use crate::source::{Sources, Span};
use crate::syntax::Mapping;
use crate::template::ParseCache;
use assumptions::Assumptions;
use symbols::Symbols;

/// Looks for mistakes. What is an error already is not asked again: an unknown name can be anything.
pub(crate) fn lint(mapping: &Mapping, sources: &Sources, parse_cache: &ParseCache, findings: &mut Findings) {
    look(mapping, sources, parse_cache, findings);
    if !mapping.gaps.is_empty() {
        findings.retain(|found| !cascade::comes_from_gap(found, &mapping.gaps));
    }
}

/// The same; how often two rules were compared.
fn look(mapping: &Mapping, sources: &Sources, parse_cache: &ParseCache, findings: &mut Findings) -> usize {
    let broken = findings.has_errors();
    if findings.too_large_to_expand() {
        return 0;
    }
    let mut lint = Lint::new(mapping, sources, parse_cache, findings);
    for at in 0..mapping.conditions.len() {
        lint.named_condition(at);
    }
    for at in 0..mapping.fields.len() {
        lint.field(at);
    }
    for named in &mapping.transforms {
        lint.steps(&named.node, AbstractValue::default());
    }
    for preparation in &mapping.prepare {
        lint.preparation(preparation);
    }
    lint.requests();
    lint.reach();
    if !broken {
        lint.unused();
    }
    lint.compared.get()
}

/// What each field can be.
#[cfg(test)]
pub(crate) fn fields(mapping: &Mapping, sources: &Sources, parse_cache: &ParseCache) -> Vec<AbstractValue> {
    let mut findings = Findings::default();
    let mut lint = Lint::new(mapping, sources, parse_cache, &mut findings);
    (0..mapping.fields.len()).map(|at| lint.field(at)).collect()
}

/// The first test of the first rule: its path, and what it says of the value there.
#[cfg(test)]
pub(crate) fn first_test(mapping: &Mapping) -> Option<(&str, crate::abstract_value::Constraint)> {
    match &mapping.rules.first()?.when.as_ref()?.kind {
        crate::syntax::ConditionKind::Test(path, test) => Some((&path.text, test::says(test))),
        _ => None,
    }
}

/// What has become of something that has a name.
enum State<T> {
    Untouched,
    InProgress,
    Done(T),
}

struct Lint<'m, 'f> {
    mapping: &'m Mapping,
    sources: &'m Sources,
    findings: &'f mut Findings,
    known: Symbols<'m>,
    fields: Vec<State<AbstractValue>>,
    conditions: Vec<State<Rc<Assumptions>>>,
    /// What holds at the place that is looked at.
    holds: Vec<Rc<Assumptions>>,
    /// What `$value` is there.
    piped: Option<AbstractValue>,
    /// The constant addresses that were looked at.
    addresses: HashSet<Span>,
    /// How often two rules were compared.
    compared: Cell<usize>,
}

impl<'m, 'f> Lint<'m, 'f> {
    fn new(
        mapping: &'m Mapping,
        sources: &'m Sources,
        parse_cache: &'m ParseCache,
        findings: &'f mut Findings,
    ) -> Self {
        Self {
            mapping,
            sources,
            findings,
            known: Symbols::new(mapping, parse_cache),
            fields: mapping.fields.iter().map(|_| State::Untouched).collect(),
            conditions: mapping.conditions.iter().map(|_| State::Untouched).collect(),
            holds: Vec::new(),
            piped: None,
            addresses: HashSet::default(),
            compared: Cell::new(0),
        }
    }

    fn found(&mut self, found: Diagnostic) {
        self.findings.push(found);
    }

    /// Whether a place is in the file that was asked for, not in one that it extends or includes.
    fn is_own(&self, span: Span) -> bool {
        span.file == self.mapping.file
    }

    /// What an entry of `fields:` can be.
    fn field(&mut self, at: usize) -> AbstractValue {
        match &self.fields[at] {
            State::Done(known) => known.clone(),
            State::InProgress => AbstractValue::default(),
            State::Untouched => {
                self.fields[at] = State::InProgress;
                // A field is computed outside of the place that asks for it.
                let (holds, piped) = (std::mem::take(&mut self.holds), self.piped.take());
                let known = self.value(&self.mapping.fields[at].node);
                (self.holds, self.piped) = (holds, piped);
                self.fields[at] = State::Done(known.clone());
                known
            }
        }
    }
}
