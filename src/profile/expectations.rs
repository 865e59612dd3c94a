//! What a mapping expects of events: the paths, the constants it compares values with, the keys it filters by.

use std::collections::HashMap;

use crate::path::{self, Root, Segment};
use crate::source::Span;
use crate::syntax::{
    Assignment, Condition, ConditionKind, Mapping, Name, Named, Rule, Step, Text, ValueKind, ValueNode,
    ValueRule, ValueSource, Visit, walk_condition, walk_rule, walk_value_rule,
};
use crate::template;

/// A path on the event with its span in the mapping.
#[derive(Debug)]
pub(super) struct Path {
    pub(super) segments: Vec<Segment>,
    pub(super) span: Span,
}

/// A path and a constant text that its value is compared with.
#[derive(Debug)]
pub(super) struct ComparedValue {
    pub(super) path: Vec<Segment>,
    pub(super) text: String,
    pub(super) span: Span,
}

/// The keys of an `only` or `except`, with the paths of the maps they apply to.
#[derive(Debug)]
pub(super) struct KeyFilter {
    pub(super) names: Vec<Name>,
    pub(super) from: Vec<Vec<Segment>>,
}

/// All expectations of a mapping. Included definitions are skipped: shared files name more than any single source
/// sends.
#[derive(Debug, Default)]
pub(super) struct Expectations {
    pub(super) paths: Vec<Path>,
    pub(super) compared: Vec<ComparedValue>,
    pub(super) key_filters: Vec<KeyFilter>,
    /// The names of the rules.
    pub(super) rules: Vec<Name>,
    /// The paths whose values each field returns unchanged.
    unchanged: HashMap<String, Vec<Vec<Segment>>>,
}

impl Expectations {
    pub(super) fn of(mapping: &Mapping) -> Self {
        let mut expectations = Self::default();
        for field in &mapping.fields {
            let name = field.name.node.clone();
            expectations.unchanged.insert(name, unchanged_paths(&field.node));
        }
        expectations.visit_mapping(mapping);
        expectations
    }

    /// The event paths of the maps that a source reads, as far as they are known.
    fn sources(&self, source: &ValueSource) -> Vec<Vec<Segment>> {
        let ValueSource::From(values) = source else { return Vec::new() };
        let paths = values.iter().filter_map(|value| match &value.kind {
            ValueKind::Path(text) => Some(self.event_paths(&text.text)),
            _ => None,
        });
        paths.flatten().collect()
    }

    /// The event paths that a path refers to: itself, or those of its field.
    fn event_paths(&self, text: &str) -> Vec<Vec<Segment>> {
        let Ok(path) = path::parse(text) else { return Vec::new() };
        match path.root {
            _ if path.query.is_some() => Vec::new(),
            Root::Event => vec![path.steps],
            Root::Named(name) => {
                let bases = self.unchanged.get(&name).into_iter().flatten();
                bases.map(|base| base.iter().chain(&path.steps).cloned().collect()).collect()
            }
        }
    }
}

impl Visit<'_> for Expectations {
    fn visit_field(&mut self, field: &Named<ValueNode>) {
        if !field.included {
            self.visit_value(&field.node);
        }
    }

    fn visit_named_condition(&mut self, condition: &Named<Condition>) {
        if !condition.included {
            self.visit_condition(&condition.node);
        }
    }

    fn visit_named_pipeline(&mut self, pipeline: &Named<Vec<Step>>) {
        if !pipeline.included {
            self.visit_pipeline(&pipeline.node);
        }
    }

    /// The target of an assignment need not exist before, so it is not an expectation.
    fn visit_assignment(&mut self, assignment: &Assignment) {
        self.visit_value(&assignment.key);
        self.visit_value(&assignment.to);
    }

    fn visit_rule(&mut self, rule: &Rule) {
        self.rules.push(rule.name.clone());
        walk_rule(self, rule);
    }

    fn visit_value_rule(&mut self, rule: &ValueRule) {
        walk_value_rule(self, rule);
        for (_, names) in rule.only.iter().chain(&rule.except) {
            let from = self.sources(&rule.source);
            self.key_filters.push(KeyFilter { names: names.clone(), from });
        }
    }

    fn visit_condition(&mut self, condition: &Condition) {
        walk_condition(self, condition);
        let ConditionKind::Test(tested, test) = &condition.kind else { return };
        let Some(path) = event_path(&tested.text) else { return };
        let constants = test.equals().iter().filter_map(|value| match &value.kind {
            ValueKind::Constant(yaml) => Some((yaml.text()?.text, value.span)),
            _ => None,
        });
        self.compared.extend(constants.map(|(text, span)| ComparedValue { path: path.clone(), text, span }));
    }

    fn visit_path(&mut self, text: &Text) {
        if let Some(segments) = event_path(&text.text) {
            self.paths.push(Path { segments, span: text.inner });
        }
    }

    fn visit_template(&mut self, text: &Text) {
        let Ok(parsed) = template::parse(&text.text) else { return };
        for reference in parsed.references.into_iter().filter(|reference| reference.name == "event") {
            let span = text.at(reference.range);
            self.paths.push(Path { segments: reference.steps, span });
        }
    }
}

/// The segments of a path on the event; for a query, those before the first segment that can match several nodes.
fn event_path(text: &str) -> Option<Vec<Segment>> {
    let path = path::parse(text).ok()?;
    (path.root == Root::Event).then_some(path.steps)
}

/// The event paths whose values a field returns unchanged.
fn unchanged_paths(written: &ValueNode) -> Vec<Vec<Segment>> {
    match &written.kind {
        ValueKind::Path(text) => event_path(&text.text).into_iter().collect(),
        ValueKind::Rule(rule) if rule.transform.is_empty() && rule.template.is_none() => match &rule.source {
            ValueSource::From(values) => values.iter().flat_map(unchanged_paths).collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
