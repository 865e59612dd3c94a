//! Text and places in it: files as they were read, byte spans, lines and columns. It knows nothing of YAML.

use std::ops::Range;

/// A file of a mapping, by its position in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub(crate) u16);

/// A stretch of a file, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Where it begins, in bytes.
    pub start: u32,
    /// Where it ends (exclusive), in bytes.
    pub end: u32,
}

/// A place in a file as 32 bits. Files are smaller: the loader refuses those above 8 MiB, and [`Sources::add`] those of
/// 4 GiB and more.
#[expect(clippy::missing_panics_doc, reason = "no place in a file is that far")]
#[must_use]
pub fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("a file is smaller than 4 GiB")
}

impl Span {
    /// A span inside this one: `range` counts bytes from its start and is cut at its end.
    #[must_use]
    pub fn inside(self, range: Range<usize>) -> Span {
        let whole = self.range();
        let at = |offset: usize| self::offset(whole.start.saturating_add(offset).min(whole.end));
        Span { file: self.file, start: at(range.start), end: at(range.end) }
    }

    /// From the start of this span to the end of `other`.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { end: other.end.max(self.end), ..self }
    }

    /// The bytes as a range.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value with the place where it is written.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    /// The value.
    pub node: T,
    /// Where it is written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value with its place.
    pub const fn new(node: T, span: Span) -> Self {
        Self { node, span }
    }
}

/// A place that a person can go to: file, line and column, counted from 1, the column in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location<'a> {
    /// The file's name as it was given.
    pub file: &'a str,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl std::fmt::Display for Location<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

#[derive(Clone, Debug)]
struct Source {
    name: String,
    text: String,
    lines: Vec<u32>,
}

/// All files of one mapping, in the order in which they were read.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Keeps a file and names it. The name is what messages show.
    ///
    /// # Panics
    /// When more than 65,536 files are added, or one of 4 GiB; the loader stops long before.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let (name, text) = (name.into(), text.into());
        let _end = offset(text.len());
        let lines = std::iter::once(0)
            .chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| offset(at + 1)))
            .collect();
        let id = FileId(u16::try_from(self.files.len()).expect("a mapping has few files"));
        self.files.push(Source { name, text, lines });
        id
    }

    /// The name of a file.
    #[must_use]
    pub fn name(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].name
    }

    /// The whole text of a file.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].text
    }

    /// The text of a span; empty when the span is not inside the file.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.range()).unwrap_or("")
    }

    /// The line and column where a span begins.
    #[must_use]
    pub fn place(&self, span: Span) -> Location<'_> {
        let source = &self.files[span.file.0 as usize];
        let line = source.lines.partition_point(|&start| start <= span.start).max(1);
        let start = source.lines[line - 1] as usize;
        let before = source.text.get(start..(span.start as usize).max(start)).unwrap_or("");
        Location { file: &source.name, line, column: before.chars().count() + 1 }
    }

    /// The whole line, without its end, in which a span begins.
    #[must_use]
    pub fn line(&self, span: Span) -> Span {
        let source = &self.files[span.file.0 as usize];
        let line = source.lines.partition_point(|&start| start <= span.start).max(1);
        let start = source.lines[line - 1];
        let end = source.lines.get(line).map_or(source.text.len(), |&next| next as usize - 1);
        let text = source.text.get(start as usize..end).unwrap_or("");
        let end = offset(start as usize + text.trim_end_matches('\r').len());
        Span { start, end, ..span }
    }

    /// The files in the order in which they were read.
    pub fn files(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..=u16::MAX).take(self.files.len()).map(FileId)
    }
}
