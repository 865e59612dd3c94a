//! Constants, serialised when the mapping is compiled.

use crate::json::{Limits, Stored};
use crate::value::{Arena, Number, Value};

/// A constant: its JSON text and the value it stands for.
#[derive(Debug)]
pub struct Constant {
    stored: Stored,
    /// The text without quotes and escapes, when it is text.
    text: Option<Box<str>>,
}

impl Constant {
    /// Keeps a JSON text.
    ///
    /// # Errors
    /// When it is not JSON, or nested too deeply.
    pub(crate) fn new(json: String) -> Result<Self, crate::json::Malformed> {
        let stored = Stored::read(json, &Limits { bytes: usize::MAX, depth: 256 })?;
        let text = stored.document().root().text().map(|text| text.into_owned().into_boxed_str());
        Ok(Self { stored, text })
    }

    /// A copy of a value that outlives its event.
    pub(crate) fn of(value: Value<'_>) -> Self {
        let mut json = Vec::new();
        crate::value::json(value, &mut json);
        Self::new(String::from_utf8_lossy(&json).into_owned()).unwrap_or_else(|_| Self::null())
    }

    pub(crate) fn empty_map() -> Self {
        Self::new("{}".to_owned()).unwrap_or_else(|_| Self::null())
    }

    pub(crate) fn document(&self) -> crate::json::Document<'_> {
        self.stored.document()
    }

    pub(crate) fn null() -> Self {
        Self { stored: Stored::default(), text: None }
    }

    /// Its JSON text.
    #[must_use]
    pub fn json(&self) -> &str {
        match self.stored.text() {
            "" => "null",
            text => text,
        }
    }

    /// Its JSON text without the quotes, for use inside of a text.
    #[must_use]
    pub fn inner_json(&self) -> &str {
        let json = self.json();
        json.strip_prefix('"').and_then(|json| json.strip_suffix('"')).unwrap_or(json)
    }

    /// The text it stands for, if it is text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// The value.
    #[must_use]
    pub fn value<'a>(&'a self, arena: &'a Arena) -> Value<'a> {
        if let Some(text) = &self.text {
            return Value::Text(text);
        }
        match self.json() {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            text if text.starts_with(['[', '{']) => Value::Node(arena.alloc(self.stored.document()).root()),
            number => Value::Number(Number::ValueNode(number)),
        }
    }
}
