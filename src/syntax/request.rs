//! Rules and requests; what a batch is and what an answer means.

use super::names;
use super::scalars::{choice, count, flag, list, name, names, text, wrong};
use super::section::{BATCH, CHECK, MESSAGES, PARTIAL, REQUEST, RESPONSE, RULE, SHARED, SectionKeys, Table};
use super::value::{needs, written};
use super::yaml::{Yaml, YamlValue};
use super::{
    Action, Batch, Check, Condition, Name, Request, Response, Rule, Text, ValueRule, ValueSource, Visit,
    condition,
};
use crate::diag::{Code, Diagnostic, Findings};
use crate::source::{Span, Spanned};

const KINDS: [&str; 2] = ["instrumentation", "configuration"];
const FORMATS: [&str; 3] = ["json", "json_array", "form"];

/// A rule and where it stands among those of another mapping.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) rule: Rule,
    /// `before:`.
    pub(super) before: Option<Name>,
    /// `after:`.
    pub(super) after: Option<Name>,
}

/// An entry of `rules:`.
pub(super) fn rule(yaml: &Yaml, findings: &mut Findings) -> Option<Placed> {
    let table = Table::read(yaml, &RULE, findings)?;
    let named = table.value("name").and_then(|yaml| name(yaml, "name", findings));
    if let Some(name) = &named {
        rule_name(name, findings);
    }
    // A rule without a name is still read, under one that no author can write.
    let named = named.unwrap_or_else(|| Spanned::new(format!("#{}", yaml.span.start), table.head));
    let when = table.value("when").map(|yaml| condition(yaml, findings));
    let require = table.value("require").map(|yaml| list(yaml, "require", findings)).unwrap_or_default();
    let require = require.iter().filter_map(|yaml| check(yaml, findings)).collect();
    // Whatever it does not do properly is a finding; its name stays known.
    let action = action(&table, findings).unwrap_or(Action::Drop(None));
    let place =
        |key: &str, findings: &mut Findings| table.value(key).and_then(|yaml| name(yaml, key, findings));
    let (before, after) = (place("before", findings), place("after", findings));
    if let (Some(_), Some(after), Some(first)) = (&before, table.get("after"), table.get("before")) {
        exclude("before", first.key.span, "after", after.key.span, findings);
    }
    Some(Placed { rule: Rule { name: named, when, require, action }, before, after })
}

fn rule_name(name: &Name, findings: &mut Findings) {
    if !names::RULE.allows(&name.node) {
        let message = format!("the name of a rule {}", names::RULE.words);
        findings.push(Diagnostic::new(Code::BadName, name.span, message));
    }
}

fn exclude(first: &str, at: Span, second: &str, span: Span, findings: &mut Findings) {
    let message = format!("`{first}` and `{second}` exclude each other");
    findings.push(
        Diagnostic::new(Code::ExclusiveKeys, span, message).related(at, format!("`{first}` stands here")),
    );
}

fn action(table: &Table<'_>, findings: &mut Findings) -> Option<Action> {
    let mut does = table.entries().iter().filter(|(key, _)| ["request", "fail", "drop"].contains(key));
    let Some(&(key, entry)) = does.next() else {
        let idle = !["request", "fail", "drop"].iter().any(|key| table.has(key));
        let message = match (table.has("name"), idle) {
            (true, false) => return None,
            (true, true) => "this rule does nothing: add `request:`, `fail:` or `drop:`",
            (false, true) => "a rule needs a `name:`, and one of `request:`, `fail:` and `drop:`",
            (false, false) => "a rule needs `name:`",
        };
        findings.push(Diagnostic::new(Code::MissingKey, table.head, message));
        return None;
    };
    table.need(&["name"], findings);
    for (other, second) in does {
        exclude(key, entry.key.span, other, second.key.span, findings);
    }
    let value = &entry.value;
    if key != "fail"
        && let Some(kind) = table.get("kind")
    {
        needs(kind, "fail", findings);
    }
    match key {
        "request" => {
            let requests = value.items().unwrap_or(std::slice::from_ref(value));
            if requests.is_empty() {
                findings.push(Diagnostic::new(Code::EmptyList, value.span, "no request stands in this list"));
            }
            let requests = requests.iter().filter_map(|yaml| request(yaml, &REQUEST, findings));
            Some(Action::Request(requests.collect()))
        }
        "fail" => {
            let kind = table.value("kind").and_then(|yaml| choice(yaml, "kind", &KINDS, findings));
            Some(Action::Fail(text(value, "fail", findings)?, kind))
        }
        _ => match &value.node {
            YamlValue::Bool(true) => Some(Action::Drop(None)),
            YamlValue::Text(_) => Some(Action::Drop(text(value, "drop", findings))),
            _ => {
                wrong(value, "drop", "`true` or the reason", findings);
                None
            }
        },
    }
}

