//! The shapes of merged and filtered maps.

use foldhash::HashMap;
use std::rc::Rc;

use super::shape::{Form, Presence, Property, Shape};
use crate::source::Span;
use crate::syntax::{Name, ValueRule};
use crate::value::Kinds;

/// The shape of `merge:`; later layers override earlier ones.
pub(super) fn merged(span: Span, layers: &[Rc<Shape>]) -> Shape {
    let (mut members, mut open): (Vec<Property>, _) = (Vec::new(), false);
    let mut indexes: HashMap<String, usize> = HashMap::default();
    let mut presence = Presence::Maybe;
    for layer in layers {
        if layer.presence == Presence::Always && layer.kinds == Kinds::MAP {
            presence = Presence::Always;
        }
        let Form::Map(keys, others) = &layer.form else {
            open = true;
            continue;
        };
        open |= others;
        for Property { key, value } in keys {
            let value = if layer.presence == Presence::Always {
                Rc::clone(value)
            } else {
                Rc::new(Shape { presence: Presence::Maybe, guarded: layer.guarded, ..Shape::clone(value) })
            };
            let Some(earlier) = indexes.get(&key.node).and_then(|&index| members.get_mut(index)) else {
                indexes.insert(key.node.clone(), members.len());
                members.push(Property { key: key.clone(), value });
                continue;
            };
            let value = match value.presence {
                Presence::Always => value,
                Presence::Maybe => Rc::new(Shape::choice(value.span, vec![value, Rc::clone(&earlier.value)])),
            };
            *earlier = Property { key: key.clone(), value };
        }
    }
    Shape::new(span, Kinds::MAP, presence, Form::Map(members, open))
}

/// The shape of a value after `only:` and `except:`.
pub(super) fn filtered(shape: &Rc<Shape>, rule: &ValueRule) -> Shape {
    let named = |names: &[Name], key: &str| names.iter().any(|name| name.node == key);
    let mut result = Shape::clone(shape);
    result.kinds = Kinds::MAP;
    result.presence = Presence::Maybe;
    if let Some((_, only)) = &rule.only {
        let (known, open) = match &shape.form {
            Form::Map(members, open) => (members.as_slice(), *open),
            _ => (&[][..], true),
        };
        let mut members: Vec<Property> =
            known.iter().filter(|member| named(only, &member.key.node)).cloned().collect();
        if open {
            let missing = only.iter().filter(|name| !known.iter().any(|member| member.key.node == name.node));
            members.extend(
                missing.map(|name| Property { key: name.clone(), value: Rc::new(Shape::unknown(name.span)) }),
            );
        }
        result.form = Form::Map(members, false);
    }
    if let (Some((_, except)), Form::Map(members, _)) = (&rule.except, &mut result.form) {
        members.retain(|member| !named(except, &member.key.node));
    }
    if matches!(result.form, Form::Choice(_)) {
        result.form = Form::Unknown;
    }
    result
}
