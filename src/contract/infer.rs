//! Infers the shape of an expression.

use foldhash::HashMap;
use std::rc::Rc;

use super::shape::{Form, Presence, Property, Shape, TextPart, constant};
use crate::path::{Root, Segment};
use crate::source::Span;
use crate::syntax::{Mapping, Step, Text, ValueKind, ValueNode, ValueRule, ValueSource};
use crate::template::{Body, ParseCache, Piece};
use crate::value::{Kinds, setting_kind};

/// Maximum depth to which named pipelines are followed; beyond it, the shape is unknown. Cycles are reported elsewhere.
const MAX_DEPTH: usize = 16;

/// Infers the shapes of the expressions of a mapping. The shape of each field is cached.
pub(super) struct ShapeReader<'m> {
    pub(super) mapping: &'m Mapping,
    parse_cache: &'m ParseCache,
    names: HashMap<&'m str, usize>,
    /// `None` while a field is being inferred: a cyclic field is unknown, and is reported elsewhere.
    fields: HashMap<usize, Option<Rc<Shape>>>,
    pub(super) pipelines: HashMap<&'m str, &'m [Step]>,
}

impl<'m> ShapeReader<'m> {
    pub(super) fn new(mapping: &'m Mapping, parse_cache: &'m ParseCache) -> Self {
        let names = mapping.fields.iter().enumerate().map(|(index, field)| (field.name.node.as_str(), index));
        let pipelines =
            mapping.transforms.iter().map(|named| (named.name.node.as_str(), named.node.as_slice()));
        let fields = HashMap::default();
        Self { mapping, parse_cache, names: names.collect(), fields, pipelines: pipelines.collect() }
    }

    pub(super) fn value(&mut self, written: &ValueNode) -> Rc<Shape> {
        match &written.kind {
            ValueKind::Constant(yaml) => Rc::new(constant(yaml)),
            ValueKind::Path(text) => self.path(text),
            ValueKind::Template(text) => Rc::new(self.template(text, None)),
            ValueKind::Map(members, when) => {
                let mut shape = self.map(written.span, members);
                if when.is_some() {
                    shape.presence = Presence::Maybe;
                    shape.guarded = true;
                }
                Rc::new(shape)
            }
            ValueKind::List(items) => {
                let items = items.iter().map(|item| self.value(item)).collect();
                Rc::new(Shape::new(written.span, Kinds::LIST, Presence::Always, Form::List(items)))
            }
            ValueKind::Rule(rule) => self.rule(rule, written.span),
        }
    }

    /// The shape of a value after a pipeline.
    pub(super) fn after(&mut self, mut shape: Rc<Shape>, steps: &[Step], depth: usize) -> Rc<Shape> {
        for step in steps {
            let name = step.name.node.as_str();
            shape = match self.pipelines.get(name).copied() {
                Some(_) if depth >= MAX_DEPTH => Rc::new(Shape::unknown(step.span)),
                Some(inner) => self.after(shape, inner, depth + 1),
                None => super::steps::after(&shape, step),
            };
        }
        shape
    }

    fn field(&mut self, index: usize) -> Option<Rc<Shape>> {
        if let Some(known) = self.fields.get(&index) {
            return known.clone();
        }
        self.fields.insert(index, None);
        let mapping = self.mapping;
        let shape = mapping.fields.get(index).map(|field| self.value(&field.node));
        self.fields.insert(index, shape.clone());
        shape
    }

    fn named(&mut self, name: &str, steps: &[Segment], span: Span) -> Rc<Shape> {
        if name == "config" {
            return Rc::new(self.setting(steps, span));
        }
        let field = self.names.get(name).copied().and_then(|index| self.field(index));
        field.and_then(|shape| inside(shape, steps)).unwrap_or_else(|| Rc::new(Shape::unknown(span)))
    }

    fn setting(&self, steps: &[Segment], span: Span) -> Shape {
        let mut shape = Shape::unknown(span);
        if let [Segment::Name(name)] = steps
            && let Some(setting) = self.mapping.config.iter().find(|setting| setting.name.node == **name)
        {
            shape.kinds = setting
                .kind
                .as_ref()
                .and_then(|kind| setting_kind(&kind.node))
                .map_or(Kinds::ANY, Kinds::from);
        }
        shape
    }

    fn path(&mut self, text: &Text) -> Rc<Shape> {
        let read = self.parse_cache.path(&text.text);
        let Ok(path) = &*read else { return Rc::new(Shape::unknown(text.span)) };
        if path.query.is_some() {
            return Rc::new(Shape { kinds: Kinds::LIST, ..Shape::unknown(text.span) });
        }
        match &path.root {
            Root::Event if path.steps.is_empty() => {
                Rc::new(Shape { kinds: Kinds::MAP, ..Shape::unknown(text.span) })
            }
            Root::Event => Rc::new(Shape::unknown(text.span)),
            Root::Named(name) => self.named(name, &path.steps, text.span),
        }
    }

