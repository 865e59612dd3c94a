//! Splits conditions into assumptions, and narrows what is known of a path by them.

use std::rc::Rc;

use super::assumptions::{Assumptions, Atom};
use super::symbols::{ResolvedPath, Symbol};
use super::test::says;
use super::{Analysis, State, Visitor};
use crate::abstract_value::{AbstractValue, Constraint};
use crate::syntax::{Condition, ConditionKind, ValueKind, ValueNode, ValueSource};

/// Maximum depth to which presence is followed through fields. References between fields may be cyclic.
const MAX_DEPTH: usize = 8;

impl<V: Visitor> Analysis<'_, V> {
    /// What can be assumed where a condition holds.
    pub(super) fn taken_apart(&mut self, condition: &Condition) -> Assumptions {
        let mut holds = Assumptions::default();
        self.take_apart(condition, &mut holds);
        holds
    }

    fn take_apart(&mut self, condition: &Condition, into: &mut Assumptions) {
        let span = condition.span;
        let presence = matches!(condition.kind, ConditionKind::Present(_));
        let negated = matches!(condition.kind, ConditionKind::Not(_));
        let mut atom = |reading: Option<Rc<ResolvedPath>>, constraint: Constraint| match reading {
            Some(reading) => {
                let key = reading.key.clone();
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
            None => into.more = true,
        };
        match &condition.kind {
            ConditionKind::Present(path) => atom(self.symbols.path(path), Constraint::present()),
            ConditionKind::Test(path, test) => atom(self.symbols.path(path), says(test)),
            ConditionKind::Named(name) => match self.symbols.condition(&name.node) {
                Some(at) => {
                    let named = self.named_condition(at);
                    let atoms = named.atoms.iter().map(|atom| Atom { span, named: true, ..atom.clone() });
                    into.atoms.extend(atoms);
                    into.any
                        .extend(named.any.iter().map(|group| group.iter().map(Assumptions::copy).collect()));
                    into.more |= named.more;
                }
                None => into.more = true,
            },
            ConditionKind::All(all) => all.iter().for_each(|inner| self.take_apart(inner, into)),
            ConditionKind::Any(any) => {
                let group = any.iter().map(|inner| self.taken_apart(inner)).collect();
                into.any.push(group);
            }
            ConditionKind::Not(inner) => match &inner.kind {
                ConditionKind::Test(path, test) => {
                    atom(self.symbols.path(path), says(test).inverse());
                }
                ConditionKind::Present(path) => atom(self.symbols.path(path), Constraint::absent()),
                _ => {
                    // Visited only to mark the names in it as used.
                    self.taken_apart(inner);
                    into.more = true;
                }
            },
        }
    }

    pub(super) fn named_condition(&mut self, at: usize) -> Rc<Assumptions> {
        match &self.conditions[at] {
            State::Done(holds) => Rc::clone(holds),
            State::InProgress => Rc::default(),
            State::Untouched => {
                self.conditions[at] = State::InProgress;
                let outer = std::mem::take(&mut self.holds);
                let holds = self.condition(&self.mapping.conditions[at].node);
                self.holds = outer;
                self.conditions[at] = State::Done(Rc::clone(&holds));
                holds
            }
        }
    }

    /// Runs `work` with the assumption that a condition holds.
    pub(super) fn given<T>(&mut self, when: Option<&Condition>, work: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.holds.len();
        if let Some(when) = when {
            let holds = self.condition(when);
            self.holds.push(holds);
        }
        let made = work(self);
        self.holds.truncate(before);
        made
    }

    /// Narrows what is known of a path by the current assumptions.
    pub(super) fn narrowed(&self, reading: &ResolvedPath, mut known: AbstractValue) -> AbstractValue {
        for holds in &self.holds {
            for atom in holds.atoms.iter().filter(|atom| atom.key == reading.key) {
                known = atom.constraint.narrow(known);
            }
        }
        if known.missing && self.is_present(&reading.key, reading, 0) {
            known = Constraint::present().narrow(known);
        }
        known
    }

    fn is_present(&self, key: &str, reading: &ResolvedPath, depth: usize) -> bool {
        if self.holds.iter().any(|holds| holds.has(key)) {
            return true;
        }
        let Symbol::Field(at) = reading.root else { return false };
        if depth > MAX_DEPTH || !reading.steps.is_empty() || reading.query {
            return false;
        }
        let sources = sources(&self.mapping.fields[at].node);
        let one = |path: &crate::syntax::Text| {
            // `peek` does not mark the field as used: this is not where it is read.
            let inner = self.symbols.peek(path)?;
            Some(self.is_present(&inner.key, &inner, depth + 1))
        };
        if sources.iter().any(|path| one(path) == Some(true)) {
            return true;
        }
        // Every branch of a group makes this field present, so the group does too.
        self.holds.iter().flat_map(|holds| &holds.any).any(|group| {
            group.iter().all(|branch| {
                branch.has(key)
                    || sources
                        .iter()
                        .any(|path| self.symbols.peek(path).is_some_and(|one| branch.has(&one.key)))
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
