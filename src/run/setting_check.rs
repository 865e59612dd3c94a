//! Whether a destination's settings are what the mapping declares.

use crate::ops;
use crate::plan::{Constant, Setting};
use crate::value::{Arena, Kind, Map, Value, same, to_json, truthy};

/// What is wrong with one setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SettingProblem {
    /// It is required and missing, or not filled.
    Missing,
    /// It has another type, or another value, than the mapping allows.
    Invalid,
}

/// What is wrong with the value of a setting; `None` if nothing is.
pub(crate) fn problem<'a>(
    setting: &'a Setting,
    value: Option<Value<'a>>,
    arena: &'a Arena,
) -> Option<SettingProblem> {
    // `false` and 0 count as settings only where the type of the setting says so.
    let falsy_allowed = matches!(setting.kind, Some(Kind::Bool | Kind::Number));
    let value = value.filter(|value| value.is_present() && (falsy_allowed || truthy(*value, arena)));
    let Some(value) = value else { return setting.required.as_ref().map(|_| SettingProblem::Missing) };
    let listed = setting
        .one_of
        .as_ref()
        .is_none_or(|allowed| allowed.iter().any(|constant| same(constant.value(arena), value, arena)));
    let of_kind = setting.kind.is_none_or(|kind| value.kind() == kind);
    (!listed || !of_kind).then_some(SettingProblem::Invalid)
}

/// A setting as forms send it, in the declared type: `"true"` and 1 are true, `"5"` is a number. `None` if it stays as it is.
pub(super) fn converted<'a>(setting: &Setting, map: Map<'a>, arena: &'a Arena) -> Option<Value<'a>> {
    let value = map.get(&setting.name).filter(|value| value.is_present())?;
    match setting.kind {
        Some(Kind::Bool) if value.kind() != Kind::Bool => ops::truth(value, arena).map(Value::Bool),
        Some(Kind::Number) if value.kind() == Kind::Text => ops::to_number(value, arena).map(Value::Number),
        _ => None,
    }
}

/// What a setting must be and what it is, as the end of a sentence. Of a secret, only the type is named.
pub(crate) fn expectation<'a>(setting: &'a Setting, value: Value<'a>, arena: &'a Arena) -> String {
    let words = |value: Value<'a>| value.text(arena).map_or_else(|| to_json(value), str::to_owned);
    let kind = match value.kind() {
        Kind::Null => "null",
        Kind::Bool => "true or false",
        Kind::Number => "a number",
        Kind::Text => "text",
        Kind::List => "a list",
        Kind::Map => "a map",
    };
    let of_kind = setting.kind.is_none_or(|kind| kind == value.kind());
    let allowed = |constant: &'a Constant| format!("`{}`", words(constant.value(arena)));
    let expected = match (&setting.one_of, setting.kind) {
        (Some(values), _) => format!("one of {}", values.iter().map(allowed).collect::<Vec<_>>().join(", ")),
        (None, Some(Kind::Bool)) => "true or false".to_owned(),
        (None, Some(Kind::Number)) => "a number".to_owned(),
        (None, Some(Kind::List)) => "a list".to_owned(),
        (None, Some(Kind::Map)) => "a map".to_owned(),
        (None, _) => "text".to_owned(),
    };
    let scalar = matches!(value.kind(), Kind::Bool | Kind::Number | Kind::Text);
    let actual = match setting.public {
        true if scalar => format!("`{}`", words(value)),
        _ if of_kind && setting.one_of.is_some() => format!("another value ({kind})"),
        _ => kind.to_owned(),
    };
    format!("must be {expected}, and this is {actual}")
}
