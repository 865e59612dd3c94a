//! The listener: writes down what a run does as a tree.

use super::mask::{Mask, read};
use super::secrecy::{Secrecy, SecrecyAnalysis};
use super::{End, HIDDEN, Role, TraceNode, words};
use crate::plan::{Condition, Expr, ExprKind, Origin, Plan, TemplateKind, TemplatePart, Variable};
use crate::run::{Observation, Observer, Subject};
use crate::value::{Value, quoted, to_json};

/// Listens to the run of one event.
#[derive(Debug)]
pub(super) struct Recorder<'p> {
    plan: &'p Plan,
    secrecies: SecrecyAnalysis<'p>,
    mask: Mask,
    open: Vec<Open>,
    roots: Vec<TraceNode>,
    fields: Vec<TraceNode>,
    /// The part of the request that comes next.
    part: Option<&'static str>,
}

/// A node that is being worked on.
#[derive(Debug)]
struct Open {
    node: TraceNode,
    secrecy: Secrecy,
    /// What is inside is as secret.
    covers: bool,
    /// The text of a template that holds a secret; `None` where something is filled in.
    pattern: Option<Vec<Option<String>>>,
}

impl Observer for Recorder<'_> {
    const ENABLED: bool = true;

    fn observe(&mut self, observation: Observation<'_>) {
        match observation {
            Observation::Settings(config) => self.mask.settings(self.plan, config),
            Observation::Part(name) => self.part = Some(name),
            Observation::Enter(subject) => {
                let open = self.opened(subject);
                self.open.push(open);
            }
            Observation::Leave(value) => self.leave(value),
            Observation::Tested(value) => {
                if let Some(mut open) = self.open.pop() {
                    open.node.input = Some(self.end(value, open.secrecy, None));
                    self.open.push(open);
                }
            }
            Observation::Changed(verb, before, after) => {
                let inside = |open: &Open| if open.covers { Secrecy::Whole } else { open.secrecy };
                let secrecy = self.open.last().map_or(Secrecy::Whole, inside);
                let mut node = self.node(Role::Step, verb.to_owned(), None);
                node.input = Some(self.end(Some(before), secrecy, None));
                node.end = self.end(after, secrecy, None);
                self.put(node);
            }
        }
    }
}

