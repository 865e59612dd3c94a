//! What is told people: each difference with the explanation of the values that changed.

use std::collections::BTreeSet;
use std::fmt::Write;

use mapwright::internal::cases::{SnapshotLine, snapshot_lines};
use mapwright::internal::diag::text::harmless;

use super::super::summary::counted;
use super::super::table::indent;
use super::difference::{Line, compared};
use super::suite::{CaseOutcome, CaseResult, Change, Suite};
use super::{Args, Unreferenced};

/// So many unchanged lines are shown around a change.
const AROUND: usize = 2;

/// So many values of one case are explained.
const EXPLAINED: usize = 8;

/// All cases that are not as accepted.
pub(super) fn text(suites: &[Suite], args: &Args, color: bool, width: usize) -> String {
    let mut out = String::new();
    for suite in suites {
        for case in &suite.cases {
            let title = format!("{}/{}", suite.name, case.name);
            let state = match &case.outcome {
                CaseOutcome::Passed => continue,
                CaseOutcome::New { .. } => "new",
                CaseOutcome::Changed(_) => "changed",
                CaseOutcome::Rejected(_) => "not accepted by the destination",
                CaseOutcome::Unreadable(_) => "unreadable",
            };
            let _ = writeln!(out, "{}", painted(&format!("{state}: {title}"), "1", color));
            out.push_str(&indent(&told(case, color, width), 2));
            out.push('\n');
        }
        for lost in &suite.unreferenced {
            let what = if args.unreferenced == Unreferenced::Delete { "deleted" } else { "without an event" };
            let _ = writeln!(out, "{what}: {}\n", lost.display());
        }
    }
    out
}

/// What has become of one case.
pub(super) fn told(case: &CaseResult, color: bool, width: usize) -> String {
    match &case.outcome {
        CaseOutcome::Passed => String::new(),
        CaseOutcome::New { content } => content
            .lines()
            .map(|line| painted(&format!("+ {}", harmless(line)), "32", color) + "\n")
            .collect(),
        CaseOutcome::Changed(change) => {
            format!("{}{}", difference(change, color), reasons(change, color, width))
        }
        CaseOutcome::Rejected(violations) => violations.iter().fold(String::new(), |mut text, violation| {
            let _ = writeln!(text, "{} {}: {}", violation.code, violation.part, violation.message);
            text
        }),
        CaseOutcome::Unreadable(why) => format!("{why}\n"),
    }
}

