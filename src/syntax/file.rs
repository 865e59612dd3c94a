//! Reads the sections of one file.

use super::request::{PlacedRule, batch, response, rule, shared};
use super::scalars::{boolean, check_name, choice, entries, list, name, names, report_wrong_form, text};
use super::section::{
    ASSIGNMENT, INCLUDED, MAPPING, PREPARATION, RULE, SETTING, Section, report_missing_value,
};
use super::step::{Step, pipeline};
use super::value::{field, read_value, report_lonely_key, required};
use super::yaml::{Entry, Gaps, Yaml, YamlValue};
use super::{
    Assignment, Batch, Condition, Name, Named, Preparation, Request, Response, Setting, ValueNode, condition,
};
use crate::diag::{Code, Diagnostic, Findings};
use crate::source::{Span, Spanned};
use crate::value::SETTING_KINDS;
use foldhash::HashMap;

/// The contents of one file.
#[derive(Debug)]
pub(super) struct FileContents {
    /// The span of its first key, short enough to point at.
    pub(super) head: Span,
    pub(super) destination: Option<Name>,
    pub(super) description: Option<Name>,
    pub(super) extends: Option<Name>,
    pub(super) include: Vec<Name>,
    pub(super) contract: Option<ContractSource>,
    pub(super) config: Vec<Setting>,
    pub(super) prepare: Option<Vec<Preparation>>,
    pub(super) fields: Vec<Named<ValueNode>>,
    pub(super) conditions: Vec<Named<Condition>>,
    pub(super) transforms: Vec<Named<Vec<Step>>>,
    pub(super) request: Option<Request>,
    /// `None` when there is no `rules:`.
    pub(super) rules: Option<Vec<PlacedRule>>,
    pub(super) remove: Vec<Name>,
    pub(super) batch: Option<Batch>,
    pub(super) response: Option<Response>,
}

/// The value of `contract:`.
#[derive(Debug)]
pub(super) enum ContractSource {
    /// The name of a file.
    File(Name),
    /// The contract itself.
    Inline(Yaml),
}

/// Reads the sections of a file. Keys that may be missing because of a syntax error (`gaps`) are not required.
pub(super) fn read_sections(
    yaml: &Yaml,
    included: bool,
    gaps: &Gaps,
    findings: &mut Findings,
) -> Option<FileContents> {
    if yaml.entries().is_none() {
        let message = format!(
            "a mapping is a map of sections such as `destination:` and `rules:`, and this is {}",
            yaml.form()
        );
        findings.push(Diagnostic::new(Code::NotAMapping, super::scalars::start_of(yaml.span), message));
        return None;
    }
    let section = Section::read(yaml, if included { &INCLUDED } else { &MAPPING }, findings)?;
    if let Some(yaml) = section.value("language") {
        language(yaml, findings);
    }
    if !included {
        let base = !section.has("extends") && !gaps.may_hold("extends");
        let needed: &[&str] = if base { &["destination", "language", "rules"] } else { &["language"] };
        let needed: Vec<&str> = needed.iter().copied().filter(|key| !gaps.may_hold(key)).collect();
        section.require_keys(&needed, findings);
    }
    let read_name =
        |key: &str, findings: &mut Findings| section.value(key).and_then(|yaml| name(yaml, key, findings));
    let rules = section.value("rules").map(|yaml| rules(yaml, findings));
    let contents = FileContents {
        head: section.head,
        destination: read_name("destination", findings)
            .filter(|name| check_name(name, "the destination", true, findings)),
        description: read_name("description", findings),
        extends: read_name("extends", findings),
        include: section.value("include").map(|yaml| names(yaml, "include", findings)).unwrap_or_default(),
        contract: section.value("contract").and_then(|yaml| contract_source(yaml, findings)),
        config: section.value("config").map(|yaml| config(yaml, findings)).unwrap_or_default(),
        prepare: section.value("prepare").map(|yaml| prepare(yaml, findings)),
        fields: named_entries(&section, "fields", false, field, findings),
        conditions: named_entries(&section, "conditions", true, condition, findings),
        transforms: named_entries(&section, "transforms", true, pipeline, findings),
        request: section.value("request").and_then(|yaml| shared(yaml, findings)),
        rules,
        remove: section.value("remove").map(|yaml| names(yaml, "remove", findings)).unwrap_or_default(),
        batch: section.value("batch").and_then(|yaml| batch(yaml, findings)),
        response: section.value("response").and_then(|yaml| response(yaml, findings)),
    };
    if contents.extends.is_none() && !included && !gaps.may_hold("extends") {
        base_only(&section, &contents, findings);
    }
    Some(contents)
}

