//! A set of names that is known when the mapping is loaded: `only` and `except`.

use super::{Arena, Assembly, Map, Value, View};

/// Names of members, prepared for many questions.
#[derive(Clone, Debug)]
pub struct Keys {
    /// Sorted by length, then by bytes.
    names: Box<[Box<str>]>,
    /// Bit n: some name is n bytes long (63 stands for all longer ones). Answers most questions with no.
    lengths: u64,
}

impl Keys {
    /// Prepares a set of names.
    pub fn new<N: Into<Box<str>>>(names: impl IntoIterator<Item = N>) -> Self {
        let mut names: Vec<Box<str>> = names.into_iter().map(Into::into).collect();
        names.sort_unstable_by(|left, right| order(left, right));
        names.dedup();
        let lengths = names.iter().fold(0, |bits, name| bits | bit(name));
        Self { names: names.into_boxed_slice(), lengths }
    }

    /// Whether `name` is one of them.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        if self.lengths & bit(name) == 0 {
            return false;
        }
        if self.names.len() <= 8 {
            return self.names.iter().any(|one| **one == *name);
        }
        self.names.binary_search_by(|one| order(one, name)).is_ok()
    }

    /// The map with these members and no others, in the map's own order; missing for what is not a map.
    #[must_use]
    pub fn only<'a>(&self, value: Value<'a>, arena: &'a Arena) -> Option<Value<'a>> {
        let View::Map(map) = value.view(arena) else { return None };
        Some(self.select(map, true, self.names.len(), arena))
    }

    /// The map without these members; what is not a map stays as it is.
    #[must_use]
    pub fn except<'a>(&self, value: Value<'a>, arena: &'a Arena) -> Value<'a> {
        match value.view(arena) {
            // What loses nothing is not taken apart, so that it can be written as it was read.
            View::Map(map) if map.iter(arena).any(|(name, _)| self.contains(name)) => {
                self.select(map, false, map.len(), arena)
            }
            _ => value,
        }
    }

    fn select<'a>(&self, map: Map<'a>, wanted: bool, capacity: usize, arena: &'a Arena) -> Value<'a> {
        let mut chosen = Assembly::with_capacity(capacity, arena);
        for (name, member) in map.iter(arena) {
            if self.contains(name) == wanted {
                chosen.put(name, member);
            }
        }
        chosen.value()
    }
}

fn bit(name: &str) -> u64 {
    1 << name.len().min(63)
}

fn order(left: &str, right: &str) -> std::cmp::Ordering {
    left.len().cmp(&right.len()).then_with(|| left.cmp(right))
}
