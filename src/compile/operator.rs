//! Operators: looking them up and building them from their constant arguments.

use super::constant::yaml_value;
use crate::diag::{Code, Diagnostic, Findings, nearest};
use crate::ops::{ArgError, Args, OPS, Operation, Operator};
use crate::source::Span;
use crate::syntax::{Step, Yaml, YamlValue};
use crate::value::Arena;

/// The operation of a step; `None`, with a finding, when an argument is invalid.
pub(super) fn build(
    operator: &'static Operator,
    argument: Option<&Yaml>,
    step: &Step,
    destination: &str,
    findings: &mut Findings,
) -> Option<Box<dyn Operation>> {
    let arena = Arena::new();
    let with: Vec<_> =
        step.with.iter().map(|entry| (entry.key.node.as_str(), yaml_value(&entry.value, &arena))).collect();
    let args = Args {
        argument: argument.map(|argument| yaml_value(argument, &arena)),
        with: &with,
        destination: Some(destination),
        arena: &arena,
    };
    match (operator.build)(&args) {
        Ok(operation) => Some(operation),
        Err(error) => {
            let span = error_span(&error, argument, step);
            findings.push(Diagnostic::new(Code::BadArgument, span, error.message));
            None
        }
    }
}

/// The finding for an operator that does not exist.
pub(super) fn unknown<'a>(name: &str, span: Span, pipelines: impl Iterator<Item = &'a str>) -> Diagnostic {
    let known = OPS.iter().map(|row| row.name).chain(pipelines);
    let suggestion =
        nearest(name, known).map(|near| (near.to_owned(), String::new())).or_else(|| equivalent(name));
    let message = match &suggestion {
        Some((near, why)) => format!("there is no operator called `{name}`; did you mean `{near}`?{why}"),
        None => format!("there is no operator called `{name}`"),
    };
    let finding =
        Diagnostic::new(Code::UnknownOperator, span, message).help("`mapwright ops` lists all operators");
    match suggestion {
        Some((near, why)) if why.is_empty() => finding.fix(span, near),
        _ => finding,
    }
}

/// The operator that another tool calls `name`, and a remark that says so.
pub(super) fn equivalent(name: &str) -> Option<(String, String)> {
    let same = |theirs: &str| {
        theirs.split([',', ' ', '/', '(']).any(|word| {
            word.trim_start_matches(['.', '@', '$']).trim_end_matches(')').eq_ignore_ascii_case(name)
        })
    };
    let row = OPS.iter().find(|row| {
        let other = row.equivalents;
        [other.vrl, other.bloblang, other.mapping_kit, other.rudderstack].iter().any(|theirs| same(theirs))
    })?;
    Some((row.name.to_owned(), " (its name here)".to_owned()))
}

/// Where the invalid part of an argument is written.
fn error_span(error: &ArgError, argument: Option<&Yaml>, step: &Step) -> Span {
    let mut part = argument;
    for key in &error.at {
        let inner = part.and_then(|yaml| match &yaml.node {
            YamlValue::Map(entries) => {
                entries.iter().find(|entry| entry.key.node == *key).map(|entry| &entry.value)
            }
            YamlValue::List(items) => key.parse::<usize>().ok().and_then(|index| items.get(index)),
            _ => None,
        });
        part = inner
            .or_else(|| step.with.iter().find(|entry| entry.key.node == *key).map(|entry| &entry.value))
            .or(part);
    }
    match (part, &error.range) {
        (Some(yaml), Some(range)) => yaml.text().map_or(yaml.span, |text| text.at(range.clone())),
        (Some(yaml), None) => yaml.span,
        (None, _) => step.span,
    }
}
