//! One file: its sections, each read by its own hand.

use super::request::{Placed, batch, response, rule, shared};
use super::scalars::{check_name, choice, entries, flag, list, name, names, text, wrong};
use super::section::{ASSIGNMENT, INCLUDED, MAPPING, PREPARATION, RULE, SETTING, Table, absent};
use super::step::{Step, pipeline};
use super::value::{field, needs, required, written};
use super::yaml::{Entry, Gaps, Yaml, YamlValue};
use super::{
    Assignment, Batch, Condition, Name, Named, Preparation, Request, Response, Setting, ValueNode, condition,
};
use crate::diag::{Code, Diagnostic, Findings};
use crate::source::{Span, Spanned};
use crate::value::SETTING_KINDS;
use foldhash::HashMap;

/// What stands in one file.
#[derive(Debug)]
pub(super) struct FileContents {
    /// A short place to point at: its first key.
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
    pub(super) rules: Option<Vec<Placed>>,
    pub(super) remove: Vec<Name>,
    pub(super) batch: Option<Batch>,
    pub(super) response: Option<Response>,
}

/// `contract:` as written.
#[derive(Debug)]
pub(super) enum ContractSource {
    /// The name of a file.
    File(Name),
    /// The contract itself.
    Inline(Yaml),
}

/// Reads the sections of a file, those that are not in a gap.
pub(super) fn part(
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
        findings.push(Diagnostic::new(Code::NotAMapping, super::scalars::start(yaml.span), message));
        return None;
    }
    let table = Table::read(yaml, if included { &INCLUDED } else { &MAPPING }, findings)?;
    if let Some(yaml) = table.value("language") {
        language(yaml, findings);
    }
    if !included {
        let base = !table.has("extends") && !gaps.may_hold("extends");
        let needed: &[&str] = if base { &["destination", "language", "rules"] } else { &["language"] };
        let needed: Vec<&str> = needed.iter().copied().filter(|key| !gaps.may_hold(key)).collect();
        table.need(&needed, findings);
    }
    let words =
        |key: &str, findings: &mut Findings| table.value(key).and_then(|yaml| name(yaml, key, findings));
    let rules = table.value("rules").map(|yaml| rules(yaml, findings));
    let part = FileContents {
        head: table.head,
        destination: words("destination", findings)
            .filter(|name| check_name(name, "the destination", true, findings)),
        description: words("description", findings),
        extends: words("extends", findings),
        include: table.value("include").map(|yaml| names(yaml, "include", findings)).unwrap_or_default(),
        contract: table.value("contract").and_then(|yaml| agreement(yaml, findings)),
        config: table.value("config").map(|yaml| config(yaml, findings)).unwrap_or_default(),
        prepare: table.value("prepare").map(|yaml| prepare(yaml, findings)),
        fields: named(&table, "fields", false, field, findings),
        conditions: named(&table, "conditions", true, condition, findings),
        transforms: named(&table, "transforms", true, pipeline, findings),
        request: table.value("request").and_then(|yaml| shared(yaml, findings)),
        rules,
        remove: table.value("remove").map(|yaml| names(yaml, "remove", findings)).unwrap_or_default(),
        batch: table.value("batch").and_then(|yaml| batch(yaml, findings)),
        response: table.value("response").and_then(|yaml| response(yaml, findings)),
    };
    if part.extends.is_none() && !included && !gaps.may_hold("extends") {
        base_only(&table, &part, findings);
    }
    Some(part)
}

/// What a mapping cannot have that starts from no other.
fn base_only(table: &Table<'_>, part: &FileContents, findings: &mut Findings) {
    if table.has("extends") {
        return;
    }
    if let Some(entry) = table.get("remove") {
        needs(entry, "extends", findings);
    }
    for placed in part.rules.iter().flatten() {
        for word in placed.before.iter().chain(&placed.after) {
            let message = "`before` and `after` mean something only in a file with `extends`";
            let help = "rules are tried in the order in which they are written";
            findings.push(Diagnostic::new(Code::LonelyKey, word.span, message).help(help));
        }
    }
}

fn language(yaml: &Yaml, findings: &mut Findings) {
    if yaml.node == YamlValue::Number("1".to_owned()) {
        return;
    }
    if yaml.text().is_some_and(|text| text.text == "1") {
        let message = "`language` is the number 1, without quotes";
        findings.push(Diagnostic::new(Code::LanguageVersion, yaml.span, message).fix(yaml.span, "1"));
        return;
    }
    let written = yaml.scalar().map_or_else(|| yaml.form().to_owned(), |text| format!("`{}`", text.text));
    let message = format!("the language is {written}, and this program reads language `1`");
    findings.push(Diagnostic::new(Code::LanguageVersion, yaml.span, message));
}

