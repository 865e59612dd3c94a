//! Validates the schemas of a contract. A misspelt keyword or an invalid value would otherwise be ignored silently. A schema
//! that is accepted here can be compiled, unless a regular expression in it is too large.

use foldhash::HashSet;

use super::finding::{report, unknown_keys};
use super::keyword::argument;
use super::keyword::{FORMATS, KEYWORDS, KeywordArg};
use super::shape::Property;
use crate::diag::{Code, Diagnostic, Findings, did_you_mean, nearest};
use crate::source::Span;
use crate::syntax::{Entry, Yaml, YamlValue};

/// The types of JSON Schema.
const KINDS: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];

/// Validates a schema and all schemas in it.
pub(super) fn check(schema: &Yaml, definitions: Option<&Yaml>, findings: &mut Findings) {
    let Some(entries) = schema.entries() else {
        if !matches!(schema.node, YamlValue::Bool(_)) {
            report(schema.span, format!("a schema must be a map, and this is {}", schema.form()), findings);
        }
        return;
    };
    unknown_keys(entries, "a schema", || KEYWORDS.iter().map(|(name, _)| *name), findings);
    for Entry { key, value } in entries {
        let Some((name, argument)) = KEYWORDS.iter().find(|(name, _)| *name == key.node) else { continue };
        let inner = match (argument, &value.node) {
            (KeywordArg::Schema, _) => std::slice::from_ref(value),
            (KeywordArg::Schemas, YamlValue::List(items)) if !items.is_empty() => items.as_slice(),
            (KeywordArg::SchemasByName | KeywordArg::SchemasByPattern, YamlValue::Map(entries)) => {
                for entry in entries {
                    check(&entry.value, definitions, findings);
                }
                &[]
            }
            _ => &[],
        };
        for inner in inner {
            check(inner, definitions, findings);
        }
        if *argument == KeywordArg::Reference {
            reference(value, definitions, findings);
        } else if *argument == KeywordArg::Unsupported {
            unsupported(
                key.span,
                format!("`{name}` has no effect in a contract"),
                UNSUPPORTED_HELP,
                findings,
            );
        } else if let ("format", Some(format)) = (*name, value.words().filter(|name| !FORMATS.contains(name)))
        {
            let suggestion = did_you_mean(format, FORMATS.iter().copied());
            let message = format!("the format `{format}` is not checked{suggestion}");
            unsupported(value.span, message, "write it as a `pattern`", findings);
        } else if let Err(expected) = argument.check_value(value) {
            let actual =
                value.scalar().map_or_else(|| value.form().to_owned(), |text| format!("`{}`", text.text));
            report(value.span, format!("`{name}` must be {expected}, and this is {actual}"), findings);
        }
    }
}

const UNSUPPORTED_HELP: &str =
    "remove it; schemas refer to those in the contract's own `$defs`, by `$ref: \"#/$defs/name\"`";

/// Reports a keyword that JSON Schema has, but that is not applied.
fn unsupported(span: Span, message: String, help: &str, findings: &mut Findings) {
    findings.push(Diagnostic::new(Code::UnsupportedKeyword, span, message).help(help));
}

/// Removes the keywords that are not applied: `$id`, for example, would change what `$ref` refers to.
pub(super) fn remove_unsupported(schema: &mut Yaml) {
    let YamlValue::Map(entries) = &mut schema.node else { return };
    entries.retain(|entry| argument(&entry.key.node) != Some(KeywordArg::Unsupported));
    for entry in entries {
        match (argument(&entry.key.node), &mut entry.value.node) {
            (Some(KeywordArg::Schema), _) => remove_unsupported(&mut entry.value),
            (Some(KeywordArg::Schemas), YamlValue::List(schemas)) => {
                schemas.iter_mut().for_each(remove_unsupported);
            }
            (Some(KeywordArg::SchemasByName | KeywordArg::SchemasByPattern), YamlValue::Map(schemas)) => {
                for entry in schemas {
                    remove_unsupported(&mut entry.value);
                }
            }
            _ => {}
        }
    }
}

fn reference(value: &Yaml, definitions: Option<&Yaml>, findings: &mut Findings) {
    if referred(value, definitions).is_some() {
        return;
    }
    let names = definitions.and_then(Yaml::entries).unwrap_or_default();
    let names = names.iter().map(|entry| entry.key.node.as_str());
    let reference_text = value.words().unwrap_or_default();
    let suggestion = did_you_mean(reference_text.rsplit('/').next().unwrap_or_default(), names);
    report(value.span, format!("`$defs` has no schema with this name{suggestion}"), findings);
}

