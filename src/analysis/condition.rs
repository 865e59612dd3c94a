//! Conditions and tests, with what is known of the values that they test.

use std::rc::Rc;

use super::assumptions::Assumptions;
use super::fact::{Compared, Truth};
use super::symbols::{ResolvedPath, Symbol};
use super::test::{constant_scalar, constraint_of};
use super::{Analysis, Visitor};
use crate::abstract_value::{AbstractValue, Case, Constraint, Scalar};
use crate::path::Segment;
use crate::syntax::{
    Condition, ConditionKind, Test, TestKind, Text, ValueKind, ValueNode, ValueSource, Visit, walk_condition,
    walk_test,
};
use crate::value::Kinds;

/// The event types.
const EVENT_TYPES: [&str; 6] = ["identify", "track", "page", "screen", "group", "alias"];

/// Analyses each value in a condition, test or section.
impl<V: Visitor> Visit<'_> for Analysis<'_, V> {
    fn visit_value(&mut self, value: &ValueNode) {
        self.value(value);
    }

    fn visit_condition(&mut self, condition: &Condition) {
        match &condition.kind {
            ConditionKind::Present(path) => self.presence(path),
            ConditionKind::Test(path, test) => self.path_test(path, test),
            ConditionKind::Named(_)
            | ConditionKind::All(_)
            | ConditionKind::Any(_)
            | ConditionKind::Not(_) => walk_condition(self, condition),
        }
    }

    fn visit_test(&mut self, test: &Test) {
        walk_test(self, test);
        if let TestKind::OneOf(values) = &test.kind {
            self.visitor.list_test(values, &self.symbols);
        }
    }

    fn visit_message(&mut self, text: &Text) {
        self.message(text);
    }

    fn visit_path(&mut self, path: &Text) {
        self.path(path);
    }

    fn visit_pattern(&mut self, pattern: &Text) {
        self.visitor.pattern(pattern);
    }
}

impl<V: Visitor> Analysis<'_, V> {
    /// Analyses a condition and returns what can be assumed where it holds.
    pub(super) fn condition(&mut self, condition: &Condition) -> Rc<Assumptions> {
        let before = self.visitor.count();
        self.visit_condition(condition);
        let assumptions = self.decompose(condition);
        if self.visitor.count() == before && self.is_own(condition.span) {
            self.visitor.condition(&assumptions, &self.assumptions);
        }
        Rc::new(assumptions)
    }

    fn presence(&mut self, path: &Text) {
        let (resolved, known) = self.path(path);
        if let Some(resolved) = resolved {
            self.visitor.presence(path, &resolved, &known);
        }
    }

    fn path_test(&mut self, path: &Text, test: &Test) {
        let (resolved, known) = self.path(path);
        let before = self.visitor.count();
        self.visit_test(test);
        self.compared_values(path, resolved.as_deref(), &known, test);
        if self.visitor.count() > before || resolved.is_none() || !self.is_own(path.span) {
            return;
        }
        if let Some(truth) = truth(&constraint_of(test), &known) {
            self.visitor.truth(truth, path, &known, test.span);
        }
    }

    /// Reports each constant that a test compares with.
    fn compared_values(
        &mut self,
        path: &Text,
        resolved: Option<&ResolvedPath>,
        known: &AbstractValue,
        test: &Test,
    ) {
        let names_type = resolved.is_some_and(is_event_type);
        let types = resolved
            .is_some_and(|resolved| names_type || self.is_type_field(resolved))
            .then_some(&EVENT_TYPES[..]);
        for value in test.equals() {
            let Some(constant) =
                constant_scalar(value).and_then(|scalar| scalar.text().map(ToOwned::to_owned))
            else {
                continue;
            };
            let expected = match known.case {
                Some(Case::Lower) => constant.to_lowercase(),
                Some(Case::Upper) => constant.to_uppercase(),
                None if names_type && EVENT_TYPES.contains(&&*constant.to_lowercase()) => {
                    constant.to_lowercase()
                }
                None => constant.clone(),
            };
            let exact = match &value.kind {
                ValueKind::Constant(yaml) if yaml.exact => Some(yaml.inner),
                _ => None,
            };
            let (case, span) = (known.case, value.span);
            let compared = Compared { path, case, text: &constant, expected, span, exact, types };
            self.visitor.compared(&compared);
        }
    }

    /// Whether a path refers to a field whose value is the event type.
    fn is_type_field(&self, resolved: &ResolvedPath) -> bool {
        let Symbol::Field(index) = resolved.root else { return false };
        resolved.steps.is_empty()
            && match &self.mapping.fields[index].node.kind {
                ValueKind::Path(path) => path.text == "$.type",
                ValueKind::Rule(rule) => matches!(&rule.source, ValueSource::From(from)
                    if matches!(from.as_slice(), [ValueNode { kind: ValueKind::Path(path), .. }] if path.text == "$.type")),
                _ => false,
            }
    }
}

/// Whether a path is the event type.
fn is_event_type(resolved: &ResolvedPath) -> bool {
    resolved.root == Symbol::Event && matches!(&*resolved.steps, [Segment::Name(name)] if **name == *"type")
}

/// Whether a test with this constraint never or always holds for a value.
fn truth(constraint: &Constraint, known: &AbstractValue) -> Option<Truth> {
    if constraint.clone().and(Constraint::of_fact(known)).is_impossible() {
        return Some(Truth::Never);
    }
    let always = constraint.only_values
        && !known.missing
        && !known.guarded
        && matches!((&constraint.values, &known.values), (Some(allowed), Some(values))
            if values.iter().all(|value| allowed.contains(value)));
    always.then_some(Truth::Always)
}

/// Describes a set of values in a message: `always "a"`, `only "a" or "b"`. Lists at most six.
pub(crate) fn describe_values(values: &[Scalar]) -> String {
    let word = |scalar: &Scalar| match scalar {
        Scalar::Null => "null".to_owned(),
        Scalar::Bool(truth) => truth.to_string(),
        Scalar::Number(number) => number.to_string(),
        Scalar::Digits(digits) => digits.to_string(),
        Scalar::Text(text) => format!("\"{text}\""),
    };
    let descriptions: Vec<String> = values.iter().take(6).map(word).collect();
    match descriptions.split_last() {
        Some((last, [])) => format!("always {last}"),
        Some((last, first)) => {
            format!("only {} or {last}{}", first.join(", "), if values.len() > 6 { ", …" } else { "" })
        }
        None => Kinds::NONE.words(),
    }
}
