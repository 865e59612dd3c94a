//! Conditions that never or always hold, and tests that do not say what was meant.

use foldhash::HashMap;
use std::rc::Rc;

use super::Lint;
use super::fact::{Case, Fact, Plain};
use super::holds::Holds;
use super::known::{Reading, Root};
use super::limit::{Limit, plain};
use crate::diag::{Diagnostic, nearest};
use crate::path::Step;
use crate::source::Span;
use crate::spec::{
    self, Condition, ConditionKind, Node, Test, TestKind, Text, ValueSource, Written, WrittenKind,
};
use crate::value::Kinds;

/// The types of events, as they are sent.
const EVENT_TYPES: [&str; 6] = ["identify", "track", "page", "screen", "group", "alias"];

impl Lint<'_, '_> {
    /// Looks at a condition; what holds where it holds.
    pub(super) fn condition(&mut self, condition: &Condition) -> Rc<Holds> {
        let before = self.findings.len();
        self.parts(condition);
        let holds = self.taken_apart(condition);
        if self.findings.len() == before && self.is_own(condition.span) {
            self.conjunction(&holds, &mut Vec::new());
        }
        Rc::new(holds)
    }

    fn parts(&mut self, condition: &Condition) {
        match &condition.kind {
            ConditionKind::Present(path) => self.presence(path),
            ConditionKind::Test(path, test) => self.one_test(path, test),
            ConditionKind::All(all) | ConditionKind::Any(all) => {
                for inner in all {
                    self.parts(inner);
                }
            }
            ConditionKind::Not(inner) => self.parts(inner),
            ConditionKind::Named(_) => {}
        }
    }

    fn presence(&mut self, path: &Text) {
        let (reading, fact) = self.path(path);
        let Some(reading) = reading else { return };
        let setting = match reading.root {
            Root::Setting(Some(at)) if reading.steps.is_empty() => self.mapping.config.get(at),
            _ => None,
        };
        if let Some(setting) = setting
            && setting.kind.as_ref().is_some_and(|kind| kind.node == "boolean")
        {
            let message =
                format!("`{}` holds also when the setting is `false`, which counts as present", path.text);
            let found = Diagnostic::new("R514", path.span, message);
            self.found(found.help(format!("write `{{ {}: {{ is: filled }} }}`", path.text)));
        } else if !fact.missing && !fact.guarded && self.is_own(path.span) {
            let message = format!("`{}` is never missing, so this always holds", path.text);
            self.found(Diagnostic::new("R511", path.span, message));
        }
    }

    fn one_test(&mut self, path: &Text, test: &Test) {
        let (reading, fact) = self.path(path);
        let before = self.findings.len();
        self.test(test);
        self.wanted(path, reading.as_deref(), &fact, test);
        if self.findings.len() > before || reading.is_none() || !self.is_own(path.span) {
            return;
        }
        let limit = Limit::of(test);
        if limit.clone().and(Limit::of_fact(&fact)).is_impossible() {
            let can = match &fact.values {
                Some(values) => one_of(values),
                None => fact.kinds.words(),
            };
            let message = if fact.values.is_none() && fact.kinds == Kinds::ANY {
                "this can never hold: no value passes all of these tests".to_owned()
            } else {
                format!("this can never hold: `{}` is {can}", path.text)
            };
            self.found(Diagnostic::new("R510", test.span, message));
        } else if limit.only_values
            && !fact.missing
            && !fact.guarded
            && let (Some(wanted), Some(values)) = (&limit.values, &fact.values)
            && values.iter().all(|value| wanted.contains(value))
        {
            let message = format!("this always holds: `{}` is {}", path.text, one_of(values));
            self.found(Diagnostic::new("R511", test.span, message));
        }
    }

    /// The values that a test compares with.
    fn wanted(&mut self, path: &Text, reading: Option<&Reading>, fact: &Fact, test: &Test) {
        let wanted: &[Written] = match &test.kind {
            TestKind::Equals(one) => std::slice::from_ref(one),
            TestKind::OneOf(several) => several,
            TestKind::Named(_) => &[],
        };
        let is_type = reading.is_some_and(|reading| {
            reading.root == Root::Event && matches!(&*reading.steps, [Step::Name(name)] if **name == *"type")
        });
        for one in wanted {
            let Some(words) = plain(one).and_then(|one| one.text().map(ToOwned::to_owned)) else { continue };
            let meant = match fact.case {
                Some(Case::Lower) => words.to_lowercase(),
                Some(Case::Upper) => words.to_uppercase(),
                None if is_type && EVENT_TYPES.contains(&&*words.to_lowercase()) => words.to_lowercase(),
                None => words.clone(),
            };
            if meant == words {
                self.unknown_type(&words, one.span, reading);
                continue;
            }
            let message = match fact.case {
                Some(Case::Upper) => {
                    format!("`{}` has only large letters, so it is never `{words}`", path.text)
                }
                Some(Case::Lower) => {
                    format!("`{}` has only small letters, so it is never `{words}`", path.text)
                }
                None => format!("the types of events are written in small letters: `{meant}`"),
            };
            let found = Diagnostic::new("R513", one.span, message);
            let exact = match &one.kind {
                WrittenKind::Constant(yaml) if yaml.exact => Some(yaml.inner),
                _ => None,
            };
            self.found(match exact {
                Some(inner) => found.fix(inner, meant),
                None => found.help(format!("write `{meant}`")),
            });
        }
    }

