//! Operators that can never do anything with what they get.

use crate::abstract_value::{AbstractValue, Scalar};
use crate::analysis::{Misuse, StepOutput};
use crate::diag::{Code, Diagnostic, Errors};
use crate::ops::{Operator, ValueArg};
use crate::source::{Sources, Span};
use crate::syntax::ValueNode;
use crate::value::Kinds;

/// An operator at a place, after the step `before`, that gets what it is not meant for.
pub(super) fn misuse(
    misuse: Misuse,
    row: &Operator,
    known: &AbstractValue,
    place: Span,
    before: Option<Span>,
    errors: &mut Errors<'_>,
) {
    let is = known.kinds.words();
    let found = match misuse {
        // It can be meant, so it is a warning.
        Misuse::EncodedTwice => return,
        Misuse::ListIntoText => {
            let message = format!("{is} goes into a text; add `join` or `first`");
            Diagnostic::new(Code::ListIntoText, place, message)
        }
        Misuse::Kind => {
            let (name, wanted) = (row.name, row.meant_for().words());
            let end = match row.meaning.meant_for {
                Some((_, what_it_does)) if !known.kinds.and(row.takes).is_empty() => what_it_does,
                _ if !known.kinds.and(row.keeps).is_empty() => "which it leaves as it is",
                _ => "so nothing ever comes out",
            };
            let message = format!("`{name}` works on {wanted}, and here it gets {is}, {end}");
            Diagnostic::new(Code::WrongInputType, place, message)
        }
    };
    errors.push(match before {
        Some(before) => found.related(before, format!("this gives {is}")),
        None => found,
    });
}

/// Something to calculate with that is no number.
pub(super) fn factor(row: &Operator, argument: &ValueNode, known: &AbstractValue, errors: &mut Errors<'_>) {
    let number = |plain: &Scalar| plain.text().is_none_or(|text| text.trim().parse::<f64>().is_ok());
    let wrong = match &known.values {
        Some(values) => !values.is_empty() && !values.iter().any(number),
        None => known.is_collection(),
    };
    if row.meaning.value == ValueArg::Number && wrong {
        let message = format!("`{}` needs a number, and this is none", row.name);
        let found = Diagnostic::new(Code::BadArgument, argument.span, message);
        errors.push(found.help("a path to one begins with `$.`"));
    }
}

/// A text cut to nothing.
pub(super) fn nothing_left(step: &StepOutput<'_>, sources: &Sources, errors: &mut Errors<'_>) {
    let StepOutput { row, argument, input, output } = step;
    let cut = output.kinds == Kinds::TEXT
        && output.text_length().max_bytes == Some(0)
        && input.text_length().max_bytes != Some(0);
    if cut {
        let message = format!("`{}: {}` leaves nothing of any text", row.name, sources.slice(*argument));
        errors.push(Diagnostic::new(Code::NothingLeft, *argument, message));
    }
}