/// Reports what makes sense only in a mapping with `extends`.
fn base_only(section: &Section<'_>, contents: &FileContents, findings: &mut Findings) {
    if section.has("extends") {
        return;
    }
    if let Some(entry) = section.get("remove") {
        report_lonely_key(entry, "extends", findings);
    }
    for placed in contents.rules.iter().flatten() {
        for anchor in placed.before.iter().chain(&placed.after) {
            let message = "`before` and `after` can only be used in a file with `extends`";
            let help = "without `extends`, rules are tried in the order they are written";
            findings.push(Diagnostic::new(Code::LonelyKey, anchor.span, message).help(help));
        }
    }
}

fn language(yaml: &Yaml, findings: &mut Findings) {
    if yaml.node == YamlValue::Number("1".to_owned()) {
        return;
    }
    if yaml.text().is_some_and(|text| text.text == "1") {
        let message = "`language` must be the number 1, without quotes";
        findings.push(Diagnostic::new(Code::LanguageVersion, yaml.span, message).fix(yaml.span, "1"));
        return;
    }
    let written = yaml.scalar().map_or_else(|| yaml.form().to_owned(), |text| format!("`{}`", text.text));
    let message = format!("unsupported language version {written}; this program reads language `1`");
    findings.push(Diagnostic::new(Code::LanguageVersion, yaml.span, message));
}

fn contract_source(yaml: &Yaml, findings: &mut Findings) -> Option<ContractSource> {
    match &yaml.node {
        YamlValue::Map(_) => Some(ContractSource::Inline(yaml.clone())),
        YamlValue::Text(_) => name(yaml, "contract", findings).map(ContractSource::File),
        _ => {
            report_wrong_form(yaml, "contract", "the name of a file, or a map", findings);
            None
        }
    }
}

fn named_entries<T>(
    section: &Section<'_>,
    key: &str,
    allow_dash: bool,
    read: impl Fn(&Yaml, &mut Findings) -> T,
    findings: &mut Findings,
) -> Vec<Named<T>> {
    let Some(yaml) = section.value(key) else { return Vec::new() };
    let what = match key {
        "fields" => "a field",
        "conditions" => "a condition",
        _ => "a pipeline",
    };
    let mut named = Vec::new();
    for entry in entries(yaml, key, findings) {
        check_name(&entry.key, what, allow_dash, findings);
        let node = if entry.value.is_absent() {
            // The name stays defined, so that its uses are not reported as unknown.
            report_missing_value(entry, yaml, findings);
            read(&entry.value, &mut Findings::default())
        } else {
            read(&entry.value, findings)
        };
        named.push(Named { name: entry.key.clone(), node, included: false });
    }
    named
}

fn config(yaml: &Yaml, findings: &mut Findings) -> Vec<Setting> {
    entries(yaml, "config", findings).iter().map(|entry| setting(entry, yaml, findings)).collect()
}