fn agreement(yaml: &Yaml, findings: &mut Findings) -> Option<ContractSource> {
    match &yaml.node {
        YamlValue::Map(_) => Some(ContractSource::Inline(yaml.clone())),
        YamlValue::Text(_) => name(yaml, "contract", findings).map(ContractSource::File),
        _ => {
            wrong(yaml, "contract", "the name of a file, or a map", findings);
            None
        }
    }
}

fn named<T>(
    table: &Table<'_>,
    key: &str,
    dash: bool,
    read: impl Fn(&Yaml, &mut Findings) -> T,
    findings: &mut Findings,
) -> Vec<Named<T>> {
    let Some(yaml) = table.value(key) else { return Vec::new() };
    let what = match key {
        "fields" => "a field",
        "conditions" => "a condition",
        _ => "a pipeline",
    };
    let mut all = Vec::new();
    for entry in entries(yaml, key, findings) {
        check_name(&entry.key, what, dash, findings);
        let node = if entry.value.is_absent() {
            // Its name stays known, so that its uses are no findings.
            absent(entry, yaml, findings);
            read(&entry.value, &mut Findings::default())
        } else {
            read(&entry.value, findings)
        };
        all.push(Named { name: entry.key.clone(), node, included: false });
    }
    all
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
        absent(entry, yaml, findings);
        return setting;
    }
    let Some(table) = Table::read(&entry.value, &SETTING, findings) else { return setting };
    setting.one_of = table.value("one_of").and_then(|yaml| {
        let values = list(yaml, "one_of", findings);
        let is_list = yaml.items().is_some();
        if values.is_empty() && is_list {
            findings.push(Diagnostic::new(Code::EmptyList, yaml.span, "no value stands in `one_of`"));
        }
        is_list.then(|| (yaml.span, values.to_vec()))
    });
    let kinds = SETTING_KINDS.map(|(word, _)| word);
    let words =
        |key: &str, findings: &mut Findings| table.value(key).and_then(|yaml| text(yaml, key, findings));
    setting.required = table.value("required").and_then(|yaml| required(yaml, findings));
    setting.kind = table.value("type").and_then(|yaml| choice(yaml, "type", &kinds, findings));
    setting.error = words("error", findings);
    setting.default = table.value("default").cloned();
    setting.secret = table.value("secret").and_then(|yaml| flag(yaml, "secret", findings));
    setting.description = words("description", findings).map(|text| Spanned::new(text.text, text.span));
    setting
}

fn prepare(yaml: &Yaml, findings: &mut Findings) -> Vec<Preparation> {
    let mut all = Vec::new();
    for item in list(yaml, "prepare", findings) {
        let Some(table) = Table::read(item, &PREPARATION, findings) else { continue };
        let when = table.value("when").map(|yaml| condition(yaml, findings));
        table.need(&["set"], findings);
        let set = table.value("set").map(|yaml| list(yaml, "set", findings)).unwrap_or_default();
        let set = set.iter().filter_map(|yaml| assignment(yaml, findings)).collect();
        all.push(Preparation { when, set });
    }
    all
}

fn assignment(yaml: &Yaml, findings: &mut Findings) -> Option<Assignment> {
    let table = Table::read(yaml, &ASSIGNMENT, findings)?;
    table.need(&["in", "key", "to"], findings);
    let target = table.value("in").and_then(|yaml| {
        let target = text(yaml, "in", findings)?;
        if !super::value::is_path(&target.text) {
            wrong(yaml, "in", "a path such as `$` or `$.traits`", findings);
            return None;
        }
        Some(target)
    });
    let key = table.value("key").map(|yaml| written(yaml, findings));
    let to = table.value("to").map(|yaml| written(yaml, findings));
    Some(Assignment { target: target?, key: key?, to: to? })
}

fn rules(yaml: &Yaml, findings: &mut Findings) -> Vec<Placed> {
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
            "`rules` is empty: the mapping maps nothing",
        ));
    }
    let mut seen: HashMap<String, Span> = HashMap::default();
    let mut all = Vec::with_capacity(items.len());
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
        all.push(placed);
    }
    all
}
