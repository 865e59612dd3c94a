//! Counts the paths of events.

use std::collections::HashMap;

use super::expectations::Expectations;
use crate::json::{Document, Limits, Node, Tape};
use crate::path::Segment;

/// Maximum depth of the paths that are counted.
pub(super) const MAX_DEPTH: usize = 6;
/// Maximum number of different paths. Beyond it, nothing is reported as missing, because not everything is counted.
const MAX_PATHS: usize = 50_000;
/// Maximum number of different values counted for one path.
const MAX_VALUES: usize = 1000;
/// Maximum length in bytes of a text that is counted as a value; longer texts are not names.
const MAX_TEXT_BYTES: usize = 200;

/// The name under which all elements of a list are counted together.
const ELEMENT: &str = "\u{1}[]";

#[derive(Debug, Default)]
struct PathStats {
    events: u64,
    /// The number of the last event counted here, so that no event counts twice.
    last_event: u64,
    children: HashMap<Box<str>, usize>,
    /// The texts that occur and how often, if the mapping compares them.
    values: Option<HashMap<Box<str>, u64>>,
}

/// The tree of paths with their counts.
#[derive(Debug)]
pub(super) struct PathCounts {
    nodes: Vec<PathStats>,
    slots: Tape,
    events: u64,
    /// Whether there were more paths than are counted.
    full: bool,
}

impl PathCounts {
    pub(super) fn new(expectations: &Expectations) -> Self {
        let mut path_counts =
            Self { nodes: vec![PathStats::default()], slots: Tape::default(), events: 0, full: false };
        for compared in &expectations.compared {
            let node =
                compared.path.iter().try_fold(0, |node, segment| path_counts.child(node, name(segment)));
            if let Some(node) = node {
                path_counts.nodes[node].values.get_or_insert_default();
            }
        }
        path_counts
    }

    /// The number of events counted.
    pub(super) fn events(&self) -> u64 {
        self.events
    }

    /// Whether all paths were counted, so that an uncounted path is known not to occur.
    pub(super) fn is_complete(&self) -> bool {
        !self.full
    }

    pub(super) fn add_event(&mut self, line: &[u8], limits: &Limits) {
        let Ok(text) = std::str::from_utf8(line) else { return };
        let mut slots = std::mem::take(&mut self.slots);
        if let Ok(document) = Document::read(text, &mut slots, limits) {
            self.events += 1;
            self.walk(document.root(), 0, 0);
        }
        self.slots = slots;
    }

    fn child(&mut self, node: usize, name: &str) -> Option<usize> {
        if let Some(&known) = self.nodes[node].children.get(name) {
            return Some(known);
        }
        if self.nodes.len() >= MAX_PATHS {
            self.full = true;
            return None;
        }
        self.nodes.push(PathStats::default());
        let new = self.nodes.len() - 1;
        self.nodes[node].children.insert(name.into(), new);
        Some(new)
    }

    fn walk(&mut self, json: Node<'_>, node: usize, depth: usize) {
        let event = self.events;
        let stats = &mut self.nodes[node];
        if stats.last_event != event {
            stats.last_event = event;
            stats.events += 1;
        }
        if let (Some(values), Some(text)) = (&mut stats.values, json.text()) {
            if let Some(count) = values.get_mut(&*text) {
                *count += 1;
            } else if values.len() < MAX_VALUES && text.len() <= MAX_TEXT_BYTES {
                values.insert(text.into(), 1);
            }
        }
        if depth >= MAX_DEPTH {
            return;
        }
        for (key, value) in json.members() {
            if let Some(child) = self.child(node, &key) {
                self.walk(value, child, depth + 1);
            }
        }
        for value in json.elements() {
            if let Some(child) = self.child(node, ELEMENT) {
                self.walk(value, child, depth + 1);
            }
        }
    }

    fn find(&self, path: &[Segment]) -> Option<&PathStats> {
        self.find_names(path.iter().map(name))
    }

    fn find_names<'n>(&self, names: impl Iterator<Item = &'n str>) -> Option<&PathStats> {
        let node = names.into_iter().try_fold(0, |node, name| self.nodes[node].children.get(name).copied());
        node.map(|node| &self.nodes[node])
    }

    /// The number of events that have a path.
    pub(super) fn count(&self, path: &[Segment]) -> u64 {
        self.find(path).map_or(0, |node| node.events)
    }

    /// The keys that occur under a path, each with the number of events that have it.
    pub(super) fn keys(&self, path: &[Segment]) -> impl Iterator<Item = (&str, u64)> {
        let children = self.find(path).map(|node| &node.children);
        children.into_iter().flatten().filter_map(|(key, &child)| {
            let events = self.nodes[child].events;
            (events > 0 && &**key != ELEMENT).then_some((&**key, events))
        })
    }

    /// The texts at a path with the number of occurrences; `None` if not all were counted.
    pub(super) fn values(&self, path: &[Segment]) -> Option<&HashMap<Box<str>, u64>> {
        self.find(path)?.values.as_ref().filter(|values| values.len() < MAX_VALUES)
    }

    /// The most frequent path that ends with a key, with the number of events that have it.
    pub(super) fn elsewhere(&self, key: &str) -> Option<(String, u64)> {
        let mut best: Option<(String, u64)> = None;
        let mut pending = vec![(0, "$".to_owned())];
        while let Some((node, path)) = pending.pop() {
            for (name, &child) in &self.nodes[node].children {
                let segment = if &**name == ELEMENT { "[0]".to_owned() } else { format!(".{name}") };
                let (path, events) = (format!("{path}{segment}"), self.nodes[child].events);
                let better = |(known, most): &(String, u64)| (*most, &path) < (events, known);
                if &**name == key && events > 0 && best.as_ref().is_none_or(better) {
                    best = Some((path.clone(), events));
                }
                pending.push((child, path));
            }
        }
        best
    }
}

fn name(segment: &Segment) -> &str {
    match segment {
        Segment::Name(name) => name,
        Segment::Index(_) => ELEMENT,
    }
}
