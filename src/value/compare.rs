//! When two values are equal, and what templates take for true.

use super::{Arena, Number, Value, View};

/// Whether two values are equal: numbers by value, maps without regard to order.
#[must_use]
pub fn same<'a>(left: Value<'a>, right: Value<'a>, arena: &'a Arena) -> bool {
    match (left.view(arena), right.view(arena)) {
        (View::Null, View::Null) => true,
        (View::Bool(left), View::Bool(right)) => left == right,
        (View::Text(left), View::Text(right)) => left == right,
        (View::Number(left), View::Number(right)) => same_number(left, right),
        (View::List(left), View::List(right)) => {
            left.len() == right.len() && left.iter().zip(right.iter()).all(|(l, r)| same(l, r, arena))
        }
        (View::Map(left), View::Map(right)) => {
            left.len() == right.len()
                && left.iter(arena).all(|(key, l)| right.get(key).is_some_and(|r| same(l, r, arena)))
        }
        _ => false,
    }
}

#[expect(clippy::float_cmp, reason = "equality by value is what the author asks for")]
fn same_number(left: Number<'_>, right: Number<'_>) -> bool {
    match (left, right) {
        (Number::Written(left), Number::Written(right)) if left == right => true,
        _ => match (left.as_i64(), right.as_i64()) {
            (Some(left), Some(right)) => left == right,
            (None, None) => left.as_f64() == right.as_f64(),
            _ => false,
        },
    }
}

/// Whether a value counts as *filled*: present and not `false`, `0`, `{}` or `[]`.
#[must_use]
pub fn truthy<'a>(value: Value<'a>, arena: &'a Arena) -> bool {
    match value.view(arena) {
        View::Null => false,
        View::Bool(truth) => truth,
        View::Number(number) => number.as_f64() != 0.0,
        View::Text(text) => !text.is_empty(),
        View::List(list) => !list.is_empty(),
        View::Map(map) => !map.is_empty(),
    }
}
