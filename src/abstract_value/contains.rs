//! Whether what is claimed of a value is true of one: what the tests of operators, tests and predicates ask.

use super::{AbstractValue, Case, Constraint, Length, Range, Scalar};
use crate::value::{Arena, Kinds, Number, Value, View, plain};

/// All that can be said of one value.
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
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.!~*'()%".contains(&byte))
}

/// What is wrong about a claim, seeing the value; `None` when it is true.
pub(crate) fn wrong<'a>(claim: &AbstractValue, value: Option<Value<'a>>, arena: &'a Arena) -> Option<String> {
    let Some(value) = value else {
        return (!claim.missing).then(|| "it is missing, and cannot be".to_owned());
    };
    let kinds = Kinds::from(value.kind());
    if claim.kinds.and(kinds).is_empty() {
        return Some(format!("it is {}, and can only be {}", kinds.words(), claim.kinds.words()));
    }
    if !claim.missing && !value.is_present() {
        return Some("it is null or \"\", and cannot be".to_owned());
    }
    if let (Some(values), scalar) = (&claim.values, Scalar::of(value, arena))
        && !scalar.as_ref().is_some_and(|scalar| values.contains(scalar))
    {
        return Some(format!("it is {scalar:?}, and can only be one of {values:?}"));
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
    if bytes < min_bytes || max_bytes.is_some_and(|most| bytes > most) {
        return Some(format!("{text:?} has {bytes} bytes, not from {min_bytes} to {max_bytes:?}"));
    }
    max_chars.filter(|most| chars > *most).map(|most| format!("{text:?} has {chars} characters, not {most}"))
}

fn wrong_number(claim: &AbstractValue, number: Number<'_>) -> Option<String> {
    let double = number.as_f64();
    // The text of a number beyond the doubles is in no range.
    if double.is_finite() && !claim.range.contains(double) {
        return Some(format!("{double} is not in {:?}", claim.range));
    }
    None
}

/// What is wrong about a constraint that should hold of a value; `None` when it is true.
pub(crate) fn violated<'a>(said: &Constraint, value: Option<Value<'a>>, arena: &'a Arena) -> Option<String> {
    if said.is_impossible() {
        return Some("it says that no value passes".to_owned());
    }
    let present = value.is_some_and(Value::is_present);
    if said.present && !present || said.absent && present || said.some && value.is_none() {
        return Some(format!("present: {present}, and it says {said:?}"));
    }
    let value = value?;
    if said.kinds.and(value.kind().into()).is_empty() {
        return Some(format!("it says {}", said.kinds.words()));
    }
    let scalar = Scalar::of(value, arena);
    if let Some(values) = &said.values
        && !scalar.as_ref().is_some_and(|scalar| values.contains(scalar))
    {
        return Some(format!("it says one of {values:?}"));
    }
    if scalar.as_ref().is_some_and(|scalar| said.not.contains(scalar)) {
        return Some(format!("it says none of {:?}", said.not));
    }
    let outside = matches!(value.view(arena), View::Number(number) if !said.range.contains(number.as_f64()));
    outside.then(|| format!("it says {:?}", said.range))
}
