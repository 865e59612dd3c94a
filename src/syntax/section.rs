//! Sections: which keys may stand where, and what to say about the others.

use super::yaml::{Entry, Style, Yaml, YamlValue};
use crate::diag::{Code, Diagnostic, Findings, nearest};
use crate::source::Span;

/// The keys of a section.
pub(super) struct SectionKeys {
    /// What it is called in messages.
    pub(super) what: &'static str,
    /// Its keys.
    pub(super) keys: &'static [&'static str],
    /// A word of advice beside an unknown key.
    pub(super) advice: &'static str,
}

pub(super) static MAPPING: SectionKeys = SectionKeys {
    what: "the mapping",
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
    advice: "",
};

pub(super) static INCLUDED: SectionKeys = SectionKeys {
    what: "an included file",
    keys: &["language", "description", "include", "fields", "conditions", "transforms"],
    advice: "",
};

pub(super) static SETTING: SectionKeys = SectionKeys {
    what: "a setting",
    keys: &["required", "one_of", "type", "error", "default", "secret", "description"],
    advice: "",
};

pub(super) static PREPARATION: SectionKeys =
    SectionKeys { what: "an entry of `prepare`", keys: &["when", "set"], advice: "" };

pub(super) static ASSIGNMENT: SectionKeys =
    SectionKeys { what: "an entry of `set`", keys: &["in", "key", "to"], advice: "" };

pub(super) static RULE: SectionKeys = SectionKeys {
    what: "a rule",
    keys: &["name", "when", "require", "request", "fail", "kind", "drop", "before", "after"],
    advice: "",
};

pub(super) static CHECK: SectionKeys =
    SectionKeys { what: "an entry of `require`", keys: &["check", "error", "kind"], advice: "" };

pub(super) static REQUEST: SectionKeys = SectionKeys {
    what: "`request`",
    keys: &["method", "endpoint", "label", "headers", "params", "body", "format", "user", "when", "for_each"],
    advice: "",
};

pub(super) static SHARED: SectionKeys = SectionKeys {
    what: "the `request` that all rules share",
    keys: &["method", "endpoint", "label", "headers", "params", "body", "format", "user"],
    advice: "",
};

pub(super) static BATCH: SectionKeys = SectionKeys {
    what: "`batch`",
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
    advice: "",
};

pub(super) static RESPONSE: SectionKeys =
    SectionKeys { what: "`response`", keys: &["messages", "partial"], advice: "" };

pub(super) static MESSAGES: SectionKeys =
    SectionKeys { what: "`messages`", keys: &["success", "partial", "failure"], advice: "" };

pub(super) static PARTIAL: SectionKeys =
    SectionKeys { what: "`partial`", keys: &["when", "failures", "index", "status", "error"], advice: "" };

/// The keys of a value with a source verb.
pub(super) static VALUE: SectionKeys = SectionKeys {
    what: "a value",
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
    ],
    advice: "if the keys here are meant to be sent, write `object:` around them",
};

