//! What the events tell about the questions of a mapping.

use super::expectations::{ComparedValue, Expectations, KeyFilter, Path};
use super::path_counts::{MAX_DEPTH, PathCounts};
use crate::diag::{Code, Diagnostic, Findings, nearest};
use crate::path::Segment;

/// All findings, in the order of their places.
pub(super) fn compare(
    expectations: &Expectations,
    path_counts: &PathCounts,
    reached: &[u64],
) -> Vec<Diagnostic> {
    let mut findings = Findings::default();
    if path_counts.events() == 0 {
        return Vec::new();
    }
    if path_counts.is_whole() {
        expectations.paths.iter().for_each(|path| findings.extend(self::path(path, path_counts)));
        expectations.picked.iter().for_each(|picked| findings.extend(keys(picked, path_counts)));
    }
    expectations.compared.iter().for_each(|compared| findings.extend(value(compared, path_counts)));
    for (name, _) in expectations.rules.iter().zip(reached).filter(|(_, count)| **count == 0) {
        let message = format!("none of {} comes to the rule `{}`", events(path_counts), name.node);
        findings.push(Diagnostic::new(Code::RuleNoEventReaches, name.span, message));
    }
    findings.sorted()
}

fn events(path_counts: &PathCounts) -> String {
    match path_counts.events() {
        1 => "1 event".to_owned(),
        count => format!("{count} events"),
    }
}

fn spelled(steps: &[Segment]) -> String {
    steps.iter().fold("$".to_owned(), |text, step| match step {
        Segment::Name(name) if name.chars().all(|c| c.is_alphanumeric() || c == '_') => {
            format!("{text}.{name}")
        }
        Segment::Name(name) => format!("{text}['{name}']"),
        Segment::Index(index) => format!("{text}[{index}]"),
    })
}

fn path(path: &Path, path_counts: &PathCounts) -> Option<Diagnostic> {
    let steps = &*path.steps;
    if steps.is_empty() || steps.len() > MAX_DEPTH || path_counts.count(steps) > 0 {
        return None;
    }
    let of = events(path_counts);
    if let Some((meant, count)) = flat(steps, path_counts) {
        let message = format!("none of {of} has this path, but {count} have a key with a dot: `{meant}`");
        return Some(
            Diagnostic::new(Code::KeyWithADot, path.span, message).help(format!("write `\"{meant}\"`")),
        );
    }
    let message = format!("none of {of} has `{}`", spelled(steps));
    let found = Diagnostic::new(Code::PathNoEventHas, path.span, message);
    Some(match near(steps, path_counts) {
        Some((meant, count)) => found.help(format!("the nearest is `{meant}`, which {count} have")),
        None => found,
    })
}

/// The same path with several of its names as one key: `$.traits['first.name']`.
fn flat(steps: &[Segment], path_counts: &PathCounts) -> Option<(String, u64)> {
    for start in 0..steps.len() {
        for end in start + 2..=steps.len() {
            let names: Option<Vec<&str>> = steps[start..end].iter().map(text).collect();
            let Some(names) = names else { continue };
            let joined = [Segment::Name(names.join(".").into())];
            let path = [&steps[..start], &joined, &steps[end..]].concat();
            let count = path_counts.count(&path);
            if count > 0 {
                return Some((spelled(&path), count));
            }
        }
    }
    None
}

fn text(step: &Segment) -> Option<&str> {
    match step {
        Segment::Name(name) => Some(name),
        Segment::Index(_) => None,
    }
}

/// The path that was probably meant: another key in the same map, or the same key elsewhere.
fn near(steps: &[Segment], path_counts: &PathCounts) -> Option<(String, u64)> {
    let missing = (0..steps.len()).find(|&at| path_counts.count(&steps[..=at]) == 0)?;
    let name = text(&steps[missing])?;
    let known: Vec<_> = path_counts.keys(&steps[..missing]).collect();
    let mut names: Vec<&str> = known.iter().map(|(key, _)| *key).collect();
    names.sort_unstable();
    if let Some(meant) = nearest(name, names) {
        let path = [&steps[..missing], &[Segment::Name(meant.into())], &steps[missing + 1..]].concat();
        let count = path_counts.count(&path);
        if count > 0 {
            return Some((spelled(&path), count));
        }
    }
    path_counts.elsewhere(text(steps.last()?)?)
}

fn value(compared: &ComparedValue, path_counts: &PathCounts) -> Option<Diagnostic> {
    let values = path_counts.values(&compared.path)?;
    if values.contains_key(compared.text.as_str()) {
        return None;
    }
    let lower = compared.text.to_lowercase();
    let same = values.iter().filter(|(value, _)| value.to_lowercase() == lower);
    let (meant, count) = same.max_by(|(one, first), (two, second)| (first, two).cmp(&(second, one)))?;
    let (path, text) = (spelled(&compared.path), &compared.text);
    let message = format!("`{path}` is never `{text}` in {}, but `{meant}` in {count}", events(path_counts));
    Some(Diagnostic::new(Code::OtherCase, compared.span, message).help("`equals_ignoring_case` takes both"))
}

fn keys<'f>(picked: &'f KeyFilter, path_counts: &'f PathCounts) -> impl Iterator<Item = Diagnostic> + 'f {
    let mut known: Vec<(&str, u64)> = picked.from.iter().flat_map(|path| path_counts.keys(path)).collect();
    known.sort_unstable();
    picked.names.iter().filter_map(move |name| {
        if known.iter().any(|(key, _)| *key == name.node) {
            return None;
        }
        // Keys that no event has are often written for those to come; one that is nearly another is a mistake.
        let others =
            known.iter().map(|(key, _)| *key).filter(|key| picked.names.iter().all(|name| name.node != *key));
        let meant = nearest(&name.node, others)?;
        let message =
            format!("none of {} has the key `{}`; did you mean `{meant}`?", events(path_counts), name.node);
        Some(Diagnostic::new(Code::KeyThatNeverOccurs, name.span, message).fix(name.span, meant))
    })
}
