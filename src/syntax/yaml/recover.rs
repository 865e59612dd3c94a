//! Recovery from syntax errors: the smallest part of the file around an error is blanked out, and the rest is parsed
//! again.
//!
//! That part is an entry of a section (a rule, a field, …), or the whole section if its entries are not on lines of
//! their own. A line in column 1 without a colon is a damaged section, together with the lines below it. The part is
//! overwritten with spaces, so that the spans of everything else remain valid.

use super::syntax::{FailureCause, ParseFailure};
use super::{ParseOutcome, Yaml, YamlValue, parse_once};
use crate::diag::{Code, Diagnostic, Findings};
use crate::source::FileId;
use std::ops::Range;

/// Maximum number of syntax errors reported for one file. Each costs another pass over the file.
const MAX_ERRORS: usize = crate::limits::SYNTAX_ERRORS;
/// Maximum size in bytes of a file that is parsed again after an error.
const MAX_BYTES: usize = 1024 * 1024;

/// The parts of a mapping that could not be read because of syntax errors.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gaps {
    /// The sections they belong to.
    sections: Vec<String>,
    /// Whether they may belong to any section.
    anywhere: bool,
}

impl Gaps {
    /// Whether everything was read.
    pub(crate) fn is_empty(&self) -> bool {
        self.sections.is_empty() && !self.anywhere
    }

    /// Whether entries of a section may be missing, in this file or in one that it extends or includes.
    pub(crate) fn may_hold(&self, section: &str) -> bool {
        let lost = |name: &str| self.sections.iter().any(|known| known == name);
        self.anywhere || lost(section) || lost("extends") || lost("include")
    }

    /// Whether something may be missing from any section.
    pub(crate) fn may_be_anywhere(&self) -> bool {
        self.anywhere
    }

    /// Adds the gaps of another file.
    pub(crate) fn extend(&mut self, other: Self) {
        self.sections.extend(other.sections);
        self.anywhere |= other.anywhere;
    }
}

/// Parses as much of a file as possible; returns the tree and the gaps in it. `sections` are the names of all sections.
pub(crate) fn parse_with_recovery(
    file: FileId,
    text: &str,
    sections: &[&str],
    findings: &mut Findings,
) -> (Option<Yaml>, Gaps) {
    let (mut rest, mut gaps) = (text.to_owned(), Gaps::default());
    let mut blanked: Vec<Range<usize>> = Vec::new();
    let mut tab_reported = false;
    for _ in 0..MAX_ERRORS {
        let error = match parse_once(file, &rest, findings, !blanked.is_empty()) {
            ParseOutcome::Tree(mut tree) => {
                if let Some(tree) = &mut tree {
                    without_empty_sections(tree, &gaps);
                }
                return (tree.filter(|tree| gaps.is_empty() || tree.entries().is_some()), gaps);
            }
            ParseOutcome::SyntaxError(error) => error,
            ParseOutcome::Fatal(error) => {
                findings.extend(error);
                return (None, gaps);
            }
        };
        let offset = error.span.start as usize;
        // Text that runs on into a block is often reported far from the line that lacks the colon.
        let misplaced = matches!(error.code, Code::Indentation | Code::NotYaml);
        let section =
            SectionRange::around(text, offset, sections, |damaged| misplaced && !blanked.contains(damaged));
        // An error inside a blanked part is a consequence of blanking it.
        let repeated = blanked.iter().any(|gap| gap.contains(&offset));
        // An author who indents with tabs does so everywhere, so only the first one is reported.
        let is_tab = error.code == Code::TabIndentation;
        if !(repeated || is_tab && tab_reported) {
            findings.push(if section.is_damaged && misplaced { section.no_colon(file, text) } else { error });
        }
        tab_reported |= is_tab;
        let gap = if repeated { section.range.clone() } else { section.entry_around(text, offset) };
        if text.len() > MAX_BYTES || blanked.contains(&gap) || gap.is_empty() {
            return (None, gaps);
        }
        match section.name {
            Some(name) => gaps.sections.push(name),
            None => gaps.anywhere = true,
        }
        overwrite_with_spaces(&mut rest, &gap);
        blanked.push(gap);
    }
    if let Some(last) = findings.last_mut() {
        let note = format!("reading stopped after {MAX_ERRORS} syntax errors; correct these first");
        last.help = Some(last.help.take().map_or_else(|| note.clone(), |help| format!("{help}; {note}")));
    }
    (None, gaps)
}

/// Removes sections whose entries were all blanked out, so that they are not reported as empty.
fn without_empty_sections(tree: &mut Yaml, gaps: &Gaps) {
    if let YamlValue::Map(entries) = &mut tree.node {
        entries.retain(|entry| !entry.value.is_absent() || !gaps.sections.contains(&entry.key.node));
    }
}

fn overwrite_with_spaces(text: &mut String, gap: &Range<usize>) {
    let blank: String = text[gap.clone()]
        .bytes()
        .map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' })
        .collect();
    text.replace_range(gap.clone(), &blank);
}

