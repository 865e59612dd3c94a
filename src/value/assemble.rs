//! Building maps: a key that is set twice keeps its first position and its last value.

use bumpalo::collections::Vec;

use super::{Arena, Value};

/// Up to this many members, keys are found by a linear search, which is faster than hashing and allocates nothing.
const MAX_LINEAR: usize = 12;

/// A map under construction. Its keys are unique.
#[derive(Debug)]
pub struct Assembly<'a> {
    members: Vec<'a, (&'a str, Value<'a>)>,
    /// Built once there are more than [`MAX_LINEAR`] members.
    index: Option<Index<'a>>,
}

impl<'a> Assembly<'a> {
    /// An empty map.
    #[must_use]
    pub fn new(arena: &'a Arena) -> Self {
        Self { members: Vec::new_in(arena), index: None }
    }

    /// An empty map with capacity for `count` members.
    #[must_use]
    pub fn with_capacity(count: usize, arena: &'a Arena) -> Self {
        Self { members: Vec::with_capacity_in(count, arena), index: None }
    }

    /// Sets a member. An existing key keeps its position and gets the new value.
    pub fn put(&mut self, key: &'a str, value: Value<'a>) {
        if let Err(existing) = self.try_insert(key, value) {
            self.members[existing].1 = value;
        }
    }

    /// Sets a member unless the key exists.
    pub fn put_new(&mut self, key: &'a str, value: Value<'a>) {
        let _existing = self.try_insert(key, value);
    }

    /// The arena of the members.
    pub(super) fn arena(&self) -> &'a Arena {
        self.members.bump()
    }

    /// The number of members.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are no members.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The members in the order in which their keys were first set.
    #[must_use]
    pub fn finish(self) -> &'a [(&'a str, Value<'a>)] {
        self.members.into_bump_slice()
    }

    /// The map as a value.
    #[must_use]
    pub fn value(self) -> Value<'a> {
        Value::Map(self.finish())
    }

    /// Appends a member, or returns the index of the member that has the key.
    fn try_insert(&mut self, key: &'a str, value: Value<'a>) -> Result<(), usize> {
        if let Some(index) = &mut self.index {
            index.insert(key, &self.members)?;
        } else if let Some(existing) = self.members.iter().position(|(name, _)| *name == key) {
            return Err(existing);
        } else if self.members.len() == MAX_LINEAR {
            let mut index = Index::new(self.members.bump());
            for existing in 0..MAX_LINEAR {
                index.insert(self.members[existing].0, &self.members[..existing])?;
            }
            index.insert(key, &self.members)?;
            self.index = Some(index);
        }
        self.members.push((key, value));
        Ok(())
    }
}

/// A hash table from keys to positions, with open addressing; a slot contains a position + 1, or 0 if it is free. At most
/// half of the slots are used.
#[derive(Debug)]
struct Index<'a> {
    slots: Vec<'a, usize>,
    used: usize,
    seed: u64,
}

impl<'a> Index<'a> {
    fn new(arena: &'a Arena) -> Self {
        // A random seed for each table prevents attacks with keys that collide. No result depends on it.
        #[expect(clippy::disallowed_types, reason = "random, but no result depends on it")]
        let random = std::hash::RandomState::new();
        let seed = std::hash::BuildHasher::hash_one(&random, 0_u8);
        Self { slots: empty(MAX_LINEAR.next_power_of_two() * 4, arena), used: 0, seed }
    }

    /// Adds `key` as the one after `members`, or returns the position where it exists.
    fn insert(&mut self, key: &str, members: &[(&'a str, Value<'a>)]) -> Result<(), usize> {
        let slot = self.find(key, members)?;
        self.used += 1;
        self.slots[slot] = self.used;
        if self.used * 2 > self.slots.len() {
            self.grow(key, members);
        }
        Ok(())
    }

    /// The free slot for `key`, or the position where it exists.
    fn find(&self, key: &str, members: &[(&'a str, Value<'a>)]) -> Result<usize, usize> {
        let mask = self.slots.len() - 1;
        let mut slot = hash(key, self.seed) & mask;
        loop {
            match self.slots[slot] {
                0 => return Ok(slot),
                position if members[position - 1].0 == key => return Err(position - 1),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    fn grow(&mut self, newest: &str, members: &[(&'a str, Value<'a>)]) {
        let mut slots = empty(self.slots.len() * 4, self.slots.bump());
        let mask = slots.len() - 1;
        let keys = members.iter().map(|(key, _)| *key).chain([newest]);
        for (position, key) in (1..).zip(keys) {
            let mut slot = hash(key, self.seed) & mask;
            while slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            slots[slot] = position;
        }
        self.slots = slots;
    }
}

fn empty(slots: usize, arena: &Arena) -> Vec<'_, usize> {
    bumpalo::vec![in arena; 0; slots]
}

/// The hash of a key: eight bytes at a time, mixed by a 128-bit multiplication.
fn hash(key: &str, seed: u64) -> usize {
    let mut hash = seed ^ key.len() as u64;
    let (words, rest) = key.as_bytes().as_chunks::<8>();
    for word in words {
        hash = mix(hash ^ u64::from_le_bytes(*word));
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    hash = mix(hash ^ u64::from_le_bytes(last));
    #[expect(clippy::cast_possible_truncation, reason = "any bits of the hash will do")]
    let hash = hash as usize;
    hash
}

fn mix(word: u64) -> u64 {
    let product = u128::from(word) * 0x9E37_79B9_7F4A_7C15;
    #[expect(clippy::cast_possible_truncation, reason = "both halves are used")]
    let (low, high) = (product as u64, (product >> 64) as u64);
    low ^ high
}
