//! The report as text: a diff of each case that changed, with explanations of the changed values.

use std::collections::BTreeSet;
use std::fmt::Write;

use mapwright::internal::cases::{SnapshotLine, snapshot_lines};
use mapwright::internal::diag::text::harmless;

use super::super::numbers::counted;
use super::super::wrap::indent;
use super::args::{Args, Unreferenced};
use super::difference::{DiffLine, diff_lines};
use super::suite::{CaseOutcome, CaseResult, Change, Suite};

/// Number of unchanged lines shown before and after a change.
const CONTEXT_LINES: usize = 2;

/// Maximum number of values explained per case.
const MAX_VALUES_EXPLAINED: usize = 8;

/// All cases that did not pass, and all snapshots without an event.
pub(super) fn text(suites: &[Suite], args: &Args, color: bool, width: usize) -> String {
    let mut out = String::new();
    for suite in suites {
        for case in &suite.cases {
            let title = format!("{}/{}", suite.name, case.name);
            let state = match &case.outcome {
                CaseOutcome::Passed => continue,
                CaseOutcome::New { .. } => "new",
                CaseOutcome::Changed(_) => "changed",
                CaseOutcome::Rejected(_) => "violates the contract",
                CaseOutcome::Unreadable(_) => "unreadable",
            };
            let _ = writeln!(out, "{}", styled(&format!("{state}: {title}"), "1", color));
            out.push_str(&indent(&details(case, color, width), 2));
            out.push('\n');
        }
        for snapshot in &suite.unreferenced {
            let state =
                if args.unreferenced == Unreferenced::Delete { "deleted" } else { "without an event" };
            let _ = writeln!(out, "{state}: {}\n", snapshot.display());
        }
    }
    out
}

/// The details of one case: its diff and explanations, its violations, or why it cannot be read.
pub(super) fn details(case: &CaseResult, color: bool, width: usize) -> String {
    match &case.outcome {
        CaseOutcome::Passed => String::new(),
        CaseOutcome::New { content } => {
            content.lines().map(|line| styled(&format!("+ {}", harmless(line)), "32", color) + "\n").collect()
        }
        CaseOutcome::Changed(change) => {
            format!("{}{}", diff(change, color), explanations(change, color, width))
        }
        CaseOutcome::Rejected(violations) => violations.iter().fold(String::new(), |mut text, violation| {
            let _ = writeln!(text, "{} {}: {}", violation.code, violation.part, violation.message);
            text
        }),
        CaseOutcome::Unreadable(reason) => format!("{reason}\n"),
    }
}

