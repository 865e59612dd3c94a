//! The singular paths of a mapping as one tree, so that `$.context.traits` is walked once for all that begin so.

use std::sync::Arc;

use foldhash::HashMap;

use crate::path::Segment;

/// A path on the event: its node in [`Paths`]. 0 is the event itself.
pub type PathId = usize;

/// All singular paths on the event.
#[derive(Debug)]
pub struct Paths {
    nodes: Vec<PathNode>,
    /// For each node what lies in it.
    known: Vec<HashMap<Segment, PathId>>,
    /// Where paths below a field begin: what the field finds in the event is known only when it runs.
    fields: HashMap<usize, PathId>,
    /// For each node the names that are looked for in it, where there are several: one walk over the map finds all.
    siblings: Vec<Option<Siblings>>,
    /// For each node the indexes that are looked for in it, where there are several, the smallest first.
    places: Vec<Box<[(usize, PathId)]>>,
}

#[derive(Debug)]
pub(crate) struct PathNode {
    pub(crate) parent: PathId,
    pub(crate) step: Segment,
}

impl Default for Paths {
    fn default() -> Self {
        let root = PathNode { parent: 0, step: Segment::Index(0) };
        let (known, fields) = (vec![HashMap::default()], HashMap::default());
        Self { nodes: vec![root], known, fields, siblings: Vec::new(), places: Vec::new() }
    }
}

impl Paths {
    /// The number of a path on the event, old or new.
    pub(crate) fn add(&mut self, steps: &[Segment]) -> PathId {
        self.add_below(0, steps)
    }

    /// The number of a path below what a field finds.
    pub(crate) fn add_to_field(&mut self, field: usize, steps: &[Segment]) -> PathId {
        let root = self.fields.get(&field).copied().unwrap_or_else(|| {
            let id = self.push(PathNode { parent: 0, step: Segment::Index(0) });
            // Its own parent: nothing leads to it but the field.
            self.nodes[id].parent = id;
            self.fields.insert(field, id);
            id
        });
        self.add_below(root, steps)
    }

    fn push(&mut self, node: PathNode) -> PathId {
        self.nodes.push(node);
        self.known.push(HashMap::default());
        self.nodes.len() - 1
    }

    /// Where the paths below a field begin.
    pub(crate) fn field(&self, field: usize) -> Option<PathId> {
        self.fields.get(&field).copied()
    }

    fn add_below(&mut self, root: PathId, steps: &[Segment]) -> PathId {
        let mut at = root;
        for step in steps {
            at = self.known[at].get(step).copied().unwrap_or_else(|| {
                let id = self.push(PathNode { parent: at, step: step.clone() });
                self.known[at].insert(step.clone(), id);
                id
            });
        }
        at
    }

    /// Prepares the search for several names in one map; called when all paths are known.
    pub(crate) fn index(&mut self) {
        let mut names: Vec<Vec<(Arc<str>, PathId)>> = vec![Vec::new(); self.nodes.len()];
        let mut places: Vec<Vec<(usize, PathId)>> = vec![Vec::new(); self.nodes.len()];
        for (id, node) in (0..).zip(&self.nodes).filter(|(id, node)| node.parent != *id) {
            match &node.step {
                Segment::Name(name) => names[node.parent].push((name.clone(), id)),
                Segment::Index(index) => {
                    places[node.parent].extend(usize::try_from(*index).map(|index| (index, id)));
                }
            }
        }
        self.known = Vec::new();
        self.siblings = names.into_iter().map(Siblings::new).collect();
        self.places = places
            .into_iter()
            .map(|mut all| {
                all.sort_unstable();
                if all.len() > 1 { all.into() } else { Box::default() }
            })
            .collect();
    }

    pub(crate) fn node(&self, path: PathId) -> &PathNode {
        &self.nodes[path]
    }

    /// The names that are looked for in a map, if they are to be looked for together.
    pub(crate) fn siblings(&self, parent: PathId) -> Option<&Siblings> {
        self.siblings.get(parent)?.as_ref()
    }

    /// The indexes that are looked for in a list, if they are to be looked for together.
    pub(crate) fn places(&self, parent: PathId) -> &[(usize, PathId)] {
        self.places.get(parent).map_or(&[], |places| places)
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }
}

/// So many names at most are told apart by three bytes and their length; of more, the whole name is mixed.
const FEW: usize = 64;

/// Names with their paths: one look for each key of an event.
#[derive(Debug)]
pub(crate) struct Siblings {
    /// The first name of each spot, as its position + 1; their number is a power of two.
    spots: Box<[u16]>,
    names: Box<[Sibling]>,
}

#[derive(Debug)]
struct Sibling {
    name: Arc<str>,
    id: PathId,
    /// The next name of the same spot, as its position + 1.
    next: u16,
}

impl Siblings {
    fn new(names: Vec<(Arc<str>, PathId)>) -> Option<Self> {
        if !(2..usize::from(u16::MAX)).contains(&names.len()) {
            return None;
        }
        let mut siblings = Self {
            spots: vec![0; (names.len() * 4).next_power_of_two().max(256)].into(),
            names: Box::default(),
        };
        let mut all = Vec::with_capacity(names.len());
        let few = names.len() <= FEW;
        for (place, (name, id)) in (1_u16..).zip(names) {
            let spot = spot(name.as_bytes(), few, siblings.spots.len());
            let next = std::mem::replace(&mut siblings.spots[spot], place);
            all.push(Sibling { name, id, next });
        }
        siblings.names = all.into();
        Some(siblings)
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = PathId> {
        self.names.iter().map(|sibling| sibling.id)
    }

    #[inline]
    pub(crate) fn find(&self, name: &[u8]) -> Option<PathId> {
        let mut place = self.spots[spot(name, self.names.len() <= FEW, self.spots.len())];
        while place != 0 {
            let sibling = &self.names[usize::from(place) - 1];
            if *sibling.name.as_bytes() == *name {
                return Some(sibling.id);
            }
            place = sibling.next;
        }
        None
    }
}

#[inline]
fn spot(bytes: &[u8], few: bool, spots: usize) -> usize {
    let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) else { return 0 };
    let middle = bytes[bytes.len() / 2];
    let mut mixed =
        usize::from(first) * 7 + usize::from(middle) * 31 + usize::from(last) * 13 + bytes.len() * 3;
    if !few {
        mixed =
            bytes.iter().fold(mixed, |mixed, &byte| (mixed ^ usize::from(byte)).wrapping_mul(0x0100_0193));
        mixed ^= mixed >> 15;
    }
    mixed & (spots - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_however_many_there_are() {
        for count in [2, FEW, FEW + 1, 300, 5000] {
            let names: Vec<String> = (0..count).map(|at| format!("name {at}")).collect();
            let all = (1..).zip(&names).map(|(id, name)| (name.as_str().into(), id)).collect();
            let siblings = Siblings::new(all).expect("several names");
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
