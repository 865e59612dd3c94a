//! Compares the expectations of a mapping with the recorded events.

use super::expectations::{ComparedValue, Expectations, KeyFilter, Path};
use super::path_counts::{MAX_DEPTH, PathCounts};
use crate::diag::{Code, Diagnostic, Findings, nearest};
use crate::path::Segment;

/// All findings, in source order. `events_per_rule[rule]` is the number of events that reached the rule.
pub(super) fn compare(
    expectations: &Expectations,
    path_counts: &PathCounts,
    events_per_rule: &[u64],
) -> Vec<Diagnostic> {
    let mut findings = Findings::default();
    if path_counts.events() == 0 {
        return Vec::new();
    }
    if path_counts.is_complete() {
        expectations.paths.iter().for_each(|path| findings.extend(check_path(path, path_counts)));
        expectations.key_filters.iter().for_each(|filter| findings.extend(check_keys(filter, path_counts)));
    }
    expectations.compared.iter().for_each(|compared| findings.extend(check_value(compared, path_counts)));
    for (name, _) in expectations.rules.iter().zip(events_per_rule).filter(|(_, count)| **count == 0) {
        let message = format!("none of {} reaches the rule `{}`", event_count(path_counts), name.node);
        findings.push(Diagnostic::new(Code::RuleNoEventReaches, name.span, message));
    }
    findings.sorted()
}

fn event_count(path_counts: &PathCounts) -> String {
    match path_counts.events() {
        1 => "1 event".to_owned(),
        count => format!("{count} events"),
    }
}

fn path_text(segments: &[Segment]) -> String {
    segments.iter().fold("$".to_owned(), |text, segment| match segment {
        Segment::Name(name) if name.chars().all(|c| c.is_alphanumeric() || c == '_') => {
            format!("{text}.{name}")
        }
        Segment::Name(name) => format!("{text}['{name}']"),
        Segment::Index(index) => format!("{text}[{index}]"),
    })
}

fn check_path(path: &Path, path_counts: &PathCounts) -> Option<Diagnostic> {
    let segments = &*path.segments;
    if segments.is_empty() || segments.len() > MAX_DEPTH || path_counts.count(segments) > 0 {
        return None;
    }
    let events = event_count(path_counts);
    if let Some((meant, count)) = dotted_key(segments, path_counts) {
        let message = format!("none of {events} has this path, but {count} have a key with a dot: `{meant}`");
        return Some(
            Diagnostic::new(Code::KeyWithADot, path.span, message).help(format!("write `\"{meant}\"`")),
        );
    }
    let message = format!("none of {events} has `{}`", path_text(segments));
    let finding = Diagnostic::new(Code::PathNoEventHas, path.span, message);
    Some(match nearest_path(segments, path_counts) {
        Some((meant, count)) => finding.help(format!("the nearest path is `{meant}`, which {count} have")),
        None => finding,
    })
}

/// The same path with several of its names joined to one key, if events have it: `$.traits['first.name']`.
fn dotted_key(segments: &[Segment], path_counts: &PathCounts) -> Option<(String, u64)> {
    for start in 0..segments.len() {
        for end in start + 2..=segments.len() {
            let names: Option<Vec<&str>> = segments[start..end].iter().map(segment_name).collect();
            let Some(names) = names else { continue };
            let joined = [Segment::Name(names.join(".").into())];
            let path = [&segments[..start], &joined, &segments[end..]].concat();
            let count = path_counts.count(&path);
            if count > 0 {
                return Some((path_text(&path), count));
            }
        }
    }
    None
}

fn segment_name(segment: &Segment) -> Option<&str> {
    match segment {
        Segment::Name(name) => Some(name),
        Segment::Index(_) => None,
    }
}

/// The path that was probably meant: a similar key in the same map, or the same key elsewhere.
fn nearest_path(segments: &[Segment], path_counts: &PathCounts) -> Option<(String, u64)> {
    let missing = (0..segments.len()).find(|&index| path_counts.count(&segments[..=index]) == 0)?;
    let name = segment_name(&segments[missing])?;
    let known: Vec<_> = path_counts.keys(&segments[..missing]).collect();
    let mut names: Vec<&str> = known.iter().map(|(key, _)| *key).collect();
    names.sort_unstable();
    if let Some(meant) = nearest(name, names) {
        let path = [&segments[..missing], &[Segment::Name(meant.into())], &segments[missing + 1..]].concat();
        let count = path_counts.count(&path);
        if count > 0 {
            return Some((path_text(&path), count));
        }
    }
    path_counts.elsewhere(segment_name(segments.last()?)?)
}

fn check_value(compared: &ComparedValue, path_counts: &PathCounts) -> Option<Diagnostic> {
    let values = path_counts.values(&compared.path)?;
    if values.contains_key(compared.text.as_str()) {
        return None;
    }
    let lower = compared.text.to_lowercase();
    let other_case = values.iter().filter(|(value, _)| value.to_lowercase() == lower);
    let (meant, count) = other_case
        .max_by(|(left, left_count), (right, right_count)| (left_count, right).cmp(&(right_count, left)))?;
    let (path, text) = (path_text(&compared.path), &compared.text);
    let message =
        format!("`{path}` is never `{text}` in {}, but `{meant}` in {count}", event_count(path_counts));
    Some(Diagnostic::new(Code::OtherCase, compared.span, message).help("`equals_ignoring_case` matches both"))
}

fn check_keys<'f>(
    filter: &'f KeyFilter,
    path_counts: &'f PathCounts,
) -> impl Iterator<Item = Diagnostic> + 'f {
    let mut known: Vec<(&str, u64)> = filter.from.iter().flat_map(|path| path_counts.keys(path)).collect();
    known.sort_unstable();
    filter.names.iter().filter_map(move |name| {
        if known.iter().any(|(key, _)| *key == name.node) {
            return None;
        }
        // Keys that no event has are often meant for future events; only one that resembles another key is a mistake.
        let others =
            known.iter().map(|(key, _)| *key).filter(|key| filter.names.iter().all(|name| name.node != *key));
        let meant = nearest(&name.node, others)?;
        let message = format!(
            "none of {} has the key `{}`; did you mean `{meant}`?",
            event_count(path_counts),
            name.node
        );
        Some(Diagnostic::new(Code::KeyThatNeverOccurs, name.span, message).fix(name.span, meant))
    })
}
