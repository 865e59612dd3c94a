//! `validate --fix`: the safe changes that findings bring with them, and nothing else.

use std::collections::BTreeMap;
use std::fs;

use mapwright::diag::{Diagnostic, Fix, place};
use mapwright::source::{FileId, Sources};

use super::Failure;
use super::columns::harmless;
use super::files::in_words;

/// Applies the fixes of `findings` to their files and tells each change in a line; of two that touch each
/// other one is made and the other left for the next run.
pub(super) fn apply(findings: &[Diagnostic], sources: &Sources) -> Result<Vec<String>, Failure> {
    let mut by_file: BTreeMap<FileId, Vec<(&Diagnostic, &Fix)>> = BTreeMap::new();
    for found in findings {
        if let Some(fix) = &found.fix {
            by_file.entry(fix.span.file).or_default().push((found, fix));
        }
    }
    let mut told = Vec::new();
    for (file, mut fixes) in by_file {
        let text = sources.text(file);
        let chosen = choose(&mut fixes);
        let changed = chosen.iter().fold(text.to_owned(), |mut changed, (_, fix)| {
            if changed.get(fix.span.range()).is_some() {
                changed.replace_range(fix.span.range(), &fix.text);
            }
            changed
        });
        if changed == text {
            continue;
        }
        write(sources.name(file), text, &changed)?;
        told.extend(chosen.iter().rev().map(|(found, fix)| {
            let was = harmless(sources.slice(fix.span));
            let is = harmless(&fix.text);
            format!("{}: {} fixed: `{was}` is now `{is}`", place(found, sources), found.code.id)
        }));
    }
    Ok(told)
}

/// The changes of one file that do not touch each other, the last one first.
fn choose<'a>(fixes: &mut [(&'a Diagnostic, &'a Fix)]) -> Vec<(&'a Diagnostic, &'a Fix)> {
    fixes.sort_by_key(|(_, fix)| std::cmp::Reverse((fix.span.start, fix.span.end)));
    let mut chosen: Vec<(&Diagnostic, &Fix)> = Vec::new();
    for (found, fix) in fixes.iter() {
        let touches = chosen
            .last()
            .is_some_and(|(_, after)| fix.span.end > after.span.start || fix.span.start == after.span.start);
        if !touches {
            chosen.push((found, fix));
        }
    }
    chosen
}

/// Writes a file that still is as it was read; a byte order mark stays.
fn write(name: &str, was: &str, is: &str) -> Result<(), Failure> {
    let now = fs::read_to_string(name).map_err(|why| format!("cannot read `{name}`: {}", in_words(&why)))?;
    let Some(mark) = now.strip_suffix(was).filter(|mark| matches!(*mark, "" | "\u{feff}")) else {
        return Err(Failure::Plain(format!(
            "`{name}` was changed while it was checked and is left as it is"
        )));
    };
    fs::write(name, format!("{mark}{is}"))
        .map_err(|why| Failure::Plain(format!("cannot write `{name}`: {}", in_words(&why))))
}
