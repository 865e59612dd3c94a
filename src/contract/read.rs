//! A contract from its YAML tree.

use serde_json::{Value, json};

use super::keyword::KEYWORDS;
use super::{Contract, Endpoint};
use crate::diag::{Diagnostic, Findings, did_you_mean};
use crate::source::{Span, Spanned};
use crate::spec::{Entry, Name, Node, Yaml};

const SECTIONS: &[&str] = &["contract", "description", "hosts", "endpoints", "$defs"];
const ENDPOINT: &[&str] = &["method", "path", "description", "parameters", "body"];
/// Keywords that hold schemas by name, a list of schemas, or one schema.
const BY_NAME: &[&str] = &["properties", "patternProperties", "$defs"];
const LISTED: &[&str] = &["oneOf", "anyOf", "allOf", "prefixItems"];
const SINGLE: &[&str] =
    &["items", "additionalProperties", "propertyNames", "not", "if", "then", "else", "should", "documented"];

fn found(span: Span, message: impl Into<String>, findings: &mut Findings) {
    findings.push(Diagnostic::new("D630", span, message));
}

/// Reads a contract. What is wrong in it are findings.
pub(super) fn contract(yaml: &Yaml, findings: &mut Findings) -> Option<Contract> {
    let before = findings.len();
    let entries = map(yaml, "a contract", findings)?;
    known(entries, "a contract", SECTIONS, findings);
    let definitions = yaml.get("$defs").map(|entry| entry.value.clone());
    let defined = definitions.as_ref().and_then(|defs| map(defs, "`$defs`", findings));
    for entry in defined.unwrap_or_default() {
        keywords(&entry.value, definitions.as_ref(), findings);
    }
    let hosts = match yaml.get("hosts") {
        Some(entry) => hosts(&entry.value, findings),
        None => Vec::new(),
    };
    let Some(written) = yaml.get("endpoints") else {
        let head = entries.first().map_or(yaml.span, |entry| entry.key.span);
        found(head, "a contract needs `endpoints:`", findings);
        return None;
    };
    let endpoints: Vec<Endpoint> = map(&written.value, "`endpoints`", findings)?
        .iter()
        .filter_map(|entry| endpoint(entry, definitions.as_ref(), findings))
        .collect();
    usable(&endpoints, definitions.as_ref(), findings);
    (findings.len() == before).then_some(Contract { hosts, endpoints, definitions })
}

fn map<'y>(yaml: &'y Yaml, what: &str, findings: &mut Findings) -> Option<&'y [Entry]> {
    if yaml.entries().is_none() {
        found(yaml.span, format!("{what} is a map, and this is {}", yaml.form()), findings);
    }
    yaml.entries()
}

fn known(entries: &[Entry], what: &str, keys: &[&str], findings: &mut Findings) {
    for entry in entries {
        let key = entry.key.node.as_str();
        if !keys.contains(&key) {
            let near = did_you_mean(key, keys.iter().copied());
            found(entry.key.span, format!("unknown key `{key}` in {what}{near}"), findings);
        }
    }
}

fn name(yaml: &Yaml, key: &str, findings: &mut Findings) -> Option<Name> {
    let text = yaml.text();
    if text.is_none() {
        found(yaml.span, format!("`{key}` must be text, and this is {}", yaml.form()), findings);
    }
    text.map(|text| Spanned::new(text.text, text.span))
}

fn hosts(yaml: &Yaml, findings: &mut Findings) -> Vec<Name> {
    let mut hosts = Vec::new();
    for entry in map(yaml, "`hosts`", findings).into_iter().flatten() {
        let Some(mut host) = name(&entry.value, &entry.key.node, findings) else { continue };
        if !host.node.starts_with("https://") && !host.node.starts_with("http://") {
            found(host.span, "a host begins with `https://`", findings);
        }
        host.node.truncate(host.node.trim_end_matches('/').len());
        hosts.push(host);
    }
    hosts
}

