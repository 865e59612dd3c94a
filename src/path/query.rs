//! Paths that can select several values. jsonpath-rust evaluates them on a tree whose nodes refer to the original values.

use std::borrow::Cow;
use std::fmt;

use jsonpath_rust::parser::model::JpQuery;
use jsonpath_rust::query::queryable::Queryable;

use crate::value::{Arena, Value, View};

/// Maximum length of a query in bytes.
pub const MAX_BYTES: usize = 4096;
/// Maximum nesting depth of brackets and parentheses. The time that jsonpath-rust takes to parse a query can double with
/// every other level.
pub const MAX_NESTING: usize = 8;

/// The greatest number of brackets and parentheses around a part of a query. Those in quoted text do not count.
fn nesting(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut quote, mut escaped) = (None, false);
    for byte in text.bytes() {
        match (quote, byte) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), b'\\') => escaped = true,
            (Some(open), _) if open == byte => quote = None,
            (None, b'\'' | b'"') => quote = Some(byte),
            (None, b'(' | b'[') => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            (None, b')' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// The part of a path that begins with its first wildcard, slice, filter or descendant segment.
#[derive(Clone, Debug)]
pub struct Query {
    text: String,
    parsed: JpQuery,
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Query {
    /// Parses the rest of a path, such as `[*].id`.
    ///
    /// # Errors
    /// A message, if it is not valid by RFC 9535.
    pub(super) fn parse(rest: &str) -> Result<Self, String> {
        if rest.len() > MAX_BYTES {
            return Err(format!("a path with wildcards or filters has at most {MAX_BYTES} bytes"));
        }
        if nesting(rest) > MAX_NESTING {
            return Err(format!(
                "brackets and parentheses in a path are nested at most {MAX_NESTING} levels deep"
            ));
        }
        match jsonpath_rust::parser::parse_json_path(&format!("${rest}")) {
            Ok(parsed) => Ok(Self { text: rest.to_owned(), parsed }),
            Err(_) => Err("this is not a valid JSONPath (RFC 9535); write a filter as `[?@.type == 'x']`, all elements as `[*]`, a slice as `[0:2]`".to_owned()),
        }
    }

    /// Whether a filter in it refers to `$`, the value that the path starts from.
    #[must_use]
    pub fn uses_root(&self) -> bool {
        self.text.contains('$')
    }

    /// The list of all selected values, in document order; `None` if there are none.
    #[must_use]
    pub fn select<'a>(&self, value: Value<'a>, arena: &'a Arena) -> Option<Value<'a>> {
        let tree = Tree::of(value, arena);
        // Evaluation fails only for unknown functions, which the parser rejects.
        let nodes = jsonpath_rust::query::js_path_process(&self.parsed, &tree).ok()?;
        let values = nodes.into_iter().filter_map(|node| node.val().origin);
        let values = bumpalo::collections::Vec::from_iter_in(values, arena);
        (!values.is_empty()).then(|| Value::List(values.into_bump_slice()))
    }
}

/// A value in the form that jsonpath-rust evaluates, with the original value.
#[derive(Clone, Debug, Default)]
struct Tree<'a> {
    /// `None` for values that jsonpath-rust creates itself.
    origin: Option<Value<'a>>,
    shape: Shape<'a>,
}

#[derive(Clone, Debug, Default, PartialEq)]
enum Shape<'a> {
    #[default]
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Cow<'a, str>),
    List(Vec<Tree<'a>>),
    Map(Vec<(&'a str, Tree<'a>)>),
}

impl PartialEq for Tree<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.shape == other.shape
    }
}

impl<'a> Tree<'a> {
    fn of(value: Value<'a>, arena: &'a Arena) -> Self {
        let shape = match value.view(arena) {
            View::Null => Shape::Null,
            View::Bool(truth) => Shape::Bool(truth),
            View::Text(text) => Shape::Text(Cow::Borrowed(text)),
            View::Number(number) => number.as_i64().map_or_else(|| Shape::Float(number.as_f64()), Shape::Int),
            View::List(list) => Shape::List(list.iter().map(|item| Self::of(item, arena)).collect()),
            View::Map(map) => {
                Shape::Map(map.iter(arena).map(|(key, member)| (key, Self::of(member, arena))).collect())
            }
        };
        Self { origin: Some(value), shape }
    }
}

impl From<Shape<'_>> for Tree<'_> {
    fn from(shape: Shape<'_>) -> Self {
        // Only jsonpath-rust creates values this way, and only scalars and lists of them.
        let shape = match shape {
            Shape::Bool(truth) => Shape::Bool(truth),
            Shape::Int(number) => Shape::Int(number),
            Shape::Float(number) => Shape::Float(number),
            Shape::Text(text) => Shape::Text(Cow::Owned(text.into_owned())),
            Shape::Null | Shape::List(_) | Shape::Map(_) => Shape::Null,
        };
        Self { origin: None, shape }
    }
}

impl From<&str> for Tree<'_> {
    fn from(text: &str) -> Self {
        Shape::Text(Cow::Borrowed(text)).into()
    }
}

impl From<String> for Tree<'_> {
    fn from(text: String) -> Self {
        Self { origin: None, shape: Shape::Text(Cow::Owned(text)) }
    }
}

impl From<bool> for Tree<'_> {
    fn from(truth: bool) -> Self {
        Shape::Bool(truth).into()
    }
}

impl From<i64> for Tree<'_> {
    fn from(number: i64) -> Self {
        Shape::Int(number).into()
    }
}

impl From<f64> for Tree<'_> {
    fn from(number: f64) -> Self {
        Shape::Float(number).into()
    }
}

impl<'a> From<Vec<Tree<'a>>> for Tree<'a> {
    fn from(items: Vec<Tree<'a>>) -> Self {
        Self { origin: None, shape: Shape::List(items) }
    }
}

impl Queryable for Tree<'_> {
    fn get(&self, key: &str) -> Option<&Self> {
        match &self.shape {
            Shape::Map(members) => members.iter().rev().find(|(name, _)| *name == key).map(|(_, tree)| tree),
            _ => None,
        }
    }

    fn as_array(&self) -> Option<&Vec<Self>> {
        match &self.shape {
            Shape::List(items) => Some(items),
            _ => None,
        }
    }

    fn as_object(&self) -> Option<Vec<(&str, &Self)>> {
        match &self.shape {
            Shape::Map(members) => Some(members.iter().map(|(key, tree)| (*key, tree)).collect()),
            _ => None,
        }
    }

    fn as_str(&self) -> Option<&str> {
        match &self.shape {
            Shape::Text(text) => Some(text),
            _ => None,
        }
    }

    fn as_i64(&self) -> Option<i64> {
        match self.shape {
            Shape::Int(number) => Some(number),
            _ => None,
        }
    }

    fn as_f64(&self) -> Option<f64> {
        match self.shape {
            Shape::Float(number) => Some(number),
            #[expect(clippy::cast_precision_loss, reason = "RFC 9535 compares numbers by value")]
            Shape::Int(number) => Some(number as f64),
            _ => None,
        }
    }

    fn as_bool(&self) -> Option<bool> {
        match self.shape {
            Shape::Bool(truth) => Some(truth),
            _ => None,
        }
    }

    fn null() -> Self {
        Self::default()
    }
}