/// A line of the file with its byte offset.
#[derive(Clone, Copy)]
struct Line<'a> {
    start: usize,
    text: &'a str,
}

impl<'a> Line<'a> {
    fn all(text: &'a str, range: &Range<usize>) -> impl Iterator<Item = Self> {
        let mut start = range.start;
        text[range.clone()].split_inclusive('\n').map(move |text| {
            let line = Self { start, text };
            start += text.len();
            line
        })
    }

    fn content(self) -> &'a str {
        self.text.trim_start()
    }

    fn indent(self) -> usize {
        self.text.len() - self.content().len()
    }

    fn is_blank(self) -> bool {
        let content = self.content();
        content.is_empty() || content.starts_with('#')
    }

    fn is_item(self) -> bool {
        self.content().strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_whitespace))
    }

    /// The word at the start of the line, in column 1, and what follows it.
    fn word(self) -> Option<(&'a str, &'a str)> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = self.text.find(|c| !is_part(c)).unwrap_or(self.text.len());
        (end > 0).then(|| self.text.split_at(end))
    }

    /// The key of the section that begins on this line.
    fn section(self) -> Option<&'a str> {
        let (word, rest) = self.word()?;
        let value = rest.strip_prefix(':')?;
        (value.is_empty() || value.starts_with(char::is_whitespace)).then_some(word)
    }

    /// The first word of a line in column 1 that should be the key of a section but has no `: `.
    fn damaged_section(self) -> Option<&'a str> {
        let (word, rest) = self.word()?;
        let line = rest.split(" #").next().unwrap_or(rest).trim_end();
        // Such a line may be inside brackets or quotes.
        let is_continuation = line.ends_with([',', '[', ']', '{', '}', '"', '\'']);
        (!is_continuation && !line.ends_with(':') && !line.contains(": ")).then_some(word)
    }

    /// Whether there is nothing after the key, so that the entries are on the lines below.
    fn ends_with_key(self) -> bool {
        self.text
            .split_once(':')
            .is_some_and(|(_, rest)| rest.trim().is_empty() || rest.trim_start().starts_with('#'))
    }
}

/// A section: from its key to the key of the next section.
struct SectionRange {
    range: Range<usize>,
    /// Its key; `None` for the text before the first key, and for a damaged section whose name is unknown.
    name: Option<String>,
    /// Whether its key has no colon.
    is_damaged: bool,
}

impl SectionRange {
    /// The section that contains an error. An error on the key of a section may be caused by a damaged section just
    /// before it, if `may_cause` says so for the range of that section.
    fn around(
        text: &str,
        offset: usize,
        sections: &[&str],
        may_cause: impl Fn(&Range<usize>) -> bool,
    ) -> Self {
        let mut section = Self { range: 0..text.len(), name: None, is_damaged: false };
        let mut previous: Option<Self> = None;
        let mut damage_end = 0;
        for line in Line::all(text, &(0..text.len())) {
            let damaged = line.damaged_section();
            let Some(name) = line.section().or(damaged) else { continue };
            let is_known = damaged.is_none() || sections.contains(&name);
            let is_next = section.is_damaged && damage_end == line.start;
            damage_end = line.start + line.text.len();
            if is_next && !is_known {
                // Text over several lines is one finding.
                section.name = None;
                continue;
            }
            if line.start > offset {
                section.range.end = line.start;
                break;
            }
            let is_damaged = damaged.is_some();
            let name = is_known.then(|| name.to_owned());
            let next = Self { range: line.start..text.len(), name, is_damaged };
            section.range.end = line.start;
            let on_key = offset < line.start + line.text.len();
            previous = Some(std::mem::replace(&mut section, next)).filter(|_| on_key);
        }
        previous.filter(|previous| previous.is_damaged && may_cause(&previous.range)).unwrap_or(section)
    }

    /// The finding for a damaged section.
    fn no_colon(&self, file: FileId, text: &str) -> Diagnostic {
        let start = self.range.start;
        ParseFailure { file, text, offset: start, end: start, open: None }.explain(&FailureCause::NoColon)
    }

    /// The range of the entry at an offset: from its first line to that of the next entry.
    fn entry_around(&self, text: &str, offset: usize) -> Range<usize> {
        if self.is_damaged {
            return self.range.clone();
        }
        let mut lines = Line::all(text, &self.range);
        let Some(head) = lines.next() else { return self.range.clone() };
        let inside = offset >= head.start + head.text.len();
        let mut entries = lines.filter(|line| !line.is_blank());
        let Some(first) = entries.next().filter(|_| inside && self.name.is_some() && head.ends_with_key())
        else {
            return self.range.clone();
        };
        let begins_entry =
            |line: &Line<'_>| line.indent() == first.indent() && line.is_item() == first.is_item();
        let mut range = first.start..self.range.end;
        for line in entries.filter(begins_entry) {
            if line.start > offset {
                range.end = line.start;
                break;
            }
            range.start = line.start;
        }
        range
    }
}
