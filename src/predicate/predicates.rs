//! The words after `is:` and `is_not:`, each with what it says of a value.

use super::Predicate;
use super::email;
use crate::abstract_value::{Constraint, Scalar};
use crate::value::{Arena, Kind, Kinds, Value, View, truthy};

/// All qualities.
pub static PREDICATES: &[Predicate] = &[
    Predicate {
        name: "present",
        summary: "exists and is neither null nor \"\"",
        says: Constraint::present,
        denies: Constraint::absent,
        holds: |value, _| value.is_some_and(Value::is_present),
    },
    Predicate {
        name: "absent",
        summary: "is missing, null or \"\"",
        says: Constraint::absent,
        denies: Constraint::present,
        holds: |value, _| !value.is_some_and(Value::is_present),
    },
    Predicate {
        name: "filled",
        summary: "is present and not false, 0, {} or []",
        says: || Constraint { not: vec![Scalar::Bool(false), Scalar::Number(0.0)], ..Constraint::present() },
        denies: Constraint::default,
        holds: |value, arena| value.is_some_and(|value| truthy(value, arena)),
    },
    Predicate {
        name: "string",
        summary: "is text, also the empty one",
        says: || of_kind(Kinds::TEXT, false),
        denies: || other_than(Kinds::TEXT),
        holds: |value, _| is_kind(value, Kind::Text),
    },
    Predicate {
        name: "text",
        summary: "is text that is not empty",
        says: || of_kind(Kinds::TEXT, true),
        denies: Constraint::default,
        holds: |value, _| is_kind(value, Kind::Text) && value.is_some_and(Value::is_present),
    },
    Predicate {
        name: "number",
        summary: "is a number",
        says: || of_kind(Kinds::NUMBER, true),
        denies: || other_than(Kinds::NUMBER),
        holds: |value, _| is_kind(value, Kind::Number),
    },
    Predicate {
        name: "boolean",
        summary: "is true or false",
        says: || of_kind(Kinds::BOOL, true),
        denies: || other_than(Kinds::BOOL),
        holds: |value, _| is_kind(value, Kind::Bool),
    },
    Predicate {
        name: "object",
        summary: "is a map",
        says: || of_kind(Kinds::MAP, true),
        denies: || other_than(Kinds::MAP),
        holds: |value, _| is_kind(value, Kind::Map),
    },
    Predicate {
        name: "list",
        summary: "is a list",
        says: || of_kind(Kinds::LIST, true),
        denies: || other_than(Kinds::LIST),
        holds: |value, _| is_kind(value, Kind::List),
    },
    Predicate {
        name: "email",
        summary: "is text in the form of an e-mail address",
        says: || of_kind(Kinds::TEXT, true),
        denies: Constraint::default,
        holds: |value, arena| text(value, arena).is_some_and(email::is_email),
    },
    Predicate {
        name: "url",
        summary: "is text in the form of a URL with a host",
        says: || of_kind(Kinds::TEXT, true),
        denies: Constraint::default,
        holds: |value, arena| text(value, arena).is_some_and(is_url),
    },
    Predicate {
        name: "true",
        summary: "is true",
        says: || Constraint::among(vec![Scalar::Bool(true)]),
        denies: || Constraint::among(vec![Scalar::Bool(true)]).inverse(),
        holds: |value, arena| is_truth(value, arena, true),
    },
    Predicate {
        name: "false",
        summary: "is false",
        says: || Constraint::among(vec![Scalar::Bool(false)]),
        denies: || Constraint::among(vec![Scalar::Bool(false)]).inverse(),
        holds: |value, arena| is_truth(value, arena, false),
    },
];

fn of_kind(kinds: Kinds, present: bool) -> Constraint {
    Constraint::of_kinds(kinds, present)
}

fn other_than(kinds: Kinds) -> Constraint {
    Constraint { kinds: Kinds::ANY.without(kinds), ..Constraint::default() }
}

fn is_kind(value: Option<Value<'_>>, kind: Kind) -> bool {
    value.is_some_and(|value| value.kind() == kind)
}

fn is_truth<'a>(value: Option<Value<'a>>, arena: &'a Arena, truth: bool) -> bool {
    matches!(value.map(|value| value.view(arena)), Some(View::Bool(found)) if found == truth)
}

fn text<'a>(value: Option<Value<'a>>, arena: &'a Arena) -> Option<&'a str> {
    value.and_then(|value| value.text(arena))
}

fn is_url(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| url.has_host())
}
