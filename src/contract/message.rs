//! Messages for validation errors of a schema.

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind};

use super::Violation;
use super::keyword::kind_words;
use crate::diag::{Code, did_you_mean};

/// A validation error as a violation; `root` is the part of the request that was checked, and `shows` tells which names of
/// members may be shown.
pub(super) fn violation(error: &ValidationError<'_>, root: &str, shows: &dyn Fn(&str) -> bool) -> Violation {
    let part = format!("{root}{}", dotted_path(error.instance_path().as_str(), shows));
    let (code, message) = match error.kind() {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            return best_alternative(context, root, part, shows);
        }
        ValidationErrorKind::OneOfMultipleValid { .. } => (
            Code::NotExactlyOne,
            "has mutually exclusive keys, or matches more than one of the allowed forms".to_owned(),
        ),
        ValidationErrorKind::Custom { keyword, message } => (code_of_keyword(keyword), message.clone()),
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let names: Vec<&str> = unexpected.iter().map(|name| shown(name, shows)).collect();
            let message = format!("has a key that the destination does not accept: `{}`", names.join("`, `"));
            (Code::KeyNotTaken, message)
        }
        ValidationErrorKind::Enum { options } => (Code::ValueNotTaken, one_of(error, options)),
        ValidationErrorKind::Constant { expected_value } => {
            (Code::ValueNotTaken, format!("must be `{}`", display(expected_value)))
        }
        ValidationErrorKind::Type { kind } => {
            (Code::WrongKind, format!("must be {}, and this is {}", expected_types(kind), actual_type(error)))
        }
        ValidationErrorKind::Required { property } => {
            (Code::RequiredKeyNeverWritten, format!("needs `{}`", display(property)))
        }
        ValidationErrorKind::MaxProperties { limit } => {
            (Code::TooManyKeys, format!("has more than {limit} keys"))
        }
        ValidationErrorKind::MaxItems { limit } => {
            (Code::TooManyKeys, format!("has more than {limit} elements"))
        }
        ValidationErrorKind::MaxLength { limit } => {
            (Code::ValueTooLong, format!("has more than {limit} characters"))
        }
        ValidationErrorKind::MinLength { .. } => (Code::UnlikeThePattern, "must not be empty".to_owned()),
        ValidationErrorKind::Pattern { pattern } => {
            (Code::UnlikeThePattern, format!("must match `{pattern}`"))
        }
        ValidationErrorKind::Minimum { limit } => (Code::ValueNotTaken, format!("must be at least {limit}")),
        ValidationErrorKind::Maximum { limit } => (Code::ValueNotTaken, format!("must be at most {limit}")),
        ValidationErrorKind::Format { format } => {
            (Code::UnlikeThePattern, format!("must have the format `{format}`"))
        }
        ValidationErrorKind::Not { .. } => {
            (Code::ValueNotTaken, "has a value that the contract excludes (`not`)".to_owned())
        }
        ValidationErrorKind::UnevaluatedProperties { unexpected } => {
            let names: Vec<&str> = unexpected.iter().map(|name| shown(name, shows)).collect();
            let message = format!("has a key that the destination does not accept: `{}`", names.join("`, `"));
            (Code::KeyNotTaken, message)
        }
        other => (Code::UnlikeThePattern, format!("violates `{}`", other.keyword())),
    };
    Violation { code, part, message }
}

/// If no form matches, the one with the fewest errors is probably the one that is meant.
fn best_alternative(
    context: &[Vec<ValidationError<'static>>],
    root: &str,
    part: String,
    shows: &dyn Fn(&str) -> bool,
) -> Violation {
    let only_required = |errors: &Vec<ValidationError<'_>>| {
        errors.iter().all(|error| matches!(error.kind(), ValidationErrorKind::Required { .. }))
    };
    if context.len() > 1 && context.iter().all(only_required) {
        let keys = context.iter().flatten().filter_map(|error| match error.kind() {
            ValidationErrorKind::Required { property } => Some(format!("`{}`", display(property))),
            _ => None,
        });
        let message = format!("needs one of {}", keys.collect::<Vec<_>>().join(", "));
        return Violation { code: Code::NotExactlyOne, part, message };
    }
    match context.iter().min_by_key(|errors| errors.len()).and_then(|errors| errors.first()) {
        Some(error) => violation(error, root, shows),
        None => {
            Violation { code: Code::WrongKind, part, message: "matches none of the allowed forms".to_owned() }
        }
    }
}

fn code_of_keyword(keyword: &str) -> Code {
    match keyword {
        "maxKeyBytes" => Code::KeyTooLong,
        "equal" | "different" => Code::ValueNotTaken,
        "seconds" => Code::MillisecondsForSeconds,
        _ => Code::ValueTooLong,
    }
}

fn one_of(error: &ValidationError<'_>, options: &serde_json::Value) -> String {
    let options = options.as_array().map(Vec::as_slice).unwrap_or_default();
    let known: Vec<_> = options.iter().map(display).collect();
    let suggestion =
        error.instance().as_str().map(|text| did_you_mean(text, known.iter().map(String::as_str)));
    format!("must be one of `{}`{}", known.join("`, `"), suggestion.unwrap_or_default())
}

fn display(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn expected_types(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(kind) => kind_words(&kind.to_string()).to_owned(),
        TypeKind::Multiple(kinds) => {
            let named = kinds.iter().filter(|kind| kind.to_string() != "null");
            let kinds: Vec<_> = named.map(|kind| kind_words(&kind.to_string()).to_owned()).collect();
            kinds.join(" or ")
        }
    }
}

fn actual_type(error: &ValidationError<'_>) -> &'static str {
    match error.instance().as_ref() {
        serde_json::Value::Null => "null",
        serde_json::Value::Bool(_) => "true or false",
        serde_json::Value::Number(number) if number.is_f64() => "a number with a fraction",
        serde_json::Value::Number(_) => "a number",
        serde_json::Value::String(_) => "text",
        serde_json::Value::Array(_) => "a list",
        serde_json::Value::Object(_) => "a map",
    }
}

/// The name of a member, or what is shown instead of a secret.
fn shown<'n>(name: &'n str, shows: &dyn Fn(&str) -> bool) -> &'n str {
    if shows(name) { name } else { "•••" }
}

/// Converts a JSON Pointer such as `/device/last_used` to `.device.last_used`; list elements become `[0]`.
fn dotted_path(pointer: &str, shows: &dyn Fn(&str) -> bool) -> String {
    pointer.split('/').skip(1).fold(String::new(), |text, step| {
        let name = step.replace("~1", "/").replace("~0", "~");
        // A number of a few digits is the index of an element.
        if !name.is_empty() && name.len() < 7 && name.bytes().all(|b| b.is_ascii_digit()) {
            return format!("{text}[{step}]");
        }
        format!("{text}.{}", shown(&name, shows))
    })
}
