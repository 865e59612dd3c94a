//! The shape of a value after a step, from the effects in the operator table.

use std::rc::Rc;

use super::shape::{Form, Presence, Shape, TextPart, constant, length};
use crate::abstract_value::{AbstractValue, Constraint, Length, Scalar};
use crate::ops::{ArgKind, Args, EffectArgs, Operator, operator};
use crate::syntax::{Argument, Entry, Step, Style, Test, TestKind, ValueKind, ValueNode, Yaml, YamlValue};
use crate::template::FilterUse;
use crate::value::{Arena, Kinds};

/// The shape of a value after a step. Each alternative is computed separately.
pub(super) fn after(shape: &Rc<Shape>, step: &Step) -> Rc<Shape> {
    let Some(row) = operator(&step.name.node) else { return Rc::new(Shape::unknown(step.span)) };
    let whole = step_output(shape, row, step);
    // The result of a test, or a known set of results, does not depend on the alternatives.
    let independent = matches!(row.argument, ArgKind::Test(_)) || matches!(whole.form, Form::Choice(_));
    if independent || !matches!(shape.form, Form::Choice(_)) {
        return Rc::new(whole);
    }
    let alternatives: Vec<_> =
        shape.alternatives().iter().map(|inner| Rc::new(step_output(inner, row, step))).collect();
    let guarded = shape.guarded;
    Rc::new(Shape { guarded, ..Shape::choice(step.span, alternatives) })
}

fn step_output(shape: &Shape, row: &Operator, step: &Step) -> Shape {
    let arena = Arena::new();
    let with: Vec<_> =
        step.with.iter().map(|entry| (entry.key.node.as_str(), entry.value.value(&arena))).collect();
    let constant = step.constant().map(|yaml| yaml.value(&arena));
    let value = match &step.argument {
        Some(Argument::Value(value)) => known_constant(value, &arena),
        Some(Argument::Constant(_) | Argument::Pipeline(..) | Argument::Test(_)) | None => None,
    };
    let test = step.test().and_then(|test| allowed_values(test, &arena));
    let args = EffectArgs {
        constant: Args { argument: constant, with: &with, destination: None, arena: &arena },
        value: value.as_ref(),
        test: test.as_ref(),
    };
    let output = row.output(&args, &known_of(shape));
    let form = form(shape, row, step, &output);
    let span = if matches!(form, Form::Constant(_)) { shape.span } else { step.span };
    // The operator accepts none of the kinds, which is reported elsewhere.
    let kinds = if output.kinds.is_empty() { Kinds::ANY } else { output.kinds };
    let presence = if output.missing { Presence::Maybe } else { Presence::Always };
    // A value that is filtered by a test is as good as conditional.
    let guarded = shape.guarded || matches!(row.argument, ArgKind::Test(_));
    Shape { span, kinds, presence, guarded, form }
}

/// The abstract value of a constant scalar argument.
fn known_constant(value: &ValueNode, arena: &Arena) -> Option<AbstractValue> {
    let ValueKind::Constant(yaml) = &value.kind else { return None };
    let value = yaml.value(arena);
    Scalar::of(value, arena).is_some().then(|| AbstractValue::constant(value, arena))
}

/// The constraint of a list of constants.
fn allowed_values(test: &Test, arena: &Arena) -> Option<Constraint> {
    let TestKind::OneOf(values) = &test.kind else { return None };
    let constant = |value: &ValueNode| match &value.kind {
        ValueKind::Constant(yaml) => Scalar::of(yaml.value(arena), arena),
        _ => None,
    };
    values.iter().map(constant).collect::<Option<Vec<_>>>().map(Constraint::among)
}

/// A shape as an abstract value, as the operators need it.
pub(super) fn known_of(shape: &Shape) -> AbstractValue {
    let arena = Arena::new();
    let Shape { kinds, guarded, .. } = *shape;
    let missing = shape.presence == Presence::Maybe;
    let known = AbstractValue { kinds, missing, guarded, raw: true, ..AbstractValue::default() };
    match &shape.form {
        Form::Constant(yaml) => {
            AbstractValue { missing, guarded, ..AbstractValue::constant(yaml.value(&arena), &arena) }
        }
        Form::Text(parts) => AbstractValue { kinds: shape.kinds, ..text_value(&known, parts) },
        Form::Time(unit) => AbstractValue { unit: Some(*unit), ..known },
        _ => known,
    }
}

