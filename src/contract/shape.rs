//! Shapes: what is known of a value before any event is seen.

use std::rc::Rc;

use crate::abstract_value::Unit;
use crate::source::Span;
use crate::syntax::{Entry, Name, Yaml, YamlValue};
use crate::value::{Kind, Kinds};

/// Maximum number of alternatives of a value. Alternatives multiply when choices are nested.
const MAX_ALTERNATIVES: usize = 64;

/// Whether a value is present for every event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    Always,
    Maybe,
}

/// What is known of a value.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// The expression it comes from.
    pub(super) span: Span,
    /// The kinds it can be if it is present.
    pub(super) kinds: Kinds,
    pub(super) presence: Presence,
    /// Whether its presence depends on a condition.
    pub(super) guarded: bool,
    pub(super) form: Form,
}

/// What is known besides the kind.
#[derive(Clone, Debug)]
pub(super) enum Form {
    /// Nothing.
    Unknown,
    /// A scalar constant.
    Constant(Yaml),
    /// The concatenation of these parts.
    Text(Vec<TextPart>),
    /// A point in time as a number in this unit.
    Time(Unit),
    /// A map with these keys, and whether it can have others.
    Map(Vec<Property>, bool),
    /// A list with these elements.
    List(Vec<Rc<Shape>>),
    /// A list of any length with elements of this shape.
    Each(Rc<Shape>),
    /// One of several shapes.
    Choice(Vec<Rc<Shape>>),
}

/// One key of a map.
#[derive(Clone, Debug)]
pub(super) struct Property {
    pub(super) key: Name,
    pub(super) value: Rc<Shape>,
}

/// A part of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TextPart {
    /// This text.
    Known(String),
    /// Unknown text: its minimum and maximum length in bytes, and whether it can never contain a `/`.
    Hole { min_bytes: usize, max_bytes: Option<usize>, encoded: bool },
}

impl TextPart {
    /// Unknown text of any length.
    pub(super) fn unknown() -> Self {
        Self::Hole { min_bytes: 0, max_bytes: None, encoded: false }
    }
}

impl Shape {
    pub(super) fn new(span: Span, kinds: Kinds, presence: Presence, form: Form) -> Self {
        Self { span, kinds, presence, guarded: false, form }
    }

    /// A value that only an event determines.
    pub(super) fn unknown(span: Span) -> Self {
        Self::new(span, Kinds::ANY, Presence::Maybe, Form::Unknown)
    }

    /// The alternatives of a shape, with nested choices flattened. At most [`MAX_ALTERNATIVES`].
    pub(super) fn alternatives(self: &Rc<Self>) -> Vec<Rc<Self>> {
        match &self.form {
            Form::Choice(alternatives) => {
                alternatives.iter().flat_map(Self::alternatives).take(MAX_ALTERNATIVES).collect()
            }
            _ => vec![Rc::clone(self)],
        }
    }

    /// A choice of several shapes. At most [`MAX_ALTERNATIVES`] are kept.
    pub(super) fn choice(span: Span, mut alternatives: Vec<Rc<Self>>) -> Self {
        if let [one] = alternatives.as_slice() {
            return Self::clone(one);
        }
        alternatives.truncate(MAX_ALTERNATIVES);
        let kinds = alternatives.iter().fold(Kinds::NONE, |kinds, shape| kinds.or(shape.kinds));
        let always = alternatives.iter().any(|shape| shape.presence == Presence::Always);
        let presence = if always { Presence::Always } else { Presence::Maybe };
        let guarded = alternatives.iter().all(|shape| shape.guarded) && !alternatives.is_empty();
        Self { span, kinds, presence, guarded, form: Form::Choice(alternatives) }
    }

    /// The parts of a value as text.
    pub(super) fn parts(&self) -> Vec<TextPart> {
        match &self.form {
            Form::Constant(yaml) => match yaml.scalar() {
                Some(text) => vec![TextPart::Known(text.text)],
                None => vec![TextPart::unknown()],
            },
            Form::Text(parts) => parts.clone(),
            _ => vec![TextPart::unknown()],
        }
    }
}

/// The minimum and maximum length of text in bytes; `None` if there is no maximum.
pub(super) fn length(parts: &[TextPart]) -> (usize, Option<usize>) {
    parts.iter().fold((0, Some(0)), |(min, max), part| match part {
        TextPart::Known(text) => (min + text.len(), max.map(|max| max + text.len())),
        TextPart::Hole { min_bytes, max_bytes, .. } => {
            (min + min_bytes, max.zip(*max_bytes).map(|(max, part)| max + part))
        }
    })
}

/// The shape of a constant.
pub(super) fn constant(yaml: &Yaml) -> Shape {
    let scalar = || Form::Constant(yaml.clone());
    let (kind, form) = match &yaml.node {
        YamlValue::Null => (Kind::Null, scalar()),
        YamlValue::Bool(_) => (Kind::Bool, scalar()),
        YamlValue::Number(_) => (Kind::Number, scalar()),
        YamlValue::Text(_) => (Kind::Text, scalar()),
        YamlValue::List(items) => {
            (Kind::List, Form::List(items.iter().map(|item| Rc::new(constant(item))).collect()))
        }
        YamlValue::Map(entries) => {
            let member =
                |entry: &Entry| Property { key: entry.key.clone(), value: Rc::new(constant(&entry.value)) };
            (Kind::Map, Form::Map(entries.iter().map(member).collect(), false))
        }
    };
    Shape::new(yaml.span, kind.into(), Presence::Always, form)
}
