//! Parses rules, requests, `batch:` and `response:`.

use super::names;
use super::scalars::{
    boolean, choice, element_name, list, name, names, positive_integer, report_wrong_form, text,
};
use super::section::{
    BATCH, CHECK, MESSAGES, PARTIAL, REQUEST, RESPONSE, RULE, SHARED, Section, SectionKeys,
};
use super::value::{read_value, report_lonely_key};
use super::yaml::{Yaml, YamlValue};
use super::{
    Action, Batch, Check, Condition, Name, Request, Response, Rule, Text, ValueRule, ValueSource, Visit,
    condition,
};
use crate::diag::{Code, Diagnostic, Findings};
use crate::source::{Span, Spanned};

const ERROR_KINDS: [&str; 2] = ["instrumentation", "configuration"];
const FORMATS: [&str; 3] = ["json", "json_array", "form"];

/// A rule and its position relative to the rules of the extended mapping.
#[derive(Clone, Debug)]
pub(super) struct PlacedRule {
    pub(super) rule: Rule,
    /// `before:`.
    pub(super) before: Option<Name>,
    /// `after:`.
    pub(super) after: Option<Name>,
}

/// An entry of `rules:`.
pub(super) fn rule(yaml: &Yaml, findings: &mut Findings) -> Option<PlacedRule> {
    let section = Section::read(yaml, &RULE, findings)?;
    let named = section.value("name").and_then(|yaml| name(yaml, "name", findings));
    if let Some(name) = &named {
        rule_name(name, findings);
    }
    // A rule without a name is still read, under a name that no author can write.
    let named = named.unwrap_or_else(|| Spanned::new(format!("#{}", yaml.span.start), section.head));
    let when = section.value("when").map(|yaml| condition(yaml, findings));
    let require = section.value("require").map(|yaml| list(yaml, "require", findings)).unwrap_or_default();
    let require = require.iter().filter_map(|yaml| check(yaml, findings)).collect();
    // An action that cannot be read has been reported; the rule's name stays defined.
    let action = action(&section, findings).unwrap_or(Action::Drop(None));
    let place =
        |key: &str, findings: &mut Findings| section.value(key).and_then(|yaml| name(yaml, key, findings));
    let (before, after) = (place("before", findings), place("after", findings));
    if let (Some(_), Some(after), Some(first)) = (&before, section.get("after"), section.get("before")) {
        report_exclusive("before", first.key.span, "after", after.key.span, findings);
    }
    Some(PlacedRule { rule: Rule { name: named, when, require, action }, before, after })
}

fn rule_name(name: &Name, findings: &mut Findings) {
    if !names::RULE.allows(&name.node) {
        let message = format!("the name of a rule {}", names::RULE.description);
        findings.push(Diagnostic::new(Code::BadName, name.span, message));
    }
}

fn report_exclusive(first: &str, first_span: Span, second: &str, second_span: Span, findings: &mut Findings) {
    let message = format!("`{first}` and `{second}` cannot be used together");
    findings.push(
        Diagnostic::new(Code::ExclusiveKeys, second_span, message)
            .related(first_span, format!("`{first}` is here")),
    );
}

fn action(section: &Section<'_>, findings: &mut Findings) -> Option<Action> {
    let mut actions = section.entries().iter().filter(|(key, _)| ["request", "fail", "drop"].contains(key));
    let Some(&(key, entry)) = actions.next() else {
        let no_action = !["request", "fail", "drop"].iter().any(|key| section.has(key));
        let message = match (section.has("name"), no_action) {
            (true, false) => return None,
            (true, true) => "this rule does nothing: add `request:`, `fail:` or `drop:`",
            (false, true) => "a rule needs a `name:`, and one of `request:`, `fail:` and `drop:`",
            (false, false) => "a rule needs `name:`",
        };
        findings.push(Diagnostic::new(Code::MissingKey, section.head, message));
        return None;
    };
    section.require_keys(&["name"], findings);
    for (other, second) in actions {
        report_exclusive(key, entry.key.span, other, second.key.span, findings);
    }
    let value = &entry.value;
    if key != "fail"
        && let Some(kind) = section.get("kind")
    {
        report_lonely_key(kind, "fail", findings);
    }
    match key {
        "request" => {
            let requests = value.items().unwrap_or(std::slice::from_ref(value));
            if requests.is_empty() {
                findings.push(Diagnostic::new(Code::EmptyList, value.span, "this list of requests is empty"));
            }
            let requests = requests.iter().filter_map(|yaml| request(yaml, &REQUEST, findings));
            Some(Action::Request(requests.collect()))
        }
        "fail" => {
            let kind = section.value("kind").and_then(|yaml| choice(yaml, "kind", &ERROR_KINDS, findings));
            Some(Action::Fail(text(value, "fail", findings)?, kind))
        }
        _ => match &value.node {
            YamlValue::Bool(true) => Some(Action::Drop(None)),
            YamlValue::Text(_) => Some(Action::Drop(text(value, "drop", findings))),
            _ => {
                report_wrong_form(value, "drop", "`true` or the reason", findings);
                None
            }
        },
    }
}

