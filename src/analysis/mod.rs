//! Static analysis of a mapping: which values each expression can have, what can be assumed where a condition holds, and
//! what each name refers to. The mapping is walked once; `check` and `lint` are visitors that report what is wrong.

mod assumptions;
mod condition;
mod constant;
mod endpoint;
mod fact;
mod fallback;
mod narrowing;
mod operator;
mod pipeline;
mod request;
mod symbols;
mod template;
mod test;
mod value;
mod visitor;

pub(crate) use assumptions::{Assumptions, Atom};
pub(crate) use condition::describe_values;
pub(crate) use constant::scalar;
pub(crate) use fact::{Compared, EndpointHole, EndpointPosition, Misuse, StepOutput, Truth, ValuePosition};
pub(crate) use symbols::{ResolvedPath, Symbol, Symbols, Usage};
pub(crate) use visitor::Visitor;

use std::rc::Rc;

use foldhash::HashSet;

use crate::abstract_value::AbstractValue;
use crate::source::Span;
use crate::syntax::Mapping;
use crate::template::ParseCache;

/// Walks a mapping. Cyclic definitions must have been ruled out before. `all_names_known` is whether no error was found
/// so far, since an error may hide where a name is used.
pub(crate) fn walk(
    mapping: &Mapping,
    parse_cache: &ParseCache,
    all_names_known: bool,
    visitor: &mut impl Visitor,
) {
    let mut analysis = Analysis::new(mapping, parse_cache, visitor);
    for index in 0..mapping.conditions.len() {
        analysis.named_condition(index);
    }
    for index in 0..mapping.fields.len() {
        analysis.field(index);
    }
    for named in &mapping.transforms {
        analysis.steps(&named.node, AbstractValue::default());
    }
    for preparation in &mapping.prepare {
        analysis.preparation(preparation);
    }
    analysis.requests();
    analysis.rules();
    if all_names_known {
        analysis.visitor.usage(&analysis.symbols.used);
    }
}

/// Walks a mapping with a new template cache, assuming that all names are known.
#[cfg(test)]
pub(crate) fn walk_alone(mapping: &Mapping, visitor: &mut impl Visitor) {
    walk(mapping, &ParseCache::default(), true, visitor);
}

/// What each field can be.
#[cfg(test)]
pub(crate) fn fields(mapping: &Mapping, parse_cache: &ParseCache) -> Vec<AbstractValue> {
    struct IgnoreAll;
    impl Visitor for IgnoreAll {
        fn count(&self) -> usize {
            0
        }
    }
    let mut visitor = IgnoreAll;
    let mut analysis = Analysis::new(mapping, parse_cache, &mut visitor);
    (0..mapping.fields.len()).map(|index| analysis.field(index)).collect()
}

/// The first test of the first rule: its path and its constraint.
#[cfg(test)]
pub(crate) fn first_test(mapping: &Mapping) -> Option<(&str, crate::abstract_value::Constraint)> {
    match &mapping.rules.first()?.when.as_ref()?.kind {
        crate::syntax::ConditionKind::Test(path, test) => Some((&path.text, test::constraint_of(test))),
        _ => None,
    }
}

/// The progress of analysing a named item.
enum State<T> {
    NotStarted,
    InProgress,
    Done(T),
}

/// The state of the walk.
struct Analysis<'m, V> {
    mapping: &'m Mapping,
    visitor: &'m mut V,
    symbols: Symbols<'m>,
    fields: Vec<State<AbstractValue>>,
    conditions: Vec<State<Rc<Assumptions>>>,
    /// The conditions around the current node.
    assumptions: Vec<Rc<Assumptions>>,
    /// The value of `$value` at the current node.
    piped: Option<AbstractValue>,
    /// The constant addresses that were analysed already.
    seen_addresses: HashSet<Span>,
}

impl<'m, V: Visitor> Analysis<'m, V> {
    fn new(mapping: &'m Mapping, parse_cache: &'m ParseCache, visitor: &'m mut V) -> Self {
        Self {
            mapping,
            visitor,
            symbols: Symbols::new(mapping, parse_cache),
            fields: mapping.fields.iter().map(|_| State::NotStarted).collect(),
            conditions: mapping.conditions.iter().map(|_| State::NotStarted).collect(),
            assumptions: Vec::new(),
            piped: None,
            seen_addresses: HashSet::default(),
        }
    }

    /// Whether a span is in the mapping's main file, not in one that it extends or includes.
    fn is_own(&self, span: Span) -> bool {
        span.file == self.mapping.file
    }

    /// What an entry of `fields:` can be.
    fn field(&mut self, index: usize) -> AbstractValue {
        match &self.fields[index] {
            State::Done(known) => known.clone(),
            State::InProgress => AbstractValue::default(),
            State::NotStarted => {
                self.fields[index] = State::InProgress;
                // A field is evaluated outside the context that refers to it.
                let (assumptions, piped) = (std::mem::take(&mut self.assumptions), self.piped.take());
                let known = self.value(&self.mapping.fields[index].node);
                (self.assumptions, self.piped) = (assumptions, piped);
                self.fields[index] = State::Done(known.clone());
                known
            }
        }
    }

    /// Reports the rules up to the first without a `when`.
    fn rules(&mut self) {
        let rules = &self.mapping.rules;
        let reachable = rules.iter().position(|rule| rule.when.is_none()).unwrap_or(rules.len());
        let decompose = |rule: &crate::syntax::Rule| {
            rule.when.as_ref().map(|when| self.decompose(when)).unwrap_or_default()
        };
        let whens: Vec<Assumptions> = rules[..reachable].iter().map(decompose).collect();
        self.visitor.rules(&whens);
    }
}
