//! Constants as values.

use crate::abstract_value::{AbstractValue, Scalar};
use crate::syntax::Yaml;
use crate::value::Arena;

/// What is known of a constant.
pub(super) fn known(yaml: &Yaml) -> AbstractValue {
    let arena = Arena::new();
    AbstractValue::constant(yaml.value(&arena), &arena)
}

/// A constant that can be compared.
pub(crate) fn scalar(yaml: &Yaml) -> Option<Scalar> {
    let arena = Arena::new();
    Scalar::of(yaml.value(&arena), &arena)
}
