//! Paths: `$.a.b[0]` on the event, `$name.a` on something named.
//!
//! Names and indexes are walked directly; anything else of RFC 9535 goes to jsonpath-rust, which no other module names.

mod parse;
mod query;

pub use parse::{BadPath, parse};
pub use query::Query;

use std::sync::Arc;

use crate::value::{Arena, Value, View};

/// A parsed path.
#[derive(Debug)]
pub struct Path {
    /// What it starts from.
    pub root: Root,
    /// Names and indexes.
    pub steps: Vec<Segment>,
    /// What follows them when the path is not singular; it then gives a list.
    pub query: Option<Box<Query>>,
}

/// What a path starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Root {
    /// `$`: the event.
    Event,
    /// `$name`: whatever has that name.
    Named(String),
}

/// One step of a singular path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Segment {
    /// A member of a map. Who keeps a step shares its name.
    Name(Arc<str>),
    /// An element of a list; negative ones count from the end.
    Index(i64),
}

impl Segment {
    /// The value one step further, if it is there.
    #[must_use]
    pub fn of<'a>(&self, value: Value<'a>, arena: &'a Arena) -> Option<Value<'a>> {
        match (self, value) {
            (Self::Name(name), Value::Node(node)) => node.member(name).map(Value::Node),
            (Self::Index(index), Value::Node(node)) => node.element(*index).map(Value::Node),
            (Self::Name(name), made) => match made.view(arena) {
                View::Map(map) => map.get(name),
                _ => None,
            },
            (Self::Index(index), made) => match made.view(arena) {
                View::List(list) => list.get(*index),
                _ => None,
            },
        }
    }
}

/// A path on the event as one query, so that `$` in a filter is the event.
///
/// # Errors
/// In words, when the whole is no path of RFC 9535.
pub fn whole_query(text: &str) -> Result<Box<Query>, String> {
    Query::parse(text.strip_prefix('$').unwrap_or(text)).map(Box::new)
}

/// Walks `steps` from `value`.
#[must_use]
pub fn walk<'a>(value: Value<'a>, steps: &[Segment], arena: &'a Arena) -> Option<Value<'a>> {
    steps.iter().try_fold(value, |value, step| step.of(value, arena))
}

/// A path as text, the way an author writes it.
impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.root {
            Root::Event => write!(f, "$")?,
            Root::Named(name) => write!(f, "${name}")?,
        }
        for step in &self.steps {
            match step {
                Segment::Name(name) => write!(f, ".{name}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        self.query.as_ref().map_or(Ok(()), |query| write!(f, "{query}"))
    }
}
