//! Comparisons of values in templates with logic: exact, or refused.

use std::cmp::Ordering;

use crate::value::{Arena, Kind, Value, View, same};

/// Why a template could not be rendered: one sentence without any value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct RenderError(pub(super) String);

/// The result of evaluating a part of a template.
pub(super) type Evaluated<T> = Result<T, RenderError>;

/// Whether two values are equal; a missing value equals only a missing one.
pub(super) fn equal<'a>(left: Option<Value<'a>>, right: Option<Value<'a>>, arena: &'a Arena) -> bool {
    match (left, right) {
        (None, None) => true,
        (Some(left), Some(right)) => same(left, right, arena),
        _ => false,
    }
}

/// Whether two numbers, or two texts, are in an order. As in conditions, values of other kinds are in none.
pub(super) fn ordered<'a>(
    left: Option<Value<'a>>,
    right: Option<Value<'a>>,
    arena: &'a Arena,
    holds: fn(Ordering) -> bool,
) -> Evaluated<bool> {
    let (Some(left), Some(right)) = (left, right) else { return Ok(false) };
    let order = match (left.view(arena), right.view(arena)) {
        (View::Number(left), View::Number(right)) => left.compare(right),
        (View::Text(left), View::Text(right)) => Some(left.cmp(right)),
        _ => return Ok(false),
    };
    order.map(holds).ok_or_else(|| RenderError("the exponent of a number is too large to compare".to_owned()))
}

/// The kind of a value, for messages.
pub(super) fn word(value: View<'_>) -> &'static str {
    match value {
        View::Null => "null",
        View::Bool(_) => "true or false",
        View::Number(_) => "a number",
        View::Text(_) => "text",
        View::List(_) => "a list",
        View::Map(_) => "a map",
    }
}

/// Whether a value is an element of a list, a key of a map, or a part of a text.
pub(super) fn contained<'a>(
    value: Option<Value<'a>>,
    container: Option<Value<'a>>,
    arena: &'a Arena,
) -> Evaluated<bool> {
    let (Some(value), Some(container)) = (value, container) else { return Ok(false) };
    match container.view(arena) {
        View::List(list) => Ok(list.iter().any(|item| same(item, value, arena))),
        View::Map(map) => Ok(value.text(arena).is_some_and(|key| map.get(key).is_some())),
        View::Text(text) if value.kind() == Kind::Text => {
            Ok(value.text(arena).is_some_and(|part| text.contains(part)))
        }
        View::Text(_) => {
            Err(RenderError("`in` looks only for text in text; convert it with `| string`".to_owned()))
        }
        View::Null => Ok(false),
        other => Err(RenderError(format!("`in` needs a list, a map or text, not {}", word(other)))),
    }
}
