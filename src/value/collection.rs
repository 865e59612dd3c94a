//! Lists and maps, whether computed by the mapping or parsed from a document.

use super::{Arena, Assembly, BoundedVec, VALUES_PER_STEP, Value, in_arena};
use crate::json::Node;

/// A list.
#[derive(Clone, Copy, Debug)]
pub enum List<'a> {
    /// Computed by the mapping.
    Computed(&'a [Value<'a>]),
    /// Part of a document.
    Parsed(Node<'a>),
}

/// A map.
#[derive(Clone, Copy, Debug)]
pub enum Map<'a> {
    /// Computed by the mapping.
    Computed(&'a [(&'a str, Value<'a>)]),
    /// Part of a document.
    Parsed(Node<'a>),
}

impl<'a> List<'a> {
    /// The elements in order.
    pub fn iter(self) -> impl Iterator<Item = Value<'a>> + Clone {
        let (computed, parsed) = match self {
            Self::Computed(items) => (Some(items), None),
            Self::Parsed(node) => (None, Some(node)),
        };
        let parsed = parsed.into_iter().flat_map(|node| node.elements().map(Value::Node));
        computed.into_iter().flatten().copied().chain(parsed)
    }

    /// The number of elements.
    #[must_use]
    pub fn len(self) -> usize {
        match self {
            Self::Computed(items) => items.len(),
            Self::Parsed(node) => node.elements().count(),
        }
    }

    /// Whether there are no elements.
    #[must_use]
    pub fn is_empty(self) -> bool {
        match self {
            Self::Computed(items) => items.is_empty(),
            Self::Parsed(node) => node.is_empty(),
        }
    }

    /// Like [`Self::get`], as a step of a path that is followed again and again: it costs steps of the arena.
    #[must_use]
    pub fn look_up(self, index: i64, arena: &Arena) -> Option<Value<'a>> {
        let found = self.get(index);
        if let Self::Parsed(_) = self {
            // An element is found by passing those before it; from the end, all are counted.
            let passed = match usize::try_from(index) {
                Ok(index) if found.is_some() => index,
                _ => self.len(),
            };
            if passed >= VALUES_PER_STEP {
                arena.spend(passed / VALUES_PER_STEP)?;
            }
        }
        found
    }

    /// The element at `index`; a negative index counts from the end.
    #[must_use]
    pub fn get(self, index: i64) -> Option<Value<'a>> {
        match self {
            Self::Computed(items) => {
                let index = if index < 0 { i64::try_from(items.len()).ok()? + index } else { index };
                items.get(usize::try_from(index).ok()?).copied()
            }
            Self::Parsed(node) => node.element(index).map(Value::Node),
        }
    }
}

impl<'a> Map<'a> {
    /// The members in order, including repeated keys: in a document a key may occur more than once (the last one counts).
    pub fn iter(self, arena: &'a Arena) -> impl Iterator<Item = (&'a str, Value<'a>)> {
        let (computed, parsed) = match self {
            Self::Computed(members) => (Some(members), None),
            Self::Parsed(node) => (None, Some(node)),
        };
        let parsed = parsed.into_iter().flat_map(Node::members);
        let parsed = parsed.map(move |(name, node)| (in_arena(arena, name), Value::Node(node)));
        computed.into_iter().flatten().copied().chain(parsed)
    }

    /// The values of the members in order, including those of repeated keys.
    pub fn values(self) -> impl Iterator<Item = Value<'a>> {
        let (computed, parsed) = match self {
            Self::Computed(members) => (Some(members), None),
            Self::Parsed(node) => (None, Some(node)),
        };
        let parsed = parsed.into_iter().flat_map(|node| node.member_values().map(Value::Node));
        computed.into_iter().flatten().map(|(_, value)| *value).chain(parsed)
    }

    /// The members with unique keys: a repeated key has its first position and its last value.
    #[must_use]
    pub fn members(self, arena: &'a Arena) -> &'a [(&'a str, Value<'a>)] {
        match self {
            Self::Computed(members) => members,
            Self::Parsed(_) => {
                let mut unique = Assembly::with_capacity(self.len(), arena);
                unique.put_all(self);
                unique.finish()
            }
        }
    }

    /// The members as maps of two: the key under the first name, the value under the second.
    #[must_use]
    pub fn pairs(self, [key, value]: [&'a str; 2], arena: &'a Arena) -> &'a [Value<'a>] {
        let members = self.members(arena);
        let mut pairs = BoundedVec::with_capacity(members.len(), arena);
        for (name, member) in members {
            let pair: &[_] = arena.alloc_slice_copy(&[(key, Value::Text(name)), (value, *member)]);
            if arena.spend(1).is_none() || pairs.push(Value::Map(pair)).is_none() {
                break;
            }
        }
        pairs.finish()
    }

    /// Like [`Self::get`], as a step of a path that is followed again and again: it costs steps of the arena.
    #[must_use]
    pub fn look_up(self, name: &str, arena: &Arena) -> Option<Value<'a>> {
        let (found, compared) = match self {
            Self::Computed(members) => match members.iter().position(|(key, _)| *key == name) {
                Some(position) => (members.get(position).map(|(_, value)| *value), position),
                None => (None, members.len()),
            },
            Self::Parsed(node) => {
                let (found, compared) = node.find_member(name);
                (found.map(Value::Node), compared)
            }
        };
        if compared >= VALUES_PER_STEP {
            arena.spend(compared / VALUES_PER_STEP)?;
        }
        found
    }

    /// The value of the key `name`.
    #[must_use]
    pub fn get(self, name: &str) -> Option<Value<'a>> {
        match self {
            Self::Computed(members) => members.iter().find(|(key, _)| *key == name).map(|(_, value)| *value),
            Self::Parsed(node) => node.member(name).map(Value::Node),
        }
    }

    /// The number of members; repeated keys are counted each time.
    #[must_use]
    pub fn len(self) -> usize {
        match self {
            Self::Computed(members) => members.len(),
            Self::Parsed(node) => node.members().count(),
        }
    }

    /// Whether there are no members.
    #[must_use]
    pub fn is_empty(self) -> bool {
        match self {
            Self::Computed(members) => members.is_empty(),
            Self::Parsed(node) => node.is_empty(),
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
