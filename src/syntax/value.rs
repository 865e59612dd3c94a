//! Parses values: constants, paths, templates, maps, lists, and maps with a source verb.

use super::scalars::{boolean, element_name, list, names, report_wrong_form, text};
use super::section::{Section, VALUE, report_missing_value};
use super::step::pipeline;
use super::yaml::{Entry, Yaml, YamlValue};
use super::{Member, Name, Required, ValueKind, ValueNode, ValueRule, ValueSource, condition};
use crate::diag::{Code, Diagnostic, Findings, nearest};
use crate::source::{Span, Spanned};

/// Keys that name the source of a value. `template` is a source only if no other verb is present.
pub(crate) const VERBS: [&str; 7] = ["from", "literal", "template", "merge", "concat", "for_each", "object"];
/// Keys that modify a value, apart from `when`.
pub(crate) const MODIFIERS: [&str; 8] =
    ["only", "except", "transform", "invalid", "default", "required", "keep_empty", "make"];

/// Whether text is a path.
pub(super) fn is_path(text: &str) -> bool {
    text.strip_prefix('$').is_some_and(|rest| {
        rest.is_empty() || rest.starts_with(|c: char| c == '.' || c == '[' || c == '_' || c.is_alphabetic())
    })
}

/// Whether text is a template.
pub(super) fn is_template(text: &str) -> bool {
    text.as_bytes().windows(2).any(|open| matches!(open, b"{{" | b"{%" | b"{#"))
}

/// Parses a value. One that cannot be read is reported and becomes a constant.
pub(super) fn read_value(yaml: &Yaml, findings: &mut Findings) -> ValueNode {
    let constant = || ValueKind::Constant(yaml.clone());
    let kind = match &yaml.node {
        YamlValue::Text(plain) => match yaml.text() {
            Some(text) if is_path(plain) => ValueKind::Path(text),
            Some(text) if is_template(plain) => ValueKind::Template(text),
            _ => constant(),
        },
        YamlValue::List(items) if !items.is_empty() => ValueKind::List(values(items, findings)),
        YamlValue::Map(entries) if !entries.is_empty() => map(yaml, entries, findings),
        _ => constant(),
    };
    ValueNode { span: yaml.span, kind }
}

/// Parses a value under `fields:`, where a list is short for `from:`.
pub(super) fn field(yaml: &Yaml, findings: &mut Findings) -> ValueNode {
    let YamlValue::List(items) = &yaml.node else { return read_value(yaml, findings) };
    if items.is_empty() {
        findings.push(
            Diagnostic::new(Code::EmptyList, yaml.span, "this list is empty")
                .help("write `{ literal: [] }` for an empty list"),
        );
    }
    let rule = rule_with_source(yaml.span, ValueSource::From(values(items, findings)));
    ValueNode { span: yaml.span, kind: ValueKind::Rule(Box::new(rule)) }
}

fn values(items: &[Yaml], findings: &mut Findings) -> Vec<ValueNode> {
    let mut values = Vec::with_capacity(items.len());
    for item in items {
        if item.is_absent() {
            let finding = Diagnostic::new(Code::EmptyValue, item.span, "this list item is empty");
            findings.push(finding.help("write a value, or remove the line"));
        } else {
            values.push(read_value(item, findings));
        }
    }
    values
}

fn rule_with_source(verb: Span, source: ValueSource) -> ValueRule {
    ValueRule {
        verb,
        when: None,
        source,
        only: None,
        except: None,
        transform: Vec::new(),
        template: None,
        invalid: None,
        default: None,
        required: None,
        keep_empty: None,
    }
}

fn map(yaml: &Yaml, entries: &[Entry], findings: &mut Findings) -> ValueKind {
    if entries.iter().any(|entry| VERBS.contains(&entry.key.node.as_str())) {
        return match Section::read(yaml, &VALUE, findings).and_then(|section| rule(&section, findings)) {
            Some(rule) => ValueKind::Rule(Box::new(rule)),
            None => ValueKind::Constant(yaml.clone()),
        };
    }
    if let Some(kind) = without_verb(yaml, entries, findings) {
        return kind;
    }
    let mut when = None;
    let mut members = Vec::with_capacity(entries.len());
    for entry in entries {
        if entry.key.node == "when" && !entry.value.is_absent() {
            when = Some(condition(&entry.value, findings));
        } else {
            members.extend(member(entry, yaml, findings));
        }
    }
    ValueKind::Map(members, when)
}