fn check(yaml: &Yaml, findings: &mut Findings) -> Option<Check> {
    let table = Table::read(yaml, &CHECK, findings)?;
    table.need(&["check", "error"], findings);
    let check = table.value("check").map(|yaml| condition(yaml, findings));
    let error = table.value("error").and_then(|yaml| text(yaml, "error", findings));
    let kind = table.value("kind").and_then(|yaml| choice(yaml, "kind", &KINDS, findings));
    Some(Check { check: check?, error: error?, kind })
}

/// The request that all rules share.
pub(super) fn shared(yaml: &Yaml, findings: &mut Findings) -> Option<Request> {
    request(yaml, &SHARED, findings)
}

fn request(yaml: &Yaml, shape: &'static SectionKeys, findings: &mut Findings) -> Option<Request> {
    let table = Table::read(yaml, shape, findings)?;
    let value = |key: &str, findings: &mut Findings| table.value(key).map(|yaml| written(yaml, findings));
    let request = Request {
        span: table.span,
        when: table.value("when").map(|yaml| condition(yaml, findings)),
        for_each: value("for_each", findings),
        method: table.value("method").and_then(|yaml| name(yaml, "method", findings)),
        endpoint: value("endpoint", findings),
        label: value("label", findings),
        headers: value("headers", findings),
        params: value("params", findings),
        body: value("body", findings),
        format: table.value("format").and_then(|yaml| choice(yaml, "format", &FORMATS, findings)),
        user: value("user", findings),
    };
    for (key, value) in
        [("endpoint", &request.endpoint), ("label", &request.label), ("headers", &request.headers)]
    {
        if let Some(value) = value {
            OneLine { key, findings }.visit_value(value);
        }
    }
    Some(request)
}

/// A line break cannot be sent in an address or a header: looks for one at the end of every text that goes there.
struct OneLine<'a> {
    key: &'a str,
    findings: &'a mut Findings,
}

impl Visit<'_> for OneLine<'_> {
    fn visit_value_rule(&mut self, rule: &ValueRule) {
        match &rule.source {
            ValueSource::ForEach(_, make) => self.visit_value(make),
            source => self.visit_source(source),
        }
    }

    fn visit_condition(&mut self, _: &Condition) {}

    fn visit_template(&mut self, text: &Text) {
        break_at_end(Some(text), self.key, self.findings);
    }

    fn visit_constant(&mut self, constant: &Yaml) {
        break_at_end(constant.text().as_ref(), self.key, self.findings);
    }
}

fn break_at_end(text: Option<&Text>, key: &str, findings: &mut Findings) {
    let Some(text) = text.filter(|text| text.text.ends_with('\n')) else { return };
    // A block is shown by its sign, text in quotes as a whole.
    let block = text.inner.start > text.span.start + 1;
    let sign = if block { text.span.inside(0..1) } else { text.span };
    let message = format!("this ends with a line break, which cannot be sent in `{key}`");
    let found = Diagnostic::new(Code::TrailingNewline, sign, message);
    findings.push(found.help("write `>-` or `|-`: it drops the last line break"));
}

/// `batch:`.
pub(super) fn batch(yaml: &Yaml, findings: &mut Findings) -> Option<Batch> {
    let table = Table::read(yaml, &BATCH, findings)?;
    let value = |key: &str, findings: &mut Findings| table.value(key).map(|yaml| written(yaml, findings));
    let limit =
        |key: &str, findings: &mut Findings| table.value(key).and_then(|yaml| count(yaml, key, findings));
    let words =
        |key: &str, findings: &mut Findings| table.value(key).and_then(|yaml| text(yaml, key, findings));
    Some(Batch {
        span: table.span,
        rules: table.value("rules").map(|yaml| names(yaml, "rules", findings)).unwrap_or_default(),
        max_items: limit("max_items", findings),
        max_bytes: limit("max_bytes", findings),
        max_item_bytes: limit("max_item_bytes", findings),
        max_item_error: words("max_item_error", findings),
        items: words("items", findings),
        wrap: value("wrap", findings),
        headers: value("headers", findings),
        report_as_batched: table
            .value("report_as_batched")
            .and_then(|yaml| flag(yaml, "report_as_batched", findings)),
    })
}

/// `response:`.
pub(super) fn response(yaml: &Yaml, findings: &mut Findings) -> Option<Response> {
    let table = Table::read(yaml, &RESPONSE, findings)?;
    let mut response = Response { values: Vec::new(), conditions: Vec::new() };
    if let Some(messages) = table.value("messages").and_then(|yaml| Table::read(yaml, &MESSAGES, findings)) {
        response.values.extend(messages.entries().iter().map(|(_, entry)| written(&entry.value, findings)));
    }
    if let Some(partial) = table.value("partial").and_then(|yaml| Table::read(yaml, &PARTIAL, findings)) {
        for (key, entry) in partial.entries() {
            if *key == "when" {
                response.conditions.push(condition(&entry.value, findings));
            } else {
                response.values.push(written(&entry.value, findings));
            }
        }
    }
    Some(response)
}
