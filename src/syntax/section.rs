//! Sections: which keys are allowed where, and what to report about others.

use super::yaml::{Entry, Style, Yaml, YamlValue};
use crate::diag::{Code, Diagnostic, Findings, nearest};
use crate::source::Span;

/// The keys of a section.
pub(crate) struct SectionKeys {
    /// What it is called in messages.
    pub(super) title: &'static str,
    /// Its keys.
    pub(crate) keys: &'static [&'static str],
    /// The help for an unknown key.
    pub(super) help: &'static str,
}

pub(super) static MAPPING: SectionKeys = SectionKeys {
    title: "the mapping",
    keys: &[
        "destination",
        "language",
        "description",
        "extends",
        "include",
        "contract",
        "config",
        "prepare",
        "fields",
        "conditions",
        "transforms",
        "request",
        "rules",
        "remove",
        "batch",
        "response",
    ],
    help: "",
};

pub(super) static INCLUDED: SectionKeys = SectionKeys {
    title: "an included file",
    keys: &["language", "description", "include", "fields", "conditions", "transforms"],
    help: "",
};

pub(crate) static CONTRACT: SectionKeys = SectionKeys {
    title: "a contract",
    keys: &["contract", "description", "hosts", "endpoints", "$defs"],
    help: "",
};

pub(super) static SETTING: SectionKeys = SectionKeys {
    title: "a setting",
    keys: &["required", "one_of", "type", "error", "default", "secret", "description"],
    help: "",
};

pub(super) static PREPARATION: SectionKeys =
    SectionKeys { title: "an entry of `prepare`", keys: &["when", "set"], help: "" };

pub(super) static ASSIGNMENT: SectionKeys =
    SectionKeys { title: "an entry of `set`", keys: &["in", "key", "to"], help: "" };

pub(super) static RULE: SectionKeys = SectionKeys {
    title: "a rule",
    keys: &["name", "when", "require", "request", "fail", "kind", "drop", "before", "after"],
    help: "",
};

pub(super) static CHECK: SectionKeys =
    SectionKeys { title: "an entry of `require`", keys: &["check", "error", "kind"], help: "" };

pub(super) static REQUEST: SectionKeys = SectionKeys {
    title: "`request`",
    keys: &[
        "method", "endpoint", "label", "headers", "params", "body", "format", "user", "when", "for_each",
        "as",
    ],
    help: "",
};

pub(super) static SHARED: SectionKeys = SectionKeys {
    title: "the `request` that all rules share",
    keys: &["method", "endpoint", "label", "headers", "params", "body", "format", "user"],
    help: "",
};

pub(super) static BATCH: SectionKeys = SectionKeys {
    title: "`batch`",
    keys: &[
        "rules",
        "max_items",
        "max_bytes",
        "max_item_bytes",
        "max_item_error",
        "items",
        "wrap",
        "headers",
        "report_as_batched",
    ],
    help: "",
};

pub(super) static RESPONSE: SectionKeys =
    SectionKeys { title: "`response`", keys: &["messages", "partial"], help: "" };

pub(super) static MESSAGES: SectionKeys =
    SectionKeys { title: "`messages`", keys: &["success", "partial", "failure"], help: "" };

pub(super) static PARTIAL: SectionKeys =
    SectionKeys { title: "`partial`", keys: &["when", "failures", "index", "status", "error"], help: "" };

/// The keys of a value with a source verb.
pub(super) static VALUE: SectionKeys = SectionKeys {
    title: "a value",
    keys: &[
        "from",
        "literal",
        "template",
        "merge",
        "concat",
        "for_each",
        "object",
        "when",
        "only",
        "except",
        "transform",
        "invalid",
        "default",
        "required",
        "keep_empty",
        "make",
        "as",
    ],
    help: "if the keys here are meant to be sent, write `object:` around them",
};

static SECTIONS: [&SectionKeys; 13] = [
    &MAPPING,
    &RULE,
    &REQUEST,
    &CHECK,
    &VALUE,
    &SETTING,
    &PREPARATION,
    &ASSIGNMENT,
    &BATCH,
    &PARTIAL,
    &MESSAGES,
    &RESPONSE,
    &INCLUDED,
];

