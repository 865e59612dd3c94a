//! A cache of the prepared settings of envelopes, by their JSON text.

use std::sync::Arc;

use foldhash::HashMap;

use super::settings::Settings;
use crate::limits::SETTINGS_CACHE_MEMORY;

/// What an entry takes besides its text and its settings, in bytes, roughly.
const ENTRY_BYTES: usize = 2 * size_of::<(Arc<str>, Settings)>();

/// A cache of limited memory. It has two halves: when one is full, the other, in which are those that were not used since
/// the last time, is emptied. So both a hit and an eviction take constant time.
pub(super) struct SettingsCache {
    /// The maximum memory of each half in bytes.
    half: usize,
    /// Those that were used last.
    recent: HashMap<Arc<str>, Settings>,
    /// The memory of `recent` in bytes.
    recent_memory: usize,
    /// Those that were used before.
    older: HashMap<Arc<str>, Settings>,
    /// The text and the settings of the line before: often they are those of the next line, too.
    last: Option<(Arc<str>, Settings)>,
}

impl Default for SettingsCache {
    fn default() -> Self {
        Self::new(SETTINGS_CACHE_MEMORY)
    }
}

impl SettingsCache {
    /// An empty cache for `capacity` bytes. Settings that take more than half of that are not kept, except those of the
    /// line before.
    pub(super) fn new(capacity: usize) -> Self {
        let (recent, older) = (HashMap::default(), HashMap::default());
        Self { half: capacity / 2, recent, recent_memory: 0, older, last: None }
    }

    /// The settings with this text; `prepare` makes them if they are not in the cache.
    pub(super) fn get(&mut self, text: &str, prepare: impl FnOnce() -> Settings) -> &Settings {
        let entry = match self.last.take() {
            Some(last) if *last.0 == *text => last,
            _ => self.find(text, prepare),
        };
        &self.last.insert(entry).1
    }

    fn find(&mut self, text: &str, prepare: impl FnOnce() -> Settings) -> (Arc<str>, Settings) {
        if let Some((text, settings)) = self.recent.get_key_value(text) {
            return (Arc::clone(text), settings.clone());
        }
        let (text, settings) = self.older.remove_entry(text).unwrap_or_else(|| (text.into(), prepare()));
        let memory = text.len() + settings.memory() + ENTRY_BYTES;
        if memory <= self.half {
            if self.recent_memory + memory > self.half {
                self.older = std::mem::take(&mut self.recent);
                self.recent_memory = 0;
            }
            self.recent_memory += memory;
            self.recent.insert(Arc::clone(&text), settings.clone());
        }
        (text, settings)
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;
    use crate::plan::Plan;
    use crate::value::{EventLimits, Value};

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

    /// Settings with a text of this length, and the text.
    fn settings(plan: &Arc<Plan>, number: u8, length: usize) -> (String, Settings) {
        let value = "x".repeat(length);
        let settings = Value::Map(&[("a", Value::Text(&value))]);
        (format!("{{\"{number}\":\"{value}\"}}"), Settings::of(plan, settings, EventLimits::default()))
    }

    fn memory(entries: &HashMap<Arc<str>, Settings>) -> usize {
        entries.iter().map(|(text, settings)| text.len() + settings.memory() + ENTRY_BYTES).sum()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

        /// Whatever is looked up, each half keeps its limit, and the settings that fit are found as long as those used
        /// since fit into half of the memory.
        #[test]
        fn the_memory_is_bounded_and_what_was_used_last_is_found(
            capacity in 0_usize..20_000,
            lookups in vec((0_u8..9, 0_usize..40), 0..200),
        ) {
            let (plan, mut cache) = (plan(), SettingsCache::new(capacity));
            let mut used: Vec<(String, usize)> = Vec::new();
            for (number, hundreds) in lookups {
                let (text, made) = settings(&plan, number, hundreds * 100);
                let size = text.len() + made.memory() + ENTRY_BYTES;
                let mut prepared = false;
                cache.get(&text, || {
                    prepared = true;
                    made
                });
                prop_assert!(memory(&cache.recent) <= capacity / 2 && memory(&cache.older) <= capacity / 2);
                prop_assert_eq!(memory(&cache.recent), cache.recent_memory);
                let since = used.iter().rev().take_while(|(other, _)| *other != text);
                let between: usize = since.map(|(_, size)| size).sum();
                let known = used.iter().any(|(other, _)| *other == text);
                if known && size <= capacity / 2 && between + size <= capacity / 2 {
                    prop_assert!(!prepared);
                }
                used.push((text, size));
            }
        }
    }
}
