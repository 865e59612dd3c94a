//! Recovery from syntax errors: the smallest part of the file around an error is blanked out, and the rest is parsed
//! again.
//!
//! That part is an entry of a section (a rule, a field, …), or the whole section if its entries are not on lines of
//! their own. It is overwritten with spaces, so that the spans of everything else remain valid.

use super::{ParseOutcome, Yaml, YamlValue, parse_once};
use crate::diag::{Code, Findings};
use crate::source::FileId;
use std::ops::Range;

/// Maximum number of syntax errors reported for one file. Each costs another pass over the file.
const MAX_ERRORS: usize = 16;
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

    /// Adds the gaps of another file.
    pub(crate) fn extend(&mut self, other: Self) {
        self.sections.extend(other.sections);
        self.anywhere |= other.anywhere;
    }
}

/// Parses as much of a file as possible; returns the tree and the gaps in it.
pub(crate) fn parse_with_recovery(file: FileId, text: &str, findings: &mut Findings) -> (Option<Yaml>, Gaps) {
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
        let section = SectionRange::around(text, offset);
        // An error inside a blanked part is a consequence of blanking it.
        let repeated = blanked.iter().any(|gap| gap.contains(&offset));
        // An author who indents with tabs does so everywhere, so only the first one is reported.
        let is_tab = error.code == Code::TabIndentation;
        if !(repeated || is_tab && tab_reported) {
            findings.push(error);
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

    /// The key of the section that begins on this line.
    fn section(self) -> Option<&'a str> {
        let (key, _) = self.text.split_once(':')?;
        let is_name = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        is_name.then_some(key)
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
    /// Its key; `None` for the text before the first key.
    name: Option<String>,
}

impl SectionRange {
    fn around(text: &str, offset: usize) -> Self {
        let mut section = Self { range: 0..text.len(), name: None };
        for line in Line::all(text, &(0..text.len())) {
            let Some(name) = line.section() else { continue };
            if line.start > offset {
                section.range.end = line.start;
                break;
            }
            section = Self { range: line.start..text.len(), name: Some(name.to_owned()) };
        }
        section
    }

    /// The range of the entry at an offset: from its first line to that of the next entry.
    fn entry_around(&self, text: &str, offset: usize) -> Range<usize> {
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
