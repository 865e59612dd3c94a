//! Selects values of a trace by their path in the request (`body.created_at`, `headers.Authorization`, `endpoint`) or by
//! the name of a field.

use super::redact::read;
use super::{Role, Trace, TraceNode, TraceValue};
use crate::diag::did_you_mean;
use crate::json::Node as JsonNode;
use crate::wire::PARTS;

/// The trace has no value at this path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this event gives no `{path}`{suggestion}")]
pub struct UnknownPath {
    path: String,
    suggestion: String,
}

/// A value that a path refers to.
#[derive(Debug)]
pub(super) struct Selection<'t> {
    /// The number of the request it belongs to, from 1; `None` for a field.
    pub(super) request: Option<usize>,
    pub(super) node: &'t TraceNode,
    /// The rest of the path, below the node: not empty if the mapping copies the node's value as a whole.
    pub(super) rest: Vec<String>,
}

impl Trace {
    /// The values that a path refers to, one for each request that has one. `request` selects one request, from 1.
    pub(super) fn select(
        &self,
        path: &str,
        request: Option<usize>,
    ) -> Result<Vec<Selection<'_>>, UnknownPath> {
        let steps = steps(path);
        let mut selected = Vec::new();
        if let Some((first, rest)) = steps.split_first() {
            let sent = self.of(Role::Request).filter(|request| request.value.json() != Some("false"));
            let is_selected = |number: &usize| request.is_none_or(|selected| selected == number + 1);
            for (number, request) in sent.enumerate().filter(|(number, _)| is_selected(number)) {
                let part = request.of(Role::Value).find(|part| {
                    part.label == *first
                        || PARTS.iter().any(|(name, wire_name)| part.label == *name && wire_name == first)
                });
                selected.extend(part.and_then(|part| self.select_below(part, rest, Some(number + 1))));
            }
            if let Some(field) = self.field(first.trim_start_matches('$')).filter(|_| selected.is_empty()) {
                selected.extend(self.select_below(field, rest, None));
            }
        }
        if selected.is_empty() {
            let paths = self.paths();
            let suggestion = did_you_mean(path, paths.iter().map(String::as_str));
            return Err(UnknownPath { path: path.to_owned(), suggestion });
        }
        Ok(selected)
    }

    /// The value at the path `rest` below a node.
    fn select_below<'t>(
        &'t self,
        node: &'t TraceNode,
        rest: &[String],
        request: Option<usize>,
    ) -> Option<Selection<'t>> {
        let Some((key, further)) = rest.split_first() else {
            return Some(Selection { request, node, rest: Vec::new() });
        };
        let values = || node.children.iter().filter(|child| child.role == Role::Value);
        if let Some(member) = values().find(|value| value.label == *key) {
            return self.select_below(member, further, request);
        }
        if node.of(Role::Step).next().is_none() {
            if let Some(field) = node.field.as_deref().and_then(|name| self.field(name)) {
                return self.select_below(field, rest, request);
            }
            // The last layer of `merge` with the key counts, and the last entry of `from` that was tried.
            let layers: Vec<&TraceNode> = values().collect();
            let layer = layers.iter().rev().find(|layer| has(&layer.value, std::slice::from_ref(key)));
            let layer = layer.or_else(|| layers.iter().rev().find(|layer| self.has_key(layer, key)));
            if let Some(selection) = layer.and_then(|layer| self.select_below(layer, rest, request)) {
                return Some(selection);
            }
        }
        has(&node.value, rest).then(|| Selection { request, node, rest: rest.to_vec() })
    }

    /// Whether the mapping defines a value for the key in this node, even if it is missing for this event.
    fn has_key(&self, layer: &TraceNode, key: &str) -> bool {
        let field = layer.field.as_deref().and_then(|name| self.field(name));
        let defines = |node: &TraceNode| {
            node.of(Role::Value).any(|value| value.label == key || self.has_key(value, key))
        };
        defines(layer) || field.is_some_and(defines)
    }

    /// The paths to suggest instead of an unknown one.
    fn paths(&self) -> Vec<String> {
        let mut paths: Vec<String> = self.fields.iter().map(|field| field.label.clone()).collect();
        for part in self.of(Role::Request).flat_map(|request| request.of(Role::Value)) {
            paths.push(part.label.clone());
            let keys = part.value.json().and_then(|json| {
                read(json, |root| {
                    root.members().map(|(key, _)| format!("{}.{key}", part.label)).collect::<Vec<_>>()
                })
            });
            paths.extend(keys.unwrap_or_default());
        }
        paths
    }
}

/// Splits a path: `a.b[0]` into `a`, `b`, `[0]`.
fn steps(path: &str) -> Vec<String> {
    let path = path.strip_prefix("$.").unwrap_or(path).replace('[', ".[");
    path.split('.').filter(|step| !step.is_empty()).map(str::to_owned).collect()
}

/// Whether a value has something at a path.
fn has(value: &TraceValue, path: &[String]) -> bool {
    value.json().and_then(|json| read(json, |root| walk(root, path).is_some())).unwrap_or(false)
}

/// The JSON text at a path in a value.
pub(super) fn json_at(json: &str, path: &[String]) -> Option<String> {
    read(json, |root| walk(root, path).map(|node| node.json().to_owned())).flatten()
}

fn walk<'j>(root: JsonNode<'j>, path: &[String]) -> Option<JsonNode<'j>> {
    path.iter().try_fold(root, |node, step| {
        let index = step.strip_prefix('[').and_then(|index| index.strip_suffix(']')?.parse().ok());
        match index {
            Some(index) => node.element(index),
            None => node.member(step),
        }
    })
}
