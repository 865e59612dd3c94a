//! Maps in the making: a key that stands twice keeps its first place and its last value.

use bumpalo::collections::Vec;

use super::{Arena, Value};

/// Up to so many members are compared one by one; it is faster than hashing and needs no memory.
const FEW: usize = 12;

/// A map in the making. What it gives never holds a key twice.
#[derive(Debug)]
pub struct Assembly<'a> {
    members: Vec<'a, (&'a str, Value<'a>)>,
    index: Option<Index<'a>>,
}

impl<'a> Assembly<'a> {
    /// An empty one.
    #[must_use]
    pub fn new(arena: &'a Arena) -> Self {
        Self { members: Vec::new_in(arena), index: None }
    }

    /// An empty one with capacity for `count` members.
    #[must_use]
    pub fn with_capacity(count: usize, arena: &'a Arena) -> Self {
        Self { members: Vec::with_capacity_in(count, arena), index: None }
    }

    /// Sets a member. A key that is there already keeps its place and gets the new value.
    pub fn put(&mut self, key: &'a str, value: Value<'a>) {
        if let Err(at) = self.place(key, value) {
            self.members[at].1 = value;
        }
    }

    /// Sets a member unless the key is there already.
    pub fn put_new(&mut self, key: &'a str, value: Value<'a>) {
        let _already_there = self.place(key, value);
    }

    /// The arena of the members.
    pub(super) fn arena(&self) -> &'a Arena {
        self.members.bump()
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The members in the order in which their keys came first.
    #[must_use]
    pub fn finish(self) -> &'a [(&'a str, Value<'a>)] {
        self.members.into_bump_slice()
    }

    /// The map as a value.
    #[must_use]
    pub fn value(self) -> Value<'a> {
        Value::Map(self.finish())
    }

    /// Appends a member, or tells where its key stands.
    fn place(&mut self, key: &'a str, value: Value<'a>) -> Result<(), usize> {
        if let Some(index) = &mut self.index {
            index.place(key, &self.members)?;
        } else if let Some(at) = self.members.iter().position(|(other, _)| *other == key) {
            return Err(at);
        } else if self.members.len() == FEW {
            let mut index = Index::new(self.members.bump());
            for at in 0..FEW {
                index.place(self.members[at].0, &self.members[..at])?;
            }
            index.place(key, &self.members)?;
            self.index = Some(index);
        }
        self.members.push((key, value));
        Ok(())
    }
}

/// Where keys stand: an open table of places + 1, at most half full.
#[derive(Debug)]
struct Index<'a> {
    slots: Vec<'a, usize>,
    used: usize,
    seed: u64,
}

impl<'a> Index<'a> {
    fn new(arena: &'a Arena) -> Self {
        // The seed differs from table to table, so nobody can prepare keys that all collide.
        // No result depends on it.
        #[expect(clippy::disallowed_types, reason = "random, but no result depends on it")]
        let random = std::hash::RandomState::new();
        let seed = std::hash::BuildHasher::hash_one(&random, 0_u8);
        Self { slots: empty(FEW.next_power_of_two() * 4, arena), used: 0, seed }
    }

    /// Enters `key` as the next of `members`, or tells where it stands already.
    fn place(&mut self, key: &str, members: &[(&'a str, Value<'a>)]) -> Result<(), usize> {
        let slot = self.find(key, members)?;
        self.used += 1;
        self.slots[slot] = self.used;
        if self.used * 2 > self.slots.len() {
            self.grow(key, members);
        }
        Ok(())
    }

    fn find(&self, key: &str, members: &[(&'a str, Value<'a>)]) -> Result<usize, usize> {
        let mask = self.slots.len() - 1;
        let mut slot = start(key, self.seed) & mask;
        loop {
            match self.slots[slot] {
                0 => return Ok(slot),
                place if members[place - 1].0 == key => return Err(place - 1),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    fn grow(&mut self, newest: &str, members: &[(&'a str, Value<'a>)]) {
        let mut slots = empty(self.slots.len() * 4, self.slots.bump());
        let mask = slots.len() - 1;
        let keys = members.iter().map(|(key, _)| *key).chain([newest]);
        for (place, key) in (1..).zip(keys) {
            let mut slot = start(key, self.seed) & mask;
            while slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            slots[slot] = place;
        }
        self.slots = slots;
    }
}

fn empty(slots: usize, arena: &Arena) -> Vec<'_, usize> {
    bumpalo::vec![in arena; 0; slots]
}

/// Where the search for a key begins: eight bytes at a time, mixed by a 128-bit product.
fn start(key: &str, seed: u64) -> usize {
    let mut hash = seed ^ key.len() as u64;
    let (words, rest) = key.as_bytes().as_chunks::<8>();
    for word in words {
        hash = mix(hash ^ u64::from_le_bytes(*word));
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    hash = mix(hash ^ u64::from_le_bytes(last));
    #[expect(clippy::cast_possible_truncation, reason = "any bits will do")]
    let start = hash as usize;
    start
}

fn mix(word: u64) -> u64 {
    let product = u128::from(word) * 0x9E37_79B9_7F4A_7C15;
    #[expect(clippy::cast_possible_truncation, reason = "both halves are used")]
    let (low, high) = (product as u64, (product >> 64) as u64);
    low ^ high
}
