//! For tests: whether an abstract value or a constraint is true of a concrete value.

use super::{AbstractValue, Case, Constraint, Length, Range, Scalar};
use crate::value::{Arena, Kinds, Number, Value, View, plain};

/// The most precise abstract value of one concrete value.
pub(crate) fn exactly<'a>(value: Value<'a>, arena: &'a Arena) -> AbstractValue {
    let known = AbstractValue::constant(value, arena);
    let mut known = AbstractValue { missing: !value.is_present(), raw: true, ..known };
    match value.view(arena) {
        View::Text(text) => {
            known.length = Length::of(text);
            known.case = [Case::Lower, Case::Upper].into_iter().find(|case| case.of(text) == text);
            known.no_delimiter = !text.contains(['/', '?', '#']);
            known.encoded = is_encoded(text);
        }
        View::Number(number) => {
            let number = number.as_f64();
            known.range = Range::between(number, number);
            known.no_delimiter = true;
        }
        _ => {}
    }
    known
}

fn is_encoded(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.!~*'()%+,;:@&=$/?".contains(&byte))
}

/// Why a claim is wrong about a value; `None` if it is true.
pub(crate) fn wrong<'a>(claim: &AbstractValue, value: Option<Value<'a>>, arena: &'a Arena) -> Option<String> {
    let Some(value) = value else {
        return (!claim.missing).then(|| "it is missing, which the claim excludes".to_owned());
    };
    let kinds = Kinds::from(value.kind());
    if claim.kinds.and(kinds).is_empty() {
        return Some(format!("it is {}, but the claim allows only {}", kinds.words(), claim.kinds.words()));
    }
    if !claim.missing && !value.is_present() {
        return Some("it is null or \"\", which the claim excludes".to_owned());
    }
    if let (Some(values), scalar) = (&claim.values, Scalar::of(value, arena))
        && !scalar.as_ref().is_some_and(|scalar| values.contains(scalar))
    {
        return Some(format!("it is {scalar:?}, but the claim allows only {values:?}"));
    }
    let written = plain(value, arena);
    if claim.no_delimiter && written.contains(['/', '?', '#']) {
        return Some(format!("{written:?} has a `/`, `?` or `#`"));
    }
    match value.view(arena) {
        View::Text(text) => wrong_text(claim, text),
        View::Number(number) => wrong_number(claim, number),
        _ => None,
    }
}

fn wrong_text(claim: &AbstractValue, text: &str) -> Option<String> {
    if let Some(case) = claim.case
        && case.of(text) != text
    {
        return Some(format!("{text:?} is not {case:?}"));
    }
    if claim.encoded && !is_encoded(text) {
        return Some(format!("{text:?} is not encoded"));
    }
    let Length { min_bytes, max_bytes, max_chars } = claim.length;
    let (bytes, chars) = (text.len(), text.chars().count());
    if bytes < min_bytes || max_bytes.is_some_and(|max| bytes > max) {
        return Some(format!("{text:?} has {bytes} bytes, not between {min_bytes} and {max_bytes:?}"));
    }
    max_chars
        .filter(|max| chars > *max)
        .map(|max| format!("{text:?} has {chars} characters, more than {max}"))
}

fn wrong_number(claim: &AbstractValue, number: Number<'_>) -> Option<String> {
    let double = number.as_f64();
    // A number outside the range of doubles is not checked.
    if double.is_finite() && !claim.range.contains(double) {
        return Some(format!("{double} is not in {:?}", claim.range));
    }
    None
}

/// Why a value violates a constraint; `None` if it satisfies it.
pub(crate) fn violated<'a>(
    constraint: &Constraint,
    value: Option<Value<'a>>,
    arena: &'a Arena,
) -> Option<String> {
    if constraint.is_impossible() {
        return Some("the constraint can never be satisfied".to_owned());
    }
    let present = value.is_some_and(Value::is_present);
    if constraint.present && !present || constraint.absent && present || constraint.exists && value.is_none()
    {
        return Some(format!("present: {present}, but the constraint is {constraint:?}"));
    }
    let value = value?;
    if constraint.kinds.and(value.kind().into()).is_empty() {
        return Some(format!("the constraint is {}", constraint.kinds.words()));
    }
    let scalar = Scalar::of(value, arena);
    if let Some(values) = &constraint.values
        && !scalar.as_ref().is_some_and(|scalar| values.contains(scalar))
    {
        return Some(format!("the constraint is one of {values:?}"));
    }
    if scalar.as_ref().is_some_and(|scalar| constraint.not.contains(scalar)) {
        return Some(format!("the constraint is none of {:?}", constraint.not));
    }
    let outside =
        matches!(value.view(arena), View::Number(number) if !constraint.range.contains(number.as_f64()));
    outside.then(|| format!("the constraint is {:?}", constraint.range))
}