fn styled(text: &str, code: &str, color: bool) -> String {
    if color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

fn diff(change: &Change, color: bool) -> String {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (change.before.lines().collect(), change.after.lines().collect());
    let lines = diff_lines(&before, &after);
    let near_change = |index: usize| {
        let range = index.saturating_sub(CONTEXT_LINES)..(index + CONTEXT_LINES + 1).min(lines.len());
        lines[range].iter().any(|line| !matches!(line, DiffLine::Same(_)))
    };
    let (mut out, mut omitted) = (String::new(), false);
    for (index, line) in lines.iter().enumerate() {
        let (mark, text, code) = match line {
            DiffLine::Same(number) if near_change(index) => (' ', before[*number], "2"),
            DiffLine::Same(_) => {
                omitted = true;
                continue;
            }
            DiffLine::Removed(number) => ('-', before[*number], "31"),
            DiffLine::Added(number) => ('+', after[*number], "32"),
        };
        if std::mem::take(&mut omitted) {
            out.push_str("  ⋮\n");
        }
        out.push_str(styled(&format!("{mark} {}", harmless(text)), code, color).trim_end());
        out.push('\n');
    }
    out
}

/// The values that changed, each once. A map or list is left out if a value inside it is listed.
fn changed(change: &Change) -> Vec<SnapshotLine> {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (change.before.lines().collect(), change.after.lines().collect());
    let (old, new) = (snapshot_lines(&change.before), snapshot_lines(&change.after));
    let (mut removed, mut added) = (BTreeSet::new(), BTreeSet::new());
    // A comma at the end of a line only depends on whether another line follows.
    let line_of = |snapshot_lines: &[Option<SnapshotLine>], lines: &[&str], number: usize| {
        let line = snapshot_lines.get(number).cloned().flatten()?;
        Some((line, lines.get(number)?.trim_end_matches(',').to_owned()))
    };
    for line in diff_lines(&before, &after) {
        match line {
            DiffLine::Same(_) => {}
            DiffLine::Removed(number) => removed.extend(line_of(&old, &before, number)),
            DiffLine::Added(number) => added.extend(line_of(&new, &after, number)),
        }
    }
    let differing: BTreeSet<SnapshotLine> =
        removed.symmetric_difference(&added).map(|(line, _)| line.clone()).collect();
    let differing: Vec<SnapshotLine> = differing.into_iter().collect();
    let is_inside = |outer: &SnapshotLine, inner: &SnapshotLine| match (&outer.path, &inner.path) {
        (Some(outer_path), Some(path)) => {
            outer.answer == inner.answer
                && path.strip_prefix(outer_path.as_str()).is_some_and(|rest| rest.starts_with('.'))
        }
        _ => false,
    };
    differing.iter().filter(|line| !differing.iter().any(|other| is_inside(line, other))).cloned().collect()
}

fn explanations(change: &Change, color: bool, width: usize) -> String {
    let mut out = String::new();
    let width = width.saturating_sub(4);
    let snapshot_lines = changed(change);
    let mut choice_explained = false;
    let mut explained = 0;
    for line in &snapshot_lines {
        let text = match &line.path {
            None if choice_explained => continue,
            None => {
                choice_explained = true;
                change.trace.text_of_choice(color, width)
            }
            Some(_) if explained == MAX_VALUES_EXPLAINED => continue,
            Some(path) => match change.trace.text_of(path, Some(line.answer), color, width) {
                Ok(text) => {
                    explained += 1;
                    text
                }
                // If the event is refused now, it has no values at all.
                Err(_) if snapshot_lines.iter().any(|line| line.path.is_none()) => continue,
                Err(_) => format!("`{path}` is no longer set\n"),
            },
        };
        out.push('\n');
        out.push_str(&text);
    }
    let paths = snapshot_lines.iter().filter(|line| line.path.is_some()).count();
    if paths > MAX_VALUES_EXPLAINED && explained == MAX_VALUES_EXPLAINED {
        let _ = writeln!(
            out,
            "\n… and {} more values; run `mapwright explain` to see all of them",
            paths - MAX_VALUES_EXPLAINED
        );
    }
    out
}

/// The line number, from 1, of the first difference in the snapshot file.
pub(super) fn first_change(change: &Change) -> usize {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (change.before.lines().collect(), change.after.lines().collect());
    let same = before.iter().zip(&after).take_while(|(before, after)| before == after).count();
    change.first_line + same.min(before.len().saturating_sub(1))
}

/// The totals, such as `3 passed, 1 changed, 0 new, 0 unreferenced`.
pub(super) fn summary(suites: &[Suite], args: &Args) -> String {
    let cases = || suites.iter().flat_map(|suite| &suite.cases);
    let count =
        |condition: fn(&CaseOutcome) -> bool| cases().filter(|case| condition(&case.outcome)).count() as u64;
    let passed = count(|outcome| matches!(outcome, CaseOutcome::Passed));
    let changed = count(|outcome| matches!(outcome, CaseOutcome::Changed(_)));
    let new = count(|outcome| matches!(outcome, CaseOutcome::New { .. }));
    let unreadable = count(|outcome| matches!(outcome, CaseOutcome::Unreadable(_)));
    let unreferenced: usize = suites.iter().map(|suite| suite.unreferenced.len()).sum();
    let mut line = format!("{passed} passed, {changed} changed, {new} new, {unreferenced} unreferenced");
    let rejected = count(|outcome| matches!(outcome, CaseOutcome::Rejected(_)));
    if rejected > 0 {
        let _ = write!(line, ", {rejected} violating the contract");
    }
    if unreadable > 0 {
        let _ = write!(line, ", {unreadable} unreadable");
    }
    line.push('\n');
    let differing = changed + new;
    if args.accept && differing > 0 {
        let _ = writeln!(line, "{} written", counted(differing, "snapshot"));
    } else if differing > 0 {
        line.push_str("the new results are in .snap.new files next to the snapshots; run with `--accept` to accept them\n");
    }
    line
}
