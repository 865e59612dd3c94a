//! Constants as abstract values.

use crate::abstract_value::{AbstractValue, Scalar};
use crate::syntax::Yaml;
use crate::value::Arena;

/// The abstract value of a constant.
pub(super) fn known(yaml: &Yaml) -> AbstractValue {
    let arena = Arena::new();
    AbstractValue::constant(yaml.value(&arena), &arena)
}

/// The scalar of a constant; `None` for lists and maps.
pub(crate) fn scalar(yaml: &Yaml) -> Option<Scalar> {
    let arena = Arena::new();
    Scalar::of(yaml.value(&arena), &arena)
}
