//! Sets of names that are known when the mapping is loaded, for `only` and `except`.

use super::{Arena, Assembly, Map, Value, View};

/// A set of member names with fast lookup.
#[derive(Clone, Debug)]
pub struct Keys {
    /// Sorted by length, then by bytes.
    names: Box<[Box<str>]>,
    /// Bit n is set if a name is n bytes long; bit 63 covers all lengths from 63 on. It rules out most names quickly.
    lengths: u64,
}

impl Keys {
    /// Builds a set of names.
    pub fn new<N: Into<Box<str>>>(names: impl IntoIterator<Item = N>) -> Self {
        let mut names: Vec<Box<str>> = names.into_iter().map(Into::into).collect();
        names.sort_unstable_by(|left, right| order(left, right));
        names.dedup();
        let lengths = names.iter().fold(0, |bits, name| bits | length_bit(name));
        Self { names: names.into_boxed_slice(), lengths }
    }

    /// Whether the set contains `name`.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        if self.lengths & length_bit(name) == 0 {
            return false;
        }
        if self.names.len() <= 8 {
            return self.names.iter().any(|known| **known == *name);
        }
        self.names.binary_search_by(|known| order(known, name)).is_ok()
    }

    /// The map reduced to these members, in the order of the map; `None` if the value is not a map.
    #[must_use]
    pub fn only<'a>(&self, value: Value<'a>, arena: &'a Arena) -> Option<Value<'a>> {
        let View::Map(map) = value.view(arena) else { return None };
        Some(self.select(map, true, self.names.len(), arena))
    }

    /// The map without these members; a value that is not a map is returned unchanged.
    #[must_use]
    pub fn except<'a>(&self, value: Value<'a>, arena: &'a Arena) -> Value<'a> {
        match value.view(arena) {
            // A map that loses no member is returned as it is, so that its JSON text can be copied.
            View::Map(map) if map.iter(arena).any(|(name, _)| self.contains(name)) => {
                self.select(map, false, map.len(), arena)
            }
            _ => value,
        }
    }

    fn select<'a>(&self, map: Map<'a>, listed: bool, capacity: usize, arena: &'a Arena) -> Value<'a> {
        let mut selected = Assembly::with_capacity(capacity, arena);
        for (name, member) in map.iter(arena) {
            if self.contains(name) == listed {
                selected.put(name, member);
            }
        }
        selected.value()
    }
}

fn length_bit(name: &str) -> u64 {
    1 << name.len().min(63)
}

fn order(left: &str, right: &str) -> std::cmp::Ordering {
    left.len().cmp(&right.len()).then_with(|| left.cmp(right))
}

/// What paths begin with in other tools.
const ROOTS: [&str; 7] = ["event", "message", "traits", "properties", "context", "config", "metadata"];

/// Variables that every mapping has.
const VARIABLES: [&str; 6] = ["event", "config", "connection", "metadata", "item", "value"];

/// The key that was probably meant, if a name is written as a path, so that no key of a map is called like that: `email`
/// for `$.traits.email` and `traits.email`. `is_field` says whether a mapping has a field of a name; the keys of an event
/// can begin with `$` as well.
#[must_use]
pub fn key_of_path(name: &str, is_field: impl Fn(&str) -> bool) -> Option<&str> {
    let root_of = |path: &str| path.find(['.', '[']).unwrap_or(path.len());
    let is_path = match name.strip_prefix('$') {
        Some(path) if path.starts_with(['.', '[']) => true,
        Some(path) => {
            let root = &path[..root_of(path)];
            (root.len() < path.len() && VARIABLES.contains(&root)) || is_field(root)
        }
        None => {
            let word = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            let root = &name[..root_of(name)];
            root.len() < name.len() && ROOTS.contains(&root) && name.split(['.', '[', ']']).all(word)
        }
    };
    let last = name.rsplit(['.', '[']).next().unwrap_or(name);
    is_path.then(|| last.trim_end_matches(']').trim_matches(['\'', '"']).trim_start_matches('$'))
}
