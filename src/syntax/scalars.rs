//! Parses simple values: text, names, numbers, booleans, lists.

use super::names;
use super::yaml::{Entry, Yaml, YamlValue, quote};
use super::{Name, Text};
use crate::diag::{Code, Diagnostic, Findings, did_you_mean};
use crate::source::{Span, Spanned};

/// Reports that the value of `key` has the wrong type.
pub(super) fn report_wrong_form(yaml: &Yaml, key: &str, expected: &str, findings: &mut Findings) {
    let message = format!("`{key}` must be {expected}, and this is {}", yaml.form());
    let finding = Diagnostic::new(Code::WrongForm, yaml.span, message);
    let quotable = expected == "text" && matches!(yaml.node, YamlValue::Number(_) | YamlValue::Bool(_));
    findings.push(match yaml.scalar().filter(|_| quotable) {
        Some(text) => finding.fix(yaml.span, quote(&text.text)),
        None => finding,
    });
}

/// Parses text that is not blank.
pub(super) fn text(yaml: &Yaml, key: &str, findings: &mut Findings) -> Option<Text> {
    let text_value = yaml.text();
    if text_value.is_none() {
        report_wrong_form(yaml, key, "text", findings);
    }
    text_value.filter(|text| {
        let empty = text.text.trim().is_empty();
        if empty {
            let message = format!("`{key}` is empty");
            findings
                .push(Diagnostic::new(Code::EmptyValue, text.span, message).label("write some text here"));
        }
        !empty
    })
}

/// Parses text as a name, without checking it against a grammar.
pub(super) fn name(yaml: &Yaml, key: &str, findings: &mut Findings) -> Option<Name> {
    text(yaml, key, findings).map(|text| Spanned::new(text.text, text.span))
}

/// Parses one of a few names.
pub(super) fn choice(yaml: &Yaml, key: &str, known: &[&str], findings: &mut Findings) -> Option<Name> {
    let name = name(yaml, key, findings)?;
    if !known.contains(&name.node.as_str()) {
        let message =
            format!("`{key}` cannot be `{}`{}", name.node, did_you_mean(&name.node, known.iter().copied()));
        let help = format!("the allowed values are {}", super::section::quoted_list(known));
        findings.push(Diagnostic::new(Code::UnknownChoice, name.span, message).help(help));
        return None;
    }
    Some(name)
}

/// Parses `true` or `false`.
pub(super) fn boolean(yaml: &Yaml, key: &str, findings: &mut Findings) -> Option<Spanned<bool>> {
    if let YamlValue::Bool(boolean) = yaml.node {
        return Some(Spanned::new(boolean, yaml.span));
    }
    let message = format!("`{key}` must be `true` or `false`, and this is {}", yaml.form());
    let finding = Diagnostic::new(Code::WrongForm, yaml.span, message);
    let lower = yaml.text().map(|text| text.text.to_lowercase()).unwrap_or_default();
    findings.push(match lower.as_str() {
        "yes" | "on" | "true" => finding.fix(yaml.span, "true"),
        "no" | "off" | "false" => finding.fix(yaml.span, "false"),
        _ => finding,
    });
    None
}

/// Parses a whole number greater than zero.
pub(super) fn positive_integer(yaml: &Yaml, key: &str, findings: &mut Findings) -> Option<Spanned<u64>> {
    let number = match &yaml.node {
        YamlValue::Number(number) => number.parse::<u64>().ok().filter(|&n| n > 0),
        _ => None,
    };
    if number.is_none() {
        let is = yaml.scalar().map_or_else(|| yaml.form().to_owned(), |text| format!("`{}`", text.text));
        let message = format!("`{key}` must be a whole number greater than zero, and this is {is}");
        findings.push(Diagnostic::new(Code::WrongForm, yaml.span, message));
    }
    number.map(|number| Spanned::new(number, yaml.span))
}

/// The elements of a list. A single value is reported and treated as a list of one.
pub(super) fn list<'a>(yaml: &'a Yaml, key: &str, findings: &mut Findings) -> &'a [Yaml] {
    let YamlValue::List(items) = &yaml.node else {
        let message = format!("`{key}` must be a list, and this is {}", yaml.form());
        let finding = Diagnostic::new(Code::WrongForm, yaml.span, message);
        findings.push(finding.help("put it in `[…]`, or write each element on a line that begins with `- `"));
        return std::slice::from_ref(yaml);
    };
    items
}

/// Parses a list of names; numbers count as text.
pub(super) fn names(yaml: &Yaml, key: &str, findings: &mut Findings) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for item in list(yaml, key, findings) {
        match item.scalar() {
            Some(text) if item.node != YamlValue::Null => names.push(Spanned::new(text.text, text.span)),
            _ => report_wrong_form(item, key, "a list of names", findings),
        }
    }
    names
}

/// The entries of a map from names to values.
pub(super) fn entries<'a>(yaml: &'a Yaml, key: &str, findings: &mut Findings) -> &'a [Entry] {
    let YamlValue::Map(entries) = &yaml.node else {
        report_wrong_form(yaml, key, "a map of names, each with a value", findings);
        return &[];
    };
    entries
}

/// Names that have a meaning of their own after `$` or in templates.
const RESERVED: [&str; 11] = [
    "config",
    "connection",
    "metadata",
    "item",
    "value",
    "body",
    "items",
    "response",
    "event",
    "true",
    "false",
];

/// Whether a name is allowed for a field (`allow_dash` is false) or for a condition, pipeline or destination; reports
/// one that is not.
pub(super) fn check_name(name: &Name, what: &str, allow_dash: bool, findings: &mut Findings) -> bool {
    let text = name.node.as_str();
    let grammar = if allow_dash { names::NAME } else { names::FIELD };
    if !grammar.allows(text) {
        let message = format!("the name of {what} {}", grammar.description);
        findings.push(Diagnostic::new(Code::BadName, name.span, message));
        return false;
    }
    let reserved = if allow_dash { ["any", "all", "not"].as_slice() } else { RESERVED.as_slice() };
    if reserved.contains(&text) {
        let message = format!("`{text}` is reserved and cannot be the name of {what}");
        findings.push(Diagnostic::new(Code::BadName, name.span, message));
        return false;
    }
    true
}

/// Parses `as:`, the name of the elements of a `for_each:`.
pub(super) fn element_name(yaml: &Yaml, findings: &mut Findings) -> Option<Name> {
    let name = name(yaml, "as", findings)?;
    check_name(&name, "an element", false, findings).then_some(name)
}

/// The text of a key; its exact span inside quotes is known if nothing in it is escaped.
pub(super) fn key_text(key: &Spanned<String>) -> Text {
    let (length, source_length) = (key.node.len(), key.span.range().len());
    let inner = if source_length == length + 2 { key.span.inside(1..length + 1) } else { key.span };
    Text { text: key.node.clone(), span: key.span, inner, exact: inner.range().len() == length }
}

/// The empty span at the start of a span.
pub(super) fn start_of(span: Span) -> Span {
    Span { end: span.start, ..span }
}