    /// The shape of a template; `value` is the shape of `{{ value }}`.
    pub(super) fn template(&mut self, text: &Text, value: Option<&Shape>) -> Shape {
        let unknown = || vec![TextPart::unknown()];
        let parts: Vec<TextPart> = match self.pieces(text, value) {
            None => unknown(),
            Some(pieces) => pieces
                .iter()
                .flat_map(
                    |piece| if matches!(piece.form, Form::Choice(_)) { unknown() } else { piece.parts() },
                )
                .collect(),
        };
        let known = parts.iter().any(|part| matches!(part, TextPart::Known(text) if !text.is_empty()));
        let presence = if known { Presence::Always } else { Presence::Maybe };
        Shape::new(text.span, Kinds::TEXT, presence, Form::Text(parts))
    }

    /// The shapes of the pieces of a template; `None` if it has logic or cannot be parsed.
    pub(super) fn pieces(&mut self, text: &Text, value: Option<&Shape>) -> Option<Vec<Rc<Shape>>> {
        match &self.parse_cache.template(&text.text).as_ref().as_ref().ok()?.body {
            Body::Pieces(pieces) => Some(pieces.iter().map(|piece| self.piece(piece, text, value)).collect()),
            Body::Logic(_) => None,
        }
    }

    fn piece(&mut self, piece: &Piece, text: &Text, value: Option<&Shape>) -> Rc<Shape> {
        let of = |span, parts| Rc::new(Shape::new(span, Kinds::TEXT, Presence::Maybe, Form::Text(parts)));
        let (reference, filters) = match piece {
            Piece::Text(known) => return of(text.span, vec![TextPart::Known(known.clone())]),
            Piece::Value { otherwise: Some(_), .. } => return Rc::new(Shape::unknown(text.span)),
            Piece::Value { value, filters, .. } => (value, filters),
        };
        let span = text.at(reference.range.clone());
        let base = match (reference.name.as_str(), value) {
            ("value", Some(value)) if reference.steps.is_empty() => Rc::new(value.clone()),
            _ => self.named(&reference.name, &reference.steps, span),
        };
        if filters.is_empty() {
            return base;
        }
        of(span, super::steps::filtered(base.parts(), filters))
    }

    fn map(&mut self, span: Span, members: &[crate::syntax::Member]) -> Shape {
        let members: Vec<_> = members
            .iter()
            .map(|member| Property { key: member.key.clone(), value: self.value(&member.value) })
            .collect();
        let always =
            members.is_empty() || members.iter().any(|member| member.value.presence == Presence::Always);
        let presence = if always { Presence::Always } else { Presence::Maybe };
        Shape::new(span, Kinds::MAP, presence, Form::Map(members, false))
    }

    fn rule(&mut self, rule: &ValueRule, span: Span) -> Rc<Shape> {
        let mut shape = self.source(rule, span);
        if rule.only.is_some() || rule.except.is_some() {
            shape = Rc::new(super::map::filtered(&shape, rule));
        }
        if !rule.transform.is_empty() {
            shape = self.after(shape, &rule.transform, 0);
        }
        if let Some(text) = &rule.template {
            let presence = shape.presence;
            shape = Rc::new(Shape { presence, ..self.template(text, Some(&shape)) });
        }
        if rule.keep_empty.as_ref().is_some_and(|keep| !keep.node) {
            shape = Rc::new(Shape { presence: Presence::Maybe, ..Shape::clone(&shape) });
        }
        if rule.when.is_some() {
            shape = Rc::new(Shape { presence: Presence::Maybe, guarded: true, ..Shape::clone(&shape) });
        }
        if let Some((_, default)) = &rule.default {
            let default = self.value(default);
            let mut both = Shape::choice(span, vec![shape, Rc::clone(&default)]);
            both.presence = if rule.when.is_some() { Presence::Maybe } else { default.presence };
            shape = Rc::new(both);
        }
        if rule.required.is_some() && shape.presence == Presence::Maybe {
            shape = Rc::new(Shape { presence: Presence::Always, ..Shape::clone(&shape) });
        }
        shape
    }

    fn source(&mut self, rule: &ValueRule, span: Span) -> Rc<Shape> {
        Rc::new(match &rule.source {
            ValueSource::From(entries) => {
                let entries = entries.iter().map(|entry| self.value(entry)).collect();
                Shape::choice(span, entries)
            }
            ValueSource::Literal(yaml) => constant(yaml),
            ValueSource::Template(text) => self.template(text, None),
            ValueSource::Object(members) => self.map(span, members),
            ValueSource::Merge(layers) => {
                let layers: Vec<_> = layers.iter().map(|layer| self.value(layer)).collect();
                super::map::merged(span, &layers)
            }
            ValueSource::Concat(_) => Shape::new(span, Kinds::LIST, Presence::Maybe, Form::Unknown),
            ValueSource::ForEach(_, _, make) => {
                let form = Form::Each(self.value(make));
                Shape::new(span, Kinds::LIST, Presence::Maybe, form)
            }
        })
    }
}

/// The shape at a path inside a shape.
fn inside(shape: Rc<Shape>, steps: &[Segment]) -> Option<Rc<Shape>> {
    steps.iter().try_fold(shape, |shape, step| match (&shape.form, step) {
        (Form::Map(members, _), Segment::Name(name)) => {
            members.iter().find(|member| member.key.node == **name).map(|member| Rc::clone(&member.value))
        }
        _ => None,
    })
}