static SHAPES: [&SectionKeys; 13] = [
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

/// What other tools call a key of ours.
const OTHER_WORDS: &[(&str, &str)] = &[
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
pub(super) struct Table<'a> {
    /// All of it.
    pub(super) span: Span,
    /// A short place to point at: its first key.
    pub(super) head: Span,
    what: &'static str,
    entries: Vec<(&'static str, &'a Entry)>,
    /// Keys with nothing after them: a finding already.
    empty: Vec<&'static str>,
}

impl<'a> Table<'a> {
    /// Reads a map whose keys are known. Unknown ones are findings; a misspelt one is taken for what it means.
    pub(super) fn read(yaml: &'a Yaml, shape: &'static SectionKeys, findings: &mut Findings) -> Option<Self> {
        let YamlValue::Map(written) = &yaml.node else {
            let message = format!("{} is a map of keys and values, and this is {}", shape.what, yaml.form());
            findings.push(glued(yaml, Diagnostic::new(Code::WrongForm, yaml.span, message)));
            return None;
        };
        let mut entries: Vec<(&'static str, &Entry)> = Vec::with_capacity(written.len());
        let mut empty = Vec::new();
        for entry in written {
            let exact = shape.keys.iter().find(|&&key| key == entry.key.node);
            let key = exact.copied().or_else(|| unknown(entry, yaml, shape, findings));
            match key {
                Some(key) if entry.value.is_absent() => {
                    absent(entry, yaml, findings);
                    empty.push(key);
                }
                Some(key) => entries.push((key, entry)),
                None => {}
            }
        }
        let head = written.first().map_or(yaml.span, |entry| entry.key.span);
        Some(Self { span: yaml.span, head, what: shape.what, entries, empty })
    }

    /// Whether a key is there, with a value or with nothing after it.
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

    /// Reports the keys that must be there and are not, in one finding.
    pub(super) fn need(&self, keys: &[&str], findings: &mut Findings) {
        let missing = keys.iter().filter(|key| !self.has(key));
        let missing: Vec<String> = missing.map(|key| format!("{key}:")).collect();
        if !missing.is_empty() {
            let words: Vec<&str> = missing.iter().map(String::as_str).collect();
            let message = format!("{} needs {}", self.what, listed(&words));
            findings.push(Diagnostic::new(Code::MissingKey, self.head, message));
        }
    }

    /// The entries in the order written, each with the key that it means.
    pub(super) fn entries(&self) -> &[(&'static str, &'a Entry)] {
        &self.entries
    }
}

/// A key with nothing after its colon.
pub(super) fn absent(entry: &Entry, map: &Yaml, findings: &mut Findings) {
    if map.style == Style::FlowMap && entry.key.node.contains(' ') {
        findings.push(comma(entry));
        return;
    }
    let message = format!("nothing stands after `{}:`", entry.key.node);
    let help = "write a value, or `null` or \"\" if that is meant; what belongs to it is indented below it";
    findings.push(Diagnostic::new(Code::EmptyValue, entry.key.span, message).help(help));
}

/// `{ error: a, b or c }`: two keys for YAML.
fn comma(entry: &Entry) -> Diagnostic {
    let message =
        format!("`{}` is read as a key, because a comma inside `{{ }}` begins a new one", entry.key.node);
    Diagnostic::new(Code::EmptyValue, entry.key.span, message)
        .help("quote the whole text if the comma belongs to it")
}

/// `key:value` without a space is text for YAML.
fn glued(yaml: &Yaml, found: Diagnostic) -> Diagnostic {
    let YamlValue::Text(text) = &yaml.node else { return found };
    match text.split_once(':') {
        Some((key, rest)) if yaml.style == Style::Plain && !key.contains(' ') && !rest.starts_with("//") => {
            found.help(format!("write a space after `{key}:`"))
        }
        _ => found,
    }
}

/// Reports a key that does not belong there; the known key that it means, if there is one.
fn unknown(
    entry: &Entry,
    map: &Yaml,
    shape: &'static SectionKeys,
    findings: &mut Findings,
) -> Option<&'static str> {
    let (name, span) = (entry.key.node.as_str(), entry.key.span);
    let find = |wanted: &str| shape.keys.iter().copied().find(|&key| key == wanted);
    let near = nearest(name, shape.keys.iter().copied()).and_then(find);
    let lower = name.to_lowercase();
    let ours = || OTHER_WORDS.iter().filter(|(word, _)| *word == lower).map(|(_, ours)| *ours);
    if let Some(meant) = near.or_else(|| ours().find_map(find)) {
        if let Some(first) = map.get(meant) {
            let message = format!("unknown key `{name}`, and `{meant}` is already here");
            let found =
                Diagnostic::new(Code::UnknownKey, span, message).related(first.key.span, "it stands here");
            findings.push(if meant == lower { found.help("keys are written in lower case") } else { found });
            return None;
        }
        let message = format!("unknown key `{name}`; did you mean `{meant}`?");
        findings.push(Diagnostic::new(Code::UnknownKey, span, message).fix(span, meant));
        return Some(meant);
    }
    if entry.value.is_absent() && map.style == Style::FlowMap && name.contains(' ') {
        findings.push(comma(entry));
        return None;
    }
    let home = |key: &str| SHAPES.iter().find(|home| home.keys.contains(&key));
    let found = Diagnostic::new(Code::UnknownKey, span, format!("unknown key `{name}` in {}", shape.what));
    let found = match (home(name), ours().find_map(|key| Some((key, home(key)?)))) {
        _ if !shape.advice.is_empty() => found.help(shape.advice),
        (Some(home), _) => {
            let message = format!("`{name}` is not allowed in {}; it belongs in {}", shape.what, home.what);
            Diagnostic::new(Code::UnknownKey, span, message)
                .help("the indentation decides where a key belongs")
        }
        (None, Some((key, home))) => found.help(format!("did you mean `{key}`? It belongs in {}", home.what)),
        (None, None) => found.help(format!("the keys here are {}", listed(shape.keys))),
    };
    findings.push(found);
    None
}

/// `a`, `b` and `c`.
pub(super) fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [first @ .., last] => format!("`{}` and `{last}`", first.join("`, `")),
    }
}

/// The keys of a section, for the schema of the language.
pub(crate) fn keys(section: &str) -> &'static [&'static str] {
    let shape = match section {
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
    shape.keys
}
