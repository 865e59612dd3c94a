//! The singular paths of a mapping as one tree, so that `$.context.traits` is walked once for all that begin so.

use std::collections::HashMap;

use crate::path::Step;

/// A path on the event: its node in [`Paths`]. 0 is the event itself.
pub type PathId = u32;

/// All singular paths on the event.
#[derive(Debug)]
pub struct Paths {
    nodes: Vec<PathNode>,
    known: HashMap<(PathId, Step), PathId>,
}

#[derive(Debug)]
pub(crate) struct PathNode {
    pub(crate) parent: PathId,
    pub(crate) step: Step,
}

impl Default for Paths {
    fn default() -> Self {
        let root = PathNode { parent: 0, step: Step::Index(0) };
        Self { nodes: vec![root], known: HashMap::new() }
    }
}

impl Paths {
    /// The number of a path, old or new.
    pub(crate) fn add(&mut self, steps: &[Step]) -> PathId {
        let mut at = 0;
        for step in steps {
            at = *self.known.entry((at, step.clone())).or_insert_with(|| {
                self.nodes.push(PathNode { parent: at, step: step.clone() });
                PathId::try_from(self.nodes.len() - 1).unwrap_or(0)
            });
        }
        at
    }

    pub(crate) fn node(&self, path: PathId) -> &PathNode {
        &self.nodes[path as usize]
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// A path as its author writes it.
    #[must_use]
    pub fn text(&self, path: PathId) -> String {
        if path == 0 {
            return "$".to_owned();
        }
        let node = self.node(path);
        let before = self.text(node.parent);
        match &node.step {
            Step::Name(name) => format!("{before}.{name}"),
            Step::Index(index) => format!("{before}[{index}]"),
        }
    }
}
