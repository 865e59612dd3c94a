//! What is wrong with a mapping that can be read: values of the wrong kind, rules nobody reaches, names nobody uses,
//! addresses that are not safe. Each file knows one topic; all look at the mapping as written and change nothing.

mod address;
mod condition;
mod constant;
mod echo;
mod endpoint;
mod fact;
mod fallback;
mod header;
mod holds;
mod known;
mod limit;
mod operator;
mod pattern;
mod pipeline;
mod placeholder;
mod reach;
mod request;
mod suppress;
mod template;
#[cfg(test)]
mod tests;
mod unused;
mod value;

pub(crate) use echo::quieted;
pub(crate) use suppress::{apply as suppress, without_allowed};

use std::cell::Cell;
use std::rc::Rc;

use foldhash::HashSet;

use crate::diag::{Diagnostic, Findings};
use crate::source::{Sources, Span};
use crate::spec::Mapping;
use crate::template::Readings;
use fact::Fact;
use holds::Holds;
use known::Known;

/// Looks for mistakes. What is an error already is not asked again: an unknown name can be anything.
pub(crate) fn lint(mapping: &Mapping, sources: &Sources, readings: &Readings, findings: &mut Findings) {
    look(mapping, sources, readings, findings);
}

/// The same; how often two rules were compared.
fn look(mapping: &Mapping, sources: &Sources, readings: &Readings, findings: &mut Findings) -> usize {
    let broken = findings.failed();
    if findings.endless() {
        return 0;
    }
    let mut lint = Lint {
        mapping,
        sources,
        findings,
        known: Known::new(mapping, readings),
        fields: mapping.fields.iter().map(|_| State::Untouched).collect(),
        conditions: mapping.conditions.iter().map(|_| State::Untouched).collect(),
        holds: Vec::new(),
        piped: None,
        addresses: HashSet::default(),
        compared: Cell::new(0),
    };
    for at in 0..mapping.conditions.len() {
        lint.named_condition(at);
    }
    for at in 0..mapping.fields.len() {
        lint.field(at);
    }
    for named in &mapping.transforms {
        lint.steps(&named.node, Fact::default());
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
    known: Known<'m>,
    fields: Vec<State<Fact>>,
    conditions: Vec<State<Rc<Holds>>>,
    /// What holds at the place that is looked at.
    holds: Vec<Rc<Holds>>,
    /// What `$value` is there.
    piped: Option<Fact>,
    /// The constant addresses that were looked at.
    addresses: HashSet<Span>,
    /// How often two rules were compared.
    compared: Cell<usize>,
}

impl Lint<'_, '_> {
    fn found(&mut self, found: Diagnostic) {
        self.findings.push(found);
    }

    /// Whether a place is in the file that was asked for, not in one that it extends or includes.
    fn is_own(&self, span: Span) -> bool {
        span.file == self.mapping.file
    }

    /// What an entry of `fields:` can be.
    fn field(&mut self, at: usize) -> Fact {
        match &self.fields[at] {
            State::Done(fact) => fact.clone(),
            State::InProgress => Fact::default(),
            State::Untouched => {
                self.fields[at] = State::InProgress;
                // A field is computed outside of the place that asks for it.
                let (holds, piped) = (std::mem::take(&mut self.holds), self.piped.take());
                let fact = self.value(&self.mapping.fields[at].node);
                (self.holds, self.piped) = (holds, piped);
                self.fields[at] = State::Done(fact.clone());
                fact
            }
        }
    }
}