fn setting(entry: &Entry, yaml: &Yaml, findings: &mut Findings) -> Setting {
    let name = entry.key.clone();
    let mut setting = Setting {
        name,
        required: None,
        one_of: None,
        kind: None,
        error: None,
        default: None,
        secret: None,
        description: None,
    };
    if entry.value.is_absent() {
        report_missing_value(entry, yaml, findings);
        return setting;
    }
    let Some(section) = Section::read(&entry.value, &SETTING, findings) else { return setting };
    setting.one_of = section.value("one_of").and_then(|yaml| {
        let values = list(yaml, "one_of", findings);
        let is_list = yaml.items().is_some();
        if values.is_empty() && is_list {
            findings.push(Diagnostic::new(Code::EmptyList, yaml.span, "`one_of` is empty"));
        }
        is_list.then(|| (yaml.span, values.to_vec()))
    });
    let kinds = SETTING_KINDS.map(|(name, _)| name);
    let read_text =
        |key: &str, findings: &mut Findings| section.value(key).and_then(|yaml| text(yaml, key, findings));
    setting.required = section.value("required").and_then(|yaml| required(yaml, findings));
    setting.kind = section.value("type").and_then(|yaml| choice(yaml, "type", &kinds, findings));
    setting.error = read_text("error", findings);
    setting.default = section.value("default").cloned();
    setting.secret = section.value("secret").and_then(|yaml| boolean(yaml, "secret", findings));
    setting.description = read_text("description", findings).map(|text| Spanned::new(text.text, text.span));
    setting
}

fn prepare(yaml: &Yaml, findings: &mut Findings) -> Vec<Preparation> {
    let mut preparations = Vec::new();
    for item in list(yaml, "prepare", findings) {
        let Some(section) = Section::read(item, &PREPARATION, findings) else { continue };
        let when = section.value("when").map(|yaml| condition(yaml, findings));
        section.require_keys(&["set"], findings);
        let set = section.value("set").map(|yaml| list(yaml, "set", findings)).unwrap_or_default();
        let set = set.iter().filter_map(|yaml| assignment(yaml, findings)).collect();
        preparations.push(Preparation { when, set });
    }
    preparations
}

fn assignment(yaml: &Yaml, findings: &mut Findings) -> Option<Assignment> {
    let section = Section::read(yaml, &ASSIGNMENT, findings)?;
    section.require_keys(&["in", "key", "to"], findings);
    let target = section.value("in").and_then(|yaml| {
        let target = text(yaml, "in", findings)?;
        if !super::value::is_path(&target.text) {
            report_wrong_form(yaml, "in", "a path such as `$` or `$.traits`", findings);
            return None;
        }
        Some(target)
    });
    let key = section.value("key").map(|yaml| read_value(yaml, findings));
    let to = section.value("to").map(|yaml| read_value(yaml, findings));
    Some(Assignment { target: target?, key: key?, to: to? })
}

fn rules(yaml: &Yaml, findings: &mut Findings) -> Vec<PlacedRule> {
    let by_name = |entry: &Entry| !RULE.keys.contains(&entry.key.node.as_str());
    if yaml.entries().is_some_and(|entries| entries.iter().all(by_name)) {
        let message = "`rules` must be a list, and this is a map";
        let help = "write each rule as `- name: …` with its other keys below";
        findings.push(Diagnostic::new(Code::WrongForm, yaml.span, message).help(help));
        return Vec::new();
    }
    let items = list(yaml, "rules", findings);
    if items.is_empty() {
        findings.push(Diagnostic::new(
            Code::EmptyList,
            yaml.span,
            "`rules` is empty, so the mapping produces nothing",
        ));
    }
    let mut seen: HashMap<String, Span> = HashMap::default();
    let mut placed_rules = Vec::with_capacity(items.len());
    for item in items {
        let Some(placed) = rule(item, findings) else { continue };
        let name = &placed.rule.name;
        if let Some(&first) = seen.get(&name.node) {
            let message = format!("two rules are called `{}`", name.node);
            findings.push(
                Diagnostic::new(Code::DuplicateRule, name.span, message).related(first, "the first one"),
            );
            continue;
        }
        seen.insert(name.node.clone(), name.span);
        placed_rules.push(placed);
    }
    placed_rules
}
