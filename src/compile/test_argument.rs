//! The constant arguments of tests: predicates and patterns.

use crate::diag::{Code, Diagnostic, Findings, did_you_mean};
use crate::predicate::{self, Predicate};
use crate::syntax::{Name, Text};
use crate::value::Pattern;

/// The predicates called `names`; `None`, with findings, when one does not exist.
pub(super) fn predicates(names: &[Name], findings: &mut Findings) -> Option<Box<[&'static Predicate]>> {
    names.iter().map(|name| predicate(name, findings)).collect()
}

fn predicate(written: &Name, findings: &mut Findings) -> Option<&'static Predicate> {
    let name = &written.node;
    predicate::predicate(name).or_else(|| {
        let known = predicate::PREDICATES.iter().map(|row| row.name);
        let near = match name.as_str() {
            "map" => "; did you mean `object`?".to_owned(),
            "array" => "; did you mean `list`?".to_owned(),
            "bool" => "; did you mean `boolean`?".to_owned(),
            "numeric" | "integer" | "int" | "float" => "; did you mean `number`?".to_owned(),
            "exists" | "set" | "defined" => "; did you mean `present`?".to_owned(),
            "str" => "; did you mean `string`?".to_owned(),
            "missing" | "null" | "empty" => "; did you mean `absent`?".to_owned(),
            _ => did_you_mean(name, known.clone()),
        };
        let known = known.collect::<Vec<_>>().join(", ");
        let message = format!("there is no predicate called `{name}`{near}");
        let finding = Diagnostic::new(Code::UnknownTest, written.span, message);
        findings.push(finding.help(format!("the predicates are {known}")));
        None
    })
}

pub(super) fn pattern(text: &Text, findings: &mut Findings) -> Option<Pattern> {
    match crate::ops::pattern(&text.text) {
        Ok(pattern) => Some(pattern),
        Err(error) => {
            let range = error.range.unwrap_or(0..text.text.len());
            findings.push(Diagnostic::new(Code::BadTestArgument, text.at(range), error.message));
            None
        }
    }
}

/// The finding for a test that does not exist.
pub(super) fn unknown_test(name: &Name) -> Diagnostic {
    let message = if predicate::predicate(&name.node).is_some() {
        format!("`{0}` is a predicate; write `{{ is: {0} }}`", name.node)
    } else {
        let known = predicate::TESTS.iter().map(|row| row.name);
        let suggestion = match equivalent(&name.node) {
            Some(spelling) => format!("; write {spelling}"),
            None => did_you_mean(&name.node, known),
        };
        format!("there is no test called `{}`{suggestion}", name.node)
    };
    Diagnostic::new(Code::UnknownTest, name.span, message)
}

/// How a test that other languages call `name` is written here.
fn equivalent(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "eq" | "equals" | "equal" | "==" | "=" => "the value alone: `{ $.path: value }`",
        "in" | "one_of" | "any_of" => "the list alone: `{ $.path: [a, b] }`",
        "ne" | "neq" | "not_equals" | "!=" => "`not: value`",
        "not_in" => "`not: [a, b]`",
        "gt" | "greater_than" | "above" | "more" | ">" => "`more_than`",
        "gte" | "ge" | "min" | "minimum" | ">=" => "`at_least`",
        "lt" | "below" | "<" => "`less_than`",
        "lte" | "le" | "max" | "maximum" | "<=" => "`at_most`",
        "match" | "regex" | "regexp" | "pattern" | "like" => "`matches`",
        "includes" | "has" => "`contains`",
        "begins_with" | "prefix" => "`starts_with`",
        "ends_with" | "suffix" => "`matches: 'end$'`",
        "exists" | "exist" => "`is: present`, or the path alone",
        "length" | "count" | "len" => "`size`",
        "type" => "`is: text`, or another predicate",
        _ => return None,
    })
}