/// The schema that a `$ref` names.
pub(super) fn referred<'y>(reference: &Yaml, definitions: Option<&'y Yaml>) -> Option<&'y Yaml> {
    definitions?.get(reference.words()?.strip_prefix("#/$defs/")?).map(|entry| &entry.value)
}

/// Whether a key is misspelt, which is reported as an unknown key.
pub(super) fn is_misspelt(schema: &Yaml, members: &[Property], key: &str) -> bool {
    let closed =
        schema.get("additionalProperties").is_some_and(|entry| entry.value.node == YamlValue::Bool(false));
    let known = schema.get("properties").and_then(|entry| entry.value.entries()).unwrap_or_default();
    let names = || known.iter().map(|entry| entry.key.node.as_str());
    closed
        && members.iter().any(|member| {
            let name = member.key.node.as_str();
            names().all(|known| known != name) && nearest(name, names()) == Some(key)
        })
}

/// Whether a schema can be referred to by its name; other characters have a special meaning in a JSON Pointer or URI.
pub(super) fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

impl KeywordArg {
    /// Checks the value of a keyword; the error is what was expected.
    fn check_value(self, value: &Yaml) -> Result<(), &'static str> {
        let (valid, expected) = match self {
            Self::Anything | Self::Schema | Self::Reference | Self::Unsupported => (true, ""),
            Self::TwoParts => (
                names(value) && value.items().is_some_and(|parts| parts.len() == 2),
                "a list of the names of two parts, such as `[primary, secondary]`",
            ),
            Self::Words => (value.words().is_some(), "text"),
            Self::Flag => (matches!(value.node, YamlValue::Bool(_)), "`true` or `false`"),
            Self::Count => {
                (number(value, |n| n >= 0.0 && n.fract() == 0.0), "a whole number, zero or greater")
            }
            Self::Number => (number(value, |_| true), "a number"),
            Self::Divisor => (number(value, |n| n > 0.0), "a number greater than zero"),
            Self::List => (value.items().is_some_and(|items| !items.is_empty()), "a list of values"),
            Self::Schemas => (value.items().is_some_and(|items| !items.is_empty()), "a list of schemas"),
            Self::Kinds => {
                (kinds(value), "one or several of array, boolean, integer, null, number, object and string")
            }
            Self::Names => (names(value), "a list of names, each once"),
            Self::NamesByName => (each(value, |entry| names(&entry.value)), "a map of lists of names"),
            Self::WordsByName => {
                (each(value, |entry| entry.value.words().is_some()), "a map of names, each with a reason")
            }
            Self::SchemasByName => (value.entries().is_some(), "a map of schemas"),
            Self::Pattern => (
                value.words().is_some_and(is_pattern),
                "a regular expression without look-around or back-references",
            ),
            Self::SchemasByPattern => (
                each(value, |entry| is_pattern(&entry.key.node)),
                "a map of schemas by regular expressions without look-around or back-references",
            ),
        };
        if valid { Ok(()) } else { Err(expected) }
    }
}

/// Whether text can be parsed as a regular expression. It is not compiled here, which would be slow.
fn is_pattern(text: &str) -> bool {
    regex_syntax::parse(text).is_ok()
}

fn number(value: &Yaml, is_valid: fn(f64) -> bool) -> bool {
    let YamlValue::Number(digits) = &value.node else { return false };
    digits.parse::<f64>().is_ok_and(|number| number.is_finite() && is_valid(number))
}

fn kinds(value: &Yaml) -> bool {
    let is_kind = |yaml: &Yaml| yaml.words().is_some_and(|name| KINDS.contains(&name));
    value.items().map_or_else(
        || is_kind(value),
        |items| names(value) && !items.is_empty() && items.iter().all(is_kind),
    )
}

fn names(value: &Yaml) -> bool {
    let mut seen = HashSet::default();
    let items = value.items();
    items.is_some_and(|items| items.iter().all(|item| item.words().is_some_and(|name| seen.insert(name))))
}

fn each(value: &Yaml, is_valid: fn(&Entry) -> bool) -> bool {
    value.entries().is_some_and(|entries| entries.iter().all(is_valid))
}
