//! The order in which rules are tried while files are overlaid: a doubly linked list, so that every change takes
//! constant time.

use super::Rule;
use foldhash::HashMap;

/// A circular linked list of rules; slot 0 is the sentinel before the first and after the last.
#[derive(Debug)]
pub(super) struct RuleOrder {
    slots: Vec<RuleSlot>,
    names: HashMap<String, usize>,
}

#[derive(Debug)]
struct RuleSlot {
    /// `None` in the sentinel, and where a rule was removed.
    rule: Option<Rule>,
    previous: usize,
    next: usize,
}

impl RuleOrder {
    pub(super) fn new(rules: Vec<Rule>) -> Self {
        let sentinel = RuleSlot { rule: None, previous: 0, next: 0 };
        let mut order = Self { slots: Vec::with_capacity(rules.len() + 1), names: HashMap::default() };
        order.slots.push(sentinel);
        for rule in rules {
            order.insert_after(order.last(), rule);
        }
        order
    }

    /// The slot of a rule.
    pub(super) fn slot(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    /// The slot of the last rule, or the sentinel if there is none.
    pub(super) fn last(&self) -> usize {
        self.slots[0].previous
    }

    /// The slot before another one.
    pub(super) fn previous(&self, slot: usize) -> usize {
        self.slots[slot].previous
    }

    pub(super) fn is_empty(&self) -> bool {
        self.last() == 0
    }

    /// The rule in a slot.
    pub(super) fn rule(&self, slot: usize) -> Option<&Rule> {
        self.slots[slot].rule.as_ref()
    }

    /// Replaces the rule in a slot by one of the same name.
    pub(super) fn replace(&mut self, slot: usize, rule: Rule) {
        self.slots[slot].rule = Some(rule);
    }

    /// Inserts a rule after a slot.
    pub(super) fn insert_after(&mut self, slot: usize, rule: Rule) {
        let (new, next) = (self.slots.len(), self.slots[slot].next);
        self.names.insert(rule.name.node.clone(), new);
        self.slots.push(RuleSlot { rule: Some(rule), previous: slot, next });
        self.slots[slot].next = new;
        self.slots[next].previous = new;
    }

    /// Removes a rule; returns the slot before it.
    pub(super) fn remove(&mut self, slot: usize) -> usize {
        let RuleSlot { rule, previous, next } = &mut self.slots[slot];
        let (rule, previous, next) = (rule.take(), *previous, *next);
        if let Some(rule) = rule {
            self.names.remove(&rule.name.node);
            self.slots[previous].next = next;
            self.slots[next].previous = previous;
        }
        previous
    }

    /// The names of all rules.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.slots().filter_map(|slot| self.rule(slot)).map(|rule| rule.name.node.as_str())
    }

    fn slots(&self) -> impl Iterator<Item = usize> {
        let next = |slot: usize| Some(self.slots[slot].next).filter(|&next| next != 0);
        std::iter::successors(next(0), move |&slot| next(slot))
    }

    /// The rules in order.
    pub(super) fn rules(mut self) -> Vec<Rule> {
        let slots: Vec<usize> = self.slots().collect();
        slots.into_iter().filter_map(|slot| self.slots[slot].rule.take()).collect()
    }
}