fn check(yaml: &Yaml, findings: &mut Findings) -> Option<Check> {
    let section = Section::read(yaml, &CHECK, findings)?;
    section.require_keys(&["check", "error"], findings);
    let check = section.value("check").map(|yaml| condition(yaml, findings));
    let error = section.value("error").and_then(|yaml| text(yaml, "error", findings));
    let kind = section.value("kind").and_then(|yaml| choice(yaml, "kind", &ERROR_KINDS, findings));
    Some(Check { check: check?, error: error?, kind })
}

/// The part of the request that all rules share.
pub(super) fn shared(yaml: &Yaml, findings: &mut Findings) -> Option<Request> {
    request(yaml, &SHARED, findings)
}

fn request(yaml: &Yaml, keys: &'static SectionKeys, findings: &mut Findings) -> Option<Request> {
    let section = Section::read(yaml, keys, findings)?;
    let value =
        |key: &str, findings: &mut Findings| section.value(key).map(|yaml| read_value(yaml, findings));
    let request = Request {
        span: section.span,
        when: section.value("when").map(|yaml| condition(yaml, findings)),
        for_each: value("for_each", findings),
        element: section.value("as").and_then(|yaml| element_name(yaml, findings)),
        method: section.value("method").and_then(|yaml| name(yaml, "method", findings)),
        endpoint: value("endpoint", findings),
        label: value("label", findings),
        headers: value("headers", findings),
        params: value("params", findings),
        body: value("body", findings),
        format: section.value("format").and_then(|yaml| choice(yaml, "format", &FORMATS, findings)),
        user: value("user", findings),
    };
    if request.for_each.is_none()
        && let Some(entry) = section.get("as")
    {
        report_lonely_key(entry, "for_each", findings);
    }
    for (key, value) in
        [("endpoint", &request.endpoint), ("label", &request.label), ("headers", &request.headers)]
    {
        if let Some(value) = value {
            TrailingNewlineCheck { key, findings }.visit_value(value);
        }
    }
    Some(request)
}

/// Reports texts that end with a line break, which cannot be sent in an address or a header.
struct TrailingNewlineCheck<'a> {
    key: &'a str,
    findings: &'a mut Findings,
}

impl Visit<'_> for TrailingNewlineCheck<'_> {
    fn visit_value_rule(&mut self, rule: &ValueRule) {
        match &rule.source {
            ValueSource::ForEach(_, _, make) => self.visit_value(make),
            source => self.visit_source(source),
        }
    }

    fn visit_condition(&mut self, _: &Condition) {}

    fn visit_template(&mut self, text: &Text) {
        check_trailing_newline(Some(text), self.key, self.findings);
    }

    fn visit_constant(&mut self, constant: &Yaml) {
        check_trailing_newline(constant.text().as_ref(), self.key, self.findings);
    }
}

fn check_trailing_newline(text: Option<&Text>, key: &str, findings: &mut Findings) {
    let Some(text) = text.filter(|text| text.text.ends_with('\n')) else { return };
    // For a block scalar, point at its `|` or `>`; for quoted text, at all of it.
    let is_block = text.inner.start > text.span.start + 1;
    let place = if is_block { text.span.inside(0..1) } else { text.span };
    let message = format!("this ends with a line break, which cannot be sent in `{key}`");
    let finding = Diagnostic::new(Code::TrailingNewline, place, message);
    findings.push(finding.help("write `>-` or `|-`, which drop the last line break"));
}

/// `batch:`.
pub(super) fn batch(yaml: &Yaml, findings: &mut Findings) -> Option<Batch> {
    let section = Section::read(yaml, &BATCH, findings)?;
    let value =
        |key: &str, findings: &mut Findings| section.value(key).map(|yaml| read_value(yaml, findings));
    let limit = |key: &str, findings: &mut Findings| {
        section.value(key).and_then(|yaml| positive_integer(yaml, key, findings))
    };
    let read_text =
        |key: &str, findings: &mut Findings| section.value(key).and_then(|yaml| text(yaml, key, findings));
    Some(Batch {
        span: section.span,
        rules: section.value("rules").map(|yaml| names(yaml, "rules", findings)).unwrap_or_default(),
        max_items: limit("max_items", findings),
        max_bytes: limit("max_bytes", findings),
        max_item_bytes: limit("max_item_bytes", findings),
        max_item_error: read_text("max_item_error", findings),
        items: read_text("items", findings),
        wrap: value("wrap", findings),
        headers: value("headers", findings),
        report_as_batched: section
            .value("report_as_batched")
            .and_then(|yaml| boolean(yaml, "report_as_batched", findings)),
    })
}

/// `response:`.
pub(super) fn response(yaml: &Yaml, findings: &mut Findings) -> Option<Response> {
    let section = Section::read(yaml, &RESPONSE, findings)?;
    let mut response = Response { values: Vec::new(), conditions: Vec::new() };
    if let Some(messages) =
        section.value("messages").and_then(|yaml| Section::read(yaml, &MESSAGES, findings))
    {
        response
            .values
            .extend(messages.entries().iter().map(|(_, entry)| read_value(&entry.value, findings)));
    }
    if let Some(partial) = section.value("partial").and_then(|yaml| Section::read(yaml, &PARTIAL, findings)) {
        for (key, entry) in partial.entries() {
            if *key == "when" {
                response.conditions.push(condition(&entry.value, findings));
            } else {
                response.values.push(read_value(&entry.value, findings));
            }
        }
    }
    Some(response)
}
