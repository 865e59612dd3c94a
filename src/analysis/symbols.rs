//! Name resolution in a mapping, and which names are used.

use std::cell::RefCell;
use std::rc::Rc;

use foldhash::HashMap;

use crate::path::{self, Segment};
use crate::syntax::{Mapping, Text};
use crate::template::{BadTemplate, ParseCache, Parsed, Reference};

/// The names of a mapping.
pub(crate) struct Symbols<'m> {
    fields: HashMap<&'m str, usize>,
    conditions: HashMap<&'m str, usize>,
    transforms: HashMap<&'m str, usize>,
    settings: HashMap<&'m str, usize>,
    pub(super) used: Usage,
    parse_cache: &'m ParseCache,
    /// The resolved paths, by their index in `parse_cache`.
    paths: RefCell<Vec<Option<Rc<ResolvedPath>>>>,
    /// A buffer for building keys.
    key: RefCell<String>,
}

/// Which entries are referred to.
pub(crate) struct Usage {
    pub(crate) fields: Vec<bool>,
    pub(crate) conditions: Vec<bool>,
    pub(crate) transforms: Vec<bool>,
}

/// What a path starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Symbol {
    /// The event.
    Event,
    /// An entry of `fields:`.
    Field(usize),
    /// A setting; `None` if it is not declared under `config:`.
    Setting(Option<usize>),
    /// `$value`.
    Value,
    /// A variable that exists only in some contexts, such as `$item`, or metadata of the event.
    Local,
    /// An undefined name, which is already reported.
    Unknown,
}

/// A resolved path.
#[derive(Debug)]
pub(crate) struct ResolvedPath {
    pub(crate) root: Symbol,
    /// The steps from the root, without the name of the setting.
    pub(crate) steps: Vec<Segment>,
    /// Whether it is a query, which yields a list of matches.
    pub(crate) query: bool,
    /// The canonical key: equal for every spelling of the same path.
    pub(crate) key: Rc<str>,
}

impl<'m> Symbols<'m> {
    pub(super) fn new(mapping: &'m Mapping, parse_cache: &'m ParseCache) -> Self {
        fn indexes<'m, T>(items: &'m [T], name: impl Fn(&'m T) -> &'m str) -> HashMap<&'m str, usize> {
            items.iter().enumerate().map(|(index, item)| (name(item), index)).collect()
        }
        let used = Usage {
            fields: vec![false; mapping.fields.len()],
            conditions: vec![false; mapping.conditions.len()],
            transforms: vec![false; mapping.transforms.len()],
        };
        Self {
            fields: indexes(&mapping.fields, |entry| &entry.name.node),
            conditions: indexes(&mapping.conditions, |entry| &entry.name.node),
            transforms: indexes(&mapping.transforms, |entry| &entry.name.node),
            settings: indexes(&mapping.config, |entry| &entry.name.node),
            used,
            parse_cache,
            paths: RefCell::default(),
            key: RefCell::default(),
        }
    }

    /// Resolves a path and marks its field as used; `None` if it cannot be parsed, which is already reported.
    pub(super) fn path(&mut self, text: &Text) -> Option<Rc<ResolvedPath>> {
        let resolved = self.peek(text)?;
        self.count(&resolved);
        Some(resolved)
    }

    /// Resolves a reference in a template and marks its field as used.
    pub(super) fn reference(&mut self, reference: &Reference) -> ResolvedPath {
        let resolved = self.resolve(&reference.name, &reference.steps, None);
        self.count(&resolved);
        resolved
    }

    fn count(&mut self, resolved: &ResolvedPath) {
        if let Symbol::Field(index) = resolved.root {
            self.used.fields[index] = true;
        }
    }

    /// Resolves a path without marking its field as used.
    pub(crate) fn peek(&self, text: &Text) -> Option<Rc<ResolvedPath>> {
        let (number, read) = self.parse_cache.indexed_path(&text.text);
        let path = read.as_ref().as_ref().ok()?;
        let mut paths = self.paths.borrow_mut();
        if paths.len() <= number {
            paths.resize(number + 1, None);
        }
        let resolved = paths[number].get_or_insert_with(|| {
            let name = match &path.root {
                path::Root::Event => "event",
                path::Root::Named(name) => name,
            };
            let query = path.query.as_ref().map(ToString::to_string);
            Rc::new(self.resolve(name, &path.steps, query.as_deref()))
        });
        Some(Rc::clone(resolved))
    }

    /// Parses a template. Parse errors are already reported.
    pub(super) fn template(&self, text: &Text) -> Rc<Result<Parsed, BadTemplate>> {
        self.parse_cache.template(&text.text)
    }

    fn resolve(&self, name: &str, steps: &[Segment], query: Option<&str>) -> ResolvedPath {
        let mut key = self.key.borrow_mut();
        key.clear();
        key.push_str(name);
        for step in steps {
            match step {
                Segment::Name(name) => key.extend(["\u{1}", name]),
                Segment::Index(index) => key.extend(["\u{2}", &index.to_string()]),
            }
        }
        key.extend(query);
        let mut below = steps;
        let root = match name {
            "event" => Symbol::Event,
            "config" => match steps.split_first() {
                Some((Segment::Name(setting), rest)) => {
                    below = rest;
                    Symbol::Setting(self.settings.get(&**setting).copied())
                }
                _ => Symbol::Local,
            },
            "value" => Symbol::Value,
            "connection" | "metadata" | "item" | "body" | "items" | "response" => Symbol::Local,
            name => match self.fields.get(name) {
                Some(&index) => Symbol::Field(index),
                None => Symbol::Unknown,
            },
        };
        ResolvedPath { root, steps: below.into(), query: query.is_some(), key: key.as_str().into() }
    }

    /// Whether the mapping has a field of this name.
    pub(crate) fn is_field(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// The index of a named condition, which is marked as used.
    pub(super) fn condition(&mut self, name: &str) -> Option<usize> {
        let index = self.conditions.get(name).copied()?;
        self.used.conditions[index] = true;
        Some(index)
    }

    /// The index of a named pipeline, which is marked as used.
    pub(super) fn transform(&mut self, name: &str) -> Option<usize> {
        let index = self.transforms.get(name).copied()?;
        self.used.transforms[index] = true;
        Some(index)
    }
}