fn member(entry: &Entry, map: &Yaml, findings: &mut Findings) -> Option<Member> {
    let key = &entry.key;
    if is_template(&key.node) || key.node.starts_with("$.") || key.node.starts_with("$[") {
        if entry.value.is_absent() {
            let message = format!("`{}` in `{{ }}` is a key without a value", key.node);
            findings.push(
                Diagnostic::new(Code::ComputedKey, key.span, message)
                    .help(format!("to use its value, write `{}` without the braces", key.node)),
            );
            return None;
        }
        let message =
            format!("the key `{}` would be sent literally: keys cannot contain paths or templates", key.node);
        findings.push(
            Diagnostic::new(Code::ComputedKey, key.span, message)
                .help("`transform: { rename: { old: new } }` changes keys"),
        );
    }
    if entry.value.is_absent() {
        report_missing_value(entry, map, findings);
        return None;
    }
    Some(Member { key: key.clone(), value: read_value(&entry.value, findings) })
}

/// Handles a map without a verb that has only modifiers or a misspelt verb. `None` for a plain map of values.
fn without_verb(yaml: &Yaml, entries: &[Entry], findings: &mut Findings) -> Option<ValueKind> {
    let candidates: Vec<&Entry> = entries
        .iter()
        .filter(|e| e.key.node != "when" && !MODIFIERS.contains(&e.key.node.as_str()))
        .collect();
    let modified = entries.iter().any(|e| MODIFIERS.contains(&e.key.node.as_str()));
    match candidates.as_slice() {
        [] => {
            let first = &entries[0].key;
            let message = "this value has no source: add `from:` or another source verb";
            let finding = Diagnostic::new(Code::NothingToRead, first.span, message)
                .label("modifies a value, but there is none");
            findings.push(finding.help(VALUE.help));
            Some(ValueKind::Constant(Yaml { node: YamlValue::Null, ..yaml.clone() }))
        }
        [candidate] => {
            let name = candidate.key.node.as_str();
            let looks_like_source =
                candidate.value.items().is_some() || candidate.value.words().is_some_and(is_path);
            if !(modified || looks_like_source) {
                return None;
            }
            let near = nearest(name, VERBS.iter().copied())
                .or_else(|| (name == "for" || name == "src").then_some("from"))?;
            let message = format!("this value has no source; did you mean `{near}` instead of `{name}`?");
            let help = format!("put it inside `object:` if you mean to send a key `{name}`");
            findings.push(
                Diagnostic::new(Code::MisspeltVerb, candidate.key.span, message)
                    .help(help)
                    .fix(candidate.key.span, near),
            );
            let mut corrected = yaml.clone();
            if let YamlValue::Map(entries) = &mut corrected.node {
                entries
                    .iter_mut()
                    .filter(|e| e.key.node == name)
                    .for_each(|e| near.clone_into(&mut e.key.node));
            }
            Some(read_value(&corrected, findings).kind)
        }
        _ => None,
    }
}

fn rule(section: &Section<'_>, findings: &mut Findings) -> Option<ValueRule> {
    let verbs = section
        .entries()
        .iter()
        .filter(|(key, entry)| VERBS.contains(key) && *key != "template" && entry.key.node == *key);
    let verbs: Vec<_> = verbs.collect();
    let (key, entry) = verbs
        .first()
        .copied()
        .copied()
        .or_else(|| section.get("template").map(|entry| ("template", entry)))?;
    for (other, second) in verbs.iter().skip(1) {
        let message = format!("`{key}` and `{other}` cannot be used together: a value has one source");
        findings.push(
            Diagnostic::new(Code::ExclusiveKeys, second.key.span, message)
                .related(entry.key.span, format!("`{key}` is here")),
        );
    }
    let mut rule = rule_with_source(entry.key.span, source(key, entry, section, findings)?);
    if key != "for_each" {
        ["make", "as"]
            .iter()
            .filter_map(|lonely| section.get(lonely))
            .for_each(|entry| report_lonely_key(entry, "for_each", findings));
    }
    if key != "template" {
        rule.template = section.value("template").and_then(|yaml| text(yaml, "template", findings));
    }
    read_modifiers(&mut rule, section, findings);
    Some(rule)
}

