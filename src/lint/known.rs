//! What the names of a mapping stand for, and which of them somebody uses.

use foldhash::HashMap;

use crate::path::{self, Step};
use crate::spec::{Mapping, Text};
use crate::template::Reference;

/// The names of a mapping.
pub(super) struct Known<'m> {
    fields: HashMap<&'m str, usize>,
    conditions: HashMap<&'m str, usize>,
    transforms: HashMap<&'m str, usize>,
    settings: HashMap<&'m str, usize>,
    pub(super) used: Used,
}

/// Which entries are used by something else.
pub(super) struct Used {
    pub(super) fields: Vec<bool>,
    pub(super) conditions: Vec<bool>,
    pub(super) transforms: Vec<bool>,
}

/// What a path starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Root {
    /// The event.
    Event,
    /// An entry of `fields:`.
    Field(usize),
    /// A setting; `None` when `config:` does not name it.
    Setting(Option<usize>),
    /// `$value`.
    Value,
    /// `$item` and what else exists only in places, or comes with the event.
    Local,
    /// A name that nothing has, which is a finding already.
    Unknown,
}

/// A path as it is read.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) root: Root,
    /// The way from there; without the name of the setting.
    pub(super) steps: Box<[Step]>,
    /// Whether it gives a list of hits.
    pub(super) query: bool,
    /// The same text for the same path, however it is written.
    pub(super) key: String,
}

impl<'m> Known<'m> {
    pub(super) fn new(mapping: &'m Mapping) -> Self {
        fn places<'m, T>(all: &'m [T], name: impl Fn(&'m T) -> &'m str) -> HashMap<&'m str, usize> {
            all.iter().enumerate().map(|(at, one)| (name(one), at)).collect()
        }
        let used = Used {
            fields: vec![false; mapping.fields.len()],
            conditions: vec![false; mapping.conditions.len()],
            transforms: vec![false; mapping.transforms.len()],
        };
        Self {
            fields: places(&mapping.fields, |one| &one.name.node),
            conditions: places(&mapping.conditions, |one| &one.name.node),
            transforms: places(&mapping.transforms, |one| &one.name.node),
            settings: places(&mapping.config, |one| &one.name.node),
            used,
        }
    }

    /// A path as it is written; `None` when it cannot be read, which is a finding already.
    pub(super) fn path(&mut self, text: &Text) -> Option<Reading> {
        let path = path::parse(&text.text).ok()?;
        let name = match &path.root {
            path::Root::Event => "event",
            path::Root::Named(name) => name,
        };
        let query = path.query.as_ref().map(ToString::to_string);
        Some(self.read(name, path.steps, query.as_deref()))
    }

    /// A name in a template.
    pub(super) fn reference(&mut self, reference: &Reference) -> Reading {
        self.read(&reference.name, reference.steps.clone().into(), None)
    }

    /// The same without counting it as a use.
    pub(super) fn peek(&self, text: &Text) -> Option<Reading> {
        let path = path::parse(&text.text).ok()?;
        let name = match &path.root {
            path::Root::Event => "event",
            path::Root::Named(name) => name,
        };
        Some(self.resolve(name, path.steps, path.query.as_ref().map(ToString::to_string).as_deref()))
    }

    fn read(&mut self, name: &str, steps: Box<[Step]>, query: Option<&str>) -> Reading {
        let reading = self.resolve(name, steps, query);
        if let Root::Field(at) = reading.root {
            self.used.fields[at] = true;
        }
        reading
    }

    fn resolve(&self, name: &str, steps: Box<[Step]>, query: Option<&str>) -> Reading {
        let mut key = name.to_owned();
        for step in &steps {
            match step {
                Step::Name(name) => key.extend(["\u{1}", name]),
                Step::Index(index) => key.extend(["\u{2}", &index.to_string()]),
            }
        }
        key.extend(query);
        let mut reading = Reading { root: Root::Local, steps, query: query.is_some(), key };
        reading.root = match name {
            "event" => Root::Event,
            "config" => match reading.steps.split_first() {
                Some((Step::Name(setting), rest)) => {
                    let at = self.settings.get(&**setting).copied();
                    reading.steps = rest.into();
                    Root::Setting(at)
                }
                _ => Root::Local,
            },
            "value" => Root::Value,
            "connection" | "metadata" | "item" | "body" | "items" | "response" => Root::Local,
            name => match self.fields.get(name) {
                Some(&at) => Root::Field(at),
                None => Root::Unknown,
            },
        };
        reading
    }

    /// A named condition.
    pub(super) fn condition(&mut self, name: &str) -> Option<usize> {
        let at = self.conditions.get(name).copied()?;
        self.used.conditions[at] = true;
        Some(at)
    }

    /// A named pipeline.
    pub(super) fn transform(&mut self, name: &str) -> Option<usize> {
        let at = self.transforms.get(name).copied()?;
        self.used.transforms[at] = true;
        Some(at)
    }
}
