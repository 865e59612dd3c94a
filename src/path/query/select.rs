//! Segments and selectors.

use jsonpath_rust::parser::model::{Segment, Selector};

use super::pattern::Patterns;
use crate::value::{Arena, BoundedVec, Kind, List, Value, View};

/// The evaluation of a query. Its methods return `None` when a limit of the arena is exceeded.
#[derive(Clone, Copy)]
pub(super) struct Evaluation<'q, 'a> {
    /// What `$` refers to.
    pub(super) root: Value<'a>,
    pub(super) patterns: &'q Patterns,
    /// The numbers in filters.
    pub(super) numbers: &'q [String],
    pub(super) arena: &'a Arena,
}

/// The values that a part of a query has selected.
#[derive(Clone, Copy, Debug)]
pub(super) enum Nodes<'a> {
    /// None: a singular part, or one that is applied to a value without elements.
    None,
    /// The value of a singular part.
    One(Value<'a>),
    /// Those of any other part.
    Many(&'a [Value<'a>]),
}

/// Values that are being selected.
type Selected<'a> = BoundedVec<'a, Value<'a>>;

impl<'a> Evaluation<'_, 'a> {
    pub(super) fn segments(self, segments: &[Segment], start: Nodes<'a>) -> Option<Nodes<'a>> {
        segments.iter().try_fold(start, |nodes, segment| self.segment(segment, nodes))
    }

    fn segment(self, segment: &Segment, nodes: Nodes<'a>) -> Option<Nodes<'a>> {
        match segment {
            Segment::Selector(selector) => self.selector(selector, nodes),
            Segment::Selectors(selectors) => {
                let mut all = Selected::new(self.arena);
                let one;
                let values = match nodes {
                    Nodes::None => &[][..],
                    Nodes::One(value) => {
                        one = [value];
                        &one
                    }
                    Nodes::Many(values) => values,
                };
                for value in values {
                    for selector in selectors {
                        self.select(selector, *value, &mut all)?;
                    }
                }
                Some(Nodes::Many(all.finish()))
            }
            Segment::Descendant(inner) => {
                let mut all = Selected::new(self.arena);
                match nodes {
                    Nodes::None => return Some(Nodes::None),
                    Nodes::One(value) if !is_collection(value) => return Some(Nodes::None),
                    Nodes::One(value) => self.descend(value, &mut all)?,
                    Nodes::Many(values) => {
                        values.iter().try_for_each(|value| self.descend(*value, &mut all))?;
                    }
                }
                self.segment(inner, Nodes::Many(all.finish()))
            }
        }
    }

    /// Adds a list or map and all lists and maps in it.
    fn descend(self, value: Value<'a>, all: &mut Selected<'a>) -> Option<()> {
        self.arena.spend(1)?;
        if !is_collection(value) {
            return Some(());
        }
        all.push(value)?;
        self.each_child(value, |child| self.descend(child, all))
    }

    fn selector(self, selector: &Selector, nodes: Nodes<'a>) -> Option<Nodes<'a>> {
        match nodes {
            Nodes::None => Some(Nodes::None),
            Nodes::One(value) => match selector {
                Selector::Name(name) => self.member(value, name).map(Nodes::of),
                Selector::Index(index) => self.element(value, *index).map(Nodes::of),
                Selector::Slice(..) if value.kind() != Kind::List => Some(Nodes::None),
                _ if !is_collection(value) => Some(Nodes::None),
                _ => {
                    let mut selected = Selected::new(self.arena);
                    self.select(selector, value, &mut selected)?;
                    let nothing = selected.is_empty() && *selector == Selector::Wildcard;
                    Some(if nothing { Nodes::None } else { Nodes::Many(selected.finish()) })
                }
            },
            Nodes::Many(values) => {
                let mut selected = Selected::new(self.arena);
                for value in values {
                    self.select(selector, *value, &mut selected)?;
                }
                Some(Nodes::Many(selected.finish()))
            }
        }
    }

    /// Adds what a selector selects from one value.
    fn select(self, selector: &Selector, value: Value<'a>, selected: &mut Selected<'a>) -> Option<()> {
        self.arena.spend(1)?;
        match selector {
            Selector::Name(name) => selected.extend(self.member(value, name)?),
            Selector::Index(index) => selected.extend(self.element(value, *index)?),
            Selector::Wildcard => self.each_child(value, |child| selected.push(child)),
            Selector::Slice(start, end, step) => self.slice(value, (*start, *end, *step), selected),
            Selector::Filter(filter) => self.each_child(value, |child| {
                if self.holds(filter, child)? { selected.push(child) } else { Some(()) }
            }),
        }
    }

    /// The member of a map. The outer `None` is an exceeded limit.
    #[expect(clippy::option_option, reason = "a limit that is exceeded is not a member that is missing")]
    pub(super) fn member(self, value: Value<'a>, name: &str) -> Option<Option<Value<'a>>> {
        let member = if value.kind() == Kind::Map
            && let View::Map(map) = value.view(self.arena)
        {
            map.look_up(name, self.arena)
        } else {
            None
        };
        self.arena.exceeded().is_none().then_some(member)
    }

    /// The element of a list. The outer `None` is an exceeded limit.
    #[expect(clippy::option_option, reason = "a limit that is exceeded is not an element that is missing")]
    pub(super) fn element(self, value: Value<'a>, index: i64) -> Option<Option<Value<'a>>> {
        let element = self.list(value).and_then(|list| list.look_up(index, self.arena));
        self.arena.exceeded().is_none().then_some(element)
    }

    fn list(self, value: Value<'a>) -> Option<List<'a>> {
        match value.kind() {
            Kind::List => match value.view(self.arena) {
                View::List(list) => Some(list),
                _ => None,
            },
            _ => None,
        }
    }

    /// Visits the elements of a list or the values of a map's members; other values have none.
    fn each_child(self, value: Value<'a>, mut visit: impl FnMut(Value<'a>) -> Option<()>) -> Option<()> {
        if !is_collection(value) {
            return Some(());
        }
        let mut visit = |child| {
            self.arena.step()?;
            visit(child)
        };
        match value.view(self.arena) {
            View::List(list) => list.iter().try_for_each(&mut visit),
            View::Map(map) => map.values().try_for_each(&mut visit),
            _ => Some(()),
        }
    }

    /// RFC 9535, section 2.3.4.2.2.
    fn slice(
        self,
        value: Value<'a>,
        (start, end, stride): (Option<i64>, Option<i64>, Option<i64>),
        selected: &mut Selected<'a>,
    ) -> Option<()> {
        let Some(list) = self.list(value) else { return Some(()) };
        let (stride, count) = (stride.unwrap_or(1), list.len());
        self.arena.spend(count)?;
        let length = i64::try_from(count).unwrap_or(i64::MAX);
        let from_end = |position: i64| if position < 0 { length.saturating_add(position) } else { position };
        let index = |position: i64| usize::try_from(position).unwrap_or(0);
        if stride > 0 {
            let start = index(from_end(start.unwrap_or(0)).clamp(0, length));
            let end = index(from_end(end.unwrap_or(length)).clamp(0, length));
            let part = list.iter().take(end).skip(start);
            return selected.extend(part.step_by(index(stride)));
        }
        let mut elements = Selected::with_capacity(count, self.arena);
        elements.extend(list.iter())?;
        let bound = |position: Option<i64>, default: i64| {
            position.map_or(default, |position| from_end(position).clamp(-1, length - 1))
        };
        let (mut current, stop) = (bound(start, length - 1), bound(end, -1));
        while stride < 0 && current > stop {
            if let Some(element) = elements.get(index(current)) {
                selected.push(*element)?;
            }
            current = current.saturating_add(stride);
        }
        Some(())
    }
}

impl<'a> Nodes<'a> {
    /// The result of a singular part.
    pub(super) fn of(value: Option<Value<'a>>) -> Self {
        value.map_or(Self::None, Self::One)
    }
}

/// Whether a value is a list or map.
fn is_collection(value: Value<'_>) -> bool {
    matches!(value.kind(), Kind::List | Kind::Map)
}
