//! A trace as JSON, for tools. Values are copied as text, so that numbers keep their precision.

use super::{Role, Trace, TraceNode, TraceValue, describe};
use crate::value::quoted;

impl Trace {
    /// The whole trace as one JSON object.
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

    /// The values that a path refers to (see [`Trace::text_of`]) as a JSON array, each with the fields it depends on.
    ///
    /// # Errors
    /// If there is no such value in the trace.
    pub fn json_of(&self, path: &str) -> Result<String, super::UnknownPath> {
        let values: Vec<String> =
            self.select(path, None)?.iter().map(|selection| selection.json(self)).collect();
        Ok(format!("[{}]", values.join(",")))
    }
}

impl super::select::Selection<'_> {
    fn json(&self, trace: &Trace) -> String {
        let mut fields = Vec::new();
        collect_fields(self.node, trace, &mut fields);
        map(&[
            ("request", self.request.map_or_else(|| "null".to_owned(), |number| number.to_string())),
            ("rest", quoted(&self.rest.join("."))),
            ("value", node(self.node)),
            ("fields", nodes(fields.into_iter())),
        ])
    }
}

/// Adds the fields that a node depends on, directly or through other fields.
fn collect_fields<'t>(node: &'t TraceNode, trace: &'t Trace, fields: &mut Vec<&'t TraceNode>) {
    if let Some(field) = node.field.as_deref().and_then(|name| trace.field(name))
        && !fields.iter().any(|known| known.label == field.label)
    {
        fields.push(field);
        collect_fields(field, trace, fields);
    }
    node.children.iter().for_each(|child| collect_fields(child, trace, fields));
}

fn nodes<'t>(nodes: impl Iterator<Item = &'t TraceNode>) -> String {
    format!("[{}]", nodes.map(node).collect::<Vec<_>>().join(","))
}

fn node(node: &TraceNode) -> String {
    let mut members = vec![("is", quoted(node.role.name()))];
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
        members.push(value_member(input, "input"));
    }
    members.push(value_member(&node.value, "value"));
    if let Some(reason) = skip_reason(node) {
        members.push(("passed_over", quoted(reason)));
    }
    if node.role == Role::Rule && !node.value.is_true() {
        let reasons: Vec<String> =
            node.of(Role::Condition).flat_map(describe::reasons).map(|reason| quoted(&reason)).collect();
        members.push(("why", format!("[{}]", reasons.join(","))));
    }
    if !node.children.is_empty() {
        members.push(("inside", nodes(node.children.iter())));
    }
    map(&members)
}

/// The member of a node for its value or input; one of another name if there is none.
fn value_member(value: &TraceValue, name: &'static str) -> (&'static str, String) {
    match value {
        TraceValue::Json(json) => (name, json.clone()),
        TraceValue::Missing if name == "input" => ("input_missing", "true".to_owned()),
        TraceValue::Missing => ("missing", "true".to_owned()),
        TraceValue::Refused => ("refused", "true".to_owned()),
    }
}

/// Why an entry of `from` was skipped; `None` for a node that was not.
pub(super) fn skip_reason(node: &TraceNode) -> Option<&'static str> {
    if !node.label.starts_with("from[") {
        return None;
    }
    match &node.value {
        TraceValue::Missing if node.skipped() => Some("its when did not hold"),
        TraceValue::Missing => Some("missing"),
        TraceValue::Json(json) if json == "null" => Some("null"),
        TraceValue::Json(json) if json == "\"\"" => Some("empty text"),
        TraceValue::Json(_) | TraceValue::Refused => None,
    }
}

fn map(members: &[(&str, String)]) -> String {
    let members: Vec<String> =
        members.iter().map(|(name, value)| format!("{}:{value}", quoted(name))).collect();
    format!("{{{}}}", members.join(","))
}
