//! Compiled schemas.

use jsonschema::{Keyword, PatternOptions, ValidationError, Validator};
use serde_json::Value;

use super::keyword::MAX_SECONDS;
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
        Err(ValidationError::custom("must be seconds since 1970; this number looks like milliseconds"))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        !self.0 || instance.as_f64().is_none_or(|number| number.abs() <= MAX_SECONDS)
    }
}
