//! Conditions that never or always hold, and tests that do not say what was meant.

use foldhash::HashMap;
use std::rc::Rc;

use super::Lint;
use super::assumptions::Assumptions;
use super::constant::scalar;
use super::symbols::{ResolvedPath, Symbol};
use super::test::{plain, says};
use crate::abstract_value::{AbstractValue, Case, Constraint, Scalar};
use crate::diag::{Code, Diagnostic, nearest};
use crate::path::Segment;
use crate::source::Span;
use crate::syntax::{
    Condition, ConditionKind, Test, TestKind, Text, ValueKind, ValueNode, ValueSource, Visit, walk_condition,
    walk_test,
};
use crate::value::Kinds;

/// The types of events, as they are sent.
const EVENT_TYPES: [&str; 6] = ["identify", "track", "page", "screen", "group", "alias"];

/// Looks at what stands in a condition, test or section, each value for itself.
impl Visit<'_> for Lint<'_, '_> {
    fn visit_value(&mut self, value: &ValueNode) {
        self.value(value);
    }

    fn visit_condition(&mut self, condition: &Condition) {
        match &condition.kind {
            ConditionKind::Present(path) => self.presence(path),
            ConditionKind::Test(path, test) => self.one_test(path, test),
            ConditionKind::Named(_)
            | ConditionKind::All(_)
            | ConditionKind::Any(_)
            | ConditionKind::Not(_) => walk_condition(self, condition),
        }
    }

    fn visit_test(&mut self, test: &Test) {
        walk_test(self, test);
        if let TestKind::OneOf(several) = &test.kind {
            self.twice(several);
        }
    }

    fn visit_message(&mut self, text: &Text) {
        self.words(text);
    }

    fn visit_path(&mut self, path: &Text) {
        self.path(path);
    }

    fn visit_pattern(&mut self, pattern: &Text) {
        self.pattern(pattern);
    }
}

impl Lint<'_, '_> {
    /// Looks at a condition; what holds where it holds.
    pub(super) fn condition(&mut self, condition: &Condition) -> Rc<Assumptions> {
        let before = self.findings.len();
        self.visit_condition(condition);
        let holds = self.taken_apart(condition);
        if self.findings.len() == before && self.is_own(condition.span) {
            self.conjunction(&holds, &mut Vec::new());
        }
        Rc::new(holds)
    }

    fn presence(&mut self, path: &Text) {
        let (reading, known) = self.path(path);
        let Some(reading) = reading else { return };
        let setting = match reading.root {
            Symbol::Setting(Some(at)) if reading.steps.is_empty() => self.mapping.config.get(at),
            _ => None,
        };
        if let Some(setting) = setting
            && setting.kind.as_ref().is_some_and(|kind| kind.node == "boolean")
        {
            let message =
                format!("`{}` holds also when the setting is `false`, which counts as present", path.text);
            let found = Diagnostic::new(Code::FalseIsPresent, path.span, message);
            self.found(found.help(format!("write `{{ {}: {{ is: filled }} }}`", path.text)));
        } else if !known.missing && !known.guarded && self.is_own(path.span) {
            let message = format!("`{}` is never missing, so this always holds", path.text);
            self.found(Diagnostic::new(Code::AlwaysTrue, path.span, message));
        }
    }

    fn one_test(&mut self, path: &Text, test: &Test) {
        let (reading, known) = self.path(path);
        let before = self.findings.len();
        self.visit_test(test);
        self.wanted(path, reading.as_deref(), &known, test);
        if self.findings.len() > before || reading.is_none() || !self.is_own(path.span) {
            return;
        }
        let constraint = says(test);
        if constraint.clone().and(Constraint::of_fact(&known)).is_impossible() {
            let can = match &known.values {
                Some(values) => one_of(values),
                None => known.kinds.words(),
            };
            let message = if known.values.is_none() && known.kinds == Kinds::ANY {
                "this can never hold: no value passes all of these tests".to_owned()
            } else {
                format!("this can never hold: `{}` is {can}", path.text)
            };
            self.found(Diagnostic::new(Code::NeverTrue, test.span, message));
        } else if constraint.only_values
            && !known.missing
            && !known.guarded
            && let (Some(wanted), Some(values)) = (&constraint.values, &known.values)
            && values.iter().all(|value| wanted.contains(value))
        {
            let message = format!("this always holds: `{}` is {}", path.text, one_of(values));
            self.found(Diagnostic::new(Code::AlwaysTrue, test.span, message));
        }
    }

