//! Checks that values are of a kind that their position accepts.

use crate::abstract_value::AbstractValue;
use crate::analysis::ValuePosition;
use crate::diag::{Code, Diagnostic, Errors};
use crate::source::Span;
use crate::value::Kinds;

/// Reports a path with a step into a value that has no parts.
pub(super) fn inside(whole: &AbstractValue, holder: Kinds, span: Span, errors: &mut Errors<'_>) {
    if excludes(whole, holder) {
        let (actual, expected) = (whole.kinds.words(), holder.words());
        let message = format!("this path looks inside {actual}, and only {expected} has such a part");
        errors.push(Diagnostic::new(Code::NothingInside, span, message));
    }
}

/// Reports a value in a position that does not accept any of its kinds.
pub(super) fn position(position: ValuePosition, known: &AbstractValue, span: Span, errors: &mut Errors<'_>) {
    let actual = || known.kinds.words();
    let (code, message) = match position {
        ValuePosition::FilterKeys(word) if excludes(known, Kinds::MAP) => {
            (Code::WrongInputType, format!("`{word}` needs a map, and here its input is {}", actual()))
        }
        ValuePosition::MergeLayer if excludes(known, Kinds::MAP) => {
            (Code::WrongInputType, format!("`merge` needs maps, and this is {}", actual()))
        }
        ValuePosition::Part(part, expected) if excludes(known, expected) => {
            (Code::WrongPart, format!("`{part}` must be {}, and this is {}", expected.words(), actual()))
        }
        ValuePosition::TextPart(place) if known.is_collection() || known.kinds == Kinds::NULL => (
            Code::ListIntoText,
            format!(
                "{} cannot be sent as {place}, which is text; add `join`, `first` or `to_json`",
                actual()
            ),
        ),
        ValuePosition::Template if known.is_collection() => {
            (Code::ListIntoText, format!("{} cannot be inserted into text; add `join` or `first`", actual()))
        }
        _ => return,
    };
    errors.push(Diagnostic::new(code, span, message));
}

/// Whether a value can never be of one of these kinds.
fn excludes(known: &AbstractValue, expected: Kinds) -> bool {
    known.kinds.and(expected).is_empty() && !known.kinds.is_empty()
}
