//! The tree of a YAML file: every key and value with its span.

use super::super::Text;
use crate::source::{Span, Spanned};

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Unquoted.
    Plain,
    /// In `'`.
    Single,
    /// In `"`.
    Double,
    /// A block after `|`.
    Literal,
    /// A block after `>`.
    Folded,
    /// `[a, b]`.
    FlowList,
    /// `{ a: b }`.
    FlowMap,
    /// Lines that begin with `- `.
    BlockList,
    /// Lines of `key: value`.
    BlockMap,
}

/// A value of a YAML file.
#[derive(Clone, Debug)]
pub struct Yaml {
    /// The whole value, with quotes or brackets. An empty value has the span of its key.
    pub span: Span,
    /// What it is.
    pub node: YamlValue,
    /// How it is written.
    pub style: Style,
    /// The text inside the quotes.
    pub inner: Span,
    /// Whether the text is, byte for byte, the source in `inner`.
    pub exact: bool,
}

/// The types of values.
#[derive(Clone, Debug, PartialEq)]
pub enum YamlValue {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number in JSON notation, with the author's digits.
    Number(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Yaml>),
    /// A map, in the order written, without duplicates.
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: Spanned<String>,
    /// The value.
    pub value: Yaml,
}

/// Values are equal if they mean the same, regardless of where and how they are written.
impl PartialEq for Yaml {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.key.node == other.key.node && self.value == other.value
    }
}

impl Yaml {
    /// The text of a value that is text, without its span.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        if let YamlValue::Text(text) = &self.node { Some(text) } else { None }
    }

    /// The text of a value that is text, with its span.
    #[must_use]
    pub fn text(&self) -> Option<Text> {
        let YamlValue::Text(text) = &self.node else { return None };
        Some(Text { text: text.clone(), span: self.span, inner: self.inner, exact: self.exact })
    }

    /// The text of a scalar: text, a number as written, `true`, `false` or `null`.
    #[must_use]
    pub fn scalar(&self) -> Option<Text> {
        let text = match &self.node {
            YamlValue::Text(text) | YamlValue::Number(text) => text.clone(),
            YamlValue::Bool(yes) => yes.to_string(),
            YamlValue::Null => "null".to_owned(),
            YamlValue::List(_) | YamlValue::Map(_) => return None,
        };
        let exact = self.exact && text.len() == self.inner.range().len();
        Some(Text { text, span: self.span, inner: self.inner, exact })
    }

    /// Whether there is no value at all: a key with nothing after its colon.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        self.node == YamlValue::Null && self.inner.range().is_empty()
    }

    /// What the value is, for messages.
    #[must_use]
    pub fn form(&self) -> &'static str {
        match &self.node {
            YamlValue::Null if self.is_absent() => "nothing",
            YamlValue::Null => "null",
            YamlValue::Bool(true) => "`true`",
            YamlValue::Bool(false) => "`false`",
            YamlValue::Number(_) => "a number",
            YamlValue::Text(_) => "text",
            YamlValue::List(_) => "a list",
            YamlValue::Map(_) => "a map",
        }
    }

    /// The elements of a list.
    #[must_use]
    pub fn items(&self) -> Option<&[Yaml]> {
        if let YamlValue::List(items) = &self.node { Some(items) } else { None }
    }

    /// The entries of a map.
    #[must_use]
    pub fn entries(&self) -> Option<&[Entry]> {
        if let YamlValue::Map(entries) = &self.node { Some(entries) } else { None }
    }

    /// The entry of a key of a map.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries()?.iter().find(|entry| entry.key.node == key)
    }

    /// The span of the first number in it that is too large for a double, which [`Self::json`] could not convert.
    pub(crate) fn oversized_number(&self) -> Option<Span> {
        match &self.node {
            YamlValue::Number(number) => {
                serde_json::from_str::<serde_json::Value>(number).is_err().then_some(self.span)
            }
            YamlValue::List(items) => items.iter().find_map(Self::oversized_number),
            YamlValue::Map(entries) => entries.iter().find_map(|entry| entry.value.oversized_number()),
            YamlValue::Null | YamlValue::Bool(_) | YamlValue::Text(_) => None,
        }
    }

    /// Converts the value to JSON.
    ///
    /// # Errors
    /// The span of a number that is too large for a double, such as `1e999`.
    pub fn json(&self) -> Result<serde_json::Value, Span> {
        Ok(match &self.node {
            YamlValue::Null => serde_json::Value::Null,
            YamlValue::Bool(truth) => (*truth).into(),
            YamlValue::Number(number) => serde_json::from_str(number).map_err(|_| self.span)?,
            YamlValue::Text(text) => text.as_str().into(),
            YamlValue::List(items) => items.iter().map(Self::json).collect::<Result<_, _>>()?,
            YamlValue::Map(entries) => {
                let entries = entries.iter().map(|entry| Ok((entry.key.node.clone(), entry.value.json()?)));
                serde_json::Value::Object(entries.collect::<Result<_, _>>()?)
            }
        })
    }
}
