//! Which rules can take an event: rules that ask a text for equality are found by that text.

use foldhash::HashMap;

use super::{PathId, RuleId};

/// A tree of questions; its leaves are rules in the order of the file.
#[derive(Debug)]
pub enum RuleIndex {
    /// These, one after another.
    Rules(Box<[RuleId]>),
    /// By the text that a value has.
    By {
        /// What is looked at.
        key: RuleKey,
        /// The rules for each text.
        cases: HashMap<Box<str>, RuleIndex>,
        /// The rules that do not ask this.
        others: Box<RuleIndex>,
    },
}

/// A value that many rules compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RuleKey {
    /// A field that cannot refuse an event.
    Field(usize),
    /// A path on the event.
    Event(PathId),
}

/// What a rule asks of a key: one of these texts.
pub(crate) type EqualityTest = (RuleKey, Vec<Box<str>>);

/// Questions nest so deep; more would not make choosing faster.
const MAX_DEPTH: usize = 3;

impl RuleIndex {
    /// Builds the tree; `equality_tests[rule]` are the questions that must all be answered for the rule to hold.
    pub(crate) fn new(equality_tests: &[Vec<EqualityTest>]) -> Self {
        Self::grow((0..equality_tests.len()).collect(), equality_tests, &mut Vec::new())
    }

    fn grow(rules: Vec<RuleId>, equality_tests: &[Vec<EqualityTest>], used: &mut Vec<RuleKey>) -> Self {
        let mut counts: HashMap<RuleKey, usize> = HashMap::default();
        for (key, _) in rules.iter().flat_map(|&rule| &equality_tests[rule]) {
            if !used.contains(key) {
                *counts.entry(*key).or_default() += 1;
            }
        }
        let best = counts.into_iter().max_by_key(|&(key, count)| (count, std::cmp::Reverse(key)));
        let Some((key, _)) = best.filter(|&(_, count)| count > 1 && used.len() < MAX_DEPTH) else {
            return Self::Rules(rules.into());
        };
        let (mut cases, mut others): (HashMap<Box<str>, Vec<RuleId>>, _) = (HashMap::default(), Vec::new());
        for rule in rules {
            match equality_tests[rule].iter().find(|(asks, _)| *asks == key) {
                Some((_, texts)) => {
                    for text in texts {
                        let case = cases.entry(text.clone()).or_default();
                        if case.last() != Some(&rule) {
                            case.push(rule);
                        }
                    }
                }
                None => others.push(rule),
            }
        }
        used.push(key);
        let cases =
            cases.into_iter().map(|(text, rules)| (text, Self::grow(rules, equality_tests, used))).collect();
        let others = Box::new(Self::grow(others, equality_tests, used));
        used.pop();
        Self::By { key, cases, others }
    }
}
