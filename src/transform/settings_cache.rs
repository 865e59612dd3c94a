//! A cache of the prepared settings of envelopes, by their JSON text. The least recently used ones are evicted first.

use std::collections::hash_map::Entry;
use std::sync::Arc;

use foldhash::HashMap;

use super::settings::Settings;

/// The maximum number of prepared settings kept per worker, unless [`Worker::with_settings_cache`](super::Worker) sets
/// another one.
const DEFAULT_CAPACITY: usize = 1024;

/// A cache of a fixed capacity. Its entries are linked in the order of their last use, so that both a hit and an eviction
/// take constant time.
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
    /// The neighbours in the list, by number; the entry's own number at an end of the list.
    newer: usize,
    older: usize,
}

impl Default for SettingsCache {
    fn default() -> Self {
        Self::new(DEFAULT_CAPACITY)
    }
}

impl SettingsCache {
    /// An empty cache for `capacity` entries, at least one.
    pub(super) fn new(capacity: usize) -> Self {
        let capacity = capacity.max(1);
        Self { capacity, numbers: HashMap::default(), entries: Vec::new(), newest: 0, oldest: 0 }
    }

    /// The settings with this text; `prepare` makes them if they are not in the cache.
    pub(super) fn get(&mut self, text: &str, prepare: impl FnOnce() -> Settings) -> &Settings {
        let cached = match self.entries.get(self.newest) {
            // Often a line has the settings of the line before; comparing saves hashing them.
            Some(newest) if *newest.text == *text => Some(self.newest),
            _ => self.numbers.get(text).copied(),
        };
        match cached {
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
        self.link_newest(number);
    }

    /// Links an entry that is not in the list as the newest one.
    fn link_newest(&mut self, number: usize) {
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
                self.link_newest(number);
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
        struct OneFile;
        impl crate::Files for OneFile {
            fn read(&self, _: Option<&str>, name: &str) -> Result<(String, String), String> {
                Ok((
                    name.to_owned(),
                    "destination: a\nlanguage: 1\nrules: [{ name: a, drop: true }]\n".to_owned(),
                ))
            }
        }
        let loaded = crate::load("a.yaml", &OneFile);
        loaded.engine.expect("a mapping that loads").plan
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

        /// The cache agrees with a plain list in the order of the last use.
        #[test]
        fn the_least_recently_used_settings_are_evicted(capacity in 1_usize..6, lookups in vec(0_u8..9, 0..200)) {
            let (plan, mut cache, mut expected) = (plan(), SettingsCache::new(capacity), Vec::<u8>::new());
            for number in lookups {
                let mut prepared = false;
                cache.get(&format!("{{\"a\":{number}}}"), || {
                    prepared = true;
                    Settings::of(&plan, crate::value::Value::Map(&[]))
                });
                let position = expected.iter().position(|cached| *cached == number);
                prop_assert_eq!(prepared, position.is_none());
                position.map(|position| expected.remove(position));
                expected.insert(0, number);
                expected.truncate(capacity);
                prop_assert!(cache.entries.len() == expected.len() && cache.numbers.len() == expected.len());
            }
        }
    }
}
