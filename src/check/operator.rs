//! Checks that operators can have an effect on their input.

use crate::abstract_value::{AbstractValue, Scalar};
use crate::analysis::{Misuse, StepOutput};
use crate::diag::{Code, Diagnostic, Errors};
use crate::ops::{Operator, ValueArg};
use crate::source::{Sources, Span};
use crate::syntax::ValueNode;
use crate::value::Kinds;

/// Reports an operator at `span` whose input is never useful to it; `previous` is the preceding step.
pub(super) fn misuse(
    misuse: Misuse,
    row: &Operator,
    known: &AbstractValue,
    span: Span,
    previous: Option<Span>,
    errors: &mut Errors<'_>,
) {
    let actual = known.kinds.words();
    let diagnostic = match misuse {
        // They may be intended, so they are warnings.
        Misuse::EncodedTwice | Misuse::SecondsAsMillis => return,
        Misuse::ListIntoText => {
            let message = format!("{actual} cannot be inserted into text; add `join` or `first`");
            Diagnostic::new(Code::ListIntoText, span, message)
        }
        Misuse::Kind => {
            let (name, expected) = (row.name, row.meant_for().words());
            let consequence = match row.meaning.meant_for {
                Some((_, what_it_does)) if !known.kinds.and(row.takes).is_empty() => what_it_does,
                _ if !known.kinds.and(row.keeps).is_empty() => "which it leaves unchanged",
                _ => "so the result is always missing",
            };
            let message = format!("`{name}` needs {expected}, and here its input is {actual}, {consequence}");
            Diagnostic::new(Code::WrongInputType, span, message)
        }
    };
    errors.push(match previous {
        Some(previous) => diagnostic.related(previous, format!("this returns {actual}")),
        None => diagnostic,
    });
}

/// Reports an argument that must be a number and never is.
pub(super) fn number_argument(
    row: &Operator,
    argument: &ValueNode,
    known: &AbstractValue,
    errors: &mut Errors<'_>,
) {
    let number = |scalar: &Scalar| scalar.text().is_none_or(|text| text.trim().parse::<f64>().is_ok());
    let never_number = match &known.values {
        Some(values) => !values.is_empty() && !values.iter().any(number),
        None => known.is_collection(),
    };
    if row.meaning.value == ValueArg::Number && never_number {
        let message = format!("`{}` needs a number, and this is not one", row.name);
        let diagnostic = Diagnostic::new(Code::BadArgument, argument.span, message);
        errors.push(diagnostic.help("a path begins with `$.`"));
    }
}

/// Reports a step whose result is always empty text.
pub(super) fn always_empty(step: &StepOutput<'_>, sources: &Sources, errors: &mut Errors<'_>) {
    let StepOutput { row, argument, input, output } = step;
    let always_empty_text = output.kinds == Kinds::TEXT
        && output.text_length().max_bytes == Some(0)
        && input.text_length().max_bytes != Some(0);
    if always_empty_text {
        let message = format!("`{}: {}` always results in empty text", row.name, sources.slice(*argument));
        errors.push(Diagnostic::new(Code::NothingLeft, *argument, message));
    }
}
