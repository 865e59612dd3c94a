//! Records what a run evaluates as a tree.

use super::derived_secrets::{Mask, read};
use super::secrecy::{Secrecy, SecrecyAnalysis};
use super::{HIDDEN, Role, TraceNode, TraceValue, describe};
use crate::plan::{Condition, Expr, ExprKind, Origin, Plan, TemplateKind, TemplatePart, Variable};
use crate::run::{Observation, Observer, Subject};
use crate::value::{Value, quoted, to_json};

/// Observes the run of one event.
#[derive(Debug)]
pub(super) struct Recorder<'p> {
    plan: &'p Plan,
    secrecy: SecrecyAnalysis<'p>,
    mask: Mask,
    /// The nodes that are being evaluated, each a child of the one before it.
    open: Vec<OpenNode>,
    steps: Vec<TraceNode>,
    fields: Vec<TraceNode>,
    /// The part of the request that comes next.
    part: Option<&'static str>,
}

/// A node that is being evaluated.
#[derive(Debug)]
struct OpenNode {
    node: TraceNode,
    secrecy: Secrecy,
    /// Whether its children are secret.
    hides_children: bool,
    /// The texts between the placeholders of a template that contains a secret; `None` for each placeholder.
    template: Option<Vec<Option<String>>>,
}

impl Observer for Recorder<'_> {
    const ENABLED: bool = true;

    fn observe(&mut self, observation: Observation<'_>) {
        match observation {
            Observation::Settings(config) => self.mask.hide_settings(self.plan, config),
            Observation::Part(name) => self.part = Some(name),
            Observation::Enter(subject) => {
                let node = self.open_node(subject);
                self.open.push(node);
            }
            Observation::Leave(value) => self.leave(value),
            Observation::Tested(value) => {
                if let Some(mut open) = self.open.pop() {
                    open.node.input = Some(self.trace_value(value, open.secrecy, None));
                    self.open.push(open);
                }
            }
            Observation::Changed(verb, before, after) => {
                let child_secrecy =
                    |open: &OpenNode| if open.hides_children { Secrecy::Secret } else { open.secrecy };
                let secrecy = self.open.last().map_or(Secrecy::Secret, child_secrecy);
                let mut node = self.node(Role::Step, verb.to_owned(), None);
                node.input = Some(self.trace_value(Some(before), secrecy, None));
                node.value = self.trace_value(after, secrecy, None);
                self.add(node);
            }
        }
    }
}

