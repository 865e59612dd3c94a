//! The tests after `is` in templates with logic.

use std::cmp::Ordering;

use super::comparison::{Evaluated, contained, equal, ordered};
use crate::value::{Arena, Kind, Number, Value, View};

/// A row of the table of tests.
#[derive(Debug)]
pub(super) struct Test {
    /// Its names.
    names: &'static [&'static str],
    /// Whether it takes an argument: `is divisibleby(3)`.
    pub(super) takes_argument: bool,
    pub(super) holds: Holds,
}

/// Whether a test holds for a value and an argument; `None` is a missing value.
type Holds = for<'a> fn(Option<Value<'a>>, Option<Value<'a>>, &'a Arena) -> Evaluated<bool>;

/// The test of this name.
pub(super) fn test(name: &str) -> Option<&'static Test> {
    TESTS.iter().find(|test| test.names.contains(&name))
}

const fn plain(names: &'static [&'static str], holds: Holds) -> Test {
    Test { names, takes_argument: false, holds }
}

const fn with_argument(names: &'static [&'static str], holds: Holds) -> Test {
    Test { names, takes_argument: true, holds }
}

static TESTS: &[Test] = &[
    plain(&["defined"], |value, _, _| Ok(value.is_some())),
    plain(&["undefined"], |value, _, _| Ok(value.is_none())),
    plain(&["none"], |value, _, _| Ok(kind(value) == Some(Kind::Null))),
    plain(&["boolean"], |value, _, _| Ok(kind(value) == Some(Kind::Bool))),
    plain(&["true"], |value, _, arena| Ok(truth(value, arena) == Some(true))),
    plain(&["false"], |value, _, arena| Ok(truth(value, arena) == Some(false))),
    plain(&["number"], |value, _, _| Ok(kind(value) == Some(Kind::Number))),
    plain(&["integer", "int"], |value, _, arena| Ok(is_whole(value, arena) == Some(true))),
    plain(&["float"], |value, _, arena| Ok(is_whole(value, arena) == Some(false))),
    plain(&["string"], |value, _, _| Ok(kind(value) == Some(Kind::Text))),
    plain(&["sequence"], |value, _, _| Ok(kind(value) == Some(Kind::List))),
    plain(&["mapping"], |value, _, _| Ok(kind(value) == Some(Kind::Map))),
    plain(&["iterable"], |value, _, _| {
        Ok(matches!(kind(value), None | Some(Kind::Null | Kind::Text | Kind::List | Kind::Map)))
    }),
    plain(&["even"], |value, _, arena| Ok(is_multiple(value, Number::Int(2), arena) == Some(true))),
    plain(&["odd"], |value, _, arena| {
        let even = is_multiple(value, Number::Int(2), arena);
        Ok(even == Some(false) && is_multiple(value, Number::Int(1), arena) == Some(true))
    }),
    plain(&["lower"], |value, _, arena| Ok(is_case(value, arena, char::is_lowercase, char::is_uppercase))),
    plain(&["upper"], |value, _, arena| Ok(is_case(value, arena, char::is_uppercase, char::is_lowercase))),
    with_argument(&["divisibleby"], |value, divisor, arena| {
        Ok(number(divisor, arena).is_some_and(|divisor| is_multiple(value, divisor, arena) == Some(true)))
    }),
    with_argument(&["startingwith"], |value, start, arena| Ok(texts(value, start, arena, str::starts_with))),
    with_argument(&["endingwith"], |value, end, arena| Ok(texts(value, end, arena, str::ends_with))),
    with_argument(&["eq", "equalto", "==", "sameas"], |value, other, arena| Ok(equal(value, other, arena))),
    with_argument(&["ne", "!="], |value, other, arena| Ok(!equal(value, other, arena))),
    with_argument(&["lt", "lessthan", "<"], |value, other, arena| {
        ordered(value, other, arena, Ordering::is_lt)
    }),
    with_argument(&["le", "<="], |value, other, arena| ordered(value, other, arena, Ordering::is_le)),
    with_argument(&["gt", "greaterthan", ">"], |value, other, arena| {
        ordered(value, other, arena, Ordering::is_gt)
    }),
    with_argument(&["ge", ">="], |value, other, arena| ordered(value, other, arena, Ordering::is_ge)),
    with_argument(&["in"], contained),
];

fn kind(value: Option<Value<'_>>) -> Option<Kind> {
    value.map(Value::kind)
}

fn truth<'a>(value: Option<Value<'a>>, arena: &'a Arena) -> Option<bool> {
    match value?.view(arena) {
        View::Bool(truth) => Some(truth),
        _ => None,
    }
}

fn number<'a>(value: Option<Value<'a>>, arena: &'a Arena) -> Option<Number<'a>> {
    match value?.view(arena) {
        View::Number(number) => Some(number),
        _ => None,
    }
}

/// Whether a number is whole; `None` for other values.
fn is_whole<'a>(value: Option<Value<'a>>, arena: &'a Arena) -> Option<bool> {
    number(value, arena).map(Number::is_whole)
}

/// Whether a number is a multiple of another; `None` if that cannot be computed.
fn is_multiple<'a>(value: Option<Value<'a>>, divisor: Number<'a>, arena: &'a Arena) -> Option<bool> {
    let (_, rest) = number(value, arena)?.decimal()?.divide_whole(divisor.decimal()?)?;
    Some(rest.is_zero())
}

fn is_case<'a>(
    value: Option<Value<'a>>,
    arena: &'a Arena,
    one: fn(char) -> bool,
    other: fn(char) -> bool,
) -> bool {
    let text = value.and_then(|value| value.text(arena)).unwrap_or_default();
    text.chars().any(one) && !text.chars().any(other)
}

fn texts<'a>(
    value: Option<Value<'a>>,
    part: Option<Value<'a>>,
    arena: &'a Arena,
    holds: fn(&'a str, &'a str) -> bool,
) -> bool {
    let text = |value: Option<Value<'a>>| value.and_then(|value| value.text(arena));
    text(value).zip(text(part)).is_some_and(|(text, part)| holds(text, part))
}
