//! One JSON array.

use super::ends;
use crate::diag::Diagnostic;
use crate::source::{Sources, Span};
use serde_json::{Map, Value, json};

/// The findings of several mappings as one JSON array, one object a line.
#[must_use]
pub fn json(mappings: &[(&[Diagnostic], &Sources)]) -> String {
    let found =
        mappings.iter().flat_map(|(findings, sources)| findings.iter().map(|found| one(found, sources)));
    let all: Vec<String> = found.map(|found| found.to_string()).collect();
    if all.is_empty() {
        return "[]\n".to_owned();
    }
    format!("[\n{}\n]\n", all.join(",\n"))
}

/// Where something is, in the keys that every object has.
fn located(span: Span, sources: &Sources) -> Map<String, Value> {
    let (start, end) = ends(span, sources);
    [
        ("file", json!(start.file)),
        ("line", json!(start.line)),
        ("column", json!(start.column)),
        ("end_line", json!(end.line)),
        ("end_column", json!(end.column)),
    ]
    .map(|(key, value)| (key.to_owned(), value))
    .into_iter()
    .collect()
}

fn one(found: &Diagnostic, sources: &Sources) -> Value {
    let with = |span: Span, key: &str, text: &str| {
        let mut object = located(span, sources);
        object.insert(key.to_owned(), json!(text));
        Value::Object(object)
    };
    let related = found.related.iter().map(|(span, words)| with(*span, "message", words));
    let mut object = located(found.span, sources);
    object.insert("code".to_owned(), json!(found.code.id()));
    object.insert("name".to_owned(), json!(found.code.name()));
    object.insert("severity".to_owned(), json!(found.severity.words().plain));
    object.insert("message".to_owned(), json!(found.message));
    object.insert("help".to_owned(), json!(found.help));
    object.insert("related".to_owned(), related.collect());
    object.insert(
        "fix".to_owned(),
        found.fix.as_ref().map_or(Value::Null, |fix| with(fix.span, "text", &fix.text)),
    );
    Value::Object(object)
}
