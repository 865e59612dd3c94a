//! What is known of a value after a pipeline.

use std::rc::Rc;

use super::infer::{Reader, constant};
use super::shape::{Form, Presence, Shape, TextPart, Unit};
use crate::ops::{Gives, operator};
use crate::syntax::{Step, Test, TestKind, ValueKind, Yaml, YamlValue};
use crate::value::Kinds;

/// Named pipelines may use each other; deeper than this nothing is known.
const MAX_DEPTH: usize = 16;

impl Reader<'_> {
    /// A value after all steps.
    pub(super) fn after(&mut self, mut shape: Rc<Shape>, steps: &[Step], depth: usize) -> Rc<Shape> {
        for step in steps {
            let name = step.name.node.as_str();
            shape = match self.pipelines.get(name).copied() {
                Some(_) if depth >= MAX_DEPTH => Rc::new(Shape::unknown(step.span)),
                Some(inner) => self.after(shape, inner, depth + 1),
                None => one_of_each(&shape, step),
            };
        }
        shape
    }
}

fn one_of_each(shape: &Rc<Shape>, step: &Step) -> Rc<Shape> {
    match step.name.node.as_str() {
        // These say themselves what can come out.
        "keep_if" | "map_values" => Rc::new(one(shape, step)),
        _ if matches!(shape.form, Form::Choice(_)) => {
            let all: Vec<_> = shape.alternatives().iter().map(|inner| Rc::new(one(inner, step))).collect();
            let guarded = shape.guarded;
            Rc::new(Shape { guarded, ..Shape::choice(step.span, all) })
        }
        _ => Rc::new(one(shape, step)),
    }
}

fn one(shape: &Shape, step: &Step) -> Shape {
    let name = step.name.node.as_str();
    let Some(row) = operator(name) else { return Shape::unknown(step.span) };
    let taken = shape.kinds.and(row.takes);
    let made = match row.gives {
        Gives::Kinds(kinds) if !taken.is_empty() => kinds,
        Gives::Kinds(_) => Kinds::NONE,
        Gives::Same => taken,
    };
    let kinds = made.or(shape.kinds.and(row.keeps));
    // Nothing that the operator could take: other findings tell of that.
    let kinds = if kinds.is_empty() { Kinds::ANY } else { kinds };
    let presence = if row.missing == "never" { shape.presence } else { Presence::Maybe };
    let form = form(shape, step, kinds);
    let span = if matches!(form, Form::Constant(_)) { shape.span } else { step.span };
    // Whatever a test keeps away is as good as under a condition.
    let guarded = shape.guarded || name == "keep_if";
    Shape { span, kinds, presence, guarded, form }
}

fn form(shape: &Shape, step: &Step, kinds: Kinds) -> Form {
    match step.name.node.as_str() {
        "unix_seconds" => Form::Time(Unit::Seconds),
        "unix_millis" => Form::Time(Unit::Millis),
        "multiply" => match (&shape.form, number(step.constant())) {
            (Form::Time(Unit::Seconds), Some(1000.0)) => Form::Time(Unit::Millis),
            (Form::Time(Unit::Millis), Some(0.001)) => Form::Time(Unit::Seconds),
            _ => Form::Unknown,
        },
        "round" => match shape.form {
            Form::Time(unit) => Form::Time(unit),
            _ => Form::Unknown,
        },
        "keep_if" => kept(step.test(), shape),
        "map_values" => mapped(step),
        name if kinds == Kinds::TEXT => {
            let limit = number(step.constant()).map(whole);
            Form::Text(text_after(name, limit, shape.parts()))
        }
        _ => Form::Unknown,
    }
}

/// `keep_if: [a, b]` lets nothing else through.
fn kept(test: Option<&Test>, shape: &Shape) -> Form {
    if let Some(TestKind::OneOf(values)) = test.map(|test| &test.kind) {
        let constants: Option<Vec<_>> = values
            .iter()
            .map(|value| match &value.kind {
                ValueKind::Constant(yaml) => Some(maybe(yaml)),
                _ => None,
            })
            .collect();
        if let Some(constants) = constants {
            return Form::Choice(constants);
        }
    }
    match &shape.form {
        Form::Choice(_) => Form::Unknown,
        form => form.clone(),
    }
}

/// What `map_values` can give, where nothing passes unchanged.
fn mapped(step: &Step) -> Form {
    let otherwise = step.with.iter().find(|entry| entry.key.node == "otherwise").map(|entry| &entry.value);
    let keys = step.constant().and_then(Yaml::entries);
    let (Some(keys), Some(otherwise)) = (keys, otherwise) else { return Form::Unknown };
    let key = |entry: &crate::syntax::Entry| Yaml {
        span: entry.key.span,
        inner: entry.key.span,
        exact: true,
        node: YamlValue::Text(entry.key.node.clone()),
        style: crate::syntax::Style::Plain,
    };
    let mut all: Vec<Rc<Shape>> = keys.iter().map(|entry| maybe(&key(entry))).collect();
    if otherwise.text().is_none_or(|text| text.text != "drop") {
        all.push(maybe(otherwise));
    }
    Form::Choice(all)
}

fn maybe(yaml: &Yaml) -> Rc<Shape> {
    Rc::new(Shape { presence: Presence::Maybe, ..constant(yaml) })
}

/// A text after an operator; `limit` is its argument.
pub(super) fn text_after(name: &str, limit: Option<usize>, parts: Vec<TextPart>) -> Vec<TextPart> {
    let (_, most) = super::shape::length(&parts);
    let encoded = parts.iter().all(|part| matches!(part, TextPart::Hole { encoded: true, .. }));
    let hole = |most, encoded| vec![TextPart::Hole { most, encoded }];
    match (name, limit) {
        ("truncate_bytes", Some(limit)) => match most {
            Some(most) if most <= limit => parts,
            _ => hole(Some(limit), encoded),
        },
        ("truncate", Some(limit)) => hole(most.or(Some(limit.saturating_mul(4))), encoded),
        ("string", _) => parts,
        ("trim", _) => hole(most, encoded),
        ("url_encode" | "base64" | "hash", _) => hole(None, true),
        _ => hole(None, false),
    }
}

fn number(yaml: Option<&Yaml>) -> Option<f64> {
    match &yaml?.node {
        YamlValue::Number(number) => number.parse().ok(),
        _ => None,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "negative and broken limits are findings elsewhere"
)]
fn whole(number: f64) -> usize {
    number as usize
}
