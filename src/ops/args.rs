//! Reading the arguments of a step: one way to say what was expected and what was found.

use super::{ArgError, Args};
use crate::value::{Arena, List, Map, Number, Value, View, plain};

/// What a value is, for a message: `the text "abc"`, `a list`.
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

/// `a, b or c`
pub(super) fn or(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [first @ .., last] => format!("`{}` or `{last}`", first.join("`, `")),
    }
}

impl<'a> Args<'a> {
    /// The argument, which has to be there.
    pub(super) fn needed(&self, what: &str) -> Result<Value<'a>, ArgError> {
        self.argument.ok_or_else(|| ArgError::new(format!("expected {what}, found nothing")))
    }

    fn unlike<T>(&self, what: &str, value: Value<'a>) -> Result<T, ArgError> {
        Err(ArgError::new(format!("expected {what}, found {}", found(value, self.arena))))
    }

    /// A text as the argument; `what` names it.
    pub(super) fn text(&self, what: &str) -> Result<&'a str, ArgError> {
        let value = self.needed(what)?;
        match value.view(self.arena) {
            View::Text(text) => Ok(text),
            View::Number(_) | View::Bool(_) | View::Null => {
                let seen = found(value, self.arena);
                Err(ArgError::new(format!(
                    "expected {what}, found {seen}; write it in quotes if text is meant"
                )))
            }
            _ => self.unlike(what, value),
        }
    }

    /// A whole number that is not negative as the argument.
    pub(super) fn count(&self, what: &str) -> Result<usize, ArgError> {
        let value = self.needed(what)?;
        match whole(value, self.arena).and_then(|number| usize::try_from(number).ok()) {
            Some(count) => Ok(count),
            None => self.unlike(what, value),
        }
    }

    /// A list as the argument.
    pub(super) fn list(&self, what: &str) -> Result<List<'a>, ArgError> {
        let value = self.needed(what)?;
        match value.view(self.arena) {
            View::List(list) => Ok(list),
            _ => self.unlike(what, value),
        }
    }

    /// A list of texts (or one text) as the argument.
    pub(super) fn names(&self, what: &str) -> Result<Vec<&'a str>, ArgError> {
        let value = self.needed(what)?;
        if let View::Text(one) = value.view(self.arena) {
            return Ok(vec![one]);
        }
        let names = self.list(what)?.iter().enumerate().map(|(at, item)| {
            item.text(self.arena).ok_or_else(|| {
                ArgError::at(&at.to_string(), format!("expected text, found {}", found(item, self.arena)))
            })
        });
        names.collect()
    }

    /// A map as the argument.
    pub(super) fn map(&self, what: &str) -> Result<Map<'a>, ArgError> {
        let value = self.needed(what)?;
        match value.view(self.arena) {
            View::Map(map) => Ok(map),
            _ => self.unlike(what, value),
        }
    }

    /// A map of named settings as the argument; nothing is an empty one.
    pub(super) fn settings(&self, known: &'static [&'static str]) -> Result<NamedArgs<'a>, ArgError> {
        if self.argument.is_none() {
            return Ok(NamedArgs { members: Vec::new(), arena: self.arena });
        }
        let map = self.map(&format!("a map with the key {}", or(known)))?;
        let members: Vec<_> = map.iter(self.arena).collect();
        match members.iter().find(|(name, _)| !known.contains(name)) {
            Some((name, _)) => {
                Err(ArgError::at(name, format!("unknown key `{name}`, expected {}", or(known))))
            }
            None => Ok(NamedArgs { members, arena: self.arena }),
        }
    }

    /// One of the further keys of the step.
    pub(super) fn beside(&self, name: &str) -> Option<Value<'a>> {
        self.with.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }
}

/// A map of named settings; every name is a known one.
pub(super) struct NamedArgs<'a> {
    members: Vec<(&'a str, Value<'a>)>,
    arena: &'a Arena,
}

impl<'a> NamedArgs<'a> {
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

    /// The text under `name`.
    pub(super) fn text(&self, name: &str) -> Result<Option<&'a str>, ArgError> {
        self.read(name, "text", |value| value.text(self.arena))
    }

    /// The whole number under `name`.
    pub(super) fn whole(&self, name: &str) -> Result<Option<i64>, ArgError> {
        self.read(name, "a whole number", |value| whole(value, self.arena))
    }

    /// true or false under `name`.
    pub(super) fn truth(&self, name: &str) -> Result<Option<bool>, ArgError> {
        self.read(name, "true or false", |value| match value.view(self.arena) {
            View::Bool(truth) => Some(truth),
            _ => None,
        })
    }

    /// One of some words under `name`: its position.
    pub(super) fn word(&self, name: &str, words: &[&str]) -> Result<Option<usize>, ArgError> {
        self.read(name, &or(words), |value| {
            let word = value.text(self.arena)?;
            words.iter().position(|known| *known == word)
        })
    }
}

/// A whole number written as one.
pub(super) fn whole<'a>(value: Value<'a>, arena: &'a Arena) -> Option<i64> {
    match value.view(arena) {
        View::Number(number @ (Number::Int(_) | Number::Literal(_))) => number.as_i64(),
        _ => None,
    }
}