    /// A misspelt type of event.
    fn unknown_type(&mut self, words: &str, span: Span, reading: Option<&Reading>) {
        let Some(reading) = reading else { return };
        let is_type = match reading.root {
            Root::Event => matches!(&*reading.steps, [Step::Name(name)] if **name == *"type"),
            Root::Field(at) if reading.steps.is_empty() => match &self.mapping.fields[at].node.kind {
                WrittenKind::Path(path) => path.text == "$.type",
                WrittenKind::Rule(rule) => matches!(&rule.source, ValueSource::From(from)
                    if matches!(from.as_slice(), [Written { kind: WrittenKind::Path(path), .. }] if path.text == "$.type")),
                _ => false,
            },
            _ => false,
        };
        if !is_type || EVENT_TYPES.contains(&words) {
            return;
        }
        if let Some(near) = nearest(words, EVENT_TYPES) {
            let message = format!("no event is of the type `{words}`; did you mean `{near}`?");
            self.found(Diagnostic::new("R519", span, message));
        }
    }

    /// What a test is made of.
    pub(super) fn test(&mut self, test: &Test) {
        match &test.kind {
            TestKind::Equals(one) => {
                self.value(one);
            }
            TestKind::OneOf(several) => {
                for one in several {
                    self.value(one);
                }
                self.twice(several);
            }
            TestKind::Named(tests) => {
                for (name, argument) in tests {
                    let mut none = crate::diag::Findings::default();
                    match (name.node.as_str(), &argument.node) {
                        ("not" | "some" | "every", _) | ("size", Node::Map(_)) => {
                            self.test(&spec::test(argument, &mut none));
                        }
                        ("matches", _) => self.pattern(argument),
                        ("is" | "is_not", _) => {}
                        _ => drop(self.value(&spec::written(argument, &mut none))),
                    }
                }
            }
        }
    }

    fn twice(&mut self, several: &[Written]) {
        let mut seen: HashMap<String, Span> = HashMap::default();
        for one in several {
            let (key, words) = match &one.kind {
                WrittenKind::Path(path) => match self.known.peek(path) {
                    Some(reading) => (format!("${}", reading.key), path.text.clone()),
                    None => continue,
                },
                WrittenKind::Constant(yaml) => match (Plain::of(yaml), yaml.scalar()) {
                    (Some(plain), Some(text)) => (format!("{plain:?}"), text.text),
                    _ => continue,
                },
                _ => continue,
            };
            if let Some(first) = seen.get(&key) {
                let message = format!("`{words}` is listed twice");
                let first = *first;
                self.found(Diagnostic::new("R512", one.span, message).related(first, "the first time"));
            } else {
                seen.insert(key, one.span);
            }
        }
    }

    /// Tests that cannot hold together.
    fn conjunction<'h>(&mut self, holds: &'h Holds, outer: &mut Vec<&'h Holds>) {
        let around: Vec<Rc<Holds>> = self.holds.clone();
        let mut limits: HashMap<&str, (Limit, Span, Span)> = HashMap::default();
        let known = around.iter().map(|holds| &**holds).chain(outer.iter().copied());
        for atom in known.flat_map(|holds| &holds.atoms) {
            let limit = match limits.remove(&*atom.key) {
                Some((limit, ..)) => limit.and(atom.limit.clone()),
                None => atom.limit.clone(),
            };
            limits.insert(&atom.key, (limit, atom.origin, atom.span));
        }
        let mut found = Vec::new();
        for atom in &holds.atoms {
            let Some((before, place, user)) = limits.remove(&*atom.key) else {
                limits.insert(&atom.key, (atom.limit.clone(), atom.origin, atom.span));
                continue;
            };
            let both = before.clone().and(atom.limit.clone());
            // What a named condition says against itself is found where it is written.
            let one_place = place == atom.span
                || atom.named && (place.range() == atom.origin.range() || user == atom.span);
            if !before.is_impossible() && !atom.limit.is_impossible() && both.is_impossible() && !one_place {
                let message = "this can never hold together with the other test of the same value";
                found.push(Diagnostic::new("R510", atom.span, message).related(place, "the other test"));
            }
            limits.insert(&atom.key, (both, atom.origin, atom.span));
        }
        drop(limits);
        if !found.is_empty() {
            self.findings.extend(found.into_iter().take(1));
            return;
        }
        outer.push(holds);
        for branch in holds.any.iter().flatten() {
            self.conjunction(branch, outer);
        }
        outer.pop();
    }
}

/// `"a"`, `"a" or "b"`.
fn one_of(values: &[Plain]) -> String {
    let word = |plain: &Plain| match plain {
        Plain::Null => "null".to_owned(),
        Plain::Bool(truth) => truth.to_string(),
        Plain::Number(number) => number.to_string(),
        Plain::Digits(digits) => digits.to_string(),
        Plain::Text(text) => format!("\"{text}\""),
    };
    let words: Vec<String> = values.iter().take(6).map(word).collect();
    match words.split_last() {
        Some((last, [])) => format!("always {last}"),
        Some((last, first)) => {
            format!("only {} or {last}{}", first.join(", "), if values.len() > 6 { ", …" } else { "" })
        }
        None => Kinds::NONE.words(),
    }
}
