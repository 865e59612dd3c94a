//! The table of `fields:` or of `conditions:`.

use foldhash::HashMap;

use super::nesting::Cost;
use crate::plan::Dependencies;
use crate::syntax::Named;

/// Definitions by name: `W` as written, `T` as compiled. Compiled ones are identified by their index.
pub(super) struct Definitions<'m, W, T> {
    written: &'m [Named<W>],
    states: HashMap<&'m str, (usize, State)>,
    compiled: Vec<T>,
    properties: Vec<(Dependencies, Cost)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    InProgress,
    Compiled(usize),
}

/// The state of a definition.
pub(super) enum Lookup<'m, W> {
    /// Not compiled yet.
    New(&'m Named<W>),
    /// Being compiled: a reference to it from here would be a cycle.
    InProgress(&'m Named<W>),
    /// Compiled, with this index.
    Compiled(usize),
}

impl<'m, W, T> Definitions<'m, W, T> {
    pub(super) fn new(written: &'m [Named<W>]) -> Self {
        let states = written.iter().enumerate();
        let states = states.map(|(index, named)| (named.name.node.as_str(), (index, State::New))).collect();
        Self { written, states, compiled: Vec::new(), properties: Vec::new() }
    }

    pub(super) fn written(&self) -> &'m [Named<W>] {
        self.written
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'m str> + use<'m, W, T> {
        self.written.iter().map(|named| named.name.node.as_str())
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.states.contains_key(name)
    }

    pub(super) fn lookup(&self, name: &str) -> Option<Lookup<'m, W>> {
        let &(index, state) = self.states.get(name)?;
        Some(match state {
            State::New => Lookup::New(&self.written[index]),
            State::InProgress => Lookup::InProgress(&self.written[index]),
            State::Compiled(index) => Lookup::Compiled(index),
        })
    }

    /// Whether a definition is not compiled yet.
    pub(super) fn is_new(&self, definition: &'m Named<W>) -> bool {
        let lookup = self.lookup(&definition.name.node);
        matches!(lookup, Some(Lookup::New(new)) if std::ptr::eq(new, definition))
    }

    /// Marks a new definition as being compiled.
    pub(super) fn start(&mut self, definition: &'m Named<W>) {
        self.set_state(definition, State::InProgress);
    }

    /// Stores a definition that was started and returns its index.
    pub(super) fn finish(
        &mut self,
        definition: &'m Named<W>,
        compiled: T,
        deps: Dependencies,
        cost: Cost,
    ) -> usize {
        self.compiled.push(compiled);
        self.properties.push((deps, cost));
        let index = self.compiled.len() - 1;
        self.set_state(definition, State::Compiled(index));
        index
    }

    /// Stores something that the mapping does not reference by name and returns its index.
    pub(super) fn add_unnamed(&mut self, compiled: T, deps: Dependencies) -> usize {
        self.compiled.push(compiled);
        self.properties.push((deps, Cost::default()));
        self.compiled.len() - 1
    }

    fn set_state(&mut self, definition: &'m Named<W>, state: State) {
        if let Some((_, current)) = self.states.get_mut(definition.name.node.as_str()) {
            *current = state;
        }
    }

    pub(super) fn compiled(&self, index: usize) -> &T {
        &self.compiled[index]
    }

    /// All compiled definitions by index.
    pub(super) fn all(&self) -> &[T] {
        &self.compiled
    }

    pub(super) fn dependencies(&self, index: usize) -> Dependencies {
        self.properties[index].0
    }

    pub(super) fn cost(&self, index: usize) -> Cost {
        self.properties[index].1
    }

    /// Number of compiled definitions.
    pub(super) fn len(&self) -> usize {
        self.compiled.len()
    }

    /// The names of the compiled definitions by index; empty for unnamed ones.
    pub(super) fn compiled_names(&self) -> Box<[Box<str>]> {
        let mut names = vec![Box::<str>::default(); self.compiled.len()];
        for (name, (_, state)) in &self.states {
            if let State::Compiled(index) = state {
                names[*index] = (*name).into();
            }
        }
        names.into()
    }

    /// The first `len` compiled definitions.
    pub(super) fn into_compiled(mut self, len: usize) -> Box<[T]> {
        self.compiled.truncate(len);
        self.compiled.into()
    }
}
