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

/// Maximum number of pairs of tests that are compared for one pair of rules. Rules with more are not compared.
const MAX_ATOM_PAIRS: usize = 4096;

/// The index key of a test: the path, and the value or the text of the test.
type TestKey = (Rc<str>, String);

/// An earlier rule.
struct EarlierRule<'m> {
    name: &'m Name,
    atoms: &'m [Atom],
}

/// An index of the rules before the current one.
struct EarlierRules<'m> {
    sources: &'m Sources,
    by_key: HashMap<TestKey, Vec<EarlierRule<'m>>>,
    /// Rules whose condition is a single comparison with constants.
    single: HashMap<TestKey, &'m Name>,
    /// The number of comparisons of two rules.
    comparisons: usize,
}

/// Reports a mapping whose rules all have a `when`.
pub(super) fn no_last_rule(mapping: &Mapping, sources: &Sources, warnings: &mut Warnings) {
    let Some(last) = mapping.rules.last() else { return };
    if mapping.rules.iter().all(|rule| rule.when.is_some()) && last.name.span.file == mapping.file {
        let span = rules_key(mapping, sources).unwrap_or(last.name.span);
        let message = "an event that no rule takes is refused with a generic error";
        let help = "end with a rule without `when`: `- { name: rest, drop: true }`, or with `fail:` and your own message";
        warnings.push(Diagnostic::new(Code::NoLastRule, span, message).help(help));
    }
}

/// Reports the rules after the one at `index`, which takes every event.
pub(super) fn after_catch_all(rules: &[Rule], index: usize, warnings: &mut Warnings) {
    let (Some(covering_rule), Some(next)) = (rules.get(index), rules.get(index + 1)) else { return };
    let rest = rules.len() - index - 2;
    let others = if rest > 0 { format!(", nor are the {rest} after it") } else { String::new() };
    let message = format!("this rule is never used{others}: `{}` takes every event", covering_rule.name.node);
    let diagnostic = Diagnostic::new(Code::UnreachableRule, next.name.span, message);
    warnings.push(diagnostic.related(covering_rule.name.span, "has no `when`"));
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
    let mut earlier =
        EarlierRules { sources, by_key: HashMap::default(), single: HashMap::default(), comparisons: 0 };
    let mut rarity: HashMap<TestKey, usize> = HashMap::default();
    for test_key in
        whens.iter().flat_map(|assumptions| &assumptions.atoms).flat_map(|atom| earlier.test_keys(atom))
    {
        *rarity.entry(test_key).or_default() += 1;
    }
    for (rule, assumptions) in rules.iter().zip(whens) {
        if impossible(assumptions) {
            continue;
        }
        if let Some(covering_rule) =
            assumptions.atoms.iter().find_map(|atom| earlier.covering_rule(atom, assumptions))
        {
            let message = format!(
                "this rule is never used: `{}` takes every event that it could take",
                covering_rule.node
            );
            let diagnostic = Diagnostic::new(Code::UnreachableRule, rule.name.span, message);
            warnings.push(diagnostic.related(covering_rule.span, "takes them"));
        } else if !assumptions.incomplete && assumptions.any.is_empty() {
            earlier.insert_rule(&rule.name, &assumptions.atoms, &rarity);
        }
    }
    earlier.comparisons
}

impl<'m> EarlierRules<'m> {
    /// Indexes a rule by the rarest of its tests.
    fn insert_rule(&mut self, name: &'m Name, atoms: &'m [Atom], rarity: &HashMap<TestKey, usize>) {
        if let [only] = atoms
            && only.constraint.only_values
        {
            for test_key in self.test_keys(only) {
                self.single.entry(test_key).or_insert(name);
            }
        }
        let frequency =
            |atom: &&Atom| self.test_keys(atom).iter().map(|test_key| rarity.get(test_key).copied()).max();
        let Some(rarest) = atoms.iter().min_by_key(frequency) else { return };
        for test_key in self.test_keys(rarest) {
            self.by_key.entry(test_key).or_default().push(EarlierRule { name, atoms });
        }
    }

    /// An earlier rule that takes every event that satisfies `assumptions`.
    fn covering_rule(&mut self, atom: &Atom, assumptions: &Assumptions) -> Option<&'m Name> {
        let mut test_keys = self.test_keys(atom);
        if atom.constraint.only_values && !test_keys.is_empty() {
            let covering_rules: Option<Vec<&Name>> =
                test_keys.iter().map(|test_key| self.single.get(test_key).copied()).collect();
            if let Some(covering_rule) =
                covering_rules.and_then(|covering_rules| covering_rules.first().copied())
            {
                return Some(covering_rule);
            }
            test_keys.truncate(1);
        }
        if atom.constraint.present {
            test_keys.push((atom.key.clone(), PRESENCE_KEY.to_owned()));
        }
        let candidates = test_keys
            .iter()
            .filter_map(|test_key| self.by_key.get(test_key))
            .flat_map(|rules| rules.iter().take(MAX_COMPARED));
        let mut comparisons = 0;
        let mut covering_rules = candidates.filter(|earlier| {
            comparisons += 1;
            if earlier.atoms.len() * assumptions.atoms.len() > MAX_ATOM_PAIRS {
                return false;
            }
            let holds_too = |atom: &Atom| assumptions.atoms.iter().any(|known| self.implies(known, atom));
            earlier.atoms.iter().all(holds_too)
        });
        let covering_rule = covering_rules.next().map(|earlier| earlier.name);
        self.comparisons += comparisons;
        covering_rule
    }

    /// Whether the test `known` implies the test `implied`.
    fn implies(&self, known: &Atom, implied: &Atom) -> bool {
        if known.key != implied.key {
            return false;
        }
        match (&known.constraint.values, &implied.constraint.values) {
            (Some(known), Some(values)) if implied.constraint.only_values => {
                known.iter().all(|value| values.contains(value))
            }
            _ if implied.presence => known.constraint.present,
            _ => self.test_text(known) == self.test_text(implied),
        }
    }

    fn test_text(&self, atom: &Atom) -> String {
        format!("{}{}", if atom.negated { "not " } else { "" }, self.sources.slice(atom.origin))
    }

    /// The index keys of a test: one for each value it compares with, or one for the whole test.
    fn test_keys(&self, atom: &Atom) -> Vec<TestKey> {
        match &atom.constraint.values {
            Some(values) if atom.constraint.only_values => {
                values.iter().map(|value: &Scalar| (atom.key.clone(), format!("{value:?}"))).collect()
            }
            _ if atom.presence => vec![(atom.key.clone(), PRESENCE_KEY.to_owned())],
            _ => vec![(atom.key.clone(), self.test_text(atom))],
        }
    }
}

/// The index key of a presence test.
const PRESENCE_KEY: &str = "present";

fn impossible(assumptions: &Assumptions) -> bool {
    let mut constraints: HashMap<&str, Constraint> = HashMap::default();
    assumptions.atoms.iter().any(|atom| {
        let combined = match constraints.remove(&*atom.key) {
            Some(constraint) => constraint.and(atom.constraint.clone()),
            None => atom.constraint.clone(),
        };
        let is_impossible = combined.is_impossible();
        constraints.insert(&atom.key, combined);
        is_impossible
    })
}
