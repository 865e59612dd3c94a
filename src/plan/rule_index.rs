//! Finds the rules that can apply to an event. Rules that compare a value with constant texts are looked up by the text
//! that the value has.

use foldhash::HashMap;

use super::{PathId, RuleId};

/// A decision tree; its leaves are rules in the order of the file.
#[derive(Debug)]
pub enum RuleIndex {
    /// Rules to be tried in this order.
    Rules(Box<[RuleId]>),
    /// A lookup by the text that a value has.
    By {
        /// The value.
        key: RuleKey,
        /// The rules that require each text.
        cases: HashMap<Box<str>, RuleIndex>,
        /// The rules that do not test the value.
        others: Box<RuleIndex>,
    },
}

/// A value that rules compare with constant texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RuleKey {
    /// A field; it must not be able to refuse an event, since it is evaluated before other conditions.
    Field(usize),
    /// A path on the event.
    Event(PathId),
}

/// A value that must be one of the texts for a rule to apply.
pub(crate) type EqualityTest = (RuleKey, Vec<Box<str>>);

/// Maximum depth of the tree; a deeper one would not be faster.
const MAX_DEPTH: usize = 3;

impl RuleIndex {
    /// Builds the tree; `equality_tests[rule]` are tests that must all hold for the rule to apply.
    pub(crate) fn new(equality_tests: &[Vec<EqualityTest>]) -> Self {
        Self::build((0..equality_tests.len()).collect(), equality_tests, &mut Vec::new())
    }

    fn build(rules: Vec<RuleId>, equality_tests: &[Vec<EqualityTest>], used: &mut Vec<RuleKey>) -> Self {
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
            match equality_tests[rule].iter().find(|(tested, _)| *tested == key) {
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
            cases.into_iter().map(|(text, rules)| (text, Self::build(rules, equality_tests, used))).collect();
        let others = Box::new(Self::build(others, equality_tests, used));
        used.pop();
        Self::By { key, cases, others }
    }
}
