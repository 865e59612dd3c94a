//! Where paths lead: each prefix is walked once for an event, and one walk over a map or list finds all that is wanted of it.

use super::evaluate::Run;
use super::refusal::Outcome;
use super::watch::Watch;
use crate::event::Node;
use crate::path::{self, Query, Step};
use crate::plan::{PathId, Root, Way};
use crate::value::Value;

/// A path that nobody has walked yet, and one that leads nowhere.
pub(super) const UNSEEN: u32 = u32::MAX;
const NOWHERE: u32 = u32::MAX - 1;

impl<'a, W: Watch> Run<'a, W> {
    /// What a path of names and indexes leads to; each prefix is walked once for an event.
    pub(super) fn at(&mut self, path: PathId) -> Option<Value<'a>> {
        self.resolve(path).map(Value::Node)
    }

    pub(super) fn resolve(&mut self, path: PathId) -> Option<Node<'a>> {
        match self.paths[path] {
            UNSEEN => {
                let node = self.plan.paths.node(path);
                let parent = self.resolve(node.parent);
                if let (Some(parent), Some(siblings)) = (parent, self.plan.paths.siblings(node.parent)) {
                    // One walk over the map finds all that the mapping looks for in it.
                    siblings.ids().for_each(|id| self.paths[id] = NOWHERE);
                    parent.each_member(|key, slot| {
                        if let Some(id) = siblings.find(key) {
                            self.paths[id] = slot;
                        }
                    });
                    if matches!(node.step, Step::Name(_)) {
                        let slot = self.paths[path];
                        return (slot != NOWHERE).then(|| self.document.node(slot));
                    }
                }
                let places = self.plan.paths.places(node.parent);
                if let (Some(parent), Step::Index(0..), [_, ..]) = (parent, &node.step, places) {
                    // One walk over the list finds all places of it.
                    for &(_, id) in places {
                        self.paths[id] = NOWHERE;
                    }
                    let mut wanted = places.iter().peekable();
                    for (at, element) in parent.elements().enumerate() {
                        let Some(&&(index, id)) = wanted.peek() else { break };
                        if index == at {
                            self.paths[id] = element.slot();
                            wanted.next();
                        }
                    }
                    let slot = self.paths[path];
                    return (slot != NOWHERE).then(|| self.document.node(slot));
                }
                let found = parent.and_then(|parent| match &node.step {
                    Step::Name(name) => parent.member(name),
                    Step::Index(index) => parent.element(*index),
                });
                self.paths[path] = found.map_or(NOWHERE, Node::slot);
                found
            }
            NOWHERE => None,
            slot => Some(self.document.node(slot)),
        }
    }

    pub(super) fn named(
        &mut self,
        root: Root,
        way: &'a Way,
        query: Option<&'a Query>,
    ) -> Outcome<'a, Option<Value<'a>>> {
        let from = match root {
            Root::Field(field) => self.field(field)?,
            Root::Config => Some(self.settings.config(self.arena)),
            Root::Connection => self.connection.map(Value::Node),
            Root::Metadata => self.metadata.map(Value::Node),
            Root::Item => self.item,
            Root::Value => self.value,
            Root::Later => None,
        };
        let found = match (root, way.path, from) {
            (Root::Field(field), Some(path), Some(Value::Node(node))) if node.is_of(self.document) => {
                if let Some(root) = self.plan.paths.field(field) {
                    self.paths[root] = node.slot();
                }
                self.at(path)
            }
            _ => from.and_then(|value| path::walk(value, way, self.arena)),
        };
        Ok(match query {
            Some(query) => found.and_then(|value| query.hits(value, self.arena)),
            None => found,
        })
    }
}
