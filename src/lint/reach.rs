//! Rules that no event reaches, and mappings without a last rule for all other events.
//!
//! A rule is unreachable if its `when` implies the `when` of an earlier rule. To avoid comparing all pairs, each rule is
//! indexed by the rarest of its tests, so that each rule is compared with few others.

use std::rc::Rc;

use foldhash::HashMap;

use crate::abstract_value::{Constraint, Scalar};
use crate::analysis::{Assumptions, Atom};
use crate::diag::{Code, Diagnostic, Warnings};
use crate::source::{Sources, Span};
use crate::syntax::{Mapping, Name, Rule};

/// Maximum number of rules with the same index key that a rule is compared with. Bounds the cost for large mappings.
const MAX_COMPARED: usize = 32;

/// The index key of a test: the path, and the value or the text of the test.
type EqualityAnswer = (Rc<str>, String);

/// An earlier rule.
struct EarlierRule<'m> {
    name: &'m Name,
    asks: &'m [Atom],
}

/// An index of the rules before the current one.
struct Earlier<'m> {
    sources: &'m Sources,
    filed: HashMap<EqualityAnswer, Vec<EarlierRule<'m>>>,
    /// Rules whose condition is a single comparison with constants.
    single: HashMap<EqualityAnswer, &'m Name>,
    /// The number of comparisons of two rules.
    compared: usize,
}

/// Reports a mapping whose rules all have a `when`.
pub(super) fn no_last_rule(mapping: &Mapping, sources: &Sources, warnings: &mut Warnings) {
    let Some(last) = mapping.rules.last() else { return };
    if mapping.rules.iter().all(|rule| rule.when.is_some()) && last.name.span.file == mapping.file {
        let place = rules_key(mapping, sources).unwrap_or(last.name.span);
        let message = "an event that no rule takes is refused with a generic error";
        let help = "end with a rule without `when`: `- { name: rest, drop: true }`, or with `fail:` and your own message";
        warnings.push(Diagnostic::new(Code::NoLastRule, place, message).help(help));
    }
}

/// Reports the rules after the one at index `at`, which takes every event.
pub(super) fn behind(rules: &[Rule], at: usize, warnings: &mut Warnings) {
    let (Some(taker), Some(next)) = (rules.get(at), rules.get(at + 1)) else { return };
    let rest = rules.len() - at - 2;
    let those = if rest > 0 { format!(", nor are the {rest} after it") } else { String::new() };
    let message = format!("this rule is never used{those}: `{}` takes every event", taker.name.node);
    let found = Diagnostic::new(Code::UnreachableRule, next.name.span, message);
    warnings.push(found.related(taker.name.span, "has no `when`"));
}

/// The span of the key `rules` in the main file.
fn rules_key(mapping: &Mapping, sources: &Sources) -> Option<Span> {
    let text = sources.text(mapping.file);
    let at = if text.starts_with("rules:") { 0 } else { text.find("\nrules:")? + 1 };
    let start = u32::try_from(at).ok()?;
    Some(Span { file: mapping.file, start, end: start + 5 })
}

/// Reports rules whose `when` implies that of an earlier rule. Returns the number of comparisons.
pub(super) fn covered(
    rules: &[Rule],
    whens: &[Assumptions],
    sources: &Sources,
    warnings: &mut Warnings,
) -> usize {
    let mut earlier = Earlier { sources, filed: HashMap::default(), single: HashMap::default(), compared: 0 };
    let mut rarity: HashMap<EqualityAnswer, usize> = HashMap::default();
    for answer in whens.iter().flat_map(|holds| &holds.atoms).flat_map(|atom| earlier.answers(atom)) {
        *rarity.entry(answer).or_default() += 1;
    }
    for (rule, holds) in rules.iter().zip(whens) {
        if impossible(holds) {
            continue;
        }
        if let Some(taker) = holds.atoms.iter().find_map(|atom| earlier.taker(atom, holds)) {
            let message =
                format!("this rule is never used: `{}` takes every event that it could take", taker.node);
            let found = Diagnostic::new(Code::UnreachableRule, rule.name.span, message);
            warnings.push(found.related(taker.span, "takes them"));
        } else if !holds.more && holds.any.is_empty() {
            earlier.file(&rule.name, &holds.atoms, &rarity);
        }
    }
    earlier.compared
}

