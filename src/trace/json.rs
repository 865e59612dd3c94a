//! A trace as JSON, for tools. Values stay as they were written: no number loses its precision.

use super::{End, Role, Trace, TraceNode, words};
use crate::value::quoted;

impl Trace {
    /// The whole trace as one JSON map.
    #[must_use]
    pub fn json(&self) -> String {
        let list = |role| nodes(self.of(role));
        let answers = format!("[{}]", self.answers.join(","));
        map(&[
            ("line", self.line.to_string()),
            ("prepare", list(Role::Preparation)),
            ("rules", list(Role::Rule)),
            ("checks", list(Role::Check)),
            ("requests", list(Role::Request)),
            ("fields", nodes(self.fields.iter())),
            ("answers", answers),
        ])
    }

    /// The values that a path names (see [`Trace::text_of`]) as a JSON list, each with the fields that it needs.
    ///
    /// # Errors
    /// When the run has no such value.
    pub fn json_of(&self, path: &str) -> Result<String, super::Unknown> {
        let found: Vec<String> = self.select(path, None)?.iter().map(|found| found.json(self)).collect();
        Ok(format!("[{}]", found.join(",")))
    }
}

impl super::select::Found<'_> {
    fn json(&self, trace: &Trace) -> String {
        let mut used = Vec::new();
        needed(self.node, trace, &mut used);
        map(&[
            ("request", self.request.map_or_else(|| "null".to_owned(), |number| number.to_string())),
            ("rest", quoted(&self.rest.join("."))),
            ("value", node(self.node)),
            ("fields", nodes(used.into_iter())),
        ])
    }
}

/// The fields that a node refers to, and those that they refer to.
fn needed<'t>(node: &'t TraceNode, trace: &'t Trace, used: &mut Vec<&'t TraceNode>) {
    if let Some(field) = node.field.as_deref().and_then(|name| trace.field(name))
        && !used.iter().any(|known| known.label == field.label)
    {
        used.push(field);
        needed(field, trace, used);
    }
    node.inside.iter().for_each(|inside| needed(inside, trace, used));
}

fn nodes<'t>(nodes: impl Iterator<Item = &'t TraceNode>) -> String {
    format!("[{}]", nodes.map(node).collect::<Vec<_>>().join(","))
}

fn node(node: &TraceNode) -> String {
    let mut members = vec![("is", quoted(node.role.word()))];
    let mut add = |name, value: &str| {
        if !value.is_empty() {
            members.push((name, quoted(value)));
        }
    };
    add("name", &node.label);
    add("address", &node.address);
    add("file", &node.file);
    add("written", &node.written);
    add("field", node.field.as_deref().unwrap_or_default());
    if node.line > 0 {
        members.push(("line", node.line.to_string()));
        members.push(("column", node.column.to_string()));
    }
    if let Some(input) = &node.input {
        let (name, value) = ended(input, "input");
        members.push((name, value));
    }
    members.push(ended(&node.end, "value"));
    if let Some(reason) = passed(node) {
        members.push(("passed_over", quoted(reason)));
    }
    if node.role == Role::Rule && !node.end.is_true() {
        let why: Vec<String> =
            node.of(Role::Condition).flat_map(words::why).map(|why| quoted(&why)).collect();
        members.push(("why", format!("[{}]", why.join(","))));
    }
    if !node.inside.is_empty() {
        members.push(("inside", nodes(node.inside.iter())));
    }
    map(&members)
}

fn ended(end: &End, name: &'static str) -> (&'static str, String) {
    match end {
        End::Json(json) => (name, json.clone()),
        End::Missing if name == "input" => ("input_missing", "true".to_owned()),
        End::Missing => ("missing", "true".to_owned()),
        End::Refused => ("refused", "true".to_owned()),
    }
}

/// Why an entry of `from` did not win.
pub(super) fn passed(node: &TraceNode) -> Option<&'static str> {
    if !node.label.starts_with("from[") {
        return None;
    }
    match &node.end {
        End::Missing if node.skipped() => Some("its when did not hold"),
        End::Missing => Some("missing"),
        End::Json(json) if json == "null" => Some("null"),
        End::Json(json) if json == "\"\"" => Some("empty text"),
        End::Json(_) | End::Refused => None,
    }
}

fn map(members: &[(&str, String)]) -> String {
    let members: Vec<String> =
        members.iter().map(|(name, value)| format!("{}:{value}", quoted(name))).collect();
    format!("{{{}}}", members.join(","))
}
