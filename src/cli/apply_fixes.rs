//! `validate --fix`: the safe changes that findings bring with them, and nothing else.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use mapwright::internal::diag::text::harmless;
use mapwright::internal::diag::{Diagnostic, Fix, place};
use mapwright::internal::source::{FileId, Sources};

use super::CommandError;
use super::files::{self, in_words};

/// Applies the fixes of `findings` to their files and tells each change in a line; of two that touch each
/// other one is made and the other left for the next run.
pub(super) fn apply(findings: &[Diagnostic], sources: &Sources) -> Result<Vec<String>, CommandError> {
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
            format!("{}: {} fixed: `{was}` is now `{is}`", place(found, sources), found.code.id())
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
fn write(name: &str, was: &str, is: &str) -> Result<(), CommandError> {
    let now = fs::read_to_string(name).map_err(|why| format!("cannot read `{name}`: {}", in_words(&why)))?;
    let Some(mark) = now.strip_suffix(was).filter(|mark| matches!(*mark, "" | "\u{feff}")) else {
        return Err(CommandError::Plain(format!(
            "`{name}` was changed while it was checked and is left as it is"
        )));
    };
    files::write(Path::new(name), &format!("{mark}{is}"))
        .map_err(|why| CommandError::Plain(format!("cannot write `{name}`: {}", in_words(&why))))
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
        // The first two touch each other, the third is the same as the fourth.
        let findings = [fix(0, 5, "rules"), fix(4, 6, "x"), fix(25, 31, "fields"), fix(25, 31, "fields")];
        let told = apply(&findings, &sources).ok().expect("it can be written");
        let now = fs::read_to_string(&name).expect("the file is there");
        fs::write(&name, "changed by someone").expect("the file can be written");
        let again = apply(&findings, &sources);
        let kept = fs::read_to_string(&name).expect("the file is there");
        assert_eq!(now, "\u{feff}rulsx []   # the rules\r\nfields: {}\n");
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[1].ends_with("fixed: `feilds` is now `fields`"), "{told:?}");
        assert!(again.is_err());
        assert_eq!(kept, "changed by someone");
    }
}
