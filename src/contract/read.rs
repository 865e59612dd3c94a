//! Reads a contract from a YAML tree.

#[cfg(feature = "inspect")]
use serde_json::Value;

use super::finding::{report, unknown_keys};
use super::{Contract, Endpoint, schema};
use crate::diag::{Code, Findings};
use crate::limits::CONTRACT_DEFINITIONS;
use crate::source::Spanned;
use crate::syntax::{CONTRACT, Entry, Name, Yaml, YamlValue};

const ENDPOINT_KEYS: &[&str] = &["method", "path", "description", "parameters", "body", "request"];

/// Reads a contract; `None` if it is invalid, which is reported.
pub(super) fn contract(mut yaml: Yaml, findings: &mut Findings) -> Option<Contract> {
    let before = findings.len();
    let entries = map(&yaml, "a contract", findings)?;
    unknown_keys(entries, "a contract", || CONTRACT.keys.iter().copied(), findings);
    let head = entries.first().map_or(yaml.span, |entry| entry.key.span);
    let mut definitions = take(&mut yaml, "$defs");
    let defined = definitions.as_ref().and_then(|defs| map(defs, "`$defs`", findings));
    if let (Some(schemas), Some(yaml)) = (defined, &definitions)
        && schemas.len() > CONTRACT_DEFINITIONS
    {
        report(yaml.span, format!("`$defs` may have at most {CONTRACT_DEFINITIONS} schemas"), findings);
        return None;
    }
    for Entry { key, value } in defined.unwrap_or_default() {
        if !schema::is_plain(&key.node) {
            report(
                key.span,
                "the name of a schema may contain only letters, digits, `-`, `_` and `.`",
                findings,
            );
        }
        check_schema(value, definitions.as_ref(), findings);
    }
    let hosts = match yaml.get("hosts") {
        Some(entry) => hosts(&entry.value, findings),
        None => Vec::new(),
    };
    let Some(endpoints_yaml) = take(&mut yaml, "endpoints") else {
        report(head, "a contract needs `endpoints:`", findings);
        return None;
    };
    map(&endpoints_yaml, "`endpoints`", findings)?;
    let YamlValue::Map(endpoints) = endpoints_yaml.node else { return None };
    let endpoints =
        endpoints.into_iter().filter_map(|entry| endpoint(entry, definitions.as_ref(), findings)).collect();
    if let Some(YamlValue::Map(schemas)) = definitions.as_mut().map(|schemas| &mut schemas.node) {
        for entry in schemas {
            schema::remove_unsupported(&mut entry.value);
        }
    }
    let valid = findings.iter().skip(before).all(|found| found.code == Code::UnsupportedKeyword);
    valid.then_some(Contract { hosts, endpoints, definitions })
}

/// Takes a value out of a map and leaves null in its place.
fn take(yaml: &mut Yaml, key: &str) -> Option<Yaml> {
    let YamlValue::Map(entries) = &mut yaml.node else { return None };
    let entry = entries.iter_mut().find(|entry| entry.key.node == key)?;
    let node = std::mem::replace(&mut entry.value.node, YamlValue::Null);
    Some(Yaml { node, ..entry.value })
}

fn map<'y>(yaml: &'y Yaml, what: &str, findings: &mut Findings) -> Option<&'y [Entry]> {
    if yaml.entries().is_none() {
        report(yaml.span, format!("{what} must be a map, and this is {}", yaml.form()), findings);
    }
    yaml.entries()
}

fn name(yaml: &Yaml, key: &str, findings: &mut Findings) -> Option<Name> {
    let text = yaml.text();
    if text.is_none() {
        report(yaml.span, format!("`{key}` must be text, and this is {}", yaml.form()), findings);
    }
    text.map(|text| Spanned::new(text.text, text.span))
}

fn hosts(yaml: &Yaml, findings: &mut Findings) -> Vec<Name> {
    let mut hosts = Vec::new();
    for entry in map(yaml, "`hosts`", findings).into_iter().flatten() {
        let Some(mut host) = name(&entry.value, &entry.key.node, findings) else { continue };
        if !host.node.starts_with("https://") && !host.node.starts_with("http://") {
            report(host.span, "a host must begin with `https://`", findings);
        }
        host.node.truncate(host.node.trim_end_matches('/').len());
        hosts.push(host);
    }
    hosts
}

fn endpoint(mut entry: Entry, definitions: Option<&Yaml>, findings: &mut Findings) -> Option<Endpoint> {
    let entries = map(&entry.value, "an endpoint", findings)?;
    unknown_keys(entries, "an endpoint", || ENDPOINT_KEYS.iter().copied(), findings);
    let mut part = |key: &str| {
        let written = entry.value.get(key);
        if written.is_none() {
            report(entry.key.span, format!("the endpoint `{}` needs `{key}:`", entry.key.node), findings);
        }
        name(&written?.value, key, findings)
    };
    let (method, path) = (part("method"), part("path"));
    let [mut parameters, mut body, mut request] =
        ["parameters", "body", "request"].map(|key| take(&mut entry.value, key));
    let named_schemas = parameters.as_ref().and_then(|schemas| map(schemas, "`parameters`", findings));
    for schema in
        named_schemas.unwrap_or_default().iter().map(|entry| &entry.value).chain(&body).chain(&request)
    {
        check_schema(schema, definitions, findings);
    }
    [&mut body, &mut request].into_iter().flatten().for_each(schema::remove_unsupported);
    if let Some(YamlValue::Map(schemas)) = parameters.as_mut().map(|schemas| &mut schemas.node) {
        for entry in schemas {
            schema::remove_unsupported(&mut entry.value);
        }
    }
    Some(Endpoint { name: entry.key, method: method?, path: path?, parameters, body, request })
}

fn check_schema(schema: &Yaml, definitions: Option<&Yaml>, findings: &mut Findings) {
    schema::check(schema, definitions, findings);
    if let Some(number) = schema.oversized_number() {
        report(number, "this number is too large for a double; the largest is about 1.8e308", findings);
    }
}

/// A schema as JSON, with the schemas that it may refer to.
///
/// # Errors
/// The span of a number that is too large for a double, which is reported as D630.
#[cfg(feature = "inspect")]
pub(super) fn schema_json(schema: &Yaml, definitions: Option<&Yaml>) -> Result<Value, crate::source::Span> {
    let mut schema_json = schema.json()?;
    if let (Value::Object(schema_json), Some(definitions)) = (&mut schema_json, definitions) {
        schema_json.insert("$defs".to_owned(), definitions.json()?);
    }
    Ok(schema_json)
}
