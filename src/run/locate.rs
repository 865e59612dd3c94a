//! Where paths lead: each prefix is walked once for an event, and one walk over a map or list finds all that is wanted of it.

use super::evaluate::Run;
use super::observer::Observer;
use super::refusal::RunResult;
use crate::json::Node;
use crate::path::{self, Query, Segment};
use crate::plan::{PathId, Subpath, Variable};
use crate::value::Value;

/// A path that nobody has walked yet, and one that leads nowhere.
pub(super) const UNRESOLVED: u32 = u32::MAX;
const NOT_FOUND: u32 = u32::MAX - 1;

impl<'a, W: Observer> Run<'a, W> {
    /// What a path of names and indexes leads to; each prefix is walked once for an event.
    pub(super) fn at(&mut self, path: PathId) -> Option<Value<'a>> {
        self.resolve(path).map(Value::Node)
    }

    pub(super) fn resolve(&mut self, path: PathId) -> Option<Node<'a>> {
        match self.paths[path] {
            UNRESOLVED => {
                let node = self.plan.paths.node(path);
                let parent = self.resolve(node.parent);
                if let (Some(parent), Some(siblings)) = (parent, self.plan.paths.siblings(node.parent)) {
                    // One walk over the map finds all that the mapping looks for in it.
                    siblings.ids().for_each(|id| self.paths[id] = NOT_FOUND);
                    parent.for_each_member(|key, slot| {
                        if let Some(id) = siblings.find(key) {
                            self.paths[id] = slot;
                        }
                    });
                    if matches!(node.step, Segment::Name(_)) {
                        let slot = self.paths[path];
                        return (slot != NOT_FOUND).then(|| self.document.node(slot));
                    }
                }
                let places = self.plan.paths.indexes(node.parent);
                if let (Some(parent), Segment::Index(0..), [_, ..]) = (parent, &node.step, places) {
                    // One walk over the list finds all places of it.
                    for &(_, id) in places {
                        self.paths[id] = NOT_FOUND;
                    }
                    let mut wanted = places.iter().peekable();
                    for (at, element) in parent.elements().enumerate() {
                        let Some(&&(index, id)) = wanted.peek() else { break };
                        if index == at {
                            self.paths[id] = element.index();
                            wanted.next();
                        }
                    }
                    let slot = self.paths[path];
                    return (slot != NOT_FOUND).then(|| self.document.node(slot));
                }
                let found = parent.and_then(|parent| match &node.step {
                    Segment::Name(name) => parent.member(name),
                    Segment::Index(index) => parent.element(*index),
                });
                self.paths[path] = found.map_or(NOT_FOUND, Node::index);
                found
            }
            NOT_FOUND => None,
            slot => Some(self.document.node(slot)),
        }
    }

    pub(super) fn named(
        &mut self,
        root: Variable,
        way: &'a Subpath,
        query: Option<&'a Query>,
    ) -> RunResult<'a, Option<Value<'a>>> {
        let from = match root {
            Variable::Field(field) => self.field(field)?,
            Variable::Config => Some(self.settings.config(self.arena)),
            Variable::Connection => self.connection.map(Value::Node),
            Variable::Metadata => self.metadata.map(Value::Node),
            Variable::Item => self.item,
            Variable::Value => self.value,
            Variable::Later => None,
        };
        let found = match (root, way.path, from) {
            (Variable::Field(field), Some(path), Some(Value::Node(node)))
                if node.belongs_to(self.document) =>
            {
                if let Some(root) = self.plan.paths.field(field) {
                    self.paths[root] = node.index();
                }
                self.at(path)
            }
            _ => from.and_then(|value| path::walk(value, way, self.arena)),
        };
        Ok(match query {
            Some(query) => found.and_then(|value| query.select(value, self.arena)),
            None => found,
        })
    }
}
