//! The order in which rules are tried, while files are laid over each other: every change costs the same, however
//! many rules there are.

use super::Rule;
use foldhash::HashMap;

/// Rules in a ring of places; place 0 stands before the first and behind the last.
#[derive(Debug)]
pub(super) struct RuleOrder {
    places: Vec<RuleSlot>,
    names: HashMap<String, usize>,
}

#[derive(Debug)]
struct RuleSlot {
    /// `None` at place 0, and where a rule was taken away.
    rule: Option<Rule>,
    before: usize,
    behind: usize,
}

impl RuleOrder {
    pub(super) fn new(rules: Vec<Rule>) -> Self {
        let ring = RuleSlot { rule: None, before: 0, behind: 0 };
        let mut order = Self { places: Vec::with_capacity(rules.len() + 1), names: HashMap::default() };
        order.places.push(ring);
        for rule in rules {
            order.put_behind(order.last(), rule);
        }
        order
    }

    /// The place of a rule.
    pub(super) fn at(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    /// The place of the last rule.
    pub(super) fn last(&self) -> usize {
        self.places[0].before
    }

    /// The place before another one.
    pub(super) fn before(&self, at: usize) -> usize {
        self.places[at].before
    }

    pub(super) fn is_empty(&self) -> bool {
        self.last() == 0
    }

    /// The rule at a place.
    pub(super) fn rule(&self, at: usize) -> Option<&Rule> {
        self.places[at].rule.as_ref()
    }

    /// Puts a rule in the place of one of the same name.
    pub(super) fn replace(&mut self, at: usize, rule: Rule) {
        self.places[at].rule = Some(rule);
    }

    /// Puts a rule behind a place.
    pub(super) fn put_behind(&mut self, at: usize, rule: Rule) {
        let (new, behind) = (self.places.len(), self.places[at].behind);
        self.names.insert(rule.name.node.clone(), new);
        self.places.push(RuleSlot { rule: Some(rule), before: at, behind });
        self.places[at].behind = new;
        self.places[behind].before = new;
    }

    /// Takes a rule away; the place before it.
    pub(super) fn remove(&mut self, at: usize) -> usize {
        let RuleSlot { rule, before, behind } = &mut self.places[at];
        let (rule, before, behind) = (rule.take(), *before, *behind);
        if let Some(rule) = rule {
            self.names.remove(&rule.name.node);
            self.places[before].behind = behind;
            self.places[behind].before = before;
        }
        before
    }

    /// The names of all rules.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.walk().filter_map(|at| self.rule(at)).map(|rule| rule.name.node.as_str())
    }

    fn walk(&self) -> impl Iterator<Item = usize> {
        let next = |at: usize| Some(self.places[at].behind).filter(|&next| next != 0);
        std::iter::successors(next(0), move |&at| next(at))
    }

    /// The rules, the first one first.
    pub(super) fn rules(mut self) -> Vec<Rule> {
        let places: Vec<usize> = self.walk().collect();
        places.into_iter().filter_map(|at| self.places[at].rule.take()).collect()
    }
}
