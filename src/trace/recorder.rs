//! Records what a run evaluates as a tree.

use super::redact::{Redactor, Replacement};
use super::{HIDDEN, Role, TraceNode, TraceValue, describe};
use crate::plan::{Condition, Expr, ExprKind, Origin, Plan, Variable};
use crate::run::{Observation, Observer, ShownRequests, Subject};
use crate::transform::Answer;
use crate::value::{Value, to_json};

/// Observes the run of one event.
#[derive(Debug)]
pub(super) struct Recorder<'p> {
    plan: &'p Plan,
    /// Hides what somebody copied from the settings into the event or its metadata.
    settings: Redactor,
    requests: ShownRequests,
    /// The nodes that are being evaluated, each a child of the one before it.
    open: Vec<TraceNode>,
    steps: Vec<TraceNode>,
    fields: Vec<TraceNode>,
    /// The part of the request that comes next.
    part: Option<&'static str>,
}

impl Observer for Recorder<'_> {
    const ENABLED: bool = true;
    const MASK: Option<&'static str> = Some(HIDDEN);

    fn observe(&mut self, observation: Observation<'_>) {
        self.requests.observe(&observation);
        match observation {
            Observation::Settings(config) => self.settings.hide_settings(self.plan, config),
            Observation::Part(name) => self.part = Some(name),
            Observation::SecretPart(_) => {}
            Observation::Enter(subject) => {
                let node = self.open_node(subject);
                self.open.push(node);
            }
            Observation::Leave(value) => {
                if let Some(mut node) = self.open.pop() {
                    node.value = self.trace_value(value);
                    self.add(node);
                }
            }
            Observation::Tested(value) => {
                let value = self.trace_value(value);
                if let Some(node) = self.open.last_mut() {
                    node.input = Some(value);
                }
            }
            Observation::Changed(verb, before, after) => {
                let mut node = self.node(Role::Step, verb.to_owned(), None);
                node.input = Some(self.trace_value(Some(before)));
                node.value = self.trace_value(after);
                self.add(node);
            }
        }
    }
}

