//! Building maps: a key that is set twice keeps its first position and its last value.

use bumpalo::collections::Vec;

use super::{Arena, BoundedVec, Value};

/// Up to this many members, keys are found by a linear search, which is faster than hashing and allocates nothing.
const MAX_LINEAR: usize = 12;

/// A map under construction. Its keys are unique. Members that do not fit into the arena's limits are not added.
#[derive(Debug)]
pub struct Assembly<'a> {
    members: BoundedVec<'a, (&'a str, Value<'a>)>,
    /// Built once there are more than [`MAX_LINEAR`] members.
    index: Option<Index<'a>>,
}

impl<'a> Assembly<'a> {
    /// An empty map.
    #[must_use]
    pub fn new(arena: &'a Arena) -> Self {
        Self { members: BoundedVec::new(arena), index: None }
    }

    /// An empty map with capacity for `count` members.
    #[must_use]
    pub fn with_capacity(count: usize, arena: &'a Arena) -> Self {
        Self { members: BoundedVec::with_capacity(count, arena), index: None }
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
        self.members.arena()
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
        self.members.into_slice()
    }

    /// The map as a value.
    #[must_use]
    pub fn value(self) -> Value<'a> {
        Value::Map(self.members.finish())
    }

    /// Appends a member, or returns the index of the member that has the key. What does not fit into the arena's limits is
    /// not added; the run finds out that a limit is exceeded.
    fn try_insert(&mut self, key: &'a str, value: Value<'a>) -> Result<(), usize> {
        let Some(index) = &mut self.index else {
            if let Some(existing) = self.members.iter().position(|(name, _)| *name == key) {
                return Err(existing);
            }
            if self.members.push((key, value)).is_some() && self.members.len() > MAX_LINEAR {
                self.index = Some(Index::new(&self.members, self.members.arena()));
            }
            return Ok(());
        };
        let slot = index.find(key, &self.members)?;
        if let Some(slot) = index.reserve(key, slot, &self.members, self.members.arena())
            && self.members.push((key, value)).is_some()
        {
            index.add(slot);
        }
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

type Members<'a> = [(&'a str, Value<'a>)];

impl<'a> Index<'a> {
    fn new(members: &Members<'a>, arena: &'a Arena) -> Self {
        // A random seed for each table prevents attacks with keys that collide. No result depends on it.
        #[expect(clippy::disallowed_types, reason = "random, but no result depends on it")]
        let random = std::hash::RandomState::new();
        let seed = std::hash::BuildHasher::hash_one(&random, 0_u8);
        let mut index = Self { slots: empty(MAX_LINEAR.next_power_of_two() * 4, arena), used: 0, seed };
        index.add_all(members);
        index
    }

    /// The free slot for `key`, or the position where it exists.
    fn find(&self, key: &str, members: &Members<'a>) -> Result<usize, usize> {
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

    /// Prepares for one more than `members`; `None` if it does not fit into the arena's limits. The free slot for a new
    /// key, `slot`, is another one if the table grew.
    fn reserve(&mut self, key: &str, slot: usize, members: &Members<'a>, arena: &'a Arena) -> Option<usize> {
        if (self.used + 1) * 2 <= self.slots.len() {
            return Some(slot);
        }
        let slots = self.slots.len() * 4;
        arena.fits(slots * size_of::<usize>())?;
        (self.slots, self.used) = (empty(slots, arena), 0);
        self.add_all(members);
        Some(self.free_slot(key))
    }

    /// Adds the members; their keys are unique.
    fn add_all(&mut self, members: &Members<'a>) {
        for (key, _) in members {
            let slot = self.free_slot(key);
            self.add(slot);
        }
    }

    /// The first free slot for a key that is not in the table.
    fn free_slot(&self, key: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash(key, self.seed) & mask;
        while self.slots[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// Adds the next member in a free slot.
    fn add(&mut self, slot: usize) {
        self.used += 1;
        self.slots[slot] = self.used;
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
