//! A JSON parser that does not copy: the result is a tape, a flat list of entries with offsets into the text.
//!
//! Values are not converted: a number keeps its text, a string is unescaped only when it is accessed, and values
//! that are passed through are written exactly as they were read.

mod escape;
mod scan;
mod structural_index;
#[cfg(test)]
pub(crate) mod tests;

use std::borrow::Cow;
use std::ops::Range;

pub(crate) use escape::find_special;
pub use scan::{Limits, Malformed};
use structural_index::StructuralIndex;

use crate::arena::Arena;

/// The kind of a tape entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TapeKind {
    Null,
    False,
    True,
    Number,
    Text,
    /// A string that contains escapes.
    EscapedText,
    List,
    Map,
    Key,
    /// A key that contains escapes.
    EscapedKey,
}

/// One value or key of a document: the position of its text, and the entry that follows its last descendant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TapeEntry {
    /// Offset of the first byte; for strings and keys, of the byte after the opening quote.
    start: u32,
    /// Offset after the last byte; for strings and keys, of the closing quote.
    end: u32,
    /// Index of the entry after this value and all of its descendants.
    next: u32,
    kind: TapeKind,
}

/// The buffer that a [`Document`] is parsed into. It is reused from one event to the next.
#[derive(Debug, Default)]
pub struct Tape {
    entries: Vec<TapeEntry>,
    index: StructuralIndex,
}

/// A JSON document, borrowed from its text.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    text: &'a str,
    entries: &'a [TapeEntry],
}

impl<'a> Document<'a> {
    /// Parses `text` into `tape`, replacing its contents.
    ///
    /// # Errors
    /// If the text is not exactly one JSON value (RFC 8259) or exceeds a limit.
    pub fn read(text: &'a str, tape: &'a mut Tape, limits: &Limits) -> Result<Self, Malformed> {
        scan::document(text, tape, limits)?;
        Ok(Self { text, entries: &tape.entries })
    }

    /// Whether the entries of this text fit into an arena; `None` if not.
    #[must_use = "`None` means that the text must not be parsed"]
    pub fn fits(text: &str, arena: &Arena) -> Option<()> {
        let bytes = text.as_bytes();
        // No text has more entries than this.
        let most = bytes.len() / 2 + 1;
        if most * size_of::<TapeEntry>() <= arena.available() {
            return Some(());
        }
        // Each value but the first follows one of these; a key may be before it.
        let values = 1 + memchr::memchr3_iter(b',', b'[', b'{', bytes).count();
        arena.fits((2 * values).min(most) * size_of::<TapeEntry>())
    }

    /// Parses `text` into an arena, so that values computed from the document can borrow from it.
    ///
    /// # Errors
    /// As [`Document::read`].
    pub fn in_arena(text: &'a str, arena: &'a Arena, limits: &Limits) -> Result<&'a Self, Malformed> {
        let mut tape = Tape { entries: Vec::with_capacity(text.len() / 8), ..Tape::default() };
        scan::document(text, &mut tape, limits)?;
        Ok(arena.alloc(Self { text, entries: arena.alloc_slice_copy(&tape.entries) }))
    }

    /// The top-level value.
    #[must_use]
    pub fn root(&'a self) -> Node<'a> {
        Node { document: self, index: 0 }
    }

    /// The value at an index returned by [`Node::index`].
    pub(crate) fn node(&'a self, index: u32) -> Node<'a> {
        Node { document: self, index }
    }

    /// The text that was parsed.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }
}

/// The text of a JSON string that the run has written; `None` when it is another value.
pub(crate) fn string_text(json: &str) -> Option<Cow<'_, str>> {
    let inner = json.strip_prefix('"')?.strip_suffix('"')?;
    let escaped = memchr::memchr(b'\\', inner.as_bytes()).is_some();
    Some(if escaped { Cow::Owned(escape::unescape(inner)) } else { Cow::Borrowed(inner) })
}

/// A document that owns its text, such as a constant of a mapping.
#[derive(Debug)]
pub struct OwnedDocument {
    text: Box<str>,
    entries: Box<[TapeEntry]>,
}

impl OwnedDocument {
    /// Parses `text` and stores it.
    ///
    /// # Errors
    /// As [`Document::read`].
    pub fn read(text: String, limits: &Limits) -> Result<Self, Malformed> {
        let mut tape = Tape::default();
        scan::document(&text, &mut tape, limits)?;
        Ok(Self { text: text.into_boxed_str(), entries: tape.entries.into_boxed_slice() })
    }

    /// The document `{}`.
    #[must_use]
    pub fn empty_map() -> Self {
        Self {
            text: "{}".into(),
            entries: Box::new([TapeEntry { start: 0, end: 2, next: 1, kind: TapeKind::Map }]),
        }
    }

    /// The bytes of memory that it takes besides its own size.
    pub(crate) fn memory(&self) -> usize {
        self.text.len() + size_of_val(&*self.entries)
    }

    /// Borrows the document.
    #[must_use]
    pub fn document(&self) -> Document<'_> {
        Document { text: &self.text, entries: &self.entries }
    }

    /// The JSON text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// One value of a document.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    document: &'a Document<'a>,
    /// Index of its entry on the tape.
    index: u32,
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.json())
    }
}

