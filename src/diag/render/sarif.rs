//! Diagnostics as SARIF 2.1.0, which code hosts display next to the code.

use super::ends;
use crate::diag::{Code, Diagnostic};
use crate::source::{Sources, Span};
use serde_json::{Value, json};
use std::fmt::Write;

/// The diagnostics of several mappings as one SARIF log.
#[must_use]
pub fn sarif(mappings: &[(&[Diagnostic], &Sources)]) -> String {
    let diagnostics = || {
        mappings.iter().flat_map(|(diagnostics, sources)| {
            diagnostics.iter().map(move |diagnostic| (diagnostic, *sources))
        })
    };
    let mut codes: Vec<Code> = Vec::new();
    let mut indexes = std::collections::HashMap::new();
    for (diagnostic, _) in diagnostics() {
        indexes.entry(diagnostic.code.id()).or_insert_with(|| {
            codes.push(diagnostic.code);
            codes.len() - 1
        });
    }
    let results: Vec<Value> = diagnostics()
        .map(|(diagnostic, sources)| result(diagnostic, indexes[diagnostic.code.id()], sources))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "mapwright",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(code: Code) -> Value {
    let code = code.row();
    json!({
        "id": code.id,
        "name": code.name,
        "shortDescription": { "text": code.summary },
        "fullDescription": { "text": code.why },
        "defaultConfiguration": { "level": code.severity.names().sarif },
    })
}

fn region(span: Span, sources: &Sources) -> Value {
    let (start, end) = ends(span, sources);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn artifact(span: Span, sources: &Sources) -> Value {
    json!({ "uri": uri(sources.name(span.file)) })
}

/// A file name as a percent-encoded URI reference.
fn uri(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn location(span: Span, sources: &Sources) -> Value {
    json!({ "physicalLocation": { "artifactLocation": artifact(span, sources), "region": region(span, sources) } })
}

fn result(diagnostic: &Diagnostic, rule_index: usize, sources: &Sources) -> Value {
    let help = diagnostic.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    let mut result = json!({
        "ruleId": diagnostic.code.id(),
        "ruleIndex": rule_index,
        "level": diagnostic.severity.names().sarif,
        "message": { "text": format!("{}{help}", diagnostic.message) },
        "locations": [location(diagnostic.span, sources)],
    });
    let related = diagnostic.related.iter().enumerate().map(|(id, (span, label))| {
        let mut location = location(*span, sources);
        location["id"] = json!(id);
        location["message"] = json!({ "text": label });
        location
    });
    let related: Vec<Value> = related.collect();
    if !related.is_empty() {
        result["relatedLocations"] = Value::Array(related);
    }
    if let Some(fix) = &diagnostic.fix {
        result["fixes"] = json!([{
            "artifactChanges": [{
                "artifactLocation": artifact(fix.span, sources),
                "replacements": [{
                    "deletedRegion": region(fix.span, sources),
                    "insertedContent": { "text": fix.text },
                }],
            }],
        }]);
    }
    result
}
