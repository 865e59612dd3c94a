//! What an operator makes of what is known of its input.

use super::abstract_value::{AbstractValue, Case, Scalar};
use super::constraint::Constraint;
use crate::diag::{Code, Diagnostic};
use crate::ops::{Gives, Operator};
use crate::source::Span;
use crate::syntax::{Entry, Test, Yaml, YamlValue};
use crate::value::Kinds;

/// A finding when an operator can never do anything with its input.
pub(super) fn unfit(row: &Operator, known: &AbstractValue, place: Span) -> Option<Diagnostic> {
    if known.kinds.is_empty() {
        return None;
    }
    let name = row.name;
    // A number has no parts, though it could be written as text and cut.
    let takes = if name == "split" { Kinds::TEXT } else { row.takes };
    if name == "url_encode" && known.is_collection() {
        let message = format!("{} goes into a text; add `join` or `first`", known.kinds.words());
        return Some(Diagnostic::new(Code::ListIntoText, place, message));
    }
    if name == "url_encode" && known.encoded {
        let message = "this is encoded a second time: `%2F` becomes `%252F`";
        return Some(Diagnostic::new(Code::EncodedTwice, place, message));
    }
    if !known.kinds.and(takes).is_empty() {
        return None;
    }
    let (is, wanted) = (known.kinds.words(), takes.words());
    if !known.kinds.and(row.keeps).is_empty() || name == "split" {
        let message = format!("`{name}` works on {wanted}, and here it gets {is}, which it leaves as it is");
        return Some(Diagnostic::new(Code::WrongInputType, place, message));
    }
    let message = format!("`{name}` works on {wanted}, and here it gets {is}, so nothing ever comes out");
    Some(Diagnostic::new(Code::WrongInputType, place, message))
}

/// What comes out.
pub(super) fn applied(
    row: &Operator,
    known: AbstractValue,
    argument: Option<&Yaml>,
    kept_by: Option<&Test>,
    with: &[Entry],
) -> AbstractValue {
    let (taken, kept) = (known.kinds.and(row.takes), known.kinds.and(row.keeps));
    let given = match row.gives {
        Gives::Kinds(_) if taken.is_empty() => Kinds::NONE,
        Gives::Kinds(kinds) => kinds,
        Gives::Same => taken,
    };
    let by_kind = row.missing.starts_with("never")
        || matches!(row.missing, "null" | "a map, a list or null" | "not a map" | "not a list");
    let missing = known.missing || !by_kind;
    let values = known.values.clone();
    let secret = known.secret.clone();
    let (was_missing, was_raw, was_encoded) = (known.missing, known.raw, known.encoded);
    let made = AbstractValue { missing, ..known.clone().into_kinds(given.or(kept)) };
    match row.name {
        "keep_if" => {
            let constraint = kept_by.map(Constraint::of).unwrap_or_default();
            AbstractValue { missing: true, ..constraint.narrow(known) }
        }
        "map_values" => map_values(argument, with, &known, made),
        "lowercase" | "uppercase" => {
            let lower = row.name == "lowercase";
            let case = Some(if lower { Case::Lower } else { Case::Upper });
            let change = |plain: &Scalar| match plain {
                Scalar::Text(text) if lower => Some(Scalar::Text(text.to_lowercase().into())),
                Scalar::Text(text) => Some(Scalar::Text(text.to_uppercase().into())),
                _ => None,
            };
            let values: Option<Vec<Scalar>> = values.and_then(|values| values.iter().map(change).collect());
            match values {
                Some(values) => AbstractValue { missing, case, ..made.among(values) },
                None => AbstractValue { case, ..made },
            }
        }
        "string" | "trim" | "compact" => {
            let texts = values.filter(|values| {
                values.iter().all(|value| value.text().is_some_and(|text| text.trim() == text))
            });
            match texts {
                Some(values) => AbstractValue { missing, ..made.among(values.iter().cloned()) },
                None => {
                    AbstractValue { case: known.case, encoded: was_encoded, raw: was_raw && made.raw, ..made }
                }
            }
        }
        "url_encode" => AbstractValue { raw: false, encoded: true, ..made },
        "hash" | "format_time" => AbstractValue { raw: false, ..made },
        // A text that stays a text keeps its letters.
        "replace" | "slice" | "truncate" | "truncate_bytes" => AbstractValue { case: known.case, ..made },
        "first" => AbstractValue { missing: was_missing || !taken.is_empty(), secret, ..made },
        _ => made,
    }
}

fn map_values(
    argument: Option<&Yaml>,
    with: &[Entry],
    input: &AbstractValue,
    made: AbstractValue,
) -> AbstractValue {
    let results: Option<Vec<Scalar>> = match argument.map(|argument| &argument.node) {
        Some(YamlValue::Map(entries)) => {
            Some(entries.iter().map(|entry| Scalar::Text(entry.key.node.as_str().into())).collect())
        }
        Some(YamlValue::List(items)) => {
            items.iter().map(|item| item.get("to").and_then(|entry| Scalar::of(&entry.value))).collect()
        }
        _ => None,
    };
    let Some(mut results) = results else { return made };
    let otherwise = with.iter().find(|entry| entry.key.node == "otherwise").map(|entry| &entry.value);
    let drops = otherwise.is_some_and(|value| value.node == YamlValue::Text("drop".to_owned()));
    match otherwise {
        Some(_) if drops => AbstractValue { missing: true, ..made.among(results) },
        Some(value) => match Scalar::of(value) {
            Some(plain) => {
                results.push(plain);
                AbstractValue { missing: input.missing, ..made.among(results) }
            }
            None => made,
        },
        // What is not listed stays.
        None => {
            let kinds = results.iter().fold(input.kinds, |kinds, value| kinds.or(value.kinds()));
            AbstractValue { kinds, missing: input.missing, raw: input.raw, values: None, ..made }
        }
    }
}
