//! JSON text, read once and borrowed: a flat list of slots that point into the text.
//!
//! Nothing is copied and nothing is converted: a number stays the text it was, a string is unescaped
//! only when somebody looks at it, and what is merely passed through is written as it was read.

mod escape;
mod scan;
mod structural_index;
#[cfg(test)]
pub(crate) mod tests;

use std::borrow::Cow;
use std::ops::Range;

pub(crate) use escape::plain_end;
pub use scan::{Limits, Malformed};
use structural_index::StructuralIndex;

use crate::arena::Arena;

/// What a slot is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TapeKind {
    Null,
    False,
    True,
    Number,
    Text,
    /// Text that holds a backslash.
    EscapedText,
    List,
    Map,
    Key,
    /// A key that holds a backslash.
    EscapedKey,
}

/// One value or key of a document: where its text is and which slot follows its last descendant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TapeEntry {
    /// First byte; of texts and keys the one after the quote.
    start: u32,
    /// One past the last byte; of texts and keys the closing quote.
    end: u32,
    /// The slot after this value and everything in it.
    next: u32,
    kind: TapeKind,
}

/// The buffer that [`Document`]s are read into, kept from one event to the next.
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
    /// Reads `text` into `entries`, which loses what it held.
    ///
    /// # Errors
    /// When the text is not one JSON value (RFC 8259) or passes a limit; nothing is guessed.
    pub fn read(text: &'a str, entries: &'a mut Tape, limits: &Limits) -> Result<Self, Malformed> {
        scan::document(text, entries, limits)?;
        Ok(Self { text, entries: &entries.entries })
    }

    /// Reads `text` into an arena, where the document lives as long as the values made from it.
    ///
    /// # Errors
    /// As [`Document::read`].
    pub fn in_arena(text: &'a str, arena: &'a Arena, limits: &Limits) -> Result<&'a Self, Malformed> {
        let mut read = Tape { entries: Vec::with_capacity(text.len() / 8), ..Tape::default() };
        scan::document(text, &mut read, limits)?;
        Ok(arena.alloc(Self { text, entries: arena.alloc_slice_copy(&read.entries) }))
    }

    /// The whole document as a value.
    #[must_use]
    pub fn root(&'a self) -> Node<'a> {
        Node { document: self, at: 0 }
    }

    /// The value at a slot that [`Node::slot`] gave.
    pub(crate) fn node(&'a self, slot: u32) -> Node<'a> {
        Node { document: self, at: slot }
    }

    /// The text it was read from.
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

/// A document that owns its text: constants of a mapping, settings.
#[derive(Debug)]
pub struct Stored {
    text: Box<str>,
    entries: Box<[TapeEntry]>,
}

impl Stored {
    /// Reads and keeps `text`.
    ///
    /// # Errors
    /// As [`Document::read`].
    pub fn read(text: String, limits: &Limits) -> Result<Self, Malformed> {
        let mut read = Tape::default();
        scan::document(&text, &mut read, limits)?;
        Ok(Self { text: text.into_boxed_str(), entries: read.entries.into_boxed_slice() })
    }

    /// The document `{}`.
    #[must_use]
    pub fn empty_map() -> Self {
        Self {
            text: "{}".into(),
            entries: Box::new([TapeEntry { start: 0, end: 2, next: 1, kind: TapeKind::Map }]),
        }
    }

    /// The document, borrowed.
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
    at: u32,
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.json())
    }
}

