//! Compiled schemas.

use jsonschema::{Keyword, PatternOptions, ValidationError, Validator};
use serde_json::Value;

use super::keyword::{DIVIDED_SECONDS, MAX_SECONDS};
use super::schema_steps::Counter;
use super::{Violation, message};
use crate::diag::Code;
use crate::limits::CONTRACT_STEPS;
use crate::source::Span;

/// A compiled schema, or why it cannot be compiled: a regular expression can be too large.
#[derive(Debug)]
pub(super) struct CompiledSchema {
    validator: Result<Validator, String>,
    /// The schema, if checks with it must be counted because the schemas in it refer to others.
    counted: Option<Value>,
}

impl CompiledSchema {
    /// Compiles a schema; the error case is the span of a number in it that is too large.
    pub(super) fn new(schema: Result<Value, Span>) -> Self {
        let schema = schema.map_err(|_| "a number in it is too large".to_owned());
        let validator = schema.as_ref().map_err(String::clone).and_then(compile);
        let counted = schema.ok().filter(|schema| schema.get("$defs").is_some());
        Self { validator, counted }
    }

    /// Adds the violations of `value`, which is the part `part` of a request. `shows` tells which names of members may be
    /// shown.
    pub(super) fn check(
        &self,
        value: &Value,
        part: &str,
        shows: &dyn Fn(&str) -> bool,
        violations: &mut Vec<Violation>,
    ) {
        let steps = self.counted.as_ref().map_or(0, |schema| Counter::new(schema).steps(schema, value));
        let unchecked = match &self.validator {
            Ok(_) if steps > CONTRACT_STEPS => {
                format!("takes more than {CONTRACT_STEPS} steps to check, since schemas refer to each other")
            }
            Ok(validator) => {
                let errors = validator.iter_errors(value);
                violations.extend(errors.map(|error| message::violation(&error, part, shows)));
                return;
            }
            Err(why) => format!("the schema in the contract cannot be compiled: {why}"),
        };
        violations.push(Violation { code: Code::BadContract, part: part.to_owned(), message: unchecked });
    }
}

/// Compiles a schema. Nothing is fetched: all references are within the schema.
pub(super) fn compile(schema: &Value) -> Result<Validator, String> {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .with_pattern_options(PatternOptions::regex())
        .with_keyword("maxBytes", |_, limit, _| Ok(Box::new(MaxBytes(count(limit)?))))
        .with_keyword("maxKeyBytes", |_, limit, _| Ok(Box::new(MaxKeyBytes(count(limit)?))))
        .should_validate_formats(true)
        .with_keyword("equal", |_, parts, _| Ok(Box::new(Parts::new(parts, true)?)))
        .with_keyword("different", |_, parts, _| Ok(Box::new(Parts::new(parts, false)?)))
        .with_keyword("seconds", |_, yes, _| Ok(Box::new(Seconds(yes.as_bool().unwrap_or(true)))))
        .build(schema)
        .map_err(|error| error.to_string())
}

fn count<'a>(limit: &Value) -> Result<usize, ValidationError<'a>> {
    limit
        .as_u64()
        .and_then(|limit| usize::try_from(limit).ok())
        .ok_or_else(|| ValidationError::custom("a limit must be a whole number"))
}

/// The length in bytes of text, or of any other value as JSON.
fn bytes(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        other => other.to_string().len(),
    }
}

struct MaxBytes(usize);

impl<'i> Keyword<'i> for MaxBytes {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        let (has, limit) = (bytes(instance), self.0);
        if has <= limit {
            return Ok(());
        }
        // The summary of `--check-contract` groups violations by this wording.
        Err(ValidationError::custom(format!("has {has} bytes and may have {limit}")))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        bytes(instance) <= self.0
    }
}

struct MaxKeyBytes(usize);

impl MaxKeyBytes {
    fn long_key<'v>(&self, instance: &'v Value) -> Option<&'v str> {
        instance.as_object()?.keys().map(String::as_str).find(|key| key.len() > self.0)
    }
}

impl<'i> Keyword<'i> for MaxKeyBytes {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        let Some(key) = self.long_key(instance) else { return Ok(()) };
        let message = format!("has a key of {} bytes; the limit is {}", key.len(), self.0);
        Err(ValidationError::custom(message))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        self.long_key(instance).is_none()
    }
}

struct Seconds(bool);

impl<'i> Keyword<'i> for Seconds {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if Keyword::is_valid(self, instance) {
            return Ok(());
        }
        let message = if instance.as_f64().is_some_and(|number| number.abs() > MAX_SECONDS) {
            "must be seconds since 1970; this number looks like milliseconds"
        } else {
            "must be seconds since 1970; this number looks like seconds that were divided by 1000"
        };
        Err(ValidationError::custom(message))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        let plausible = |number: f64| number <= 0.0 || (DIVIDED_SECONDS..=MAX_SECONDS).contains(&number);
        !self.0 || instance.as_f64().is_none_or(|number| plausible(number) && number.abs() <= MAX_SECONDS)
    }
}

/// Two parts of a value that must be equal, or must differ; nothing is asked of parts that are missing.
struct Parts {
    names: [String; 2],
    equal: bool,
}

impl Parts {
    fn new<'a>(names: &Value, equal: bool) -> Result<Self, ValidationError<'a>> {
        match names.as_array().map(Vec::as_slice) {
            Some([Value::String(first), Value::String(second)]) => {
                Ok(Self { names: [first.clone(), second.clone()], equal })
            }
            _ => Err(ValidationError::custom("two names of parts are needed")),
        }
    }

    fn part<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
        name.split('.').try_fold(value, |value, key| value.get(key))
    }
}

impl<'i> Keyword<'i> for Parts {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if self.is_valid(instance) {
            return Ok(());
        }
        let [first, second] = &self.names;
        let must = if self.equal { "must be the same" } else { "must not be the same" };
        Err(ValidationError::custom(format!("`{first}` and `{second}` {must}")))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        let [first, second] = self.names.each_ref().map(|name| Self::part(instance, name));
        let (Some(first), Some(second)) = (first, second) else { return true };
        // A part of a path is always text, whatever the value was.
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        self.equal == (text(first) == text(second))
    }
}