impl<'p> Recorder<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            secrecy: SecrecyAnalysis::new(plan),
            mask: Mask::new(),
            open: Vec::new(),
            steps: Vec::new(),
            fields: Vec::new(),
            part: None,
        }
    }

    /// An answer line without secrets.
    pub(super) fn masked(&self, answer: &str) -> String {
        self.mask.answer(answer)
    }

    /// The recorded steps and fields.
    pub(super) fn finish(mut self) -> (Vec<TraceNode>, Vec<TraceNode>) {
        // A refusal leaves nodes open; they keep their initial value, `Refused`.
        while let Some(open) = self.open.pop() {
            self.add(open.node);
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

    fn open_node(&mut self, subject: Subject<'_>) -> OpenNode {
        let plan = self.plan;
        let hidden = self.open.last().is_some_and(|parent| parent.hides_children);
        let public =
            |node| OpenNode { node, secrecy: Secrecy::Public, hides_children: false, template: None };
        match subject {
            Subject::Preparation(number) => {
                let first = plan.prepare.get(number).and_then(|preparation| preparation.set.first());
                public(self.node(
                    Role::Preparation,
                    format!("prepare[{number}]"),
                    first.map(|first| &first.target.origin),
                ))
            }
            Subject::Rule(number) => {
                let rule = plan.rules.get(number);
                let name = rule.map_or("", |rule| &rule.name).to_owned();
                public(self.node(Role::Rule, name, rule.map(|rule| &rule.origin)))
            }
            Subject::Check(number) => public(self.node(Role::Check, format!("require[{number}]"), None)),
            Subject::Request(number) => {
                let method = self.method(number);
                public(self.node(Role::Request, method.to_owned(), None))
            }
            Subject::Field(number) => {
                let secrecy = self.secrecy.field(number);
                match plan.fields.get(number) {
                    Some(field) => {
                        let node = self.node(Role::Field, field.name.to_string(), Some(&field.expr.origin));
                        self.value_node(node, &field.expr, secrecy, false)
                    }
                    None => public(self.node(Role::Field, String::new(), None)),
                }
            }
            Subject::Value(expr) | Subject::Placeholder(expr) => {
                let secrecy = if hidden { Secrecy::Secret } else { self.secrecy.of(expr) };
                let placeholder = matches!(subject, Subject::Placeholder(_));
                let role = if placeholder { Role::Placeholder } else { Role::Value };
                let expr = self.secrecy.resolved(expr);
                let label = if placeholder { String::new() } else { self.label(&expr.origin) };
                let mut node = self.node(role, label, Some(&expr.origin));
                if let ExprKind::Named(Variable::Field(number), ..) = &expr.kind
                    && let Some(field) = plan.fields.get(*number)
                {
                    // The part of `request:` that all rules share is a field without a name of the author's.
                    if field.name.contains('.') {
                        let label = std::mem::take(&mut node.label);
                        node = self.node(role, label, Some(&field.expr.origin));
                    }
                    node.field = Some(field.name.to_string());
                }
                let hides_children = hidden || placeholder && secrecy != Secrecy::Public;
                self.value_node(node, expr, secrecy, hides_children)
            }
            Subject::Step(step, input) => {
                let secrecy = if hidden { Secrecy::Secret } else { Secrecy::Public };
                let mut node = self.node(Role::Step, step.operator.name.to_owned(), Some(&step.origin));
                node.input = Some(self.trace_value(Some(input), secrecy, None));
                OpenNode { node, secrecy, hides_children: hidden, template: None }
            }
            Subject::Condition(condition) => {
                let (label, origin, secrecy) = self.condition_parts(condition);
                let mut node = self.node(Role::Condition, label, origin);
                node.written = describe::condition_text(plan, condition);
                OpenNode {
                    node,
                    secrecy: if hidden { Secrecy::Secret } else { secrecy },
                    hides_children: hidden,
                    template: None,
                }
            }
        }
    }

    fn value_node(
        &mut self,
        node: TraceNode,
        expr: &Expr,
        secrecy: Secrecy,
        hides_children: bool,
    ) -> OpenNode {
        let template = match &self.secrecy.resolved(expr).kind {
            ExprKind::Template(template) if secrecy == Secrecy::Secret && !hides_children => {
                match &template.kind {
                    // With `or`, the number of placeholders that are evaluated is not known.
                    TemplateKind::Parts(parts)
                        if parts.iter().any(|part| matches!(part, TemplatePart::Value(_, _, Some(_)))) =>
                    {
                        None
                    }
                    TemplateKind::Parts(parts) => {
                        let text = |part: &TemplatePart| match part {
                            TemplatePart::Text(text) => Some(text.text().to_owned()),
                            TemplatePart::Value(..) => None,
                        };
                        Some(parts.iter().map(text).collect())
                    }
                    TemplateKind::Logic(..) => None,
                }
            }
            _ => None,
        };
        let hides_children = hides_children || self.secrecy.hides_intermediates(expr);
        OpenNode { node, secrecy, hides_children, template }
    }

    /// The label, origin and secrecy of a condition.
    fn condition_parts<'c>(&mut self, condition: &'c Condition) -> (String, Option<&'c Origin>, Secrecy) {
        match condition {
            Condition::Present(expr) | Condition::Test(expr, _) => {
                (String::new(), Some(&expr.origin), self.secrecy.of(expr))
            }
            Condition::Named(number) => {
                let name = self.plan.condition_names.get(*number).map_or("", |name| name);
                (format!("condition {name}"), None, Secrecy::Public)
            }
            Condition::All(_) => ("all".to_owned(), None, Secrecy::Public),
            Condition::Any(_) => ("any".to_owned(), None, Secrecy::Public),
            Condition::Not(_) => ("not".to_owned(), None, Secrecy::Public),
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
                requests.get(number).map_or("", |request| &request.method)
            }
            _ => "",
        }
    }

    /// The name of a value within the value that contains it.
    fn label(&mut self, origin: &Origin) -> String {
        if let Some(part) = self.part.take() {
            return part.to_owned();
        }
        let parent = self.open.iter().rev().find(|open| matches!(open.node.role, Role::Value | Role::Field));
        let relative = parent.and_then(|parent| origin.address.strip_prefix(parent.node.address.as_str()));
        // A value from another part of the mapping is named by its address without the destination.
        let name = relative
            .unwrap_or_else(|| origin.address.rsplit_once('/').map_or(&*origin.address, |(_, last)| last));
        name.trim_start_matches(['.', '/']).to_owned()
    }

    /// A value with its secrets hidden; `replacement` is the JSON shown instead of a value that is secret as a whole.
    fn trace_value(
        &mut self,
        value: Option<Value<'_>>,
        secrecy: Secrecy,
        replacement: Option<String>,
    ) -> TraceValue {
        let Some(value) = value else { return TraceValue::Missing };
        let text = to_json(value);
        TraceValue::Json(match secrecy {
            Secrecy::Secret => self.mask.hide(&text, replacement),
            Secrecy::Parts => self.mask.apply(&text, true),
            Secrecy::Public => self.mask.apply(&text, false),
        })
    }

    fn leave(&mut self, value: Option<Value<'_>>) {
        let Some(mut open) = self.open.pop() else { return };
        let replacement = open.template.take().map(|template| filled(template, &open.node));
        // The result of a condition is not a secret, even if the value that it tests is.
        let secrecy = if open.node.role == Role::Condition { Secrecy::Public } else { open.secrecy };
        open.node.value = self.trace_value(value, secrecy, replacement);
        self.add(open.node);
    }

    fn add(&mut self, node: TraceNode) {
        if node.role == Role::Field {
            self.fields.push(node);
        } else if let Some(parent) = self.open.last_mut() {
            if is_same_value(&parent.node, &node) {
                parent.node.field = parent.node.field.take().or(node.field);
                parent.node.children.extend(node.children);
                return;
            }
            parent.node.children.push(node);
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

/// The text of a template, as JSON, with what may be shown of its placeholders.
fn filled(template: Vec<Option<String>>, node: &TraceNode) -> String {
    let mut placeholders = node.of(Role::Placeholder);
    let texts = template.into_iter().map(|text| {
        text.unwrap_or_else(|| match placeholders.next().map(|placeholder| &placeholder.value) {
            Some(TraceValue::Json(json)) => {
                let text = read(json, |root| root.text().map(std::borrow::Cow::into_owned)).flatten();
                text.unwrap_or_else(|| json.clone())
            }
            Some(TraceValue::Missing) => String::new(),
            Some(TraceValue::Refused) | None => HIDDEN.to_owned(),
        })
    });
    let text: String = texts.collect();
    quoted(&text)
}