impl<'a> Node<'a> {
    fn entry_at(self, index: u32) -> &'a TapeEntry {
        &self.document.entries[index as usize]
    }

    fn entry(self) -> &'a TapeEntry {
        self.entry_at(self.index)
    }

    fn at(self, index: u32) -> Self {
        Self { index, ..self }
    }

    /// Whether this value is part of `document`.
    pub(crate) fn belongs_to(self, document: &Document<'_>) -> bool {
        std::ptr::eq(self.document, document)
    }

    /// The index of its entry, for [`Document::node`].
    pub(crate) fn index(self) -> u32 {
        self.index
    }

    pub(crate) fn kind(self) -> TapeKind {
        self.entry().kind
    }

    fn raw(self, entry: &TapeEntry) -> &'a str {
        &self.document.text[entry.start as usize..entry.end as usize]
    }

    fn raw_bytes(self, entry: &TapeEntry) -> &'a [u8] {
        &self.document.text.as_bytes()[entry.start as usize..entry.end as usize]
    }

    /// The length of the value's JSON text in bytes, without the quotes of a string.
    #[inline]
    pub(crate) fn raw_len(self) -> usize {
        let entry = self.entry();
        (entry.end - entry.start) as usize
    }

    /// The text of a string without its quotes, or of a number; escapes are not decoded.
    pub(crate) fn raw_text(self) -> &'a str {
        self.raw(self.entry())
    }

    /// The text of a string, borrowed unless it contains escapes; `None` for other values.
    #[must_use]
    pub fn text(self) -> Option<Cow<'a, str>> {
        match self.kind() {
            TapeKind::Text => Some(Cow::Borrowed(self.raw_text())),
            TapeKind::EscapedText => Some(Cow::Owned(self.unescaped())),
            _ => None,
        }
    }

    /// The text of a string with its escapes decoded.
    pub(crate) fn unescaped(self) -> String {
        escape::unescape(self.raw_text())
    }

    /// The byte range of the value's JSON text in the document.
    pub(crate) fn range(self) -> Range<usize> {
        let entry = self.entry();
        let quote = usize::from(matches!(entry.kind, TapeKind::Text | TapeKind::EscapedText));
        entry.start as usize - quote..entry.end as usize + quote
    }

    /// The value's JSON text.
    #[must_use]
    pub fn json(self) -> &'a str {
        &self.document.text[self.range()]
    }

    /// Whether it is `""`.
    pub(crate) fn is_empty_text(self) -> bool {
        let entry = self.entry();
        entry.kind == TapeKind::Text && entry.start == entry.end
    }

    /// The value of the key `name` in a map. If the key occurs more than once, the last one counts.
    #[must_use]
    pub fn member(self, name: &str) -> Option<Node<'a>> {
        self.find_member(name).0
    }

    /// Like [`Self::member`], with the number of keys that were compared.
    pub(crate) fn find_member(self, name: &str) -> (Option<Node<'a>>, usize) {
        let entry = self.entry();
        if entry.kind != TapeKind::Map {
            return (None, 0);
        }
        let (mut index, mut found, mut compared) = (self.index + 1, None, 0);
        while index < entry.next {
            compared += 1;
            let key = self.entry_at(index);
            let equal = if key.kind == TapeKind::Key {
                self.raw_bytes(key) == name.as_bytes()
            } else {
                escape::unescape(self.raw(key)) == name
            };
            if equal {
                found = Some(self.at(index + 1));
            }
            index = self.entry_at(index + 1).next;
        }
        (found, compared)
    }

    /// Calls `visit` with each key of a map and the index of its value, in document order.
    pub(crate) fn for_each_member(self, mut visit: impl FnMut(&[u8], u32)) {
        let entry = self.entry();
        if entry.kind != TapeKind::Map {
            return;
        }
        let mut index = self.index + 1;
        while index < entry.next {
            let key = self.entry_at(index);
            match key.kind {
                TapeKind::Key => visit(self.raw_bytes(key), index + 1),
                _ => visit(escape::unescape(self.raw(key)).as_bytes(), index + 1),
            }
            index = self.entry_at(index + 1).next;
        }
    }

    /// The element at `index` of a list; a negative index counts from the end.
    #[must_use]
    pub fn element(self, index: i64) -> Option<Node<'a>> {
        if self.kind() != TapeKind::List {
            return None;
        }
        let index = if index < 0 {
            self.elements().count().checked_sub(usize::try_from(index.unsigned_abs()).ok()?)?
        } else {
            usize::try_from(index).ok()?
        };
        self.elements().nth(index)
    }

    /// The elements of a list; empty for other values.
    pub fn elements(self) -> impl Iterator<Item = Node<'a>> + Clone {
        let end = if self.kind() == TapeKind::List { self.entry().next } else { 0 };
        let mut index = self.index + 1;
        std::iter::from_fn(move || {
            let node = (index < end).then(|| self.at(index))?;
            index = node.entry().next;
            Some(node)
        })
    }

    /// The values of the members of a map in document order, including those of repeated keys; empty for other values.
    pub(crate) fn member_values(self) -> impl Iterator<Item = Node<'a>> + Clone {
        let end = if self.kind() == TapeKind::Map { self.entry().next } else { 0 };
        let mut index = self.index + 1;
        std::iter::from_fn(move || {
            let value = (index < end).then(|| self.at(index + 1))?;
            index = value.entry().next;
            Some(value)
        })
    }

    /// The members of a map in document order, including repeated keys; empty for other values.
    pub fn members(self) -> impl Iterator<Item = (Cow<'a, str>, Node<'a>)> + Clone {
        let end = if self.kind() == TapeKind::Map { self.entry().next } else { 0 };
        let mut index = self.index + 1;
        std::iter::from_fn(move || {
            let (key, value) = (index < end).then(|| (self.at(index), self.at(index + 1)))?;
            index = value.entry().next;
            let name = match key.kind() {
                TapeKind::EscapedKey => Cow::Owned(escape::unescape(key.raw_text())),
                _ => Cow::Borrowed(key.raw_text()),
            };
            Some((name, value))
        })
    }

    /// Whether a list or map is empty; true for scalars too.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.entry().next == self.index + 1
    }
}
