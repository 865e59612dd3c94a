//! Rules that no event reaches, and events that no rule takes.
//!
//! A rule is never reached when its `when` holds only where that of an earlier rule holds too. Rules are compared
//! by what they ask: each is filed under the rarest of its questions, so that few are looked at for each rule.

use std::rc::Rc;

use foldhash::HashMap;

use super::Lint;
use super::assumptions::{Assumptions, Atom};
use crate::abstract_value::Scalar;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::Name;

/// So many rules with the same question are compared with one.
const MAX_COMPARED: usize = 32;

/// One answer to one question: the path, and the value or the test.
type EqualityAnswer = (Rc<str>, String);

/// An earlier rule.
struct EarlierRule<'m> {
    name: &'m Name,
    asks: Vec<Atom>,
}

impl Lint<'_, '_> {
    pub(super) fn reach(&mut self) {
        let mapping = self.mapping;
        let Some(last) = mapping.rules.last() else { return };
        let end = mapping.rules.iter().position(|rule| rule.when.is_none());
        if let Some(at) = end {
            self.behind(at);
        } else if self.is_own(last.name.span) {
            let place = self.rules_key().unwrap_or(last.name.span);
            let message = "an event that no rule takes is refused in general words";
            let help = "end with a rule without `when`: `- { name: rest, drop: true }`, or with `fail:` and your own words";
            self.found(Diagnostic::new(Code::NoLastRule, place, message).help(help));
        }
        self.covered(end.unwrap_or(mapping.rules.len()));
    }

    /// What stands behind a rule that takes every event.
    fn behind(&mut self, at: usize) {
        let rules = &self.mapping.rules;
        let Some(next) =
            rules.get(at + 1).filter(|next| !self.findings.has(Code::RuleWithoutPlace, next.name.span))
        else {
            return;
        };
        let rest = rules.len() - at - 2;
        let those = if rest > 0 { format!(", nor are the {rest} after it") } else { String::new() };
        let message = format!("this rule is never used{those}: `{}` takes every event", rules[at].name.node);
        let found = Diagnostic::new(Code::UnreachableRule, next.name.span, message);
        self.found(found.related(rules[at].name.span, "has no `when`"));
    }

    /// The key `rules` in the file that was asked for.
    fn rules_key(&self) -> Option<Span> {
        let text = self.sources.text(self.mapping.file);
        let at = if text.starts_with("rules:") { 0 } else { text.find("\nrules:")? + 1 };
        let start = u32::try_from(at).ok()?;
        Some(Span { file: self.mapping.file, start, end: start + 5 })
    }

    /// Rules whose `when` holds only where one before them holds.
    fn covered(&mut self, until: usize) {
        let mapping = self.mapping;
        let whens: Vec<Assumptions> = mapping.rules[..until]
            .iter()
            .map(|rule| rule.when.as_ref().map(|when| self.taken_apart(when)).unwrap_or_default())
            .collect();
        let mut rarity: HashMap<EqualityAnswer, usize> = HashMap::default();
        for answer in whens.iter().flat_map(|holds| &holds.atoms).flat_map(|atom| self.answers(atom)) {
            *rarity.entry(answer).or_default() += 1;
        }
        let mut filed: HashMap<EqualityAnswer, Vec<EarlierRule<'_>>> = HashMap::default();
        let mut single: HashMap<EqualityAnswer, &Name> = HashMap::default();
        for (rule, holds) in mapping.rules[..until].iter().zip(whens) {
            if impossible(&holds) {
                continue;
            }
            let taker = holds.atoms.iter().find_map(|atom| self.taker(atom, &holds, &filed, &single));
            if let Some(taker) = taker {
                let message =
                    format!("this rule is never used: `{}` takes every event that it could take", taker.node);
                let span = taker.span;
                self.found(
                    Diagnostic::new(Code::UnreachableRule, rule.name.span, message)
                        .related(span, "takes them"),
                );
                continue;
            }
            if holds.more || !holds.any.is_empty() {
                continue;
            }
            if let [only] = holds.atoms.as_slice()
                && only.constraint.only_values
            {
                for answer in self.answers(only) {
                    single.entry(answer).or_insert(&rule.name);
                }
            }
            let often =
                |atom: &&Atom| self.answers(atom).iter().map(|answer| rarity.get(answer).copied()).max();
            let Some(rarest) = holds.atoms.iter().min_by_key(often) else { continue };
            for answer in self.answers(rarest) {
                let asks = holds.atoms.clone();
                filed.entry(answer).or_default().push(EarlierRule { name: &rule.name, asks });
            }
        }
    }

    /// An earlier rule that takes every event for which all of `holds` is so.
    fn taker<'m>(
        &self,
        atom: &Atom,
        holds: &Assumptions,
        filed: &HashMap<EqualityAnswer, Vec<EarlierRule<'m>>>,
        single: &HashMap<EqualityAnswer, &'m Name>,
    ) -> Option<&'m Name> {
        let mut answers = self.answers(atom);
        if atom.constraint.only_values && !answers.is_empty() {
            let takers: Option<Vec<&Name>> =
                answers.iter().map(|answer| single.get(answer).copied()).collect();
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
            .filter_map(|answer| filed.get(answer))
            .flat_map(|all| all.iter().take(MAX_COMPARED));
        let mut taken = candidates.filter(|earlier| {
            self.compared.set(self.compared.get() + 1);
            earlier
                .asks
                .iter()
                .all(|expectations| holds.atoms.iter().any(|known| self.implies(known, expectations)))
        });
        taken.next().map(|earlier| earlier.name)
    }

    /// Whether a test holds wherever another one does.
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

    /// What a test asks, in a form that can be looked up.
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

/// The question of presence.
const PRESENT: &str = "present";

fn impossible(holds: &Assumptions) -> bool {
    let mut limits: HashMap<&str, crate::abstract_value::Constraint> = HashMap::default();
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