impl<'m> Earlier<'m> {
    /// Indexes a rule by the rarest of its tests.
    fn file(&mut self, name: &'m Name, asks: &'m [Atom], rarity: &HashMap<EqualityAnswer, usize>) {
        if let [only] = asks
            && only.constraint.only_values
        {
            for answer in self.answers(only) {
                self.single.entry(answer).or_insert(name);
            }
        }
        let often = |atom: &&Atom| self.answers(atom).iter().map(|answer| rarity.get(answer).copied()).max();
        let Some(rarest) = asks.iter().min_by_key(often) else { return };
        for answer in self.answers(rarest) {
            self.filed.entry(answer).or_default().push(EarlierRule { name, asks });
        }
    }

    /// An earlier rule that takes every event that satisfies `holds`.
    fn taker(&mut self, atom: &Atom, holds: &Assumptions) -> Option<&'m Name> {
        let mut answers = self.answers(atom);
        if atom.constraint.only_values && !answers.is_empty() {
            let takers: Option<Vec<&Name>> =
                answers.iter().map(|answer| self.single.get(answer).copied()).collect();
            if let Some(taker) = takers.and_then(|takers| takers.first().copied()) {
                return Some(taker);
            }
            answers.truncate(1);
        }
        if atom.constraint.present {
            answers.push((atom.key.clone(), PRESENT.to_owned()));
        }
        let candidates = answers
            .iter()
            .filter_map(|answer| self.filed.get(answer))
            .flat_map(|all| all.iter().take(MAX_COMPARED));
        let mut compared = 0;
        let mut takers = candidates.filter(|earlier| {
            compared += 1;
            let holds_too = |asked: &Atom| holds.atoms.iter().any(|known| self.implies(known, asked));
            earlier.asks.iter().all(holds_too)
        });
        let taker = takers.next().map(|earlier| earlier.name);
        self.compared += compared;
        taker
    }

    /// Whether `known` implies `expectations`.
    fn implies(&self, known: &Atom, expectations: &Atom) -> bool {
        if known.key != expectations.key {
            return false;
        }
        match (&known.constraint.values, &expectations.constraint.values) {
            (Some(known), Some(values)) if expectations.constraint.only_values => {
                known.iter().all(|value| values.contains(value))
            }
            _ if expectations.presence => known.constraint.present,
            _ => self.test_words(known) == self.test_words(expectations),
        }
    }

    fn test_words(&self, atom: &Atom) -> String {
        format!("{}{}", if atom.negated { "not " } else { "" }, self.sources.slice(atom.origin))
    }

    /// The index keys of a test: one for each value it compares with, or one for the whole test.
    fn answers(&self, atom: &Atom) -> Vec<EqualityAnswer> {
        match &atom.constraint.values {
            Some(values) if atom.constraint.only_values => {
                values.iter().map(|value: &Scalar| (atom.key.clone(), format!("{value:?}"))).collect()
            }
            _ if atom.presence => vec![(atom.key.clone(), PRESENT.to_owned())],
            _ => vec![(atom.key.clone(), self.test_words(atom))],
        }
    }
}

/// The index key of a presence test.
const PRESENT: &str = "present";

fn impossible(holds: &Assumptions) -> bool {
    let mut limits: HashMap<&str, Constraint> = HashMap::default();
    holds.atoms.iter().any(|atom| {
        let both = match limits.remove(&*atom.key) {
            Some(constraint) => constraint.and(atom.constraint.clone()),
            None => atom.constraint.clone(),
        };
        let never = both.is_impossible();
        limits.insert(&atom.key, both);
        never
    })
}