/// Keys of other tools, each with the key of this language.
const KEY_SYNONYMS: &[(&str, &str)] = &[
    ("if", "when"),
    ("condition", "when"),
    ("match", "when"),
    ("filter", "when"),
    ("url", "endpoint"),
    ("uri", "endpoint"),
    ("path", "from"),
    ("source", "from"),
    ("id", "name"),
    ("value", "literal"),
    ("data", "body"),
    ("payload", "body"),
    ("json", "body"),
    ("map", "body"),
    ("mapping", "body"),
    ("query", "params"),
    ("verb", "method"),
    ("version", "language"),
    ("steps", "transform"),
    ("pipeline", "transform"),
    ("skip", "drop"),
    ("ignore", "drop"),
    ("reject", "fail"),
    ("error", "fail"),
    ("message", "error"),
    ("assert", "check"),
    ("fallback", "default"),
    ("otherwise", "default"),
    ("else", "default"),
    ("settings", "config"),
    ("variables", "fields"),
    ("vars", "fields"),
    ("values", "fields"),
    ("pipelines", "transforms"),
    ("functions", "transforms"),
    ("imports", "include"),
    ("includes", "include"),
    ("base", "extends"),
    ("events", "rules"),
    ("routes", "rules"),
    ("cases", "rules"),
    ("batching", "batch"),
    ("enum", "one_of"),
    ("allowed", "one_of"),
    ("target", "in"),
    ("omit", "except"),
    ("exclude", "except"),
    ("pick", "only"),
    ("loop", "for_each"),
    ("foreach", "for_each"),
    ("each", "for_each"),
];

/// The entries of a section by their keys.
pub(super) struct Section<'a> {
    /// The whole section.
    pub(super) span: Span,
    /// The span of its first key, short enough to point at.
    pub(super) head: Span,
    title: &'static str,
    entries: Vec<(&'static str, &'a Entry)>,
    /// Keys without a value; they have already been reported.
    empty: Vec<&'static str>,
}

impl<'a> Section<'a> {
    /// Reads a map whose keys are known. Unknown keys are reported; a misspelt one is treated as the key it resembles.
    pub(super) fn read(yaml: &'a Yaml, known: &'static SectionKeys, findings: &mut Findings) -> Option<Self> {
        let YamlValue::Map(written) = &yaml.node else {
            let message = format!("{} must be a map, and this is {}", known.title, yaml.form());
            findings.push(with_space_hint(yaml, Diagnostic::new(Code::WrongForm, yaml.span, message)));
            return None;
        };
        let mut entries: Vec<(&'static str, &Entry)> = Vec::with_capacity(written.len());
        let mut empty = Vec::new();
        for entry in written {
            let exact = known.keys.iter().find(|&&key| key == entry.key.node);
            let key = exact.copied().or_else(|| resolve_unknown_key(entry, yaml, known, findings));
            match key {
                Some(key) if entry.value.is_absent() => {
                    report_missing_value(entry, yaml, findings);
                    empty.push(key);
                }
                Some(key) => entries.push((key, entry)),
                None => {}
            }
        }
        let head = written.first().map_or(yaml.span, |entry| entry.key.span);
        Some(Self { span: yaml.span, head, title: known.title, entries, empty })
    }

    /// Whether a key is written, with or without a value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some() || self.empty.contains(&key)
    }

    /// The entry of a key.
    pub(super) fn get(&self, key: &str) -> Option<&'a Entry> {
        self.entries.iter().find(|(known, _)| *known == key).map(|(_, entry)| *entry)
    }

    /// The value of a key.
    pub(super) fn value(&self, key: &str) -> Option<&'a Yaml> {
        self.get(key).map(|entry| &entry.value)
    }

    /// Reports the required keys that are missing, in one finding.
    pub(super) fn require_keys(&self, keys: &[&str], findings: &mut Findings) {
        let missing = keys.iter().filter(|key| !self.has(key));
        let missing: Vec<String> = missing.map(|key| format!("{key}:")).collect();
        if !missing.is_empty() {
            let missing: Vec<&str> = missing.iter().map(String::as_str).collect();
            let message = format!("{} needs {}", self.title, quoted_list(&missing));
            findings.push(Diagnostic::new(Code::MissingKey, self.head, message));
        }
    }

    /// The entries in the order written, each with its (possibly corrected) key.
    pub(super) fn entries(&self) -> &[(&'static str, &'a Entry)] {
        &self.entries
    }
}

