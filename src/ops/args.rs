//! Reads the arguments of a step, with uniform messages about what was expected and what was found.

use super::{ArgError, Args};
use crate::value::{Arena, List, Map, Number, Value, View, plain};

/// A description of a value for messages: `the text "abc"`, `a list`.
pub(super) fn found<'a>(value: Value<'a>, arena: &'a Arena) -> String {
    match value.view(arena) {
        View::Null => "null".to_owned(),
        View::Bool(truth) => truth.to_string(),
        View::Number(_) => format!("the number {}", plain(value, arena)),
        View::Text(text) => format!("the text {text:?}"),
        View::List(_) => "a list".to_owned(),
        View::Map(_) => "a map".to_owned(),
    }
}

/// The names as a list for messages: `` `a`, `b` or `c` ``.
pub(super) fn or(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [first @ .., last] => format!("`{}` or `{last}`", first.join("`, `")),
    }
}

impl<'a> Args<'a> {
    /// The required argument.
    pub(super) fn required(&self, what: &str) -> Result<Value<'a>, ArgError> {
        self.argument.ok_or_else(|| ArgError::new(format!("expected {what}, found nothing")))
    }

    fn mismatch<T>(&self, what: &str, value: Value<'a>) -> Result<T, ArgError> {
        Err(ArgError::new(format!("expected {what}, found {}", found(value, self.arena))))
    }

    /// The argument as text; `what` describes it in messages.
    pub(super) fn text(&self, what: &str) -> Result<&'a str, ArgError> {
        let value = self.required(what)?;
        match value.view(self.arena) {
            View::Text(text) => Ok(text),
            View::Number(_) | View::Bool(_) | View::Null => {
                let actual = found(value, self.arena);
                Err(ArgError::new(format!("expected {what}, found {actual}; quote it if you mean text")))
            }
            _ => self.mismatch(what, value),
        }
    }

    /// The argument as a non-negative whole number.
    pub(super) fn count(&self, what: &str) -> Result<usize, ArgError> {
        let value = self.required(what)?;
        match whole(value, self.arena).and_then(|number| usize::try_from(number).ok()) {
            Some(count) => Ok(count),
            None => self.mismatch(what, value),
        }
    }

    /// The argument as a list.
    pub(super) fn list(&self, what: &str) -> Result<List<'a>, ArgError> {
        let value = self.required(what)?;
        match value.view(self.arena) {
            View::List(list) => Ok(list),
            _ => self.mismatch(what, value),
        }
    }

    /// The argument as a list of texts; a single text counts as a list of one.
    pub(super) fn names(&self, what: &str) -> Result<Vec<&'a str>, ArgError> {
        let value = self.required(what)?;
        if let View::Text(name) = value.view(self.arena) {
            return Ok(vec![name]);
        }
        let names = self.list(what)?.iter().enumerate().map(|(index, item)| {
            item.text(self.arena).ok_or_else(|| {
                ArgError::at(&index.to_string(), format!("expected text, found {}", found(item, self.arena)))
            })
        });
        names.collect()
    }

    /// The argument as a map.
    pub(super) fn map(&self, what: &str) -> Result<Map<'a>, ArgError> {
        let value = self.required(what)?;
        match value.view(self.arena) {
            View::Map(map) => Ok(map),
            _ => self.mismatch(what, value),
        }
    }

    /// The argument as a map of options with the `known` names; without an argument it is empty.
    pub(super) fn options(&self, known: &'static [&'static str]) -> Result<Options<'a>, ArgError> {
        if self.argument.is_none() {
            return Ok(Options { members: Vec::new(), arena: self.arena });
        }
        let map = self.map(&format!("a map with the key {}", or(known)))?;
        let members: Vec<_> = map.iter(self.arena).collect();
        match members.iter().find(|(name, _)| !known.contains(name)) {
            Some((name, _)) => {
                Err(ArgError::at(name, format!("unknown key `{name}`, expected {}", or(known))))
            }
            None => Ok(Options { members, arena: self.arena }),
        }
    }

    /// The value of an additional key of the step.
    pub(super) fn additional(&self, name: &str) -> Option<Value<'a>> {
        self.with.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }
}

/// A map of options; unknown names have been rejected.
pub(super) struct Options<'a> {
    members: Vec<(&'a str, Value<'a>)>,
    arena: &'a Arena,
}

impl<'a> Options<'a> {
    pub(super) fn get(&self, name: &str) -> Option<Value<'a>> {
        self.members.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }

    fn read<T>(
        &self,
        name: &str,
        what: &str,
        read: impl Fn(Value<'a>) -> Option<T>,
    ) -> Result<Option<T>, ArgError> {
        let Some(value) = self.get(name) else { return Ok(None) };
        match read(value) {
            Some(result) => Ok(Some(result)),
            None => Err(ArgError::at(name, format!("expected {what}, found {}", found(value, self.arena)))),
        }
    }

    /// The option `name` as text.
    pub(super) fn text(&self, name: &str) -> Result<Option<&'a str>, ArgError> {
        self.read(name, "text", |value| value.text(self.arena))
    }

    /// The option `name` as a whole number.
    pub(super) fn whole(&self, name: &str) -> Result<Option<i64>, ArgError> {
        self.read(name, "a whole number", |value| whole(value, self.arena))
    }

    /// The option `name` as a boolean.
    pub(super) fn boolean(&self, name: &str) -> Result<Option<bool>, ArgError> {
        self.read(name, "true or false", |value| match value.view(self.arena) {
            View::Bool(truth) => Some(truth),
            _ => None,
        })
    }

    /// The option `name` as one of `choices`: its index.
    pub(super) fn choice(&self, name: &str, choices: &[&str]) -> Result<Option<usize>, ArgError> {
        self.read(name, &or(choices), |value| {
            let text = value.text(self.arena)?;
            choices.iter().position(|choice| *choice == text)
        })
    }
}

/// A whole number in integer notation (`1`, but not `1.0`).
pub(super) fn whole<'a>(value: Value<'a>, arena: &'a Arena) -> Option<i64> {
    match value.view(arena) {
        View::Number(number @ (Number::Int(_) | Number::Literal(_))) => number.as_i64(),
        _ => None,
    }
}
