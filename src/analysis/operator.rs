//! Operators that can never do anything with what they get. What they can do, their rows say.

use super::place::Misuse;
use crate::abstract_value::AbstractValue;
use crate::ops::{Gives, Operator};
use crate::value::Kinds;

/// What is wrong when an operator gets this.
pub(super) fn misuse(row: &Operator, known: &AbstractValue) -> Option<Misuse> {
    if known.kinds.is_empty() {
        return None;
    }
    let (taken, meant) = (known.kinds.and(row.takes), known.kinds.and(row.meant_for()));
    let into_text = !taken.is_empty() && row.gives == Gives::Kinds(Kinds::TEXT);
    if known.is_collection() && meant.is_empty() && into_text {
        return Some(Misuse::ListIntoText);
    }
    if row.meaning.encodes && known.encoded {
        return Some(Misuse::EncodedTwice);
    }
    meant.is_empty().then_some(Misuse::Kind)
}