impl<'p> Recorder<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            settings: Redactor::new(Replacement::Always(HIDDEN)),
            requests: ShownRequests::default(),
            open: Vec::new(),
            steps: Vec::new(),
            fields: Vec::new(),
            part: None,
        }
    }

    /// The answer lines without secrets.
    pub(super) fn masked(&self, answer: &Answer<'_>) -> Vec<String> {
        answer.masked_lines(&self.requests).lines().map(|line| self.settings.answer(line)).collect()
    }

    /// The recorded steps and fields.
    pub(super) fn finish(mut self) -> (Vec<TraceNode>, Vec<TraceNode>) {
        // A refusal leaves nodes open; they keep their initial value, `Refused`.
        while let Some(open) = self.open.pop() {
            self.add(open);
        }
        (self.steps, self.fields)
    }

    fn node(&self, role: Role, label: String, origin: Option<&Origin>) -> TraceNode {
        let place = origin.map(|origin| self.plan.sources.place(origin.span));
        let written = origin.map_or("", |origin| self.plan.sources.slice(origin.span));
        TraceNode {
            role,
            label,
            address: origin.map_or_else(String::new, |origin| origin.address.to_string()),
            file: place.as_ref().map_or_else(String::new, |place| place.file.to_owned()),
            line: place.as_ref().map_or(0, |place| place.line),
            column: place.as_ref().map_or(0, |place| place.column),
            written: describe::one_line(written),
            field: None,
            input: None,
            value: TraceValue::Refused,
            children: Vec::new(),
        }
    }

    fn open_node(&mut self, subject: Subject<'_>) -> TraceNode {
        let plan = self.plan;
        match subject {
            Subject::Preparation(number) => {
                let first = plan.prepare.get(number).and_then(|preparation| preparation.set.first());
                let origin = first.map(|first| &first.target.origin);
                self.node(Role::Preparation, format!("prepare[{number}]"), origin)
            }
            Subject::Rule(number) => {
                let rule = plan.rules.get(number);
                let name = rule.map_or("", |rule| &rule.name).to_owned();
                self.node(Role::Rule, name, rule.map(|rule| &rule.origin))
            }
            Subject::Check(number) => self.node(Role::Check, format!("require[{number}]"), None),
            Subject::Request(number) => {
                let method = self.method(number);
                self.node(Role::Request, method.to_owned(), None)
            }
            Subject::Field(number) => match plan.fields.get(number) {
                Some(field) => self.node(Role::Field, field.name.to_string(), Some(&field.expr.origin)),
                None => self.node(Role::Field, String::new(), None),
            },
            Subject::Value(expr) => {
                let expr = self.resolved(expr);
                let label = self.label(&expr.origin);
                self.value_node(Role::Value, label, expr)
            }
            Subject::Placeholder(expr) => {
                self.value_node(Role::Placeholder, String::new(), self.resolved(expr))
            }
            Subject::Step(step, input) => {
                let mut node = self.node(Role::Step, step.operator.name.to_owned(), Some(&step.origin));
                node.input = Some(self.trace_value(Some(input)));
                node
            }
            Subject::Condition(condition) => {
                let (label, origin) = self.condition_parts(condition);
                let mut node = self.node(Role::Condition, label, origin);
                node.written = describe::condition_text(plan, condition);
                node
            }
        }
    }

    fn value_node(&self, role: Role, label: String, expr: &Expr) -> TraceNode {
        if let ExprKind::Named(Variable::Field(number), ..) = &expr.kind
            && let Some(field) = self.plan.fields.get(*number)
        {
            // The part of `request:` that all rules share is a field without a name of the author's.
            let origin = if field.name.contains('.') { &field.expr.origin } else { &expr.origin };
            return TraceNode { field: Some(field.name.to_string()), ..self.node(role, label, Some(origin)) };
        }
        self.node(role, label, Some(&expr.origin))
    }

    /// The expression that a precomputed value stands for; any other expression itself.
    fn resolved<'e>(&self, expr: &'e Expr) -> &'e Expr
    where
        'p: 'e,
    {
        match &expr.kind {
            ExprKind::Precomputed(number) => self.plan.precomputed.get(*number).unwrap_or(expr),
            _ => expr,
        }
    }

    /// The label and origin of a condition.
    fn condition_parts<'c>(&self, condition: &'c Condition) -> (String, Option<&'c Origin>) {
        match condition {
            Condition::Present(expr) | Condition::Test(expr, _) => (String::new(), Some(&expr.origin)),
            Condition::Named(number) => {
                let name = self.plan.condition_names.get(*number).map_or("", |name| name);
                (format!("condition {name}"), None)
            }
            Condition::All(_) => ("all".to_owned(), None),
            Condition::Any(_) => ("any".to_owned(), None),
            Condition::Not(_) => ("not".to_owned(), None),
        }
    }

    /// The method of a request of the rule that matched the event.
    fn method(&self, number: usize) -> &'p str {
        let plan = self.plan;
        let matched = self.steps.iter().rfind(|node| node.role == Role::Rule);
        let rule = matched
            .and_then(|matched| plan.rules.iter().find(|rule| *rule.origin.address == *matched.address));
        match rule.map(|rule| &rule.action) {
            Some(crate::plan::Action::Request(requests)) => {
                requests.get(number).map_or("", |request| match &request.method {
                    crate::plan::Method::Constant(method) | crate::plan::Method::Setting(_, method) => method,
                })
            }
            _ => "",
        }
    }

    /// The name of a value within the value that contains it.
    fn label(&mut self, origin: &Origin) -> String {
        if let Some(part) = self.part.take() {
            return part.to_owned();
        }
        let parent = self.open.iter().rev().find(|open| matches!(open.role, Role::Value | Role::Field));
        let relative = parent.and_then(|parent| origin.address.strip_prefix(parent.address.as_str()));
        // A value from another part of the mapping is named by its address without the destination.
        let name = relative
            .unwrap_or_else(|| origin.address.rsplit_once('/').map_or(&*origin.address, |(_, last)| last));
        name.trim_start_matches(['.', '/']).to_owned()
    }

    fn trace_value(&self, value: Option<Value<'_>>) -> TraceValue {
        value.map_or(TraceValue::Missing, |value| TraceValue::Json(self.settings.json(&to_json(value))))
    }

    fn add(&mut self, node: TraceNode) {
        if node.role == Role::Field {
            self.fields.push(node);
        } else if let Some(parent) = self.open.last_mut() {
            if is_same_value(parent, &node) {
                parent.field = parent.field.take().or(node.field);
                parent.children.extend(node.children);
                return;
            }
            parent.children.push(node);
        } else {
            self.steps.push(node);
        }
    }
}

/// Whether a child is the same value as its parent: the expression of a placeholder, the value of `literal:`.
fn is_same_value(parent: &TraceNode, child: &TraceNode) -> bool {
    let is_value = |node: &TraceNode| matches!(node.role, Role::Value | Role::Placeholder | Role::Field);
    let place = |node: &TraceNode| (node.line, node.column);
    let same_address = child.role == Role::Value && child.label.is_empty() && child.address == parent.address;
    let same_place = parent.role == Role::Placeholder && place(child) == place(parent);
    is_value(parent) && is_value(child) && (same_address || same_place)
}
