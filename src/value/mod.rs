//! The values that a mapping computes: small and `Copy`, allocated in the arena of one event.

mod assemble;
mod collection;
mod compare;
mod decimal;
mod keys;
mod number;
mod pattern;
mod print;
#[cfg(test)]
pub(crate) mod tests;

pub use assemble::Assembly;
pub use collection::{List, Map};
pub(crate) use compare::canonical;
pub use compare::{same, truthy};
pub(crate) use decimal::{Decimal, Rounding};
pub use keys::{Keys, key_of_path};
pub use number::{Finite, Number};
pub use pattern::Pattern;
pub use print::{Buffer, compact, escape, json, json_within, plain, quote, quoted, to_json};

use std::borrow::Cow;

use crate::json::{Node, TapeKind};

pub use crate::arena::{Arena, BYTES_PER_STEP, BoundedString, BoundedVec, EventLimits, VALUES_PER_STEP};

/// A value: a constant, a computed value, or a part of a document.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// JSON null. A missing value is `None` of `Option<Value>`.
    Null,
    /// true or false.
    Bool(bool),
    /// A number.
    Number(Number<'a>),
    /// Text.
    Text(&'a str),
    /// A list computed by the mapping.
    List(&'a [Value<'a>]),
    /// A map computed by the mapping; its keys are unique.
    Map(&'a [(&'a str, Value<'a>)]),
    /// A part of a document, written exactly as it was read.
    Node(Node<'a>),
}

/// A value by its kind, whether computed or parsed; see [`Value::view`].
#[derive(Clone, Copy, Debug)]
pub enum View<'a> {
    /// null
    Null,
    /// true or false
    Bool(bool),
    /// a number
    Number(Number<'a>),
    /// text, with escapes decoded
    Text(&'a str),
    /// a list
    List(List<'a>),
    /// a map
    Map(Map<'a>),
}

/// The kinds of values that the mapping language distinguishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are self-explanatory")]
pub enum Kind {
    Null,
    Bool,
    Number,
    Text,
    List,
    Map,
}

/// The kinds that a setting may have, with the word for each in `config:`.
pub const SETTING_KINDS: [(&str, Kind); 5] = [
    ("text", Kind::Text),
    ("number", Kind::Number),
    ("boolean", Kind::Bool),
    ("list", Kind::List),
    ("map", Kind::Map),
];

/// The kind that a word in `config:` stands for.
#[must_use]
pub fn setting_kind(word: &str) -> Option<Kind> {
    SETTING_KINDS.iter().find(|(name, _)| *name == word).map(|(_, kind)| *kind)
}

/// A set of [`Kind`]s, used when a mapping is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// No kind.
    pub const NONE: Self = Self(0);
    /// null
    pub const NULL: Self = Self(1);
    /// true and false
    pub const BOOL: Self = Self(2);
    /// numbers
    pub const NUMBER: Self = Self(4);
    /// text
    pub const TEXT: Self = Self(8);
    /// lists
    pub const LIST: Self = Self(16);
    /// maps
    pub const MAP: Self = Self(32);
    /// every kind
    pub const ANY: Self = Self(63);
    /// text, numbers and booleans
    pub const SCALAR: Self = Self(14);

    /// The union of both sets.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The intersection of both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The kinds that are in this set but not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the set is empty.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The set in words, such as `text or a number`.
    #[must_use]
    pub fn words(self) -> String {
        if self == Self::ANY {
            return "anything".to_owned();
        }
        let names = [
            (Self::TEXT, "text"),
            (Self::NUMBER, "a number"),
            (Self::BOOL, "true or false"),
            (Self::LIST, "a list"),
            (Self::MAP, "a map"),
            (Self::NULL, "null"),
        ];
        let words: Vec<_> =
            names.iter().filter(|(kind, _)| !self.and(*kind).is_empty()).map(|(_, name)| *name).collect();
        match words.as_slice() {
            [] => "nothing".to_owned(),
            [only] => (*only).to_owned(),
            [first @ .., last] => format!("{} or {last}", first.join(", ")),
        }
    }
}

impl From<Kind> for Kinds {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Null => Self::NULL,
            Kind::Bool => Self::BOOL,
            Kind::Number => Self::NUMBER,
            Kind::Text => Self::TEXT,
            Kind::List => Self::LIST,
            Kind::Map => Self::MAP,
        }
    }
}

impl<'a> Value<'a> {
    /// The value by its kind. Text that contains escapes is decoded into the arena.
    #[must_use]
    pub fn view(self, arena: &'a Arena) -> View<'a> {
        match self {
            Self::Null => View::Null,
            Self::Bool(truth) => View::Bool(truth),
            Self::Number(number) => View::Number(number),
            Self::Text(text) => View::Text(text),
            Self::List(items) => View::List(List::Computed(items)),
            Self::Map(members) => View::Map(Map::Computed(members)),
            Self::Node(node) => match node.kind() {
                TapeKind::Null | TapeKind::Key | TapeKind::EscapedKey => View::Null,
                TapeKind::False => View::Bool(false),
                TapeKind::True => View::Bool(true),
                TapeKind::Number => View::Number(Number::Literal(node.raw_text())),
                TapeKind::Text => View::Text(node.raw_text()),
                TapeKind::EscapedText => View::Text(arena.alloc_str(&node.unescaped())),
                TapeKind::List => View::List(List::Parsed(node)),
                TapeKind::Map => View::Map(Map::Parsed(node)),
            },
        }
    }

    /// The text, if the value is text.
    #[must_use]
    pub fn text(self, arena: &'a Arena) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Node(node) => node.text().map(|text| in_arena(arena, text)),
            _ => None,
        }
    }

    /// The kind of the value.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Bool,
            Self::Number(_) => Kind::Number,
            Self::Text(_) => Kind::Text,
            Self::List(_) => Kind::List,
            Self::Map(_) => Kind::Map,
            Self::Node(node) => match node.kind() {
                TapeKind::Null | TapeKind::Key | TapeKind::EscapedKey => Kind::Null,
                TapeKind::False | TapeKind::True => Kind::Bool,
                TapeKind::Number => Kind::Number,
                TapeKind::Text | TapeKind::EscapedText => Kind::Text,
                TapeKind::List => Kind::List,
                TapeKind::Map => Kind::Map,
            },
        }
    }

    /// The steps that it takes to go through the value, as far as that is known without doing it.
    #[inline]
    #[must_use]
    pub fn work(self) -> usize {
        match self {
            Self::Null | Self::Bool(_) | Self::Number(_) => 0,
            Self::Text(text) => text.len() / BYTES_PER_STEP,
            Self::List(items) => items.len() / VALUES_PER_STEP,
            Self::Map(members) => members.len() / VALUES_PER_STEP,
            Self::Node(node) => node.raw_len() / BYTES_PER_STEP,
        }
    }

    /// Whether the value counts as *present*: it is neither null nor `""`.
    #[must_use]
    pub fn is_present(self) -> bool {
        match self {
            Self::Null => false,
            Self::Text(text) => !text.is_empty(),
            Self::Node(node) => node.kind() != TapeKind::Null && !node.is_empty_text(),
            _ => true,
        }
    }
}

/// The text itself if it is borrowed; otherwise a copy in the arena.
pub(crate) fn in_arena<'a>(arena: &'a Arena, text: Cow<'a, str>) -> &'a str {
    match text {
        Cow::Borrowed(text) => text,
        Cow::Owned(text) => arena.alloc_str(&text),
    }
}