fn text_value(known: &AbstractValue, parts: &[TextPart]) -> AbstractValue {
    let (min_bytes, max_bytes) = length(parts);
    let no_delimiter = parts.iter().all(|part| match part {
        TextPart::Known(text) => !text.contains(['/', '?', '#']),
        TextPart::Hole { encoded, .. } => *encoded,
    });
    let length = Length { min_bytes, max_bytes, max_chars: None };
    let whole = parts.iter().map(|part| match part {
        TextPart::Known(text) => Some(text.as_str()),
        TextPart::Hole { .. } => None,
    });
    let values = whole.collect::<Option<String>>().map(|text| [Scalar::Text(text.into())].into());
    AbstractValue { kinds: Kinds::TEXT, no_delimiter, length, values, ..*known }
}

fn form(shape: &Shape, row: &Operator, step: &Step, output: &AbstractValue) -> Form {
    if let Some(choice) = output_choices(step, output) {
        return Form::Choice(choice);
    }
    if output.unchanged {
        return match &shape.form {
            Form::Choice(_) if matches!(row.argument, ArgKind::Test(_)) => Form::Unknown,
            form => form.clone(),
        };
    }
    match output.unit {
        Some(unit) => Form::Time(unit),
        None if output.kinds == Kinds::TEXT => Form::Text(parts_of(output)),
        None => Form::Unknown,
    }
}

/// The possible results, if each is written in the step, so that findings can refer to its span.
fn output_choices(step: &Step, output: &AbstractValue) -> Option<Vec<Rc<Shape>>> {
    let values = output.values.as_deref().filter(|values| !values.is_empty())?;
    let compared = step.test().map(Test::equals).unwrap_or_default().iter();
    let compared = compared.filter_map(|value| match &value.kind {
        ValueKind::Constant(yaml) => Some(yaml),
        _ => None,
    });
    let written: Vec<&Yaml> = step
        .constant()
        .into_iter()
        .chain(compared)
        .chain(step.with.iter().map(|entry| &entry.value))
        .collect();
    values.iter().map(|value| written.iter().find_map(|yaml| find_constant(yaml, value))).collect()
}

/// Finds a value in a constant, as an element, a member or a key.
fn find_constant(yaml: &Yaml, value: &Scalar) -> Option<Rc<Shape>> {
    match &yaml.node {
        YamlValue::List(items) => items.iter().find_map(|item| find_constant(item, value)),
        YamlValue::Map(entries) => {
            let key = |entry: &&Entry| value.text() == Some(&entry.key.node);
            let entry = entries.iter().find(key).map(|entry| optional(&as_key(entry)));
            entry.or_else(|| entries.iter().find_map(|entry| find_constant(&entry.value, value)))
        }
        _ => {
            let arena = Arena::new();
            (Scalar::of(yaml.value(&arena), &arena).as_ref() == Some(value)).then(|| optional(yaml))
        }
    }
}

fn as_key(entry: &Entry) -> Yaml {
    Yaml {
        span: entry.key.span,
        inner: entry.key.span,
        exact: true,
        node: YamlValue::Text(entry.key.node.clone()),
        style: Style::Plain,
    }
}

fn optional(yaml: &Yaml) -> Rc<Shape> {
    Rc::new(Shape { presence: Presence::Maybe, ..constant(yaml) })
}

/// Text as parts, from its abstract value.
fn parts_of(known: &AbstractValue) -> Vec<TextPart> {
    if let Some([Scalar::Text(text)]) = known.values.as_deref() {
        return vec![TextPart::Known(text.to_string())];
    }
    let Length { min_bytes, max_bytes, .. } = known.text_length();
    vec![TextPart::Hole { min_bytes, max_bytes, encoded: known.no_delimiter }]
}

/// The parts of text after the filters of a template.
pub(super) fn filtered(parts: Vec<TextPart>, filters: &[FilterUse]) -> Vec<TextPart> {
    filters.iter().fold(parts, |parts, used| {
        let Some(row) = operator(&used.name) else { return vec![TextPart::unknown()] };
        let arena = Arena::new();
        let (argument, with) = used.arguments(row, &arena);
        let constant = Args { argument, with: &with, destination: None, arena: &arena };
        let value = argument.map(|value| AbstractValue::constant(value, &arena));
        // The result of a template is text, but a filter's input may be of any kind.
        let known =
            text_value(&AbstractValue { missing: true, raw: true, ..AbstractValue::default() }, &parts);
        let known = if known.values.is_none() && known.length.max_bytes.is_none() {
            AbstractValue { kinds: Kinds::ANY, ..known }
        } else {
            known
        };
        let output = row.output(&EffectArgs { constant, value: value.as_ref(), test: None }, &known);
        if output.unchanged { parts } else { parts_of(&output) }
    })
}
