//! Prepared settings of envelopes, found by their text; the least recently used ones are given up first.

use std::collections::hash_map::Entry;
use std::sync::Arc;

use foldhash::HashMap;

use super::settings::Settings;

/// How many are kept unless somebody says otherwise.
const CAPACITY: usize = 1024;

/// A cache of a fixed capacity. Its entries form a list in the order of their last use, linked by their numbers, so that
/// neither a hit nor an eviction depends on how many there are.
pub(super) struct SettingsCache {
    capacity: usize,
    numbers: HashMap<Arc<str>, usize>,
    entries: Vec<CacheEntry>,
    newest: usize,
    oldest: usize,
}

struct CacheEntry {
    text: Arc<str>,
    settings: Settings,
    /// The neighbours in the list; the entry's own number where there is none.
    newer: usize,
    older: usize,
}

impl Default for SettingsCache {
    fn default() -> Self {
        Self::new(CAPACITY)
    }
}

impl SettingsCache {
    /// An empty cache; it holds at least one entry.
    pub(super) fn new(capacity: usize) -> Self {
        let capacity = capacity.max(1);
        Self { capacity, numbers: HashMap::default(), entries: Vec::new(), newest: 0, oldest: 0 }
    }

    /// The settings with that text, made by `prepare` when they are not known.
    pub(super) fn get(&mut self, text: &str, prepare: impl FnOnce() -> Settings) -> &Settings {
        let known = match self.entries.get(self.newest) {
            // Envelopes of one destination often follow each other.
            Some(newest) if *newest.text == *text => Some(self.newest),
            _ => self.numbers.get(text).copied(),
        };
        match known {
            Some(number) => self.touch(number),
            None => self.insert(text.into(), prepare()),
        }
        &self.entries[self.newest].settings
    }

    /// Makes an entry the newest one.
    fn touch(&mut self, number: usize) {
        if number == self.newest {
            return;
        }
        let (newer, older) = (self.entries[number].newer, self.entries[number].older);
        if number == self.oldest {
            self.oldest = newer;
            self.entries[newer].older = newer;
        } else {
            self.entries[newer].older = older;
            self.entries[older].newer = newer;
        }
        self.lead(number);
    }

    /// Puts an entry that is in no place of the list before the newest one.
    fn lead(&mut self, number: usize) {
        let second = std::mem::replace(&mut self.newest, number);
        self.entries[second].newer = number;
        self.entries[number].older = second;
        self.entries[number].newer = number;
    }

    fn insert(&mut self, text: Arc<str>, settings: Settings) {
        let number = self.entries.len();
        if number < self.capacity {
            self.entries.push(CacheEntry { text: Arc::clone(&text), settings, newer: number, older: number });
            if number > 0 {
                self.lead(number);
            }
            self.numbers.insert(text, number);
            return;
        }
        let number = self.oldest;
        self.touch(number);
        let entry = &mut self.entries[number];
        entry.settings = settings;
        if let Entry::Occupied(before) =
            self.numbers.entry(std::mem::replace(&mut entry.text, Arc::clone(&text)))
        {
            before.remove();
        }
        self.numbers.insert(text, number);
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;
    use crate::plan::Plan;

    fn plan() -> Arc<Plan> {
        struct None;
        impl crate::Files for None {
            fn read(&self, _: Option<&str>, name: &str) -> Result<(String, String), String> {
                Ok((
                    name.to_owned(),
                    "destination: a\nlanguage: 1\nrules: [{ name: a, drop: true }]\n".to_owned(),
                ))
            }
        }
        let loaded = crate::load("a.yaml", &None);
        loaded.engine.expect("a mapping that loads").plan
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

        /// It keeps what a list in the order of the last use keeps.
        #[test]
        fn the_least_recently_used_is_given_up(capacity in 1_usize..6, asked in vec(0_u8..9, 0..200)) {
            let (plan, mut cache, mut expected) = (plan(), SettingsCache::new(capacity), Vec::<u8>::new());
            for number in asked {
                let mut prepared = false;
                cache.get(&format!("{{\"a\":{number}}}"), || {
                    prepared = true;
                    Settings::of(&plan, crate::value::Value::Map(&[]))
                });
                let known = expected.iter().position(|known| *known == number);
                prop_assert_eq!(prepared, known.is_none());
                known.map(|at| expected.remove(at));
                expected.insert(0, number);
                expected.truncate(capacity);
                prop_assert!(cache.entries.len() == expected.len() && cache.numbers.len() == expected.len());
            }
        }
    }
}
