//! Values as they are written: constants, paths, templates, maps, lists, and rules with one source verb.

use super::scalars::{flag, list, names, text, wrong};
use super::section::{Table, VALUE, absent};
use super::step::pipeline;
use super::yaml::{Entry, Yaml, YamlValue};
use super::{Member, Required, ValueKind, ValueNode, ValueRule, ValueSource, condition};
use crate::diag::{Code, Diagnostic, Findings, nearest};
use crate::source::Span;

/// Keys that say where a value comes from. `template` does so only when it stands alone.
pub(crate) const VERBS: [&str; 7] = ["from", "literal", "template", "merge", "concat", "for_each", "object"];
/// Keys that change a value, apart from `when`.
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

/// A value. What is wrong in it is a finding, and a constant in the tree.
pub(super) fn written(yaml: &Yaml, findings: &mut Findings) -> ValueNode {
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

/// A value under `fields:`, where a list is the short form of `from:`.
pub(super) fn field(yaml: &Yaml, findings: &mut Findings) -> ValueNode {
    let YamlValue::List(items) = &yaml.node else { return written(yaml, findings) };
    if items.is_empty() {
        findings.push(
            Diagnostic::new(Code::EmptyList, yaml.span, "no value stands in this list")
                .help("write `{ literal: [] }` for an empty list"),
        );
    }
    let rule = rule_from(yaml.span, ValueSource::From(values(items, findings)));
    ValueNode { span: yaml.span, kind: ValueKind::Rule(Box::new(rule)) }
}

fn values(items: &[Yaml], findings: &mut Findings) -> Vec<ValueNode> {
    let mut values = Vec::with_capacity(items.len());
    for item in items {
        if item.is_absent() {
            let found = Diagnostic::new(Code::EmptyValue, item.span, "nothing stands behind this `-`");
            findings.push(found.help("write a value, or remove the line"));
        } else {
            values.push(written(item, findings));
        }
    }
    values
}

fn rule_from(verb: Span, source: ValueSource) -> ValueRule {
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
        return match Table::read(yaml, &VALUE, findings).and_then(|table| rule(&table, findings)) {
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
                    .help(format!("write `{}` without the braces for its value", key.node)),
            );
            return None;
        }
        let message = format!(
            "the key `{}` would be sent as it is written: keys hold no paths and no templates",
            key.node
        );
        findings.push(
            Diagnostic::new(Code::ComputedKey, key.span, message)
                .help("`transform: { rename: { old: new } }` changes keys"),
        );
    }
    if entry.value.is_absent() {
        absent(entry, map, findings);
        return None;
    }
    Some(Member { key: key.clone(), value: written(&entry.value, findings) })
}

/// A map with modifiers and nothing that they could change, or with a misspelt verb.
fn without_verb(yaml: &Yaml, entries: &[Entry], findings: &mut Findings) -> Option<ValueKind> {
    let others: Vec<&Entry> = entries
        .iter()
        .filter(|e| e.key.node != "when" && !MODIFIERS.contains(&e.key.node.as_str()))
        .collect();
    let modified = entries.iter().any(|e| MODIFIERS.contains(&e.key.node.as_str()));
    match others.as_slice() {
        [] => {
            let first = &entries[0].key;
            let message = "nothing to read here: add `from:`, or what else the value is made of";
            let found = Diagnostic::new(Code::NothingToRead, first.span, message)
                .label("changes a value, and there is none");
            findings.push(found.help(VALUE.advice));
            Some(ValueKind::Constant(Yaml { node: YamlValue::Null, ..yaml.clone() }))
        }
        [one] => {
            let name = one.key.node.as_str();
            let source = one.value.items().is_some() || one.value.words().is_some_and(is_path);
            if !(modified || source) {
                return None;
            }
            let near = nearest(name, VERBS.iter().copied())
                .or_else(|| (name == "for" || name == "src").then_some("from"))?;
            let message = format!("nothing to read here; did you mean `{near}` instead of `{name}`?");
            let help = format!("write `object:` around it if a key `{name}` is meant to be sent");
            findings.push(
                Diagnostic::new(Code::MisspeltVerb, one.key.span, message).help(help).fix(one.key.span, near),
            );
            let mut meant = yaml.clone();
            if let YamlValue::Map(entries) = &mut meant.node {
                entries
                    .iter_mut()
                    .filter(|e| e.key.node == name)
                    .for_each(|e| near.clone_into(&mut e.key.node));
            }
            Some(written(&meant, findings).kind)
        }
        _ => None,
    }
}

