//! One value of a trace, by the name that it has in the request: `body.created_at`, `headers.Authorization`,
//! `endpoint`, or the name of a field.

use super::mask::read;
use super::{End, Role, Trace, TraceNode};
use crate::diag::did_you_mean;
use crate::json::Node as Json;
use crate::wire::PARTS;

/// There is no such value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this event gives no `{path}`{near}")]
pub struct Unknown {
    path: String,
    near: String,
}

/// A value that was looked for.
#[derive(Debug)]
pub(super) struct Found<'t> {
    /// The request it belongs to, from 1.
    pub(super) request: Option<usize>,
    pub(super) node: &'t TraceNode,
    /// The way inside the value, when the mapping copies it whole.
    pub(super) rest: Vec<String>,
}

impl Trace {
    /// The values that a path names, one for each request that has it.
    pub(super) fn select(&self, path: &str, request: Option<usize>) -> Result<Vec<Found<'_>>, Unknown> {
        let steps = steps(path);
        let mut found = Vec::new();
        if let Some((first, rest)) = steps.split_first() {
            let made = self.of(Role::Request).filter(|request| request.end.json() != Some("false"));
            let wanted = |number: &usize| request.is_none_or(|wanted| wanted == number + 1);
            for (number, request) in made.enumerate().filter(|(number, _)| wanted(number)) {
                let part = request.of(Role::Value).find(|part| {
                    part.label == *first
                        || PARTS.iter().any(|(name, answer)| part.label == *name && answer == first)
                });
                found.extend(part.and_then(|part| self.inside(part, rest, Some(number + 1))));
            }
            if let Some(field) = self.field(first.trim_start_matches('$')).filter(|_| found.is_empty()) {
                found.extend(self.inside(field, rest, None));
            }
        }
        if found.is_empty() {
            let known = self.known();
            let near = did_you_mean(path, known.iter().map(String::as_str));
            return Err(Unknown { path: path.to_owned(), near });
        }
        Ok(found)
    }

    fn inside<'t>(
        &'t self,
        node: &'t TraceNode,
        rest: &[String],
        request: Option<usize>,
    ) -> Option<Found<'t>> {
        let Some((key, further)) = rest.split_first() else {
            return Some(Found { request, node, rest: Vec::new() });
        };
        let values = || node.inside.iter().filter(|inside| inside.role == Role::Value);
        if let Some(member) = values().find(|value| value.label == *key) {
            return self.inside(member, further, request);
        }
        if node.of(Role::Step).next().is_none() {
            if let Some(field) = node.field.as_deref().and_then(|name| self.field(name)) {
                return self.inside(field, rest, request);
            }
            // Later layers win, and the entry that won is the last one.
            let layers: Vec<&TraceNode> = values().collect();
            let layer = layers.iter().rev().find(|layer| has(&layer.end, std::slice::from_ref(key)));
            let layer = layer.or_else(|| layers.iter().rev().find(|layer| self.names(layer, key)));
            if let Some(found) = layer.and_then(|layer| self.inside(layer, rest, request)) {
                return Some(found);
            }
        }
        has(&node.end, rest).then(|| Found { request, node, rest: rest.to_vec() })
    }

    /// Whether a map that the mapping writes names the key, though its value is missing.
    fn names(&self, layer: &TraceNode, key: &str) -> bool {
        let field = layer.field.as_deref().and_then(|name| self.field(name));
        let inside =
            |node: &TraceNode| node.of(Role::Value).any(|value| value.label == key || self.names(value, key));
        inside(layer) || field.is_some_and(inside)
    }

    /// What can be asked for.
    fn known(&self) -> Vec<String> {
        let mut known: Vec<String> = self.fields.iter().map(|field| field.label.clone()).collect();
        for part in self.of(Role::Request).flat_map(|request| request.of(Role::Value)) {
            known.push(part.label.clone());
            let keys = part.end.json().and_then(|json| {
                read(json, |root| {
                    root.members().map(|(key, _)| format!("{}.{key}", part.label)).collect::<Vec<_>>()
                })
            });
            known.extend(keys.unwrap_or_default());
        }
        known
    }
}

/// `a.b[0]` as `a`, `b`, `[0]`.
fn steps(path: &str) -> Vec<String> {
    let path = path.strip_prefix("$.").unwrap_or(path).replace('[', ".[");
    path.split('.').filter(|step| !step.is_empty()).map(str::to_owned).collect()
}

fn has(end: &End, way: &[String]) -> bool {
    end.json().and_then(|json| read(json, |root| walk(root, way).is_some())).unwrap_or(false)
}

/// The JSON text of what lies inside of a value.
pub(super) fn part_of(json: &str, way: &[String]) -> Option<String> {
    read(json, |root| walk(root, way).map(|found| found.json().to_owned())).flatten()
}

fn walk<'j>(root: Json<'j>, way: &[String]) -> Option<Json<'j>> {
    way.iter().try_fold(root, |at, step| {
        let index = step.strip_prefix('[').and_then(|index| index.strip_suffix(']')?.parse().ok());
        match index {
            Some(index) => at.element(index),
            None => at.member(step),
        }
    })
}
