//! The singular paths of a mapping as one tree, so that a common prefix such as `$.context.traits` is resolved once.

use std::sync::Arc;

use foldhash::HashMap;

use crate::path::Segment;

/// A path on the event, as the index of its node in [`Paths`]. 0 is the event itself.
pub type PathId = usize;

/// All singular paths on the event, and those below fields.
#[derive(Debug)]
pub struct Paths {
    nodes: Vec<PathNode>,
    /// The children of each node; empty once the tree is complete.
    children: Vec<HashMap<Segment, PathId>>,
    /// For each field the root of the paths below it, since its place in the event is known only at run time.
    field_roots: HashMap<usize, PathId>,
    /// For each node the names to look up in it, if there are several: one pass over the map finds them all.
    siblings: Vec<Option<Siblings>>,
    /// For each node the indexes to look up in it, if there are several, in ascending order.
    indexes: Vec<Box<[(usize, PathId)]>>,
}

#[derive(Debug)]
pub(crate) struct PathNode {
    pub(crate) parent: PathId,
    pub(crate) step: Segment,
}

impl Default for Paths {
    fn default() -> Self {
        let root = PathNode { parent: 0, step: Segment::Index(0) };
        let (children, field_roots) = (vec![HashMap::default()], HashMap::default());
        Self { nodes: vec![root], children, field_roots, siblings: Vec::new(), indexes: Vec::new() }
    }
}

impl Paths {
    /// The id of a path on the event; adds it if it is new.
    pub(crate) fn add(&mut self, steps: &[Segment]) -> PathId {
        self.add_below(0, steps)
    }

    /// The id of a path below the value of a field; adds it if it is new.
    pub(crate) fn add_to_field(&mut self, field: usize, steps: &[Segment]) -> PathId {
        let root = self.field_roots.get(&field).copied().unwrap_or_else(|| {
            let id = self.push(PathNode { parent: 0, step: Segment::Index(0) });
            // A root is its own parent.
            self.nodes[id].parent = id;
            self.field_roots.insert(field, id);
            id
        });
        self.add_below(root, steps)
    }

    fn push(&mut self, node: PathNode) -> PathId {
        self.nodes.push(node);
        self.children.push(HashMap::default());
        self.nodes.len() - 1
    }

    /// The root of the paths below a field.
    pub(crate) fn field(&self, field: usize) -> Option<PathId> {
        self.field_roots.get(&field).copied()
    }

    fn add_below(&mut self, root: PathId, steps: &[Segment]) -> PathId {
        let mut parent = root;
        for step in steps {
            parent = self.children[parent].get(step).copied().unwrap_or_else(|| {
                let id = self.push(PathNode { parent, step: step.clone() });
                self.children[parent].insert(step.clone(), id);
                id
            });
        }
        parent
    }

    /// Removes all paths but the first `len` nodes; called before [`Self::index`].
    pub(crate) fn truncate(&mut self, len: usize) {
        self.nodes.truncate(len);
        self.children.truncate(len);
        self.field_roots.retain(|_, root| *root < len);
    }

    /// The names and indexes of a path, from the event or the field that it begins at.
    pub(crate) fn steps(&self, path: PathId) -> Vec<Segment> {
        let (mut steps, mut id) = (Vec::new(), path);
        while let Some(node) = self.nodes.get(id).filter(|node| node.parent != id) {
            steps.push(node.step.clone());
            id = node.parent;
        }
        steps.reverse();
        steps
    }

    /// Prepares the lookup of several names or indexes at once; called when all paths are added.
    pub(crate) fn index(&mut self) {
        let mut names: Vec<Vec<(Arc<str>, PathId)>> = vec![Vec::new(); self.nodes.len()];
        let mut indexes: Vec<Vec<(usize, PathId)>> = vec![Vec::new(); self.nodes.len()];
        for (id, node) in (0..).zip(&self.nodes).filter(|(id, node)| node.parent != *id) {
            match &node.step {
                Segment::Name(name) => names[node.parent].push((name.clone(), id)),
                Segment::Index(index) => {
                    indexes[node.parent].extend(usize::try_from(*index).map(|index| (index, id)));
                }
            }
        }
        self.children = Vec::new();
        self.siblings = names.into_iter().map(Siblings::new).collect();
        self.indexes = indexes
            .into_iter()
            .map(|mut indexes| {
                indexes.sort_unstable();
                if indexes.len() > 1 { indexes.into() } else { Box::default() }
            })
            .collect();
    }