fn source(key: &str, entry: &Entry, section: &Section<'_>, findings: &mut Findings) -> Option<ValueSource> {
    let value = &entry.value;
    let non_empty = |findings: &mut Findings| {
        let items = list(value, key, findings);
        if items.is_empty() {
            findings.push(Diagnostic::new(Code::EmptyList, value.span, format!("`{key}` is empty")));
        }
        values(items, findings)
    };
    Some(match key {
        "from" if value.items().is_none() => ValueSource::From(vec![read_value(value, findings)]),
        "from" => ValueSource::From(non_empty(findings)),
        "merge" => ValueSource::Merge(non_empty(findings)),
        "concat" => ValueSource::Concat(non_empty(findings)),
        "literal" => ValueSource::Literal(value.clone()),
        "template" => ValueSource::Template(text(value, "template", findings)?),
        "for_each" => {
            let each = Box::new(read_value(value, findings));
            let Some(make) = section.value("make") else {
                report_lonely_key(entry, "make", findings);
                return None;
            };
            let element = section.value("as").and_then(|yaml| element_name(yaml, findings));
            ValueSource::ForEach(each, element, Box::new(read_value(make, findings)))
        }
        "object" => {
            let Some(entries) = value.entries() else {
                report_wrong_form(value, key, "a map", findings);
                return None;
            };
            ValueSource::Object(entries.iter().filter_map(|entry| member(entry, value, findings)).collect())
        }
        verb => unreachable!("`{verb}` is in `VERBS`, and this function does not read it"),
    })
}

/// Reports a key that has no effect without another one.
pub(super) fn report_lonely_key(entry: &Entry, other: &str, findings: &mut Findings) {
    let message = format!("`{}` has no effect without `{other}`", entry.key.node);
    findings.push(
        Diagnostic::new(Code::LonelyKey, entry.key.span, message).label(format!("`{other}` is missing")),
    );
}

fn read_modifiers(rule: &mut ValueRule, section: &Section<'_>, findings: &mut Findings) {
    rule.when = section.value("when").map(|yaml| condition(yaml, findings));
    rule.only = section.value("only").map(|yaml| (yaml.span, keys(yaml, "only", findings)));
    rule.except = section.value("except").map(|yaml| (yaml.span, keys(yaml, "except", findings)));
    rule.transform = section.value("transform").map(|yaml| pipeline(yaml, findings)).unwrap_or_default();
    rule.invalid = section.value("invalid").and_then(|yaml| text(yaml, "invalid", findings));
    rule.default = section.get("default").map(|entry| (entry.key.span, read_value(&entry.value, findings)));
    rule.required =
        section.get("required").and_then(|entry| Some((entry.key.span, required(&entry.value, findings)?)));
    rule.keep_empty = section.value("keep_empty").and_then(|yaml| boolean(yaml, "keep_empty", findings));
}

/// Parses a list of keys. A single path is read as a key, which is reported where paths are.
fn keys(yaml: &Yaml, key: &str, findings: &mut Findings) -> Vec<Name> {
    match &yaml.node {
        YamlValue::Text(path) if path.starts_with('$') => vec![Spanned::new(path.clone(), yaml.span)],
        _ => names(yaml, key, findings),
    }
}

/// Parses `required:`: `true` or an error message.
pub(super) fn required(yaml: &Yaml, findings: &mut Findings) -> Option<Required> {
    match &yaml.node {
        YamlValue::Bool(true) => Some(Required::Standard(yaml.span)),
        YamlValue::Text(_) => text(yaml, "required", findings).map(Required::Message),
        YamlValue::Bool(false) => {
            let message = "`required: false` has no effect: omit it";
            findings.push(Diagnostic::new(Code::WrongForm, yaml.span, message));
            None
        }
        _ => {
            report_wrong_form(yaml, "required", "`true` or an error message", findings);
            None
        }
    }
}
