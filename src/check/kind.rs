//! Values of a kind that is not taken where they stand.

use crate::abstract_value::AbstractValue;
use crate::analysis::ValuePosition;
use crate::diag::{Code, Diagnostic, Errors};
use crate::source::Span;
use crate::value::Kinds;

/// A path that looks inside of what has no parts.
pub(super) fn inside(whole: &AbstractValue, holder: Kinds, span: Span, errors: &mut Errors<'_>) {
    if never(whole, holder) {
        let (is, wanted) = (whole.kinds.words(), holder.words());
        let message = format!("this looks inside of {is}, and only {wanted} has something there");
        errors.push(Diagnostic::new(Code::NothingInside, span, message));
    }
}

/// A value at a position that takes only some kinds.
pub(super) fn position(position: ValuePosition, known: &AbstractValue, span: Span, errors: &mut Errors<'_>) {
    let is = || known.kinds.words();
    let (code, message) = match position {
        ValuePosition::Keys(word) if never(known, Kinds::MAP) => {
            (Code::WrongInputType, format!("`{word}` works on a map, and here it gets {}", is()))
        }
        ValuePosition::Layer if never(known, Kinds::MAP) => {
            (Code::WrongInputType, format!("only maps can be laid over each other, and this is {}", is()))
        }
        ValuePosition::Each if never(known, Kinds::LIST) => {
            (Code::WrongInputType, format!("`for_each` goes through a list, and this is {}", is()))
        }
        ValuePosition::Part(part, wanted) if never(known, wanted) => {
            (Code::WrongPart, format!("`{part}` must be {}, and this is {}", wanted.words(), is()))
        }
        ValuePosition::Flat(place) if known.is_collection() => (
            Code::ListIntoText,
            format!("{} goes into {place}, which is text; add `join`, `first` or `to_json`", is()),
        ),
        ValuePosition::Template if known.is_collection() => {
            (Code::ListIntoText, format!("{} goes into a text; add `join` or `first`", is()))
        }
        _ => return,
    };
    errors.push(Diagnostic::new(code, span, message));
}

/// Whether a value can be none of these kinds.
fn never(known: &AbstractValue, wanted: Kinds) -> bool {
    known.kinds.and(wanted).is_empty() && !known.kinds.is_empty()
}