fn painted(text: &str, code: &str, color: bool) -> String {
    if color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

fn difference(change: &Change, color: bool) -> String {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (change.before.lines().collect(), change.after.lines().collect());
    let lines = compared(&before, &after);
    let near = |at: usize| {
        let range = at.saturating_sub(AROUND)..(at + AROUND + 1).min(lines.len());
        lines[range].iter().any(|line| !matches!(line, Line::Same(_)))
    };
    let (mut out, mut left_out) = (String::new(), false);
    for (at, line) in lines.iter().enumerate() {
        let (mark, words, code) = match line {
            Line::Same(number) if near(at) => (' ', before[*number], "2"),
            Line::Same(_) => {
                left_out = true;
                continue;
            }
            Line::Gone(number) => ('-', before[*number], "31"),
            Line::Added(number) => ('+', after[*number], "32"),
        };
        if std::mem::take(&mut left_out) {
            out.push_str("  ⋮\n");
        }
        out.push_str(painted(&format!("{mark} {}", harmless(words)), code, color).trim_end());
        out.push('\n');
    }
    out
}

/// The values that changed, each once; a value that changed inside stands for the one around it.
fn changed(change: &Change) -> Vec<SnapshotLine> {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (change.before.lines().collect(), change.after.lines().collect());
    let (old, new) = (snapshot_lines(&change.before), snapshot_lines(&change.after));
    let (mut gone, mut added) = (BTreeSet::new(), BTreeSet::new());
    // A comma says only that something follows.
    let line_of = |snapshot_lines: &[Option<SnapshotLine>], lines: &[&str], number: usize| {
        let place = snapshot_lines.get(number).cloned().flatten()?;
        Some((place, lines.get(number)?.trim_end_matches(',').to_owned()))
    };
    for line in compared(&before, &after) {
        match line {
            Line::Same(_) => {}
            Line::Gone(number) => gone.extend(line_of(&old, &before, number)),
            Line::Added(number) => added.extend(line_of(&new, &after, number)),
        }
    }
    let found: BTreeSet<SnapshotLine> =
        gone.symmetric_difference(&added).map(|(place, _)| place.clone()).collect();
    let all: Vec<SnapshotLine> = found.into_iter().collect();
    let inside = |outer: &SnapshotLine, inner: &SnapshotLine| match (&outer.path, &inner.path) {
        (Some(outer_path), Some(path)) => {
            outer.answer == inner.answer
                && path.strip_prefix(outer_path.as_str()).is_some_and(|rest| rest.starts_with('.'))
        }
        _ => false,
    };
    all.iter().filter(|place| !all.iter().any(|other| inside(place, other))).cloned().collect()
}

fn reasons(change: &Change, color: bool, width: usize) -> String {
    let mut out = String::new();
    let width = width.saturating_sub(4);
    let snapshot_lines = changed(change);
    let mut decided = false;
    let mut explained = 0;
    for place in &snapshot_lines {
        let words = match &place.path {
            None if decided => continue,
            None => {
                decided = true;
                change.trace.text_of_choice(color, width)
            }
            Some(_) if explained == EXPLAINED => continue,
            Some(path) => match change.trace.text_of(path, Some(place.answer), color, width) {
                Ok(words) => {
                    explained += 1;
                    words
                }
                // An event that is refused now gives nothing at all.
                Err(_) if snapshot_lines.iter().any(|place| place.path.is_none()) => continue,
                Err(_) => format!("`{path}` is no longer given\n"),
            },
        };
        out.push('\n');
        out.push_str(&words);
    }
    let paths = snapshot_lines.iter().filter(|place| place.path.is_some()).count();
    if paths > EXPLAINED && explained == EXPLAINED {
        let _ = writeln!(out, "\n… and {} more values; `mapwright explain` tells of all", paths - EXPLAINED);
    }
    out
}

/// The line of the snapshot file on which the first difference is, from 1.
pub(super) fn first_change(change: &Change) -> usize {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (change.before.lines().collect(), change.after.lines().collect());
    let same = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    change.first_line + same.min(before.len().saturating_sub(1))
}

/// `3 passed, 1 changed, 0 new, 0 unreferenced`
pub(super) fn summary(suites: &[Suite], args: &Args) -> String {
    let cases = || suites.iter().flat_map(|suite| &suite.cases);
    let count =
        |wanted: fn(&CaseOutcome) -> bool| cases().filter(|case| wanted(&case.outcome)).count() as u64;
    let passed = count(|outcome| matches!(outcome, CaseOutcome::Passed));
    let changed = count(|outcome| matches!(outcome, CaseOutcome::Changed(_)));
    let new = count(|outcome| matches!(outcome, CaseOutcome::New { .. }));
    let unreadable = count(|outcome| matches!(outcome, CaseOutcome::Unreadable(_)));
    let lost: usize = suites.iter().map(|suite| suite.unreferenced.len()).sum();
    let mut line = format!("{passed} passed, {changed} changed, {new} new, {lost} unreferenced");
    let rejected = count(|outcome| matches!(outcome, CaseOutcome::Rejected(_)));
    if rejected > 0 {
        let _ = write!(line, ", {rejected} against the contract");
    }
    if unreadable > 0 {
        let _ = write!(line, ", {unreadable} unreadable");
    }
    line.push('\n');
    let written = changed + new;
    if args.accept && written > 0 {
        let _ = writeln!(line, "{} written", counted(written, "snapshot"));
    } else if written > 0 {
        line.push_str("what has changed is beside the snapshots as .snap.new; `--accept` accepts it\n");
    }
    line
}
