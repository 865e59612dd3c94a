//! The settings that a mapping reads, and which of them are secret.

use super::{Taint, TaintLevel};
use crate::path::Segment;

/// A set of settings, by their numbers in [`SettingNames`]. Those beyond the 63rd are one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct SettingSet(u64);

impl SettingSet {
    pub(crate) const EMPTY: Self = Self(0);

    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn one(number: usize) -> Self {
        Self(1 << number.min(63))
    }
}

/// The settings that a mapping reads.
#[derive(Debug, Default)]
pub struct SettingNames {
    /// As written after `$config.`, such as `auth.key`; `config` for the settings as a whole.
    read: Vec<Box<str>>,
    /// The settings declared with `secret: false`.
    public: Vec<Box<str>>,
}

impl SettingNames {
    /// Nothing is read yet; these settings are declared with `secret: false`.
    pub(crate) fn new(public: impl Iterator<Item = Box<str>>) -> Self {
        Self { read: Vec::new(), public: public.collect() }
    }

    /// Adds what a path below `$config` reads.
    pub(crate) fn add(&mut self, steps: &[Segment]) {
        let name = name(steps);
        if !self.read.contains(&name) {
            self.read.push(name);
        }
    }

    /// Whether a setting is declared with `secret: false`. Any other is secret.
    pub(crate) fn is_public(&self, name: &str) -> bool {
        self.public.iter().any(|public| **public == *name)
    }

    /// The taint of what a path below `$config` reads.
    pub(super) fn taint(&self, steps: &[Segment]) -> Taint {
        let level = match steps.first() {
            Some(Segment::Name(name)) if self.is_public(name) => return Taint::PUBLIC,
            Some(_) => TaintLevel::Secret,
            None => TaintLevel::Parts,
        };
        let name = name(steps);
        let number = self.read.iter().position(|read| *read == name).unwrap_or(usize::MAX);
        Taint { level, settings: SettingSet::one(number) }
    }

    /// The names in a set, separated by commas.
    pub(crate) fn list(&self, settings: SettingSet) -> String {
        let mut names: Vec<&str> = self.read.iter().take(63).map(|name| &**name).collect();
        names.resize(63, "");
        names.push("…");
        let chosen = (0..).zip(names).filter(|(number, _)| settings.0 & (1 << number) != 0);
        chosen.map(|(_, name)| name).collect::<Vec<_>>().join(", ")
    }
}

fn name(steps: &[Segment]) -> Box<str> {
    let parts: Vec<String> = steps
        .iter()
        .map(|step| match step {
            Segment::Name(name) => name.to_string(),
            Segment::Index(index) => index.to_string(),
        })
        .collect();
    if parts.is_empty() { "config".into() } else { parts.join(".").into() }
}
