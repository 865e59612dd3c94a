//! Diagnostics as a JSON array.

use super::ends;
use crate::diag::Diagnostic;
use crate::source::{Sources, Span};
use serde_json::{Map, Value, json};

/// The diagnostics of several mappings as one JSON array, with one object per line.
#[must_use]
pub fn json(mappings: &[(&[Diagnostic], &Sources)]) -> String {
    let objects = mappings
        .iter()
        .flat_map(|(diagnostics, sources)| diagnostics.iter().map(|diagnostic| object(diagnostic, sources)));
    let lines: Vec<String> = objects.map(|object| object.to_string()).collect();
    if lines.is_empty() {
        return "[]\n".to_owned();
    }
    format!("[\n{}\n]\n", lines.join(",\n"))
}

/// The keys of a location.
fn location(span: Span, sources: &Sources) -> Map<String, Value> {
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

fn object(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let with_location = |span: Span, key: &str, text: &str| {
        let mut object = location(span, sources);
        object.insert(key.to_owned(), json!(text));
        Value::Object(object)
    };
    let related = diagnostic.related.iter().map(|(span, label)| with_location(*span, "message", label));
    let mut object = location(diagnostic.span, sources);
    object.insert("code".to_owned(), json!(diagnostic.code.id()));
    object.insert("name".to_owned(), json!(diagnostic.code.name()));
    object.insert("severity".to_owned(), json!(diagnostic.severity.names().plain));
    object.insert("message".to_owned(), json!(diagnostic.message));
    object.insert("help".to_owned(), json!(diagnostic.help));
    object.insert("related".to_owned(), related.collect());
    object.insert(
        "fix".to_owned(),
        diagnostic.fix.as_ref().map_or(Value::Null, |fix| with_location(fix.span, "text", &fix.text)),
    );
    Value::Object(object)
}
