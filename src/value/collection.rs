//! Lists and maps, whether the mapping made them or they stand in a document.

use super::{Arena, Assembly, Value, keep};
use crate::json::Node;

/// A list.
#[derive(Clone, Copy, Debug)]
pub enum List<'a> {
    /// Made by the mapping.
    Made(&'a [Value<'a>]),
    /// As it was read.
    Read(Node<'a>),
}

/// A map.
#[derive(Clone, Copy, Debug)]
pub enum Map<'a> {
    /// Made by the mapping.
    Made(&'a [(&'a str, Value<'a>)]),
    /// As it was read.
    Read(Node<'a>),
}

impl<'a> List<'a> {
    /// The elements in their order.
    pub fn iter(self) -> impl Iterator<Item = Value<'a>> + Clone {
        let (made, read) = match self {
            Self::Made(items) => (Some(items), None),
            Self::Read(node) => (None, Some(node)),
        };
        let read = read.into_iter().flat_map(|node| node.elements().map(Value::Node));
        made.into_iter().flatten().copied().chain(read)
    }

    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        match self {
            Self::Made(items) => items.len(),
            Self::Read(node) => node.elements().count(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        match self {
            Self::Made(items) => items.is_empty(),
            Self::Read(node) => node.is_empty(),
        }
    }

    /// One element; a negative index counts from the end.
    #[must_use]
    pub fn get(self, index: i64) -> Option<Value<'a>> {
        match self {
            Self::Made(items) => {
                let at = if index < 0 { i64::try_from(items.len()).ok()? + index } else { index };
                items.get(usize::try_from(at).ok()?).copied()
            }
            Self::Read(node) => node.element(index).map(Value::Node),
        }
    }
}

impl<'a> Map<'a> {
    /// The members in their order, as written: a document may hold a key twice (the last one counts).
    pub fn iter(self, arena: &'a Arena) -> impl Iterator<Item = (&'a str, Value<'a>)> {
        let (made, read) = match self {
            Self::Made(members) => (Some(members), None),
            Self::Read(node) => (None, Some(node)),
        };
        let read = read.into_iter().flat_map(Node::members);
        let read = read.map(move |(name, node)| (keep(arena, name), Value::Node(node)));
        made.into_iter().flatten().copied().chain(read)
    }

    /// The members, each key once: where a document holds one twice, with the last value at the first place.
    #[must_use]
    pub fn members(self, arena: &'a Arena) -> &'a [(&'a str, Value<'a>)] {
        match self {
            Self::Made(members) => members,
            Self::Read(_) => {
                let mut once = Assembly::with_capacity(self.len(), arena);
                once.put_all(self);
                once.finish()
            }
        }
    }

    /// One member.
    #[must_use]
    pub fn get(self, name: &str) -> Option<Value<'a>> {
        match self {
            Self::Made(members) => members.iter().find(|(key, _)| *key == name).map(|(_, value)| *value),
            Self::Read(node) => node.member(name).map(Value::Node),
        }
    }

    /// How many members are written; a key that stands twice counts twice.
    #[must_use]
    pub fn len(self) -> usize {
        match self {
            Self::Made(members) => members.len(),
            Self::Read(node) => node.members().count(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        match self {
            Self::Made(members) => members.is_empty(),
            Self::Read(node) => node.is_empty(),
        }
    }
}

impl<'a> Assembly<'a> {
    /// Sets every member of a map.
    pub fn put_all(&mut self, map: Map<'a>) {
        let arena = self.arena();
        for (key, value) in map.iter(arena) {
            self.put(key, value);
        }
    }
}
