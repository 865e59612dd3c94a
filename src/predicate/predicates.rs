//! The table of predicates, each with what is known about values for which it holds or does not hold.

use super::Predicate;
use super::email;
use crate::abstract_value::{Constraint, Scalar};
use crate::value::{Arena, Kind, Kinds, Value, View, truthy};

/// All predicates.
pub static PREDICATES: &[Predicate] = &[
    Predicate {
        name: "present",
        summary: "exists and is neither null nor \"\"",
        when_true: Constraint::present,
        when_false: Constraint::absent,
        holds: |value, _| value.is_some_and(Value::is_present),
    },
    Predicate {
        name: "absent",
        summary: "is missing, null or \"\"",
        when_true: Constraint::absent,
        when_false: Constraint::present,
        holds: |value, _| !value.is_some_and(Value::is_present),
    },
    Predicate {
        name: "filled",
        summary: "is present and not false, 0, {} or []",
        when_true: || Constraint {
            not: vec![Scalar::Bool(false), Scalar::Number(0.0)],
            ..Constraint::present()
        },
        when_false: Constraint::default,
        holds: |value, arena| value.is_some_and(|value| truthy(value, arena)),
    },
    Predicate {
        name: "blank",
        summary: "is missing, null, or text of white space only (Unicode), including \"\"",
        when_true: Constraint::default,
        when_false: Constraint::present,
        holds: |value, arena| match value.map(|value| value.view(arena)) {
            None | Some(View::Null) => true,
            Some(View::Text(text)) => text.trim().is_empty(),
            Some(_) => false,
        },
    },
    Predicate {
        name: "string",
        summary: "is text, including empty text",
        when_true: || of_kind(Kinds::TEXT, false),
        when_false: || other_than(Kinds::TEXT),
        holds: |value, _| is_kind(value, Kind::Text),
    },
    Predicate {
        name: "text",
        summary: "is text that is not empty",
        when_true: || of_kind(Kinds::TEXT, true),
        when_false: Constraint::default,
        holds: |value, _| is_kind(value, Kind::Text) && value.is_some_and(Value::is_present),
    },
    Predicate {
        name: "number",
        summary: "is a number",
        when_true: || of_kind(Kinds::NUMBER, true),
        when_false: || other_than(Kinds::NUMBER),
        holds: |value, _| is_kind(value, Kind::Number),
    },
    Predicate {
        name: "boolean",
        summary: "is true or false",
        when_true: || of_kind(Kinds::BOOL, true),
        when_false: || other_than(Kinds::BOOL),
        holds: |value, _| is_kind(value, Kind::Bool),
    },
    Predicate {
        name: "object",
        summary: "is a map",
        when_true: || of_kind(Kinds::MAP, true),
        when_false: || other_than(Kinds::MAP),
        holds: |value, _| is_kind(value, Kind::Map),
    },
    Predicate {
        name: "list",
        summary: "is a list",
        when_true: || of_kind(Kinds::LIST, true),
        when_false: || other_than(Kinds::LIST),
        holds: |value, _| is_kind(value, Kind::List),
    },
    Predicate {
        name: "email",
        summary: "is text with the form of an e-mail address",
        when_true: || of_kind(Kinds::TEXT, true),
        when_false: Constraint::default,
        holds: |value, arena| text(value, arena).is_some_and(email::is_email),
    },
    Predicate {
        name: "url",
        summary: "is a URL with a host",
        when_true: || of_kind(Kinds::TEXT, true),
        when_false: Constraint::default,
        holds: |value, arena| text(value, arena).is_some_and(is_url),
    },
    Predicate {
        name: "true",
        summary: "is true",
        when_true: || Constraint::among(vec![Scalar::Bool(true)]),
        when_false: || Constraint::among(vec![Scalar::Bool(true)]).inverse(),
        holds: |value, arena| is_truth(value, arena, true),
    },
    Predicate {
        name: "false",
        summary: "is false",
        when_true: || Constraint::among(vec![Scalar::Bool(false)]),
        when_false: || Constraint::among(vec![Scalar::Bool(false)]).inverse(),
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
