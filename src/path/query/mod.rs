//! Paths that can select several values. They are checked and evaluated here, because jsonpath-rust,
//! which parses them, accepts more than RFC 9535 and has no limits.

mod filter;
mod function;
pub(super) mod grammar;
mod operand;
mod pattern;
mod select;
#[cfg(test)]
mod tests;

use std::fmt;

use jsonpath_rust::parser::model::JpQuery;

use crate::limits::{PATH_BYTES, PATH_NESTING};
use crate::value::{Arena, Value};
use grammar::{Checked, Refused};
use pattern::Patterns;
use select::{Evaluation, Nodes};

/// The part of a path that begins with its first wildcard, slice, filter or descendant segment.
#[derive(Clone, Debug)]
pub struct Query {
    text: String,
    parsed: JpQuery,
    patterns: Patterns,
    /// The numbers in its filters, as written; the parsed query has their positions.
    numbers: Vec<String>,
    uses_root: bool,
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

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

impl Query {
    /// Parses the rest of a path, such as `[*].id`, and compiles the patterns in it.
    ///
    /// # Errors
    /// The place and a message, if it is not valid by RFC 9535, or if a pattern in it is invalid or comes from the event.
    pub(super) fn parse(rest: &str) -> Result<Self, Refused> {
        if rest.len() > PATH_BYTES {
            return Err((0, format!("a path with wildcards or filters has at most {PATH_BYTES} bytes")));
        }
        if nesting(rest) > PATH_NESTING {
            let message =
                format!("brackets and parentheses in a path are nested at most {PATH_NESTING} levels deep");
            return Err((0, message));
        }
        let Checked { plain, numbers, uses_root } = grammar::check(rest)?;
        let parsed = jsonpath_rust::parser::parse_json_path(&plain)
            .map_err(|_| (0, "this path is too complicated; write a simpler filter".to_owned()))?;
        let patterns = Patterns::of(&parsed).map_err(|message| (0, message))?;
        Ok(Self { text: rest.to_owned(), parsed, patterns, numbers, uses_root })
    }

    /// Whether a filter in it refers to `$`, the value that the path starts from.
    #[must_use]
    pub fn uses_root(&self) -> bool {
        self.uses_root
    }

    /// The list of all selected values, in document order; `None` if there are none, or if a limit of the arena is
    /// exceeded. Each value that is visited or compared is a step.
    #[must_use]
    pub fn select<'a>(&self, value: Value<'a>, arena: &'a Arena) -> Option<Value<'a>> {
        let evaluation = Evaluation { root: value, patterns: &self.patterns, numbers: &self.numbers, arena };
        match evaluation.segments(&self.parsed.segments, Nodes::One(value))? {
            Nodes::None => None,
            Nodes::One(value) => Some(Value::List(arena.alloc_slice_copy(&[value]))),
            Nodes::Many(values) => (!values.is_empty()).then_some(Value::List(values)),
        }
    }
}
