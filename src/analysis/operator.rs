//! Detects operators whose input can never be useful to them, from the operator table.

use super::fact::Misuse;
use crate::abstract_value::AbstractValue;
use crate::ops::{Gives, Operator};
use crate::value::Kinds;

/// Why this input is never useful to an operator; `None` if it may be.
pub(super) fn misuse(row: &Operator, known: &AbstractValue) -> Option<Misuse> {
    if known.kinds.is_empty() {
        return None;
    }
    let (accepted, intended) = (known.kinds.and(row.takes), known.kinds.and(row.meant_for()));
    let into_text = !accepted.is_empty() && row.gives == Gives::Kinds(Kinds::TEXT);
    if known.is_collection() && intended.is_empty() && into_text {
        return Some(Misuse::ListIntoText);
    }
    if row.meaning.url_encoding.is_some() && known.encoded {
        return Some(Misuse::EncodedTwice);
    }
    intended.is_empty().then_some(Misuse::Kind)
}
