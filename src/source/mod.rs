//! Source files and positions in them: byte spans, lines and columns. It is independent of YAML.

use std::ops::Range;

/// A file of a mapping: an index into [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub(crate) u16);

/// A byte range in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The offset of the first byte.
    pub start: u32,
    /// The offset after the last byte.
    pub end: u32,
}

/// An offset in a file as 32 bits. No file is too large for that: the loader rejects files above 8 MiB, and
/// [`Sources::add`] panics from 4 GiB on.
#[expect(clippy::missing_panics_doc, reason = "no file is that large")]
#[must_use]
pub fn offset(position: usize) -> u32 {
    u32::try_from(position).expect("a file is smaller than 4 GiB")
}

impl Span {
    /// The part of this span at `range`, which is relative to its start and clamped to its end.
    #[must_use]
    pub fn inside(self, range: Range<usize>) -> Span {
        let whole = self.range();
        let absolute = |relative: usize| offset(whole.start.saturating_add(relative).min(whole.end));
        Span { file: self.file, start: absolute(range.start), end: absolute(range.end) }
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

/// A value with its position in the source.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    /// The value.
    pub node: T,
    /// Its position in the source.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value at a position.
    pub const fn new(node: T, span: Span) -> Self {
        Self { node, span }
    }
}

/// A position for people: file, line and column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location<'a> {
    /// The name of the file.
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
    /// The offset of the first byte of each line.
    lines: Vec<u32>,
    /// The number of characters before each block of [`BLOCK_BYTES`] bytes; empty if no line is longer than a block.
    characters: Vec<u32>,
}

/// The size of the blocks in which the characters of long lines are counted once, in bytes.
const BLOCK_BYTES: usize = 4096;

impl Source {
    fn new(name: String, text: String) -> Self {
        let _end = offset(text.len());
        let lines: Vec<u32> = std::iter::once(0)
            .chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|newline| offset(newline + 1)))
            .collect();
        let line_ends = lines.iter().skip(1).copied().chain([offset(text.len())]);
        let is_long = lines.iter().zip(line_ends).any(|(&start, end)| (end - start) as usize > BLOCK_BYTES);
        let mut characters = Vec::new();
        if is_long {
            let mut count = 0;
            for block in text.as_bytes().chunks(BLOCK_BYTES) {
                characters.push(offset(count));
                count += count_characters(block);
            }
        }
        Self { name, text, lines, characters }
    }

    /// The number of characters in `text[start..end]`, where both are on one line.
    fn characters_between(&self, start: usize, end: usize) -> usize {
        let text = self.text.as_bytes();
        let end = end.min(text.len());
        if end.saturating_sub(start) <= BLOCK_BYTES {
            return count_characters(text.get(start..end).unwrap_or(&[]));
        }
        let before = |position: usize| {
            let block = (position / BLOCK_BYTES).min(self.characters.len().saturating_sub(1));
            let counted = self.characters.get(block).copied().unwrap_or(0) as usize;
            counted + count_characters(&text[block * BLOCK_BYTES..position])
        };
        before(end) - before(start)
    }
}

/// The number of characters that begin in a part of a text.
fn count_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}

/// All files of one mapping, in the order in which they were read.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a file. Messages refer to it by `name`.
    ///
    /// # Panics
    /// If more than 65,536 files are added, or a file of 4 GiB or more; the limits of the loader are far lower.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u16::try_from(self.files.len()).expect("a mapping has few files"));
        self.files.push(Source::new(name.into(), text.into()));
        id
    }

    /// Forgets the text of a file, so that nothing can show it.
    pub(crate) fn hide(&mut self, file: FileId) {
        let source = &mut self.files[file.0 as usize];
        (source.text, source.lines) = (String::new(), vec![0]);
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

    /// The text of a span; empty if the span is not valid in the file.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.range()).unwrap_or("")
    }

    /// The location of the start of a span.
    #[must_use]
    pub fn place(&self, span: Span) -> Location<'_> {
        let source = &self.files[span.file.0 as usize];
        let line = source.lines.partition_point(|&start| start <= span.start).max(1);
        let start = source.lines[line - 1] as usize;
        let before = source.characters_between(start, (span.start as usize).max(start));
        Location { file: &source.name, line, column: before + 1 }
    }

    /// The line in which a span begins, without its line break.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_long_lines_count_characters() {
        let text = format!("a\n{}\n{}\nb", "xé名🎉".repeat(3000), "y".repeat(5000));
        let mut sources = Sources::default();
        let file = sources.add("long.yaml", text.as_str());
        let (mut line, mut column) = (1, 1);
        for (position, c) in text.char_indices() {
            if position % 7 == 0 || c == '\n' {
                let place = sources.place(Span { file, start: offset(position), end: offset(position) });
                assert_eq!((place.line, place.column), (line, column), "{position}");
            }
            (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        let end = sources.place(Span { file, start: offset(text.len()), end: offset(text.len()) });
        assert_eq!((end.line, end.column), (line, column));
    }
}
