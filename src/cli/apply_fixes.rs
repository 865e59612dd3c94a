//! `validate --fix`: applying the fixes that findings suggest.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use mapwright::internal::diag::text::harmless;
use mapwright::internal::diag::{Diagnostic, Fix, place};
use mapwright::internal::source::{FileId, Sources};

use super::atomic_file::{self, Scope};
use super::exit::CommandError;
use super::files::{describe, write_error};

/// Applies the fixes of `findings` to their files. Returns one line of text for each change. Of two fixes that overlap,
/// only one is applied; the other is left for the next pass. `folder` is the folder in which the mapping was found, if
/// the user did not name the file itself; nothing outside it is changed.
pub(super) fn apply(
    findings: &[Diagnostic],
    sources: &Sources,
    folder: Option<&Path>,
) -> Result<Vec<String>, CommandError> {
    let main = sources.files().next();
    let own_folder = main.and_then(|main| own_folder(sources.name(main)));
    let mut by_file: BTreeMap<FileId, Vec<(&Diagnostic, &Fix)>> = BTreeMap::new();
    for found in findings {
        if let Some(fix) = &found.fix {
            by_file.entry(fix.span.file).or_default().push((found, fix));
        }
    }
    let mut changes = Vec::new();
    for (file, mut fixes) in by_file {
        let text = sources.text(file);
        let chosen = without_overlaps(&mut fixes);
        let new_text = fixed(text, &chosen);
        if new_text == text {
            continue;
        }
        let scope = match (folder, &own_folder) {
            (Some(folder), _) => Scope::Inside(folder),
            (None, Some(own_folder)) if Some(file) != main => Scope::Inside(own_folder),
            _ => Scope::Anywhere,
        };
        write(sources.name(file), text, &new_text, scope)?;
        changes.extend(chosen.iter().rev().map(|(found, fix)| {
            let old = harmless(sources.slice(fix.span));
            let new = harmless(&fix.text);
            format!("{}: {} fixed: `{old}` is now `{new}`", place(found, sources), found.code.id())
        }));
    }
    Ok(changes)
}

/// The folder of the main file, with links resolved: that of the files that it includes.
fn own_folder(main: &str) -> Option<PathBuf> {
    fs::canonicalize(main).ok()?.parent().map(Path::to_owned)
}

/// The text with these fixes, which are ordered from the end of the text to its start and do not overlap.
fn fixed(text: &str, fixes: &[(&Diagnostic, &Fix)]) -> String {
    let (mut new_text, mut copied) = (String::with_capacity(text.len()), 0);
    for (_, fix) in fixes.iter().rev() {
        let range = fix.span.range();
        if text.get(range.clone()).is_some() {
            new_text.push_str(&text[copied..range.start]);
            new_text.push_str(&fix.text);
            copied = range.end;
        }
    }
    new_text + &text[copied..]
}

/// The fixes of one file that do not overlap, from the end of the file to its start.
fn without_overlaps<'a>(fixes: &mut [(&'a Diagnostic, &'a Fix)]) -> Vec<(&'a Diagnostic, &'a Fix)> {
    fixes.sort_by_key(|(_, fix)| std::cmp::Reverse((fix.span.start, fix.span.end)));
    let mut chosen: Vec<(&Diagnostic, &Fix)> = Vec::new();
    for (found, fix) in fixes.iter() {
        let overlaps = chosen
            .last()
            .is_some_and(|(_, after)| fix.span.end > after.span.start || fix.span.start == after.span.start);
        if !overlaps {
            chosen.push((found, fix));
        }
    }
    chosen
}

/// Replaces the text of a file, unless the file has changed since it was read. A byte order mark is kept.
fn write(name: &str, old: &str, new: &str, scope: Scope<'_>) -> Result<(), CommandError> {
    let current =
        fs::read_to_string(name).map_err(|error| format!("cannot read `{name}`: {}", describe(&error)))?;
    let Some(mark) = current.strip_suffix(old).filter(|mark| matches!(*mark, "" | "\u{feff}")) else {
        return Err(CommandError::Message(format!(
            "`{name}` was changed while it was being checked; run the command again"
        )));
    };
    let path = Path::new(name);
    atomic_file::write(path, &format!("{mark}{new}"), scope).map_err(|error| write_error(path, &error))
}

#[cfg(test)]
mod tests {
    use mapwright::internal::diag::CODES;
    use mapwright::internal::source::Span;

    use super::*;

    #[test]
    fn only_the_fixed_text_changes() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let name = folder.path().join("mapping.yaml").to_str().expect("UTF-8").to_owned();
        let text = "rulse: []   # the rules\r\nfeilds: {}\n";
        fs::write(&name, format!("\u{feff}{text}")).expect("a file for the test");
        let mut sources = Sources::default();
        let file = sources.add(name.as_str(), text);
        let fix = |start, end, new: &str| {
            let span = Span { file, start, end };
            Diagnostic::new(CODES[0].code, span, "wrong").fix(span, new)
        };
        // The first two overlap; the third and the fourth are equal.
        let findings = [fix(0, 5, "rules"), fix(4, 6, "x"), fix(25, 31, "fields"), fix(25, 31, "fields")];
        let changes = apply(&findings, &sources, None).ok().expect("it can be written");
        let now = fs::read_to_string(&name).expect("the file is there");
        fs::write(&name, "changed by someone").expect("the file can be written");
        let again = apply(&findings, &sources, None);
        let unchanged = fs::read_to_string(&name).expect("the file is there");
        assert_eq!(now, "\u{feff}rulsx []   # the rules\r\nfields: {}\n");
        assert_eq!(changes.len(), 2, "{changes:?}");
        assert!(changes[1].ends_with("fixed: `feilds` is now `fields`"), "{changes:?}");
        assert!(again.is_err());
        assert_eq!(unchanged, "changed by someone");
    }
}