fn endpoint(entry: &Entry, definitions: Option<&Yaml>, findings: &mut Findings) -> Option<Endpoint> {
    let entries = map(&entry.value, "an endpoint", findings)?;
    known(entries, "an endpoint", ENDPOINT, findings);
    let mut part = |key: &str| {
        let written = entry.value.get(key);
        if written.is_none() {
            found(entry.key.span, format!("the endpoint `{}` needs `{key}:`", entry.key.node), findings);
        }
        name(&written?.value, key, findings)
    };
    let (method, path) = (part("method"), part("path"));
    let value = |key: &str| entry.value.get(key).map(|entry| entry.value.clone());
    let (parameters, body) = (value("parameters"), value("body"));
    let named = parameters.as_ref().and_then(|all| map(all, "`parameters`", findings));
    for schema in named.unwrap_or_default() {
        keywords(&schema.value, definitions, findings);
    }
    if let Some(body) = &body {
        keywords(body, definitions, findings);
    }
    Some(Endpoint { name: entry.key.clone(), method: method?, path: path?, parameters, body })
}

/// Compiles the bodies as one schema, for each would bring all of `$defs` with it; one by one only to find the wrong one.
fn usable(endpoints: &[Endpoint], definitions: Option<&Yaml>, findings: &mut Findings) {
    let bodies = || endpoints.iter().filter_map(|endpoint| endpoint.body.as_ref());
    let mut all = json!({ "prefixItems": bodies().map(Yaml::json).collect::<Vec<_>>() });
    define(&mut all, definitions);
    if super::keyword::compile(&all).is_ok() {
        return;
    }
    for body in bodies() {
        if let Err(why) = super::keyword::compile(&whole(body, definitions)) {
            found(body.span, format!("this is no schema that can be used: {why}"), findings);
        }
    }
}

/// A misspelt keyword would silently mean nothing, and so would a name that nothing has.
fn keywords(schema: &Yaml, definitions: Option<&Yaml>, findings: &mut Findings) {
    let Some(entries) = schema.entries() else {
        if !matches!(schema.node, Node::Bool(_)) {
            found(schema.span, format!("a schema is a map, and this is {}", schema.form()), findings);
        }
        return;
    };
    known(entries, "a schema", KEYWORDS, findings);
    for Entry { key, value } in entries {
        let key = key.node.as_str();
        let inner: Vec<&Yaml> = if BY_NAME.contains(&key) {
            value.entries().unwrap_or_default().iter().map(|entry| &entry.value).collect()
        } else if LISTED.contains(&key) {
            value.items().unwrap_or_default().iter().collect()
        } else if SINGLE.contains(&key) {
            vec![value]
        } else {
            Vec::new()
        };
        for schema in inner {
            keywords(schema, definitions, findings);
        }
        if key == "$ref" && referred(value, definitions).is_none() {
            let names = definitions.and_then(Yaml::entries).unwrap_or_default();
            let names = names.iter().map(|entry| entry.key.node.as_str());
            let wanted = value.text().map(|text| text.text).unwrap_or_default();
            let near = did_you_mean(wanted.rsplit('/').next().unwrap_or_default(), names);
            found(value.span, format!("`$defs` has no schema of this name{near}"), findings);
        }
    }
}

/// The schema that a `$ref` names.
pub(super) fn referred<'y>(reference: &Yaml, definitions: Option<&'y Yaml>) -> Option<&'y Yaml> {
    let text = reference.text()?;
    definitions?.get(text.text.strip_prefix("#/$defs/")?).map(|entry| &entry.value)
}

/// A schema with the schemas that it may refer to.
pub(super) fn whole(schema: &Yaml, definitions: Option<&Yaml>) -> Value {
    let mut whole = schema.json();
    define(&mut whole, definitions);
    whole
}

fn define(schema: &mut Value, definitions: Option<&Yaml>) {
    if let (Value::Object(schema), Some(definitions)) = (schema, definitions) {
        schema.insert("$defs".to_owned(), definitions.json());
    }
}
