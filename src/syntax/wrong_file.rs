//! Files that are something else, such as the settings. They may hold secrets, so nothing of their text is shown.

use super::section::SectionKeys;
use super::yaml::Yaml;
use crate::diag::{Code, Diagnostic, Findings, Severity};
use crate::source::{FileId, Sources, Span};

/// Sections that no other file in braces is likely to have. Settings and events may well have a `destination` or a
/// `description`.
const OWN: &[&str] = &[
    "language",
    "extends",
    "include",
    "rules",
    "fields",
    "conditions",
    "transforms",
    "endpoints",
    "hosts",
    "$defs",
];

/// The finding about a file that has none of the sections of `keys`; `None` for a file that has one. `yaml` is what could
/// be read of its text, and `syntax` what is wrong with its syntax.
pub(super) fn wrong_file(
    file: FileId,
    sources: &Sources,
    keys: &SectionKeys,
    yaml: Option<&Yaml>,
    syntax: &Findings,
) -> Option<Diagnostic> {
    let text = sources.text(file).trim_start_matches('\u{feff}');
    // Comments, and the line that begins a document, say nothing.
    let empty = |line: &str| line.is_empty() || line == "---" || line.starts_with('#');
    let mut lines = text.lines().filter(|line| !empty(line.trim())).peekable();
    lines.peek()?;
    let in_braces = text.trim_start().starts_with('{');
    let known = |key: &str| keys.keys.contains(&key);
    let read: Vec<&str> = yaml
        .and_then(Yaml::entries)
        .unwrap_or_default()
        .iter()
        .map(|entry| entry.key.node.as_str())
        .collect();
    let is_right = if in_braces {
        let own = read.iter().filter(|key| known(key) && OWN.contains(key)).count();
        // Settings can have one such key by chance.
        own > 1 || own == 1 && read.iter().all(|key| known(key))
    } else {
        let mut written = lines.filter_map(|line| line.split_once(':')).map(|(key, _)| key.trim_end());
        read.iter().any(|key| known(key)) || written.any(known)
    };
    if is_right {
        return None;
    }
    let title = keys.title.replacen("the ", "a ", 1);
    let error = syntax.iter().find(|finding| finding.severity == Severity::Error);
    let message = match (error, yaml) {
        (Some(error), _) => {
            let place = sources.place(error.span);
            let (line, column) = (place.line, place.column);
            format!("this file is not {title}, or it has a syntax error at line {line}, column {column}")
        }
        (None, Some(yaml)) if yaml.entries().is_none() => {
            format!("{title} is a map of sections such as {}, and this is {}", examples(keys), yaml.form())
        }
        _ => format!("this file is not {title}: it has none of the sections, such as {}", examples(keys)),
    };
    let help = "is it another file, such as the settings? Its text is not shown, since it may hold secrets";
    Some(Diagnostic::new(Code::NotAMapping, Span { file, start: 0, end: 0 }, message).help(help))
}

fn examples(keys: &SectionKeys) -> String {
    let named = ["destination", "rules", "fields", "conditions", "hosts", "endpoints"];
    let named: Vec<String> =
        named.iter().filter(|name| keys.keys.contains(name)).map(|name| format!("`{name}:`")).collect();
    named.get(..2).unwrap_or(&named).join(" and ")
}
