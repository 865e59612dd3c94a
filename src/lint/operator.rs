//! Operators that can never do anything with what they get. What they can do, their rows say.

use crate::abstract_value::AbstractValue;
use crate::diag::{Code, Diagnostic};
use crate::ops::{Gives, Operator};
use crate::source::Span;
use crate::value::Kinds;

/// A finding when an operator can never do anything with its input.
pub(super) fn unfit(row: &Operator, known: &AbstractValue, place: Span) -> Option<Diagnostic> {
    if known.kinds.is_empty() {
        return None;
    }
    let (name, wanted) = (row.name, row.meant_for());
    let (taken, meant) = (known.kinds.and(row.takes), known.kinds.and(wanted));
    let into_text = !taken.is_empty() && row.gives == Gives::Kinds(Kinds::TEXT);
    if known.is_collection() && meant.is_empty() && into_text {
        let message = format!("{} goes into a text; add `join` or `first`", known.kinds.words());
        return Some(Diagnostic::new(Code::ListIntoText, place, message));
    }
    if row.meaning.encodes && known.encoded {
        let message = "this is encoded a second time: `%2F` becomes `%252F`";
        return Some(Diagnostic::new(Code::EncodedTwice, place, message));
    }
    if !meant.is_empty() {
        return None;
    }
    let (is, wanted) = (known.kinds.words(), wanted.words());
    let end = match row.meaning.meant_for {
        Some((_, what_it_does)) if !taken.is_empty() => what_it_does,
        _ if !known.kinds.and(row.keeps).is_empty() => "which it leaves as it is",
        _ => "so nothing ever comes out",
    };
    let message = format!("`{name}` works on {wanted}, and here it gets {is}, {end}");
    Some(Diagnostic::new(Code::WrongInputType, place, message))
}

/// A text cut to nothing; `argument` is what cuts it, as it is written.
pub(super) fn nothing_left(
    row: &Operator,
    argument: &str,
    input: &AbstractValue,
    output: &AbstractValue,
    place: Span,
) -> Option<Diagnostic> {
    let cut = output.kinds == Kinds::TEXT
        && output.text_length().max_bytes == Some(0)
        && input.text_length().max_bytes != Some(0);
    let message = || format!("`{}: {argument}` leaves nothing of any text", row.name);
    cut.then(|| Diagnostic::new(Code::NothingLeft, place, message()))
}
