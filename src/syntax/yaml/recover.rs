//! Reading on after a syntax error: the smallest part of the file that holds it is left out, and the rest is read again.
//!
//! What is left out is an entry of a section (a rule, a field, …), or the section where its entries do not stand on
//! lines of their own. It is overwritten with spaces, so that every place in the rest stays the place in the file.

use super::{Pass, Yaml, YamlValue, pass};
use crate::diag::{Code, Findings};
use crate::source::FileId;
use std::ops::Range;

/// More errors than this are not told at once. Each costs a pass over the file.
const MAX_ERRORS: usize = 16;
/// Larger files are read up to their first syntax error.
const MAX_BYTES: usize = 1024 * 1024;

/// What was left out of a mapping because of syntax errors.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gaps {
    /// The sections that it belongs to.
    sections: Vec<String>,
    /// Whether it may belong to any section.
    anywhere: bool,
}

impl Gaps {
    /// Whether nothing was left out.
    pub(crate) fn is_empty(&self) -> bool {
        self.sections.is_empty() && !self.anywhere
    }

    /// Whether something may be missing in a section, here or in a file that the mapping starts from.
    pub(crate) fn may_hold(&self, section: &str) -> bool {
        let lost = |name: &str| self.sections.iter().any(|known| known == name);
        self.anywhere || lost(section) || lost("extends") || lost("include")
    }

    /// Adds those of another file.
    pub(crate) fn extend(&mut self, other: Self) {
        self.sections.extend(other.sections);
        self.anywhere |= other.anywhere;
    }
}

/// The tree of as much of a file as can be read, and what was left out.
pub(crate) fn parse(file: FileId, text: &str, findings: &mut Findings) -> (Option<Yaml>, Gaps) {
    let (mut rest, mut gaps) = (text.to_owned(), Gaps::default());
    let mut left_out: Vec<Range<usize>> = Vec::new();
    let mut tabs = false;
    for _ in 0..MAX_ERRORS {
        let error = match pass(file, &rest, findings, !left_out.is_empty()) {
            Pass::Tree(mut tree) => {
                if let Some(tree) = &mut tree {
                    without_empty_sections(tree, &gaps);
                }
                return (tree.filter(|tree| gaps.is_empty() || tree.entries().is_some()), gaps);
            }
            Pass::Stopped(error) => error,
            Pass::Over(error) => {
                findings.extend(error);
                return (None, gaps);
            }
        };
        let at = error.span.start as usize;
        let section = Section::around(text, at);
        // An error at a place that is left out comes from leaving it out.
        let again = left_out.iter().any(|gap| gap.contains(&at));
        // Who indents with tabs does so everywhere.
        let tab = error.code == Code::TabIndentation;
        if !(again || tab && tabs) {
            findings.push(error);
        }
        tabs |= tab;
        let gap = if again { section.range.clone() } else { section.entry(text, at) };
        if text.len() > MAX_BYTES || left_out.contains(&gap) || gap.is_empty() {
            return (None, gaps);
        }
        match section.name {
            Some(name) => gaps.sections.push(name),
            None => gaps.anywhere = true,
        }
        blank(&mut rest, &gap);
        left_out.push(gap);
    }
    (None, gaps)
}

/// A section whose only entries were left out has nothing after its colon.
fn without_empty_sections(tree: &mut Yaml, gaps: &Gaps) {
    if let YamlValue::Map(entries) = &mut tree.node {
        entries.retain(|entry| !entry.value.is_absent() || !gaps.sections.contains(&entry.key.node));
    }
}

fn blank(text: &mut String, gap: &Range<usize>) {
    let blank: String = text[gap.clone()]
        .bytes()
        .map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' })
        .collect();
    text.replace_range(gap.clone(), &blank);
}

/// A line of the file.
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

    /// The key of a section that begins here.
    fn section(self) -> Option<&'a str> {
        let (key, _) = self.text.split_once(':')?;
        let word = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        word.then_some(key)
    }

    /// Whether nothing stands behind the key, so that the entries are on the lines below.
    fn ends_with_key(self) -> bool {
        self.text
            .split_once(':')
            .is_some_and(|(_, rest)| rest.trim().is_empty() || rest.trim_start().starts_with('#'))
    }
}

/// The section around a place: from its key to the key of the next one.
struct Section {
    range: Range<usize>,
    /// Its key; `None` for what stands before the first key.
    name: Option<String>,
}

impl Section {
    fn around(text: &str, at: usize) -> Self {
        let mut found = Self { range: 0..text.len(), name: None };
        for line in Line::all(text, &(0..text.len())) {
            let Some(name) = line.section() else { continue };
            if line.start > at {
                found.range.end = line.start;
                break;
            }
            found = Self { range: line.start..text.len(), name: Some(name.to_owned()) };
        }
        found
    }

    /// The entry around a place: from its first line to that of the next entry.
    fn entry(&self, text: &str, at: usize) -> Range<usize> {
        let mut lines = Line::all(text, &self.range);
        let Some(head) = lines.next() else { return self.range.clone() };
        let inside = at >= head.start + head.text.len();
        let mut entries = lines.filter(|line| !line.is_blank());
        let Some(first) = entries.next().filter(|_| inside && self.name.is_some() && head.ends_with_key())
        else {
            return self.range.clone();
        };
        let begins = |line: &Line<'_>| line.indent() == first.indent() && line.is_item() == first.is_item();
        let mut range = first.start..self.range.end;
        for line in entries.filter(begins) {
            if line.start > at {
                range.end = line.start;
                break;
            }
            range.start = line.start;
        }
        range
    }
}
