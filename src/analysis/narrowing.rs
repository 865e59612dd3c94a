//! Splits conditions into assumptions, and narrows what is known of a path by them.

use std::rc::Rc;

use super::assumptions::{Assumptions, Atom};
use super::symbols::{ResolvedPath, Symbol};
use super::test::constraint_of;
use super::{Analysis, State, Visitor};
use crate::abstract_value::{AbstractValue, Constraint};
use crate::syntax::{Condition, ConditionKind, ValueKind, ValueNode, ValueSource};

/// Maximum number of tests that are looked at to narrow what is known of one path; far more than real rules have. Those
/// after them are assumed to say nothing.
const MAX_TESTS: usize = crate::limits::NARROWING_TESTS;
/// Maximum depth to which presence is followed through fields. References between fields may be cyclic.
const MAX_DEPTH: usize = 8;

impl<V: Visitor> Analysis<'_, V> {
    /// What can be assumed where a condition holds.
    pub(super) fn decompose(&mut self, condition: &Condition) -> Assumptions {
        let mut assumptions = Assumptions::default();
        self.decompose_into(condition, &mut assumptions);
        assumptions
    }

    fn decompose_into(&mut self, condition: &Condition, into: &mut Assumptions) {
        let span = condition.span;
        let presence = matches!(condition.kind, ConditionKind::Present(_));
        let negated = matches!(condition.kind, ConditionKind::Not(_));
        let mut atom = |resolved: Option<Rc<ResolvedPath>>, constraint: Constraint| match resolved {
            Some(resolved) => {
                let key = resolved.key.clone();
                into.atoms.push(Atom {
                    key,
                    constraint,
                    span,
                    origin: span,
                    named: false,
                    presence,
                    negated,
                });
            }
            None => into.incomplete = true,
        };
        match &condition.kind {
            ConditionKind::Present(path) => atom(self.symbols.path(path), Constraint::present()),
            ConditionKind::Test(path, test) => atom(self.symbols.path(path), constraint_of(test)),
            ConditionKind::Named(name) => match self.symbols.condition(&name.node) {
                Some(index) => {
                    let named = self.named_condition(index);
                    let atoms = named.atoms.iter().map(|atom| Atom { span, named: true, ..atom.clone() });
                    into.atoms.extend(atoms);
                    into.any.extend(named.any.iter().cloned());
                    into.incomplete |= named.incomplete;
                }
                None => into.incomplete = true,
            },
            ConditionKind::All(all) => all.iter().for_each(|inner| self.decompose_into(inner, into)),
            ConditionKind::Any(any) => {
                let group = any.iter().map(|inner| self.decompose(inner)).collect();
                into.any.push(group);
            }
            ConditionKind::Not(inner) => match &inner.kind {
                ConditionKind::Test(path, test) => {
                    atom(self.symbols.path(path), constraint_of(test).inverse());
                }
                ConditionKind::Present(path) => atom(self.symbols.path(path), Constraint::absent()),
                _ => {
                    // Visited only to mark the names in it as used.
                    self.decompose(inner);
                    into.incomplete = true;
                }
            },
        }
    }

    pub(super) fn named_condition(&mut self, index: usize) -> Rc<Assumptions> {
        match &self.conditions[index] {
            State::Done(assumptions) => Rc::clone(assumptions),
            State::InProgress => Rc::default(),
            State::NotStarted => {
                self.conditions[index] = State::InProgress;
                let outer = std::mem::take(&mut self.assumptions);
                let assumptions = self.condition(&self.mapping.conditions[index].node);
                self.assumptions = outer;
                self.conditions[index] = State::Done(Rc::clone(&assumptions));
                assumptions
            }
        }
    }

    /// Runs `work` with the assumption that a condition holds.
    pub(super) fn under_condition<T>(
        &mut self,
        when: Option<&Condition>,
        work: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let before = self.assumptions.len();
        if let Some(when) = when {
            let assumptions = self.condition(when);
            self.assumptions.push(assumptions);
        }
        let result = work(self);
        self.assumptions.truncate(before);
        result
    }

    /// Narrows what is known of a path by the current assumptions.
    pub(super) fn narrowed(&self, resolved: &ResolvedPath, mut known: AbstractValue) -> AbstractValue {
        let atoms = self.assumptions.iter().flat_map(|assumptions| &assumptions.atoms).take(MAX_TESTS);
        for atom in atoms.filter(|atom| atom.key == resolved.key) {
            known = atom.constraint.narrow(known);
        }
        if known.missing && self.is_present(&resolved.key, resolved, 0, &mut { MAX_TESTS }) {
            known = Constraint::present().narrow(known);
        }
        known
    }

    /// Whether a path is known to be present. Each test and each source that is looked at takes one from `left`.
    fn is_present(&self, key: &str, resolved: &ResolvedPath, depth: usize, left: &mut usize) -> bool {
        if self.assumptions.iter().any(|assumptions| assumptions.requires_presence(key, left)) {
            return true;
        }
        *left = left.saturating_sub(1);
        if *left == 0 {
            return false;
        }
        let Symbol::Field(index) = resolved.root else { return false };
        if depth > MAX_DEPTH || !resolved.steps.is_empty() || resolved.query {
            return false;
        }
        let sources = sources(&self.mapping.fields[index].node);
        for path in sources.iter().take(*left) {
            // `peek` does not mark the field as used: this is not where it is read.
            let inner = self.symbols.peek(path);
            if inner.is_some_and(|inner| self.is_present(&inner.key, &inner, depth + 1, left)) {
                return true;
            }
        }
        // Every branch of a group makes this field present, so the group does too.
        self.assumptions.iter().flat_map(|assumptions| &assumptions.any).any(|group| {
            *left > 0
                && group.iter().all(|branch| {
                    branch.requires_presence(key, left)
                        || sources.iter().take(*left).any(|path| {
                            *left = left.saturating_sub(1);
                            let inner = self.symbols.peek(path);
                            inner.is_some_and(|inner| branch.requires_presence(&inner.key, left))
                        })
                })
        })
    }
}

/// The paths that each make a value present on their own.
fn sources(written: &ValueNode) -> Vec<&crate::syntax::Text> {
    match &written.kind {
        ValueKind::Path(path) => vec![path],
        ValueKind::Rule(rule)
            if rule.when.is_none()
                && rule.transform.is_empty()
                && rule.only.is_none()
                && rule.except.is_none()
                && rule.template.is_none() =>
        {
            let ValueSource::From(entries) = &rule.source else { return Vec::new() };
            let paths = entries.iter().filter_map(|entry| match &entry.kind {
                ValueKind::Path(path) => Some(path),
                _ => None,
            });
            paths.collect()
        }
        _ => Vec::new(),
    }
}
