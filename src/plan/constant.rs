//! Constants, serialized when the mapping is compiled.

use crate::json::{Limits, OwnedDocument};
use crate::value::{Arena, Kind, Number, Value, quoted, to_json};

/// A constant value with its JSON.
#[derive(Debug)]
pub struct Constant(Repr);

#[derive(Debug)]
enum Repr {
    Null,
    Bool(bool),
    /// The JSON of the number.
    Number(Box<str>),
    Text(ConstantText),
    /// A list or a map.
    Document(OwnedDocument),
}

/// Constant text with its JSON.
#[derive(Debug)]
pub struct ConstantText {
    text: Box<str>,
    json: Box<str>,
}

/// A list or map too large to store: offsets have 32 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a constant list or map is larger than 4 GiB")]
pub struct TooLarge;

impl ConstantText {
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.into(), json: quoted(text).into() }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its JSON without the quotes, to be written as a part of a longer text.
    #[must_use]
    pub fn inner_json(&self) -> &str {
        &self.json[1..self.json.len() - 1]
    }
}

impl Constant {
    /// An owned copy of a value, with the same JSON.
    ///
    /// # Errors
    /// If a list or map is too large to store.
    pub(crate) fn of(value: Value<'_>) -> Result<Self, TooLarge> {
        let text = match value {
            Value::Text(text) => Some(ConstantText::new(text)),
            // Text of a document keeps its escape sequences.
            Value::Node(node) => {
                node.text().map(|text| ConstantText { text: text.into(), json: node.json().into() })
            }
            _ => None,
        };
        if let Some(text) = text {
            return Ok(Self(Repr::Text(text)));
        }
        let (kind, json) = (value.kind(), to_json(value));
        let repr = match kind {
            Kind::Null => Repr::Null,
            Kind::Bool => Repr::Bool(json == "true"),
            Kind::Number => Repr::Number(json.into()),
            Kind::Text | Kind::List | Kind::Map => {
                let limits = Limits { bytes: usize::MAX, depth: usize::MAX };
                Repr::Document(OwnedDocument::read(json, &limits).map_err(|_| TooLarge)?)
            }
        };
        Ok(Self(repr))
    }

    pub(crate) fn of_text(text: &str) -> Self {
        Self(Repr::Text(ConstantText::new(text)))
    }

    pub(crate) fn null() -> Self {
        Self(Repr::Null)
    }

    /// Its JSON.
    #[must_use]
    pub fn json(&self) -> &str {
        match &self.0 {
            Repr::Null => "null",
            Repr::Bool(true) => "true",
            Repr::Bool(false) => "false",
            Repr::Number(json) => json,
            Repr::Text(text) => &text.json,
            Repr::Document(stored) => stored.text(),
        }
    }

    /// The text, if the constant is text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.0 {
            Repr::Text(text) => Some(text.text()),
            _ => None,
        }
    }

    /// The bytes of memory that it takes besides its own size.
    #[must_use]
    pub(crate) fn memory(&self) -> usize {
        match &self.0 {
            Repr::Null | Repr::Bool(_) => 0,
            Repr::Number(json) => json.len(),
            Repr::Text(text) => text.text.len() + text.json.len(),
            Repr::Document(stored) => stored.memory(),
        }
    }

    /// The value.
    #[must_use]
    pub fn value<'a>(&'a self, arena: &'a Arena) -> Value<'a> {
        match &self.0 {
            Repr::Null => Value::Null,
            Repr::Bool(truth) => Value::Bool(*truth),
            Repr::Number(json) => Value::Number(Number::Literal(json)),
            Repr::Text(text) => Value::Text(text.text()),
            Repr::Document(stored) => Value::Node(arena.alloc(stored.document()).root()),
        }
    }
}