impl<'p> Recorder<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            secrecies: SecrecyAnalysis::new(plan),
            mask: Mask::new(),
            open: Vec::new(),
            roots: Vec::new(),
            fields: Vec::new(),
            part: None,
        }
    }

    /// An answer line without secrets.
    pub(super) fn masked(&self, answer: &str) -> String {
        self.mask.answer(answer)
    }

    /// What was written down: the work in its order, and the fields.
    pub(super) fn finish(mut self) -> (Vec<TraceNode>, Vec<TraceNode>) {
        // What a refusal left open ended there.
        while let Some(open) = self.open.pop() {
            self.put(open.node);
        }
        (self.roots, self.fields)
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
            written: words::one_line(written),
            field: None,
            input: None,
            end: End::Refused,
            inside: Vec::new(),
        }
    }

    fn opened(&mut self, subject: Subject<'_>) -> Open {
        let plan = self.plan;
        let covered = self.open.last().is_some_and(|open| open.covers);
        let open = |node| Open { node, secrecy: Secrecy::Open, covers: false, pattern: None };
        match subject {
            Subject::Preparation(number) => {
                let first = plan.prepare.get(number).and_then(|preparation| preparation.set.first());
                open(self.node(
                    Role::Preparation,
                    format!("prepare[{number}]"),
                    first.map(|first| &first.target.origin),
                ))
            }
            Subject::Rule(number) => {
                let rule = plan.rules.get(number);
                let name = rule.map_or("", |rule| &rule.name).to_owned();
                open(self.node(Role::Rule, name, rule.map(|rule| &rule.origin)))
            }
            Subject::Check(number) => open(self.node(Role::Check, format!("require[{number}]"), None)),
            Subject::Request(number) => {
                let request = self.request(number);
                open(self.node(Role::Request, request.to_owned(), None))
            }
            Subject::Field(number) => {
                let secrecy = self.secrecies.field(number);
                match plan.fields.get(number) {
                    Some(field) => {
                        let node = self.node(Role::Field, field.name.to_string(), Some(&field.expr.origin));
                        self.value(node, &field.expr, secrecy, false)
                    }
                    None => open(self.node(Role::Field, String::new(), None)),
                }
            }
            Subject::Value(expr) | Subject::Placeholder(expr) => {
                let secrecy = if covered { Secrecy::Whole } else { self.secrecies.of(expr) };
                let hole = matches!(subject, Subject::Placeholder(_));
                let role = if hole { Role::Hole } else { Role::Value };
                let expr = self.secrecies.resolved(expr);
                let label = if hole { String::new() } else { self.label(&expr.origin) };
                let mut node = self.node(role, label, Some(&expr.origin));
                if let ExprKind::Named(Variable::Field(number), ..) = &expr.kind
                    && let Some(field) = plan.fields.get(*number)
                {
                    // What all rules share is a field that no author has named.
                    if field.name.contains('.') {
                        let label = std::mem::take(&mut node.label);
                        node = self.node(role, label, Some(&field.expr.origin));
                    }
                    node.field = Some(field.name.to_string());
                }
                let covers = covered || hole && secrecy != Secrecy::Open;
                self.value(node, expr, secrecy, covers)
            }
            Subject::Step(step, input) => {
                let secrecy = if covered { Secrecy::Whole } else { Secrecy::Open };
                let mut node = self.node(Role::Step, step.operator.name.to_owned(), Some(&step.origin));
                node.input = Some(self.end(Some(input), secrecy, None));
                Open { node, secrecy, covers: covered, pattern: None }
            }
            Subject::Condition(condition) => {
                let (label, origin, secrecy) = self.condition(condition);
                let mut node = self.node(Role::Condition, label, origin);
                node.written = words::condition(plan, condition);
                Open {
                    node,
                    secrecy: if covered { Secrecy::Whole } else { secrecy },
                    covers: covered,
                    pattern: None,
                }
            }
        }
    }

    fn value(&mut self, node: TraceNode, expr: &Expr, secrecy: Secrecy, covers: bool) -> Open {
        let pattern = match &self.secrecies.resolved(expr).kind {
            ExprKind::Template(template) if secrecy == Secrecy::Whole && !covers => match &template.kind {
                // What stands in for a missing part (`or`) is a hole of its own that may not be reached.
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
            },
            _ => None,
        };
        let covers = covers || self.secrecies.covers(expr);
        Open { node, secrecy, covers, pattern }
    }

    fn condition<'c>(&mut self, condition: &'c Condition) -> (String, Option<&'c Origin>, Secrecy) {
        match condition {
            Condition::Present(expr) | Condition::Test(expr, _) => {
                (String::new(), Some(&expr.origin), self.secrecies.of(expr))
            }
            Condition::Named(number) => {
                let name = self.plan.condition_names.get(*number).map_or("", |name| name);
                (format!("condition {name}"), None, Secrecy::Open)
            }
            Condition::All(_) => ("all".to_owned(), None, Secrecy::Open),
            Condition::Any(_) => ("any".to_owned(), None, Secrecy::Open),
            Condition::Not(_) => ("not".to_owned(), None, Secrecy::Open),
        }
    }

    /// The method of a request of the rule that took the event.
    fn request(&self, number: usize) -> &'p str {
        let plan = self.plan;
        let chosen = self.roots.iter().rfind(|node| node.role == Role::Rule);
        let rule =
            chosen.and_then(|chosen| plan.rules.iter().find(|rule| *rule.origin.address == *chosen.address));
        match rule.map(|rule| &rule.action) {
            Some(crate::plan::Action::Request(requests)) => {
                requests.get(number).map_or("", |request| &request.method)
            }
            _ => "",
        }
    }

    /// What a value is called inside of the value around it.
    fn label(&mut self, origin: &Origin) -> String {
        if let Some(part) = self.part.take() {
            return part.to_owned();
        }
        let around = self.open.iter().rev().find(|open| matches!(open.node.role, Role::Value | Role::Field));
        let inside = around.and_then(|around| origin.address.strip_prefix(around.node.address.as_str()));
        // What stands elsewhere is called by its address without the destination.
        let name = inside
            .unwrap_or_else(|| origin.address.rsplit_once('/').map_or(&*origin.address, |(_, last)| last));
        name.trim_start_matches(['.', '/']).to_owned()
    }

    fn end(&mut self, value: Option<Value<'_>>, secrecy: Secrecy, pattern: Option<String>) -> End {
        let Some(value) = value else { return End::Missing };
        let text = to_json(value);
        End::Json(match secrecy {
            Secrecy::Whole => self.mask.hide(&text, pattern),
            Secrecy::Parts => self.mask.apply(&text, true),
            Secrecy::Open => self.mask.apply(&text, false),
        })
    }

    fn leave(&mut self, value: Option<Value<'_>>) {
        let Some(mut open) = self.open.pop() else { return };
        let shown = open.pattern.take().map(|pattern| filled(pattern, &open.node));
        // Whether a condition holds is no secret, whatever it looks at.
        let secrecy = if open.node.role == Role::Condition { Secrecy::Open } else { open.secrecy };
        open.node.end = self.end(value, secrecy, shown);
        self.put(open.node);
    }

    fn put(&mut self, node: TraceNode) {
        if node.role == Role::Field {
            self.fields.push(node);
        } else if let Some(around) = self.open.last_mut() {
            if is_same(&around.node, &node) {
                around.node.field = around.node.field.take().or(node.field);
                around.node.inside.extend(node.inside);
                return;
            }
            around.node.inside.push(node);
        } else {
            self.roots.push(node);
        }
    }
}

/// Whether a value is only the inner side of the one around it: what stands in `{{ }}`, what `literal:` says.
fn is_same(around: &TraceNode, node: &TraceNode) -> bool {
    let values = |node: &TraceNode| matches!(node.role, Role::Value | Role::Hole | Role::Field);
    let place = |node: &TraceNode| (node.line, node.column);
    let inner = node.role == Role::Value && node.label.is_empty() && node.address == around.address;
    values(around) && values(node) && (inner || around.role == Role::Hole && place(node) == place(around))
}

/// The text of a template with what may be shown of its holes, as JSON.
fn filled(pattern: Vec<Option<String>>, node: &TraceNode) -> String {
    let mut holes = node.of(Role::Hole);
    let texts = pattern.into_iter().map(|text| {
        text.unwrap_or_else(|| match holes.next().map(|hole| &hole.end) {
            Some(End::Json(json)) => {
                let text = read(json, |root| root.text().map(std::borrow::Cow::into_owned)).flatten();
                text.unwrap_or_else(|| json.clone())
            }
            Some(End::Missing) => String::new(),
            Some(End::Refused) | None => HIDDEN.to_owned(),
        })
    });
    let text: String = texts.collect();
    quoted(&text)
}
