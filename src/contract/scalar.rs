//! Checks kinds, constants, lengths and units against a schema.

use std::rc::Rc;

use super::fit::Fit;
use super::keyword::{MAX_SECONDS, kind_words, limit};
use super::shape::{Form, Shape, length};
use crate::abstract_value::Unit;
use crate::diag::{Code, Diagnostic, did_you_mean, nearest};
use crate::syntax::{Yaml, YamlValue};
use crate::value::Kinds;

impl Fit<'_> {
    /// Checks whether a value can be of a type that the schema allows.
    pub(super) fn kinds(&mut self, expected_types: &Yaml, shape: &Rc<Shape>) -> bool {
        let names = || {
            expected_types
                .items()
                .unwrap_or(std::slice::from_ref(expected_types))
                .iter()
                .filter_map(Yaml::words)
        };
        let allowed = names().fold(Kinds::NONE, |kinds, name| kinds.or(kinds_of(name)));
        let integer = !names().any(|name| name == "number");
        let fraction = integer && fractional(shape);
        if !shape.kinds.and(allowed).is_empty() && !fraction {
            return true;
        }
        let expected: Vec<_> = names().filter(|name| *name != "null").map(kind_words).collect();
        let actual = if fraction { "a number with a fraction".to_owned() } else { shape.kinds.words() };
        let message = format!("`{}` must be {}, and this is {actual}", self.part, expected.join(" or "));
        let mut diagnostic = Diagnostic::new(Code::WrongKind, shape.span, message);
        if let (Form::Constant(yaml), true) = (&shape.form, allowed == Kinds::TEXT)
            && matches!(yaml.node, YamlValue::Number(_) | YamlValue::Bool(_))
            && let Some(text) = yaml.scalar()
        {
            diagnostic = diagnostic.fix(yaml.span, crate::value::quoted(&text.text));
        }
        self.report(diagnostic);
        false
    }

    /// Checks a single value.
    pub(super) fn scalar(&mut self, schema: &Yaml, shape: &Shape) {
        let entry = |key: &str| schema.get(key).map(|entry| &entry.value);
        if let Form::Constant(yaml) = &shape.form {
            if let Some(options) = entry("enum").and_then(Yaml::items) {
                self.one_of(options, yaml);
            }
            if let Some(option) = entry("const") {
                self.one_of(std::slice::from_ref(option), yaml);
            }
            if let Some(text) = yaml.words() {
                self.text(schema, text, shape);
            }
        }
        if entry("seconds").is_some() {
            self.seconds(shape);
        }
        let Some(limit) = entry("maxBytes").and_then(limit) else { return };
        if !matches!(shape.form, Form::Constant(_) | Form::Text(_)) {
            return;
        }
        let (min_bytes, max_bytes) = length(&shape.parts());
        if min_bytes > limit {
            let message = format!("`{}` has {min_bytes} bytes; the limit is {limit}", self.part);
            self.report(Diagnostic::new(Code::ValueTooLong, shape.span, message));
        } else if let Some(max_bytes) = max_bytes.filter(|&max_bytes| max_bytes > limit) {
            let message = format!(
                "`{}` is truncated, but can still have {max_bytes} bytes; the limit is {limit}",
                self.part
            );
            self.report(Diagnostic::new(Code::ValueTooLong, shape.span, message));
        }
    }

    fn one_of(&mut self, options: &[Yaml], yaml: &Yaml) {
        if options.contains(yaml) {
            return;
        }
        let allowed: Vec<String> = options.iter().filter_map(Yaml::scalar).map(|text| text.text).collect();
        let actual = yaml.scalar().map_or_else(|| yaml.form().to_owned(), |text| format!("`{}`", text.text));
        let text = yaml.scalar().map(|text| text.text).unwrap_or_default();
        let names = || allowed.iter().map(String::as_str);
        let message = format!("`{}` cannot be {actual}{}", self.part, did_you_mean(&text, names()));
        let mut diagnostic = Diagnostic::new(Code::ValueNotTaken, yaml.span, message);
        if let Some(suggestion) = nearest(&text, names()) {
            diagnostic = diagnostic.fix(yaml.span, suggestion);
        }
        self.report(diagnostic.help(format!("it is one of `{}`", allowed.join("`, `"))));
    }

    fn text(&mut self, schema: &Yaml, text: &str, shape: &Shape) {
        let pattern = schema.get("pattern").and_then(|entry| entry.value.words());
        let violated_pattern = pattern
            .filter(|pattern| crate::ops::pattern(pattern).is_ok_and(|pattern| !pattern.is_match(text)));
        let min_length = schema.get("minLength").and_then(|entry| limit(&entry.value));
        if text.trim().is_empty()
            && (violated_pattern.is_some() || min_length.is_some_and(|min| text.chars().count() < min))
        {
            let message = format!("`{}` must not be empty", self.part);
            self.report(Diagnostic::new(Code::UnlikeThePattern, shape.span, message));
        } else if let Some(pattern) = violated_pattern {
            let message = format!("`{}` must match `{pattern}`", self.part);
            self.report(Diagnostic::new(Code::UnlikeThePattern, shape.span, message));
        }
    }

    fn seconds(&mut self, shape: &Shape) {
        let large = |yaml: &Yaml| match &yaml.node {
            YamlValue::Number(number) => number.parse::<f64>().is_ok_and(|number| number.abs() > MAX_SECONDS),
            _ => false,
        };
        let in_millis = match &shape.form {
            Form::Time(unit) => *unit == Unit::Millis,
            Form::Constant(yaml) => large(yaml),
            _ => false,
        };
        if in_millis {
            let message = format!("`{}` must be in seconds, and this is in milliseconds", self.part);
            self.report(
                Diagnostic::new(Code::MillisecondsForSeconds, shape.span, message).help("use `unix_seconds`"),
            );
        }
    }
}

fn fractional(shape: &Shape) -> bool {
    match &shape.form {
        Form::Constant(Yaml { node: YamlValue::Number(number), .. }) => {
            number.parse::<f64>().is_ok_and(|number| number.fract() != 0.0)
        }
        _ => false,
    }
}

fn kinds_of(name: &str) -> Kinds {
    match name {
        "string" => Kinds::TEXT,
        "number" | "integer" => Kinds::NUMBER,
        "boolean" => Kinds::BOOL,
        "array" => Kinds::LIST,
        "object" => Kinds::MAP,
        "null" => Kinds::NULL,
        _ => Kinds::ANY,
    }
}
