//! What is known of a value before any event is seen.

use std::rc::Rc;

use crate::abstract_value::Unit;
use crate::source::Span;
use crate::syntax::{Entry, Name, Yaml, YamlValue};
use crate::value::{Kind, Kinds};

/// Whether a value will be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    Always,
    Maybe,
}

/// A value as far as it is known.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// Where it comes from.
    pub(super) span: Span,
    /// What it can be when it is there.
    pub(super) kinds: Kinds,
    pub(super) presence: Presence,
    /// Whether a condition decides if it is there.
    pub(super) guarded: bool,
    pub(super) form: Form,
}

/// What is known beside the kind.
#[derive(Clone, Debug)]
pub(super) enum Form {
    /// Nothing.
    Unknown,
    /// A scalar of the mapping, or an empty list or map.
    Constant(Yaml),
    /// Text of these parts.
    Text(Vec<TextPart>),
    /// A number of a unit.
    Time(Unit),
    /// A map; whether it can have more keys than these.
    Map(Vec<Property>, bool),
    /// A list of these.
    List(Vec<Rc<Shape>>),
    /// A list of any number of these.
    Each(Rc<Shape>),
    /// One of these.
    Choice(Vec<Rc<Shape>>),
}

/// One key of a map.
#[derive(Clone, Debug)]
pub(super) struct Property {
    pub(super) key: Name,
    pub(super) value: Rc<Shape>,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TextPart {
    /// This text.
    Known(String),
    /// Any text; its fewest and its most bytes, and whether it can have no `/` in it.
    Hole { least: usize, most: Option<usize>, encoded: bool },
}

impl TextPart {
    /// Any text.
    pub(super) fn unknown() -> Self {
        Self::Hole { least: 0, most: None, encoded: false }
    }
}

impl Shape {
    pub(super) fn new(span: Span, kinds: Kinds, presence: Presence, form: Form) -> Self {
        Self { span, kinds, presence, guarded: false, form }
    }

    /// Something an event decides.
    pub(super) fn unknown(span: Span) -> Self {
        Self::new(span, Kinds::ANY, Presence::Maybe, Form::Unknown)
    }

    /// The shapes that it can have, none of which is a choice.
    pub(super) fn alternatives(self: &Rc<Self>) -> Vec<Rc<Self>> {
        match &self.form {
            Form::Choice(all) => all.iter().flat_map(Self::alternatives).take(64).collect(),
            _ => vec![Rc::clone(self)],
        }
    }

    /// One of several.
    pub(super) fn choice(span: Span, mut all: Vec<Rc<Self>>) -> Self {
        if let [one] = all.as_slice() {
            return Self::clone(one);
        }
        all.truncate(64);
        let kinds = all.iter().fold(Kinds::NONE, |kinds, one| kinds.or(one.kinds));
        let always = all.iter().any(|one| one.presence == Presence::Always);
        let presence = if always { Presence::Always } else { Presence::Maybe };
        let guarded = all.iter().all(|one| one.guarded) && !all.is_empty();
        Self { span, kinds, presence, guarded, form: Form::Choice(all) }
    }

    /// The parts of a value as text, if they are known.
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

/// The fewest and the most bytes of a text.
pub(super) fn length(parts: &[TextPart]) -> (usize, Option<usize>) {
    parts.iter().fold((0, Some(0)), |(fewest, most), part| match part {
        TextPart::Known(text) => (fewest + text.len(), most.map(|most| most + text.len())),
        TextPart::Hole { least, most: part, .. } => {
            (fewest + least, most.zip(*part).map(|(most, part)| most + part))
        }
    })
}

/// A constant with everything in it.
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
