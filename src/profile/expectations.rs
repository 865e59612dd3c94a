//! What a mapping asks of events: paths, values it compares with, keys it picks.

use std::collections::HashMap;

use crate::path::{self, Root, Segment};
use crate::source::Span;
use crate::syntax::{
    Action, Condition, ConditionKind, Mapping, Member, Name, Request, TestKind, Text, ValueKind, ValueNode,
    ValueRule, ValueSource,
};
use crate::template;

/// A path on the event, as it stands in the mapping.
#[derive(Debug)]
pub(super) struct Path {
    pub(super) steps: Vec<Segment>,
    pub(super) span: Span,
}

/// A path that is compared with constant texts.
#[derive(Debug)]
pub(super) struct ComparedValue {
    pub(super) path: Vec<Segment>,
    pub(super) text: String,
    pub(super) span: Span,
}

/// Keys of `only` or `except`, with the paths of the maps that they are picked from.
#[derive(Debug)]
pub(super) struct KeyFilter {
    pub(super) names: Vec<Name>,
    pub(super) from: Vec<Vec<Segment>>,
}

/// All that a mapping asks. What it only includes is not asked: shared lists name more than anybody has.
#[derive(Debug, Default)]
pub(super) struct Expectations {
    pub(super) paths: Vec<Path>,
    pub(super) compared: Vec<ComparedValue>,
    pub(super) picked: Vec<KeyFilter>,
    /// The names of the rules.
    pub(super) rules: Vec<Name>,
    /// Paths that each field gives unchanged.
    plain: HashMap<String, Vec<Vec<Segment>>>,
}

impl Expectations {
    pub(super) fn of(mapping: &Mapping) -> Self {
        let mut expectations = Self::default();
        for field in &mapping.fields {
            let name = field.name.node.clone();
            expectations.plain.insert(name, unchanged(&field.node));
        }
        mapping
            .fields
            .iter()
            .filter(|field| !field.included)
            .for_each(|field| expectations.value(&field.node));
        for condition in mapping.conditions.iter().filter(|condition| !condition.included) {
            expectations.condition(&condition.node);
        }
        for entry in &mapping.prepare {
            entry.when.iter().for_each(|when| expectations.condition(when));
            entry.set.iter().for_each(|set| expectations.value(&set.to));
        }
        mapping.request.iter().for_each(|request| expectations.request(request));
        for rule in &mapping.rules {
            expectations.rules.push(rule.name.clone());
            rule.when.iter().for_each(|when| expectations.condition(when));
            rule.require.iter().for_each(|check| expectations.condition(&check.check));
            if let Action::Request(requests) = &rule.action {
                for request in requests {
                    expectations.request(request);
                }
            }
        }
        expectations
    }

    fn request(&mut self, request: &Request) {
        request.when.iter().for_each(|when| self.condition(when));
        let parts = [
            &request.for_each,
            &request.endpoint,
            &request.label,
            &request.headers,
            &request.params,
            &request.body,
            &request.user,
        ];
        parts.into_iter().flatten().for_each(|part| self.value(part));
    }

    fn path(&mut self, text: &Text) {
        if let Some(steps) = event_path(&text.text) {
            self.paths.push(Path { steps, span: text.inner });
        }
    }

    fn template(&mut self, text: &Text) {
        let Ok(parsed) = template::parse(&text.text) else { return };
        for reference in parsed.references.into_iter().filter(|reference| reference.name == "event") {
            let span = text.at(reference.range);
            self.paths.push(Path { steps: reference.steps, span });
        }
    }

    fn members(&mut self, members: &[Member]) {
        for member in members {
            self.value(&member.value);
        }
    }

    fn values(&mut self, values: &[ValueNode]) {
        for value in values {
            self.value(value);
        }
    }

    fn value(&mut self, written: &ValueNode) {
        match &written.kind {
            ValueKind::Constant(_) => {}
            ValueKind::Path(text) => self.path(text),
            ValueKind::Template(text) => self.template(text),
            ValueKind::Map(members, when) => {
                if let Some(when) = when {
                    self.condition(when);
                }
                self.members(members);
            }
            ValueKind::List(items) => self.values(items),
            ValueKind::Rule(rule) => self.rule(rule),
        }
    }

    fn rule(&mut self, rule: &ValueRule) {
        rule.when.iter().for_each(|when| self.condition(when));
        match &rule.source {
            ValueSource::From(values) | ValueSource::Merge(values) | ValueSource::Concat(values) => {
                self.values(values);
            }
            ValueSource::Literal(_) => {}
            ValueSource::Template(text) => self.template(text),
            ValueSource::Object(members) => self.members(members),
            ValueSource::ForEach(items, make) => {
                self.value(items);
                self.value(make);
            }
        }
        rule.template.iter().for_each(|text| self.template(text));
        rule.default.iter().for_each(|(_, default)| self.value(default));
        for (_, names) in rule.only.iter().chain(&rule.except) {
            let from = self.sources(&rule.source);
            self.picked.push(KeyFilter { names: names.clone(), from });
        }
    }

    /// The paths of the maps that keys are picked from, as far as they are known.
    fn sources(&self, source: &ValueSource) -> Vec<Vec<Segment>> {
        let ValueSource::From(values) = source else { return Vec::new() };
        let paths = values.iter().filter_map(|value| match &value.kind {
            ValueKind::Path(text) => Some(self.plain_paths(&text.text)),
            _ => None,
        });
        paths.flatten().collect()
    }

    /// The paths on the event that a path stands for: itself, or those of its field.
    fn plain_paths(&self, text: &str) -> Vec<Vec<Segment>> {
        let Ok(path) = path::parse(text) else { return Vec::new() };
        match path.root {
            _ if path.query.is_some() => Vec::new(),
            Root::Event => vec![path.steps],
            Root::Named(name) => {
                let bases = self.plain.get(&name).into_iter().flatten();
                bases.map(|base| base.iter().chain(&path.steps).cloned().collect()).collect()
            }
        }
    }

    fn condition(&mut self, condition: &Condition) {
        match &condition.kind {
            ConditionKind::Present(text) => self.path(text),
            ConditionKind::Named(_) => {}
            ConditionKind::All(all) | ConditionKind::Any(all) => {
                for one in all {
                    self.condition(one);
                }
            }
            ConditionKind::Not(one) => self.condition(one),
            ConditionKind::Test(tested, test) => {
                self.path(tested);
                let constants = match &test.kind {
                    TestKind::Equals(one) => std::slice::from_ref(&**one),
                    TestKind::OneOf(all) => all,
                    TestKind::Named(_) => &[],
                };
                let Some(path) = event_path(&tested.text) else { return };
                for value in constants {
                    if let ValueKind::Constant(yaml) = &value.kind
                        && let Some(text) = yaml.text()
                    {
                        self.compared.push(ComparedValue {
                            path: path.clone(),
                            text: text.text,
                            span: value.span,
                        });
                    }
                }
            }
        }
    }
}

/// The steps of a path on the event; of one that is not singular those that are.
fn event_path(text: &str) -> Option<Vec<Segment>> {
    let path = path::parse(text).ok()?;
    (path.root == Root::Event).then_some(path.steps)
}

/// The paths that a field gives unchanged.
fn unchanged(written: &ValueNode) -> Vec<Vec<Segment>> {
    match &written.kind {
        ValueKind::Path(text) => event_path(&text.text).into_iter().collect(),
        ValueKind::Rule(rule) if rule.transform.is_empty() && rule.template.is_none() => match &rule.source {
            ValueSource::From(values) => values.iter().flat_map(unchanged).collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