/// Reports a key without a value.
pub(super) fn report_missing_value(entry: &Entry, map: &Yaml, findings: &mut Findings) {
    if map.style == Style::FlowMap && entry.key.node.contains(' ') {
        findings.push(unquoted_comma(entry));
        return;
    }
    let message = format!("`{}:` has no value", entry.key.node);
    let help =
        "write a value, or `null` or \"\" if that is what you mean; nested keys must be indented below it";
    findings.push(Diagnostic::new(Code::EmptyValue, entry.key.span, message).help(help));
}

/// `{ error: a, b or c }`, which YAML reads as two keys.
fn unquoted_comma(entry: &Entry) -> Diagnostic {
    let message =
        format!("`{}` is read as a key, because a comma inside `{{ }}` begins a new key", entry.key.node);
    Diagnostic::new(Code::EmptyValue, entry.key.span, message)
        .help("quote the whole text if the comma is part of it")
}

/// Adds help for `key:value` without a space, which YAML reads as text.
fn with_space_hint(yaml: &Yaml, finding: Diagnostic) -> Diagnostic {
    let YamlValue::Text(text) = &yaml.node else { return finding };
    match text.split_once(':') {
        Some((key, rest)) if yaml.style == Style::Plain && !key.contains(' ') && !rest.starts_with("//") => {
            finding.help(format!("add a space after `{key}:`"))
        }
        _ => finding,
    }
}

/// Reports a key that does not belong there. Returns the known key that was probably meant.
fn resolve_unknown_key(
    entry: &Entry,
    map: &Yaml,
    known: &'static SectionKeys,
    findings: &mut Findings,
) -> Option<&'static str> {
    let (name, span) = (entry.key.node.as_str(), entry.key.span);
    let find = |meant: &str| known.keys.iter().copied().find(|&key| key == meant);
    let near = nearest(name, known.keys.iter().copied()).and_then(find);
    let lower = name.to_lowercase();
    let synonyms = || KEY_SYNONYMS.iter().filter(|(foreign, _)| *foreign == lower).map(|(_, key)| *key);
    if let Some(meant) = near.or_else(|| synonyms().find_map(find)) {
        if let Some(first) = map.get(meant) {
            let message = format!("unknown key `{name}`; `{meant}` is already present");
            let finding =
                Diagnostic::new(Code::UnknownKey, span, message).related(first.key.span, "it is here");
            findings.push(if meant == lower { finding.help("keys are lowercase") } else { finding });
            return None;
        }
        let message = format!("unknown key `{name}`; did you mean `{meant}`?");
        findings.push(Diagnostic::new(Code::UnknownKey, span, message).fix(span, meant));
        return Some(meant);
    }
    if entry.value.is_absent() && map.style == Style::FlowMap && name.contains(' ') {
        findings.push(unquoted_comma(entry));
        return None;
    }
    let owner = |key: &str| SECTIONS.iter().find(|section| section.keys.contains(&key));
    let finding = Diagnostic::new(Code::UnknownKey, span, format!("unknown key `{name}` in {}", known.title));
    let finding = match (owner(name), synonyms().find_map(|key| Some((key, owner(key)?)))) {
        _ if !known.help.is_empty() => finding.help(known.help),
        (Some(owner), _) => {
            let message =
                format!("`{name}` is not allowed in {}; it belongs in {}", known.title, owner.title);
            Diagnostic::new(Code::UnknownKey, span, message)
                .help("the indentation decides where a key belongs")
        }
        (None, Some((key, owner))) => {
            finding.help(format!("did you mean `{key}`? It belongs in {}", owner.title))
        }
        (None, None) => finding.help(format!("the allowed keys are {}", quoted_list(known.keys))),
    };
    findings.push(finding);
    None
}

/// `a`, `b` and `c`.
pub(super) fn quoted_list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [first @ .., last] => format!("`{}` and `{last}`", first.join("`, `")),
    }
}

/// The keys of a section, for the schema of the language.
pub(crate) fn keys(section_name: &str) -> &'static [&'static str] {
    let section = match section_name {
        "mapping" => &MAPPING,
        "included" => &INCLUDED,
        "setting" => &SETTING,
        "preparation" => &PREPARATION,
        "assignment" => &ASSIGNMENT,
        "rule" => &RULE,
        "check" => &CHECK,
        "request" => &REQUEST,
        "shared" => &SHARED,
        "batch" => &BATCH,
        "response" => &RESPONSE,
        "messages" => &MESSAGES,
        "partial" => &PARTIAL,
        "value" => &VALUE,
        _ => return &[],
    };
    section.keys
}