impl<'a> Node<'a> {
    fn slot_at(self, at: u32) -> &'a TapeEntry {
        &self.document.entries[at as usize]
    }

    fn here(self) -> &'a TapeEntry {
        self.slot_at(self.at)
    }

    fn with(self, at: u32) -> Self {
        Self { at, ..self }
    }

    /// Whether it is a piece of that document.
    pub(crate) fn is_of(self, document: &Document<'_>) -> bool {
        std::ptr::eq(self.document, document)
    }

    /// Its number in the document; see [`Document::node`].
    pub(crate) fn slot(self) -> u32 {
        self.at
    }

    pub(crate) fn kind(self) -> TapeKind {
        self.here().kind
    }

    fn raw(self, slot: &TapeEntry) -> &'a str {
        &self.document.text[slot.start as usize..slot.end as usize]
    }

    fn bytes(self, slot: &TapeEntry) -> &'a [u8] {
        &self.document.text.as_bytes()[slot.start as usize..slot.end as usize]
    }

    /// The text inside the quotes, or the number, as written.
    pub(crate) fn written(self) -> &'a str {
        self.raw(self.here())
    }

    /// The text of a string: borrowed where it holds no escape.
    #[must_use]
    pub fn text(self) -> Option<Cow<'a, str>> {
        match self.kind() {
            TapeKind::Text => Some(Cow::Borrowed(self.written())),
            TapeKind::EscapedText => Some(Cow::Owned(self.unescaped())),
            _ => None,
        }
    }

    /// What stands inside the quotes, without escapes.
    pub(crate) fn unescaped(self) -> String {
        escape::unescape(self.written())
    }

    /// Where the value's own JSON text stands in the document.
    pub(crate) fn range(self) -> Range<usize> {
        let slot = self.here();
        let quote = usize::from(matches!(slot.kind, TapeKind::Text | TapeKind::EscapedText));
        slot.start as usize - quote..slot.end as usize + quote
    }

    /// The value's own JSON text.
    #[must_use]
    pub fn json(self) -> &'a str {
        &self.document.text[self.range()]
    }

    /// Whether it is `""`.
    pub(crate) fn is_empty_text(self) -> bool {
        let slot = self.here();
        slot.kind == TapeKind::Text && slot.start == slot.end
    }

    /// The member `name` of a map; the last one when the text has several.
    #[must_use]
    pub fn member(self, name: &str) -> Option<Node<'a>> {
        let slot = self.here();
        if slot.kind != TapeKind::Map {
            return None;
        }
        let (mut at, mut found) = (self.at + 1, None);
        while at < slot.next {
            let key = self.slot_at(at);
            let same = if key.kind == TapeKind::Key {
                self.bytes(key) == name.as_bytes()
            } else {
                escape::unescape(self.raw(key)) == name
            };
            if same {
                found = Some(self.with(at + 1));
            }
            at = self.slot_at(at + 1).next;
        }
        found
    }

    /// Hands every key with the slot of its value to `work`, in the order of the text.
    pub(crate) fn each_member(self, mut work: impl FnMut(&[u8], u32)) {
        let slot = self.here();
        if slot.kind != TapeKind::Map {
            return;
        }
        let mut at = self.at + 1;
        while at < slot.next {
            let key = self.slot_at(at);
            match key.kind {
                TapeKind::Key => work(self.bytes(key), at + 1),
                _ => work(escape::unescape(self.raw(key)).as_bytes(), at + 1),
            }
            at = self.slot_at(at + 1).next;
        }
    }

    /// The element at `index` of a list; a negative one counts from the end.
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

    /// The elements of a list; nothing for other values.
    pub fn elements(self) -> impl Iterator<Item = Node<'a>> + Clone {
        let end = if self.kind() == TapeKind::List { self.here().next } else { 0 };
        let mut at = self.at + 1;
        std::iter::from_fn(move || {
            let node = (at < end).then(|| self.with(at))?;
            at = node.here().next;
            Some(node)
        })
    }

    /// The members of a map as they are written; nothing for other values.
    pub fn members(self) -> impl Iterator<Item = (Cow<'a, str>, Node<'a>)> + Clone {
        let end = if self.kind() == TapeKind::Map { self.here().next } else { 0 };
        let mut at = self.at + 1;
        std::iter::from_fn(move || {
            let (key, value) = (at < end).then(|| (self.with(at), self.with(at + 1)))?;
            at = value.here().next;
            let name = match key.kind() {
                TapeKind::EscapedKey => Cow::Owned(escape::unescape(key.written())),
                _ => Cow::Borrowed(key.written()),
            };
            Some((name, value))
        })
    }

    /// Whether a list or map has nothing in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.here().next == self.at + 1
    }
}