    pub(crate) fn node(&self, path: PathId) -> &PathNode {
        &self.nodes[path]
    }

    /// The names to look up in a map, if there are several.
    pub(crate) fn siblings(&self, parent: PathId) -> Option<&Siblings> {
        self.siblings.get(parent)?.as_ref()
    }

    /// The indexes to look up in a list, if there are several.
    pub(crate) fn indexes(&self, parent: PathId) -> &[(usize, PathId)] {
        self.indexes.get(parent).map_or(&[], |indexes| indexes)
    }

    /// Number of nodes.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }
}

/// Maximum number of names that are hashed by three bytes and their length only; with more names there would be too
/// many collisions.
const MAX_SHORT_HASHED: usize = 64;

/// A hash table of names with their paths, for one lookup per key of an event.
#[derive(Debug)]
pub(crate) struct Siblings {
    /// The first name of each bucket, as its index + 1; 0 if the bucket is empty. The length is a power of two.
    buckets: Box<[u16]>,
    names: Box<[Sibling]>,
}

#[derive(Debug)]
struct Sibling {
    name: Arc<str>,
    id: PathId,
    /// The next name in the same bucket, as its index + 1; 0 for the last one.
    next: u16,
}

impl Siblings {
    fn new(names: Vec<(Arc<str>, PathId)>) -> Option<Self> {
        if !(2..usize::from(u16::MAX)).contains(&names.len()) {
            return None;
        }
        let mut siblings = Self {
            buckets: vec![0; (names.len() * 4).next_power_of_two().max(256)].into(),
            names: Box::default(),
        };
        let mut entries = Vec::with_capacity(names.len());
        let short = names.len() <= MAX_SHORT_HASHED;
        for (position, (name, id)) in (1_u16..).zip(names) {
            let bucket = bucket(name.as_bytes(), short, siblings.buckets.len());
            let next = std::mem::replace(&mut siblings.buckets[bucket], position);
            entries.push(Sibling { name, id, next });
        }
        siblings.names = entries.into();
        Some(siblings)
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = PathId> {
        self.names.iter().map(|sibling| sibling.id)
    }

    #[inline]
    pub(crate) fn find(&self, name: &[u8]) -> Option<PathId> {
        let mut position =
            self.buckets[bucket(name, self.names.len() <= MAX_SHORT_HASHED, self.buckets.len())];
        while position != 0 {
            let sibling = &self.names[usize::from(position) - 1];
            if *sibling.name.as_bytes() == *name {
                return Some(sibling.id);
            }
            position = sibling.next;
        }
        None
    }
}

#[inline]
fn bucket(bytes: &[u8], short: bool, buckets: usize) -> usize {
    let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) else { return 0 };
    let middle = bytes[bytes.len() / 2];
    let mut hash =
        usize::from(first) * 7 + usize::from(middle) * 31 + usize::from(last) * 13 + bytes.len() * 3;
    if !short {
        hash = bytes.iter().fold(hash, |hash, &byte| (hash ^ usize::from(byte)).wrapping_mul(0x0100_0193));
        hash ^= hash >> 15;
    }
    hash & (buckets - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_tables_of_all_sizes() {
        for count in [2, MAX_SHORT_HASHED, MAX_SHORT_HASHED + 1, 300, 5000] {
            let names: Vec<String> = (0..count).map(|index| format!("name {index}")).collect();
            let entries = (1..).zip(&names).map(|(id, name)| (name.as_str().into(), id)).collect();
            let siblings = Siblings::new(entries).expect("several names");
            for (id, name) in (1..).zip(&names) {
                assert_eq!(siblings.find(name.as_bytes()), Some(id), "{name} of {count}");
            }
            for other in ["", "name", "name -1", "name 5000", "eman 1"] {
                assert_eq!(siblings.find(other.as_bytes()), None, "{other} of {count}");
            }
        }
        assert!(Siblings::new(vec![("alone".into(), 1)]).is_none());
    }
}
