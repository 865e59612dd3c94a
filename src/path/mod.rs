//! Paths: `$.a.b[0]` into the event, `$name.a` into a field, a setting or a variable.
//!
//! Names and indexes are resolved here. The rest of RFC 9535 is evaluated by jsonpath-rust, which only this module uses.

mod parse;
mod query;

pub use parse::{BadPath, parse};
pub use query::Query;

use std::sync::Arc;

use crate::value::{Arena, Kind, Value, View};

/// A parsed path.
#[derive(Debug)]
pub struct Path {
    /// The value that it starts from.
    pub root: Root,
    /// The leading names and indexes.
    pub steps: Vec<Segment>,
    /// The rest of the path, if it is not a singular query; its result is a list.
    pub query: Option<Box<Query>>,
}

/// The value that a path starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Root {
    /// `$`: the event.
    Event,
    /// `$name`: the field, setting or variable with that name.
    Named(String),
}

/// A name or index in a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Segment {
    /// A member of a map. The name is shared by all copies of the segment.
    Name(Arc<str>),
    /// An element of a list; a negative index counts from the end.
    Index(i64),
}

impl Segment {
    /// The member or element of `value` that this segment selects, if it exists.
    #[must_use]
    pub fn select<'a>(&self, value: Value<'a>, arena: &'a Arena) -> Option<Value<'a>> {
        match (self, value.kind()) {
            (Self::Name(name), Kind::Map) => match value.view(arena) {
                View::Map(map) => map.look_up(name, arena),
                _ => None,
            },
            (Self::Index(index), Kind::List) => match value.view(arena) {
                View::List(list) => list.look_up(*index, arena),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Parses a whole path into the event as one query, so that `$` in its filters refers to the event.
///
/// # Errors
/// A message, if the text is not a valid path of RFC 9535.
pub fn whole_query(text: &str) -> Result<Box<Query>, String> {
    Query::parse(text.strip_prefix('$').unwrap_or(text)).map(Box::new).map_err(|(_, message)| message)
}

/// Follows `steps` from `value`; `None` if one of them selects nothing.
#[must_use]
pub fn walk<'a>(value: Value<'a>, steps: &[Segment], arena: &'a Arena) -> Option<Value<'a>> {
    steps.iter().try_fold(value, |value, step| step.select(value, arena))
}

/// The path as written in a mapping.
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