    /// The values that a test compares with.
    fn wanted(&mut self, path: &Text, reading: Option<&ResolvedPath>, known: &AbstractValue, test: &Test) {
        let is_type = reading.is_some_and(|reading| {
            reading.root == Symbol::Event
                && matches!(&*reading.steps, [Segment::Name(name)] if **name == *"type")
        });
        for one in test.equals() {
            let Some(words) = plain(one).and_then(|one| one.text().map(ToOwned::to_owned)) else { continue };
            let meant = match known.case {
                Some(Case::Lower) => words.to_lowercase(),
                Some(Case::Upper) => words.to_uppercase(),
                None if is_type && EVENT_TYPES.contains(&&*words.to_lowercase()) => words.to_lowercase(),
                None => words.clone(),
            };
            if meant == words {
                self.unknown_type(&words, one.span, reading);
                continue;
            }
            let message = match known.case {
                Some(Case::Upper) => {
                    format!("`{}` has only large letters, so it is never `{words}`", path.text)
                }
                Some(Case::Lower) => {
                    format!("`{}` has only small letters, so it is never `{words}`", path.text)
                }
                None => format!("the types of events are written in small letters: `{meant}`"),
            };
            let found = Diagnostic::new(Code::WrongCase, one.span, message);
            let exact = match &one.kind {
                ValueKind::Constant(yaml) if yaml.exact => Some(yaml.inner),
                _ => None,
            };
            self.found(match exact {
                Some(inner) => found.fix(inner, meant),
                None => found.help(format!("write `{meant}`")),
            });
        }
    }

    /// A misspelt type of event.
    fn unknown_type(&mut self, words: &str, span: Span, reading: Option<&ResolvedPath>) {
        let Some(reading) = reading else { return };
        let is_type = match reading.root {
            Symbol::Event => matches!(&*reading.steps, [Segment::Name(name)] if **name == *"type"),
            Symbol::Field(at) if reading.steps.is_empty() => match &self.mapping.fields[at].node.kind {
                ValueKind::Path(path) => path.text == "$.type",
                ValueKind::Rule(rule) => matches!(&rule.source, ValueSource::From(from)
                    if matches!(from.as_slice(), [ValueNode { kind: ValueKind::Path(path), .. }] if path.text == "$.type")),
                _ => false,
            },
            _ => false,
        };
        if !is_type || EVENT_TYPES.contains(&words) {
            return;
        }
        if let Some(near) = nearest(words, EVENT_TYPES) {
            let message = format!("no event is of the type `{words}`; did you mean `{near}`?");
            self.found(Diagnostic::new(Code::UnknownEventType, span, message));
        }
    }

    fn twice(&mut self, several: &[ValueNode]) {
        let mut seen: HashMap<String, Span> = HashMap::default();
        for one in several {
            let (key, words) = match &one.kind {
                ValueKind::Path(path) => match self.known.peek(path) {
                    Some(reading) => (format!("${}", reading.key), path.text.clone()),
                    None => continue,
                },
                ValueKind::Constant(yaml) => match (scalar(yaml), yaml.scalar()) {
                    (Some(plain), Some(text)) => (format!("{plain:?}"), text.text),
                    _ => continue,
                },
                _ => continue,
            };
            if let Some(first) = seen.get(&key) {
                let message = format!("`{words}` is listed twice");
                let first = *first;
                self.found(
                    Diagnostic::new(Code::ListedTwice, one.span, message).related(first, "the first time"),
                );
            } else {
                seen.insert(key, one.span);
            }
        }
    }

    /// Tests that cannot hold together.
    fn conjunction<'h>(&mut self, holds: &'h Assumptions, outer: &mut Vec<&'h Assumptions>) {
        let around: Vec<Rc<Assumptions>> = self.holds.clone();
        let mut limits: HashMap<&str, (Constraint, Span, Span)> = HashMap::default();
        let known = around.iter().map(|holds| &**holds).chain(outer.iter().copied());
        for atom in known.flat_map(|holds| &holds.atoms) {
            let constraint = match limits.remove(&*atom.key) {
                Some((constraint, ..)) => constraint.and(atom.constraint.clone()),
                None => atom.constraint.clone(),
            };
            limits.insert(&atom.key, (constraint, atom.origin, atom.span));
        }
        let mut found = Vec::new();
        for atom in &holds.atoms {
            let Some((before, place, user)) = limits.remove(&*atom.key) else {
                limits.insert(&atom.key, (atom.constraint.clone(), atom.origin, atom.span));
                continue;
            };
            let both = before.clone().and(atom.constraint.clone());
            // What a named condition says against itself is found where it is written.
            let one_place = place == atom.span
                || atom.named && (place.range() == atom.origin.range() || user == atom.span);
            if !before.is_impossible()
                && !atom.constraint.is_impossible()
                && both.is_impossible()
                && !one_place
            {
                let message = "this can never hold together with the other test of the same value";
                found.push(
                    Diagnostic::new(Code::NeverTrue, atom.span, message).related(place, "the other test"),
                );
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
fn one_of(values: &[Scalar]) -> String {
    let word = |plain: &Scalar| match plain {
        Scalar::Null => "null".to_owned(),
        Scalar::Bool(truth) => truth.to_string(),
        Scalar::Number(number) => number.to_string(),
        Scalar::Digits(digits) => digits.to_string(),
        Scalar::Text(text) => format!("\"{text}\""),
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