fn rule(table: &Table<'_>, findings: &mut Findings) -> Option<ValueRule> {
    let verbs = table
        .entries()
        .iter()
        .filter(|(key, entry)| VERBS.contains(key) && *key != "template" && entry.key.node == *key);
    let verbs: Vec<_> = verbs.collect();
    let (key, entry) =
        verbs.first().copied().copied().or_else(|| table.get("template").map(|entry| ("template", entry)))?;
    for (other, second) in verbs.iter().skip(1) {
        let message = format!("`{key}` and `{other}` exclude each other: a value has one source");
        findings.push(
            Diagnostic::new(Code::ExclusiveKeys, second.key.span, message)
                .related(entry.key.span, format!("`{key}` stands here")),
        );
    }
    let mut rule = rule_from(entry.key.span, source(key, entry, table, findings)?);
    if key != "for_each"
        && let Some(make) = table.get("make")
    {
        needs(make, "for_each", findings);
    }
    if key != "template" {
        rule.template = table.value("template").and_then(|yaml| text(yaml, "template", findings));
    }
    modify(&mut rule, table, findings);
    Some(rule)
}

fn source(key: &str, entry: &Entry, table: &Table<'_>, findings: &mut Findings) -> Option<ValueSource> {
    let value = &entry.value;
    let filled = |findings: &mut Findings| {
        let items = list(value, key, findings);
        if items.is_empty() {
            findings.push(Diagnostic::new(
                Code::EmptyList,
                value.span,
                format!("no value stands in `{key}`"),
            ));
        }
        values(items, findings)
    };
    Some(match key {
        "from" if value.items().is_none() => ValueSource::From(vec![written(value, findings)]),
        "from" => ValueSource::From(filled(findings)),
        "merge" => ValueSource::Merge(filled(findings)),
        "concat" => ValueSource::Concat(filled(findings)),
        "literal" => ValueSource::Literal(value.clone()),
        "template" => ValueSource::Template(text(value, "template", findings)?),
        "for_each" => {
            let each = Box::new(written(value, findings));
            let Some(make) = table.value("make") else {
                needs(entry, "make", findings);
                return None;
            };
            ValueSource::ForEach(each, Box::new(written(make, findings)))
        }
        _ => {
            let Some(entries) = value.entries() else {
                wrong(value, key, "a map", findings);
                return None;
            };
            ValueSource::Object(entries.iter().filter_map(|entry| member(entry, value, findings)).collect())
        }
    })
}

/// Reports a key that means nothing without another.
pub(super) fn needs(entry: &Entry, other: &str, findings: &mut Findings) {
    let message = format!("`{}` means something only beside `{other}`", entry.key.node);
    findings.push(
        Diagnostic::new(Code::LonelyKey, entry.key.span, message).label(format!("`{other}` is missing")),
    );
}

fn modify(rule: &mut ValueRule, table: &Table<'_>, findings: &mut Findings) {
    rule.when = table.value("when").map(|yaml| condition(yaml, findings));
    rule.only = table.value("only").map(|yaml| (yaml.span, names(yaml, "only", findings)));
    rule.except = table.value("except").map(|yaml| (yaml.span, names(yaml, "except", findings)));
    rule.transform = table.value("transform").map(|yaml| pipeline(yaml, findings)).unwrap_or_default();
    rule.invalid = table.value("invalid").and_then(|yaml| text(yaml, "invalid", findings));
    rule.default = table.get("default").map(|entry| (entry.key.span, written(&entry.value, findings)));
    rule.required =
        table.get("required").and_then(|entry| Some((entry.key.span, required(&entry.value, findings)?)));
    rule.keep_empty = table.value("keep_empty").and_then(|yaml| flag(yaml, "keep_empty", findings));
}

/// `required:`: `true` or the error's text.
pub(super) fn required(yaml: &Yaml, findings: &mut Findings) -> Option<Required> {
    match &yaml.node {
        YamlValue::Bool(true) => Some(Required::Standard(yaml.span)),
        YamlValue::Text(_) => text(yaml, "required", findings).map(Required::Words),
        YamlValue::Bool(false) => {
            let message = "`required: false` says nothing: leave it out";
            findings.push(Diagnostic::new(Code::WrongForm, yaml.span, message));
            None
        }
        _ => {
            wrong(yaml, "required", "`true` or the text of the error", findings);
            None
        }
    }
}
