//! Which paths events have, and how often.

use std::collections::HashMap;

use super::expectations::Expectations;
use crate::json::{Document, Limits, Node, Tape};
use crate::path::Segment;

/// Deeper paths are not counted.
pub(super) const MAX_DEPTH: usize = 6;
/// More different paths than this are not counted.
const MAX_PATHS: usize = 50_000;
/// Values of one path that are counted one by one.
const MAX_VALUES: usize = 1000;
/// Longer texts are no names.
const MAX_TEXT_CHARS: usize = 200;

/// The elements of a list, all together.
const ELEMENT: &str = "\u{1}[]";

#[derive(Debug, Default)]
struct PathStats {
    events: u64,
    /// The last event that was counted here, so that none counts twice.
    last: u64,
    children: HashMap<Box<str>, usize>,
    /// Texts that occur, where anybody asks.
    values: Option<HashMap<Box<str>, u64>>,
}

/// The counts.
#[derive(Debug)]
pub(super) struct PathCounts {
    places: Vec<PathStats>,
    slots: Tape,
    events: u64,
    /// Whether there were more paths than are counted.
    full: bool,
}

impl PathCounts {
    pub(super) fn new(expectations: &Expectations) -> Self {
        let mut path_counts =
            Self { places: vec![PathStats::default()], slots: Tape::default(), events: 0, full: false };
        for compared in &expectations.compared {
            let place = compared.path.iter().try_fold(0, |place, step| path_counts.child(place, name(step)));
            if let Some(place) = place {
                path_counts.places[place].values.get_or_insert_default();
            }
        }
        path_counts
    }

    /// How many events were counted.
    pub(super) fn events(&self) -> u64 {
        self.events
    }

    /// Whether what is not counted is known not to occur.
    pub(super) fn is_whole(&self) -> bool {
        !self.full
    }

    pub(super) fn take(&mut self, line: &[u8], limits: &Limits) {
        let Ok(text) = std::str::from_utf8(line) else { return };
        let mut slots = std::mem::take(&mut self.slots);
        if let Ok(document) = Document::read(text, &mut slots, limits) {
            self.events += 1;
            self.walk(document.root(), 0, 0);
        }
        self.slots = slots;
    }

    fn child(&mut self, place: usize, name: &str) -> Option<usize> {
        if let Some(&known) = self.places[place].children.get(name) {
            return Some(known);
        }
        if self.places.len() >= MAX_PATHS {
            self.full = true;
            return None;
        }
        self.places.push(PathStats::default());
        let new = self.places.len() - 1;
        self.places[place].children.insert(name.into(), new);
        Some(new)
    }

    fn walk(&mut self, node: Node<'_>, place: usize, depth: usize) {
        let event = self.events;
        let here = &mut self.places[place];
        if here.last != event {
            here.last = event;
            here.events += 1;
        }
        if let (Some(values), Some(text)) = (&mut here.values, node.text()) {
            if let Some(count) = values.get_mut(&*text) {
                *count += 1;
            } else if values.len() < MAX_VALUES && text.len() <= MAX_TEXT_CHARS {
                values.insert(text.into(), 1);
            }
        }
        if depth >= MAX_DEPTH {
            return;
        }
        for (key, value) in node.members() {
            if let Some(child) = self.child(place, &key) {
                self.walk(value, child, depth + 1);
            }
        }
        for value in node.elements() {
            if let Some(child) = self.child(place, ELEMENT) {
                self.walk(value, child, depth + 1);
            }
        }
    }

    fn find(&self, path: &[Segment]) -> Option<&PathStats> {
        self.at(path.iter().map(name))
    }

    fn at<'n>(&self, names: impl Iterator<Item = &'n str>) -> Option<&PathStats> {
        let place =
            names.into_iter().try_fold(0, |place, name| self.places[place].children.get(name).copied());
        place.map(|place| &self.places[place])
    }

    /// How many events have a path.
    pub(super) fn count(&self, path: &[Segment]) -> u64 {
        self.find(path).map_or(0, |place| place.events)
    }

    /// The keys under a path that occur, with how many events have them.
    pub(super) fn keys(&self, path: &[Segment]) -> impl Iterator<Item = (&str, u64)> {
        let children = self.find(path).map(|place| &place.children);
        children.into_iter().flatten().filter_map(|(key, &child)| {
            let events = self.places[child].events;
            (events > 0 && &**key != ELEMENT).then_some((&**key, events))
        })
    }

    /// The texts of a path with how often they occur; `None` when not all are counted.
    pub(super) fn values(&self, path: &[Segment]) -> Option<&HashMap<Box<str>, u64>> {
        self.find(path)?.values.as_ref().filter(|values| values.len() < MAX_VALUES)
    }

    /// The most frequent path that ends with a key, outside of `path`.
    pub(super) fn elsewhere(&self, key: &str) -> Option<(String, u64)> {
        let mut best: Option<(String, u64)> = None;
        let mut open = vec![(0, "$".to_owned())];
        while let Some((place, path)) = open.pop() {
            for (name, &child) in &self.places[place].children {
                let step = if &**name == ELEMENT { "[0]".to_owned() } else { format!(".{name}") };
                let (path, events) = (format!("{path}{step}"), self.places[child].events);
                let better = |(known, most): &(String, u64)| (*most, &path) < (events, known);
                if &**name == key && events > 0 && best.as_ref().is_none_or(better) {
                    best = Some((path.clone(), events));
                }
                open.push((child, path));
            }
        }
        best
    }
}

fn name(step: &Segment) -> &str {
    match step {
        Segment::Name(name) => name,
        Segment::Index(_) => ELEMENT,
    }
}
