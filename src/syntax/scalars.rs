//! The forms of single values: text, names, numbers, yes or no, lists.

use super::names;
use super::yaml::{Entry, Yaml, YamlValue, quote};
use super::{Name, Text};
use crate::diag::{Code, Diagnostic, Findings, did_you_mean};
use crate::source::{Span, Spanned};

/// Reports a value in the wrong form.
pub(super) fn wrong(yaml: &Yaml, key: &str, wanted: &str, findings: &mut Findings) {
    let message = format!("`{key}` must be {wanted}, and this is {}", yaml.form());
    let found = Diagnostic::new(Code::WrongForm, yaml.span, message);
    let quotable = wanted == "text" && matches!(yaml.node, YamlValue::Number(_) | YamlValue::Bool(_));
    findings.push(match yaml.scalar().filter(|_| quotable) {
        Some(text) => found.fix(yaml.span, quote(&text.text)),
        None => found,
    });
}

/// Text.
pub(super) fn text(yaml: &Yaml, key: &str, findings: &mut Findings) -> Option<Text> {
    let found = yaml.text();
    if found.is_none() {
        wrong(yaml, key, "text", findings);
    }
    found.filter(|text| {
        let empty = text.text.trim().is_empty();
        if empty {
            let message = format!("`{key}` is empty");
            findings.push(Diagnostic::new(Code::EmptyValue, text.span, message).label("write a text"));
        }
        !empty
    })
}

/// Text as a name, whatever it looks like.
pub(super) fn name(yaml: &Yaml, key: &str, findings: &mut Findings) -> Option<Name> {
    text(yaml, key, findings).map(|text| Spanned::new(text.text, text.span))
}

/// One of a few words.
pub(super) fn choice(yaml: &Yaml, key: &str, known: &[&str], findings: &mut Findings) -> Option<Name> {
    let found = name(yaml, key, findings)?;
    if !known.contains(&found.node.as_str()) {
        let message =
            format!("`{key}` cannot be `{}`{}", found.node, did_you_mean(&found.node, known.iter().copied()));
        let help = format!("it is one of {}", super::section::listed(known));
        findings.push(Diagnostic::new(Code::UnknownChoice, found.span, message).help(help));
        return None;
    }
    Some(found)
}

/// `true` or `false`.
pub(super) fn flag(yaml: &Yaml, key: &str, findings: &mut Findings) -> Option<Spanned<bool>> {
    if let YamlValue::Bool(yes) = yaml.node {
        return Some(Spanned::new(yes, yaml.span));
    }
    let message = format!("`{key}` must be `true` or `false`, and this is {}", yaml.form());
    let found = Diagnostic::new(Code::WrongForm, yaml.span, message);
    let word = yaml.text().map(|text| text.text.to_lowercase()).unwrap_or_default();
    findings.push(match word.as_str() {
        "yes" | "on" | "true" => found.fix(yaml.span, "true"),
        "no" | "off" | "false" => found.fix(yaml.span, "false"),
        _ => found,
    });
    None
}

/// A whole number above zero.
pub(super) fn count(yaml: &Yaml, key: &str, findings: &mut Findings) -> Option<Spanned<u64>> {
    let number = match &yaml.node {
        YamlValue::Number(number) => number.parse::<u64>().ok().filter(|&n| n > 0),
        _ => None,
    };
    if number.is_none() {
        let is = yaml.scalar().map_or_else(|| yaml.form().to_owned(), |text| format!("`{}`", text.text));
        let message = format!("`{key}` must be a whole number above zero, and this is {is}");
        findings.push(Diagnostic::new(Code::WrongForm, yaml.span, message));
    }
    number.map(|number| Spanned::new(number, yaml.span))
}

/// The elements of a list. A single value is a finding, and taken as a list of one.
pub(super) fn list<'a>(yaml: &'a Yaml, key: &str, findings: &mut Findings) -> &'a [Yaml] {
    let YamlValue::List(items) = &yaml.node else {
        let message = format!("`{key}` must be a list, and this is {}", yaml.form());
        let found = Diagnostic::new(Code::WrongForm, yaml.span, message);
        findings.push(found.help("write `[…]` around it, or a line beginning with `- ` for each element"));
        return std::slice::from_ref(yaml);
    };
    items
}

/// A list of names; numbers count as text.
pub(super) fn names(yaml: &Yaml, key: &str, findings: &mut Findings) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for item in list(yaml, key, findings) {
        match item.scalar() {
            Some(text) if item.node != YamlValue::Null => names.push(Spanned::new(text.text, text.span)),
            _ => wrong(item, key, "a list of names", findings),
        }
    }
    names
}

/// The entries of a map of named things.
pub(super) fn entries<'a>(yaml: &'a Yaml, key: &str, findings: &mut Findings) -> &'a [Entry] {
    let YamlValue::Map(entries) = &yaml.node else {
        wrong(yaml, key, "a map of names, each with a value", findings);
        return &[];
    };
    entries
}

/// Names that mean something of their own after `$`, in templates or in conditions.
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

/// Whether a name may be given to a field (`dash` false) or to a condition, pipeline or rule.
pub(super) fn check_name(name: &Name, what: &str, dash: bool, findings: &mut Findings) -> bool {
    let text = name.node.as_str();
    let grammar = if dash { names::NAME } else { names::FIELD };
    if !grammar.allows(text) {
        let message = format!("the name of {what} {}", grammar.words);
        findings.push(Diagnostic::new(Code::BadName, name.span, message));
        return false;
    }
    let words = if dash { ["any", "all", "not"].as_slice() } else { RESERVED.as_slice() };
    if words.contains(&text) {
        let message = format!("`{text}` has a meaning of its own and cannot be the name of {what}");
        findings.push(Diagnostic::new(Code::BadName, name.span, message));
        return false;
    }
    true
}

/// The text of a key: its place inside quotes is known when nothing in it is escaped.
pub(super) fn key_text(key: &Spanned<String>) -> Text {
    let (length, written) = (key.node.len(), key.span.range().len());
    let inner = if written == length + 2 { key.span.inside(1..length + 1) } else { key.span };
    Text { text: key.node.clone(), span: key.span, inner, exact: inner.range().len() == length }
}

/// An empty place at the start of a span.
pub(super) fn start(span: Span) -> Span {
    Span { end: span.start, ..span }
}
