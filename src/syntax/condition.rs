//! Parses conditions: `when`, `check`, `conditions:`.

use super::scalars::{key_text, list};
use super::section::report_missing_value;
use super::test::test;
use super::value::{is_path, is_template};
use super::yaml::{Entry, Yaml, YamlValue};
use super::{Condition, ConditionKind, Text};
use crate::diag::{Code, Diagnostic, Findings, nearest};
use crate::predicate;
use crate::source::{Span, Spanned};

/// Parses a condition. One that cannot be read is reported and becomes an empty `all`.
pub(super) fn condition(yaml: &Yaml, findings: &mut Findings) -> Condition {
    let kind = match &yaml.node {
        YamlValue::Text(_) => yaml.text().and_then(|text| text_condition(text, findings)),
        YamlValue::List(items) if items.is_empty() => {
            report_empty(yaml.span, findings);
            None
        }
        YamlValue::List(items) => Some(ConditionKind::All(conditions(items, findings))),
        YamlValue::Map(entries) if entries.is_empty() => {
            report_empty(yaml.span, findings);
            None
        }
        YamlValue::Map(entries) => {
            let mut parts: Vec<Condition> =
                entries.iter().filter_map(|entry| entry_condition(entry, yaml, findings)).collect();
            match parts.pop() {
                Some(only) if parts.is_empty() && entries.len() == 1 => Some(only.kind),
                last => {
                    parts.extend(last);
                    Some(ConditionKind::All(parts))
                }
            }
        }
        YamlValue::Null | YamlValue::Bool(_) | YamlValue::Number(_) => {
            let message =
                format!("a condition is a path, a name, a list or a map, and this is {}", yaml.form());
            findings.push(
                Diagnostic::new(Code::BadCondition, yaml.span, message).help("omit it if it always holds"),
            );
            None
        }
    };
    Condition { span: yaml.span, kind: kind.unwrap_or(ConditionKind::All(Vec::new())) }
}

fn conditions(items: &[Yaml], findings: &mut Findings) -> Vec<Condition> {
    items.iter().map(|item| condition(item, findings)).collect()
}

fn report_empty(span: Span, findings: &mut Findings) {
    findings.push(
        Diagnostic::new(Code::EmptyList, span, "this condition is empty").help("omit it if it always holds"),
    );
}

fn text_condition(text: Text, findings: &mut Findings) -> Option<ConditionKind> {
    let bad = |message: &str, help: &str, findings: &mut Findings| {
        findings.push(Diagnostic::new(Code::BadCondition, text.span, message).help(help));
        None
    };
    let content = text.text.as_str();
    if is_template(content) {
        return bad(
            "a condition cannot be a template",
            "define the text under `fields:` and test the field",
            findings,
        );
    }
    let has_spaces = content.contains(' ') && !content.contains('[');
    if is_path(content) && !has_spaces {
        return Some(ConditionKind::Present(text));
    }
    if is_path(content)
        || content.starts_with(['!', '('])
        || content.starts_with("not ")
        || content.contains(['=', '<', '>', '&', '|'])
    {
        let help = "write `{ $.type: track }`, `{ $.count: { at_least: 1 } }`, `{ not: $.userId }`, `{ any: [ … ] }` or a list of conditions";
        return bad("a condition cannot be an expression", help, findings);
    }
    let named = content.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && content.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if named {
        return Some(ConditionKind::Named(Spanned::new(text.text, text.span)));
    }
    if content.starts_with(|c: char| c.is_ascii_alphabetic())
        && content.contains('.')
        && !content.contains(' ')
    {
        let path = with_root(content);
        let message = format!("a path begins with `$.`: write `{path}`");
        findings.push(Diagnostic::new(Code::PathWithoutDollar, text.span, message).fix(text.inner, path));
        return None;
    }
    bad(
        "a condition is a path, the name of a condition, a list or a map",
        "a test is written `{ $.path: … }`",
        findings,
    )
}

/// The path that was probably meant: other tools refer to the event by a name instead of `$`.
fn with_root(path: &str) -> String {
    let rest = ["event.", "message.", "msg."].iter().find_map(|root| path.strip_prefix(root));
    format!("$.{}", rest.unwrap_or(path))
}

fn entry_condition(entry: &Entry, map: &Yaml, findings: &mut Findings) -> Option<Condition> {
    let (key, value) = (&entry.key, &entry.value);
    let span = key.span.to(value.span);
    if value.is_absent() && key.node.starts_with('$') {
        let message = format!("`{}:` has no value", key.node);
        let help = format!("write `{}` without the colon to test that it is present", key.node);
        findings.push(Diagnostic::new(Code::EmptyValue, key.span, message).help(help));
        return None;
    }
    if value.is_absent() {
        report_missing_value(entry, map, findings);
        return None;
    }
    let kind = match key.node.as_str() {
        "not" => ConditionKind::Not(Box::new(condition(value, findings))),
        "any" | "all" => {
            let items = list(value, &key.node, findings);
            if items.is_empty() {
                report_empty(value.span, findings);
            }
            let items = conditions(items, findings);
            if key.node == "any" && !items.is_empty() {
                ConditionKind::Any(items)
            } else {
                ConditionKind::All(items)
            }
        }
        path if path.starts_with('$') => ConditionKind::Test(key_text(key), test(value, findings)),
        _ => unknown_key(entry, findings)?,
    };
    Some(Condition { span, kind })
}

fn unknown_key(entry: &Entry, findings: &mut Findings) -> Option<ConditionKind> {
    let (name, span) = (entry.key.node.as_str(), entry.key.span);
    // `ends_with` is no test here, but other languages have it.
    if predicate::test(name).is_some() || name == "ends_with" {
        let message = format!("`{name}` tests a value, but there is no path to that value");
        findings.push(
            Diagnostic::new(Code::BadCondition, span, message)
                .help(format!("write `{{ $.path: {{ {name}: … }} }}`")),
        );
        return None;
    }
    let other = match name.to_lowercase().as_str() {
        "or" | "one_of" => Some("any"),
        "and" => Some("all"),
        "none" => Some("not"),
        _ => None,
    };
    let near = || nearest(name, ["any", "all", "not"]).filter(|_| name.len() > 2);
    if let Some(near) = other.or_else(near) {
        let message = format!("unknown key `{name}` in a condition; did you mean `{near}`?");
        findings.push(Diagnostic::new(Code::UnknownKey, span, message).fix(span, near));
        return None;
    }
    let path = name.starts_with(|c: char| c.is_alphabetic() || c == '_') && !name.contains(' ');
    if path {
        let text = with_root(name);
        let message = format!("a path begins with `$.`: write `{text}`");
        let fix = if name.contains('[') { format!("\"{text}\"") } else { text.clone() };
        findings.push(Diagnostic::new(Code::PathWithoutDollar, span, message).fix(span, fix));
        let path = Text { text, span, inner: span, exact: false };
        return Some(ConditionKind::Test(path, test(&entry.value, findings)));
    }
    let message = format!("unknown key `{name}` in a condition");
    findings.push(
        Diagnostic::new(Code::UnknownKey, span, message)
            .help("the keys are paths such as `$.type`, and `any`, `all` and `not`"),
    );
    None
}
