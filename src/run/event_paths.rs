//! What the paths of a mapping refer to in one event.
//!
//! A path is resolved at most once per event. The first lookup in a map or list also resolves every other path of the
//! mapping that continues from there, in a single pass.

use crate::json::{Document, Node};
use crate::path::Segment;
use crate::plan::{PathId, Paths};
use crate::value::{Arena, Value};

/// A path that has not been looked up yet, and one that is not in the event. Any other entry is the slot of a node.
const UNRESOLVED: u32 = u32::MAX;
const NOT_FOUND: u32 = u32::MAX - 1;

/// The event and the paths on it that have been resolved.
pub(super) struct EventPaths<'a> {
    paths: &'a Paths,
    document: &'a Document<'a>,
    /// The event, the whole document or a part of it.
    event: Node<'a>,
    /// By [`PathId`].
    slots: &'a mut [u32],
}

impl<'a> EventPaths<'a> {
    /// Nothing is resolved yet but the event itself, a node of `document`.
    pub(super) fn new(
        paths: &'a Paths,
        document: &'a Document<'a>,
        event: Node<'a>,
        arena: &'a Arena,
    ) -> Self {
        let slots = arena.alloc_slice_fill_copy(paths.len(), UNRESOLVED);
        slots[0] = event.index();
        Self { paths, document, event, slots }
    }

    /// Continues with another document, all of which is the event; nothing in it is resolved yet.
    pub(super) fn restart(&mut self, document: &'a Document<'a>) {
        self.document = document;
        self.event = document.root();
        self.slots.fill(UNRESOLVED);
        self.slots[0] = self.event.index();
    }

    /// The event, with the document that contains it.
    pub(super) fn event(&self) -> (Node<'a>, &'a Document<'a>) {
        (self.event, self.document)
    }

    /// Whether a node belongs to the document of the event.
    pub(super) fn contains(&self, node: Node<'a>) -> bool {
        node.belongs_to(self.document)
    }

    /// The value of a path on the event.
    #[inline]
    pub(super) fn value(&mut self, path: PathId) -> Option<Value<'a>> {
        self.resolve(path).map(Value::Node)
    }

    /// The value of a path that begins at a field; `node` is the field's value, a node of the event's document.
    pub(super) fn value_below_field(
        &mut self,
        field: usize,
        node: Node<'a>,
        path: PathId,
    ) -> Option<Value<'a>> {
        if let Some(root) = self.paths.field(field) {
            self.slots[root] = node.index();
        }
        self.value(path)
    }

    #[inline]
    fn resolve(&mut self, path: PathId) -> Option<Node<'a>> {
        match self.slots[path] {
            UNRESOLVED => self.look_up(path),
            NOT_FOUND => None,
            slot => Some(self.document.node(slot)),
        }
    }

    #[inline(never)]
    fn look_up(&mut self, path: PathId) -> Option<Node<'a>> {
        let node = self.paths.node(path);
        let parent = self.resolve(node.parent);
        if let (Some(parent), Some(siblings)) = (parent, self.paths.siblings(node.parent)) {
            let slots = &mut *self.slots;
            siblings.ids().for_each(|id| slots[id] = NOT_FOUND);
            parent.for_each_member(|key, slot| {
                if let Some(id) = siblings.find(key) {
                    slots[id] = slot;
                }
            });
            if matches!(node.step, Segment::Name(_)) {
                return self.found(path);
            }
        }
        let indexes = self.paths.indexes(node.parent);
        if let (Some(parent), Segment::Index(0..), [_, ..]) = (parent, &node.step, indexes) {
            for &(_, id) in indexes {
                self.slots[id] = NOT_FOUND;
            }
            let mut remaining = indexes.iter().peekable();
            for (position, element) in parent.elements().enumerate() {
                let Some(&&(index, id)) = remaining.peek() else { break };
                if index == position {
                    self.slots[id] = element.index();
                    remaining.next();
                }
            }
            return self.found(path);
        }
        let found = parent.and_then(|parent| match &node.step {
            Segment::Name(name) => parent.member(name),
            Segment::Index(index) => parent.element(*index),
        });
        self.slots[path] = found.map_or(NOT_FOUND, Node::index);
        found
    }

    /// The node of a path that has just been looked up.
    fn found(&self, path: PathId) -> Option<Node<'a>> {
        let slot = self.slots[path];
        (slot != NOT_FOUND).then(|| self.document.node(slot))
    }
}
