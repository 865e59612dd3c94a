//! Parses tests of a value: after the path of a condition, and after `keep_if`.

use super::section::report_missing_value;
use super::value::read_value;
use super::yaml::{Entry, Yaml, YamlValue};
use super::{Name, Text, ValueKind, ValueNode};
use crate::diag::{Code, Diagnostic, Findings};
use crate::predicate::{self, Comparison, Nested, TestArgKind, TestRow, TestRun};
use crate::source::{Span, Spanned};

/// A test of a value.
#[derive(Clone, Debug)]
pub struct Test {
    /// All of it.
    pub span: Span,
    /// What it is.
    pub kind: TestKind,
}

/// The forms of a test.
#[derive(Clone, Debug)]
pub enum TestKind {
    /// A constant or a path: the value equals it.
    Equals(Box<ValueNode>),
    /// A list of constants and paths: the value equals one of them.
    OneOf(Vec<ValueNode>),
    /// `{ name: argument, … }`: all of the named tests hold; they are the variants below.
    All(Vec<Test>),
    /// `is:` and `is_not:`: one of the predicates holds, or (negated) none does. Their names are not resolved yet.
    Is {
        /// The test's row.
        row: &'static TestRow,
        /// Whether none of them may hold.
        negated: bool,
        /// The names of the predicates.
        names: Vec<Name>,
    },
    /// `matches:`: a regular expression.
    Matches(&'static TestRow, Text),
    /// A test that contains another test.
    Nested(&'static TestRow, Nested, Box<Test>),
    /// A comparison with a constant or a path.
    Compared(&'static TestRow, &'static Comparison, Box<ValueNode>),
    /// The name of an unknown test.
    Unknown(Name),
}

impl Test {
    /// The values that an equality test compares with; empty for other tests.
    #[must_use]
    pub fn equals(&self) -> &[ValueNode] {
        match &self.kind {
            TestKind::Equals(value) => std::slice::from_ref(value),
            TestKind::OneOf(values) => values,
            TestKind::All(_)
            | TestKind::Is { .. }
            | TestKind::Matches(..)
            | TestKind::Nested(..)
            | TestKind::Compared(..)
            | TestKind::Unknown(_) => &[],
        }
    }
}

/// Parses a test of a value.
pub(super) fn test(yaml: &Yaml, findings: &mut Findings) -> Test {
    let kind = match &yaml.node {
        YamlValue::List(items) => {
            if items.is_empty() {
                findings.push(Diagnostic::new(
                    Code::EmptyList,
                    yaml.span,
                    "this list is empty, so the test never holds",
                ));
            }
            TestKind::OneOf(items.iter().map(|item| operand(item, findings)).collect())
        }
        YamlValue::Map(entries) => {
            if entries.is_empty() {
                findings.push(
                    Diagnostic::new(Code::EmptyList, yaml.span, "this test is empty")
                        .help("write `{ is: present }`, for example"),
                );
            }
            TestKind::All(entries.iter().filter_map(|entry| named_test(entry, yaml, findings)).collect())
        }
        _ => TestKind::Equals(Box::new(operand(yaml, findings))),
    };
    Test { span: yaml.span, kind }
}

fn operand(yaml: &Yaml, findings: &mut Findings) -> ValueNode {
    match &yaml.node {
        YamlValue::List(_) | YamlValue::Map(_) => {
            let form = yaml.form();
            let message = format!(
                "a value to compare with must be text, a number, `true`, `false` or a path, and this is {form}"
            );
            findings.push(Diagnostic::new(Code::WrongForm, yaml.span, message));
        }
        YamlValue::Text(text) => warn_comparison_in_text(yaml.span, text, findings),
        _ => {}
    }
    read_value(yaml, findings)
}

/// Warns about `">100"`, which compares with that text.
fn warn_comparison_in_text(span: Span, text: &str, findings: &mut Findings) {
    let tests = [(">=", "at_least"), ("<=", "at_most"), (">", "more_than"), ("<", "less_than")];
    let Some((rest, name)) =
        tests.iter().find_map(|(sign, name)| Some((text.strip_prefix(sign)?.trim(), name)))
    else {
        return;
    };
    if rest.parse::<f64>().is_ok() {
        let message = format!("this compares with the text `{text}`, including the sign");
        findings.push(
            Diagnostic::new(Code::ComparisonInText, span, message)
                .help(format!("write `{{ {name}: {rest} }}` to compare numbers")),
        );
    }
}

fn named_test(entry: &Entry, map: &Yaml, findings: &mut Findings) -> Option<Test> {
    if entry.value.is_absent() {
        report_missing_value(entry, map, findings);
        return None;
    }
    if entry.key.node.starts_with('$') {
        let message = format!("`{}` begins a condition, but only tests are allowed here", entry.key.node);
        findings.push(
            Diagnostic::new(Code::BadCondition, entry.key.span, message)
                .help("the tests are `is`, `matches`, `at_least` and others"),
        );
        return None;
    }
    let kind = test_by_name(&entry.key, &entry.value, findings)?;
    Some(Test { span: entry.key.span.to(entry.value.span), kind })
}

/// Parses the test called `name`, with the argument that its row expects.
fn test_by_name(name: &Name, yaml: &Yaml, findings: &mut Findings) -> Option<TestKind> {
    let Some(row) = predicate::test(&name.node) else { return Some(TestKind::Unknown(name.clone())) };
    Some(match row.run {
        TestRun::Is { negated } => TestKind::Is { row, negated, names: predicate_names(yaml, findings)? },
        TestRun::Matches => {
            let Some(pattern) = yaml.text() else {
                let message = format!("`{}` takes a regular expression as text", row.name);
                return report_bad_argument(yaml.span, message, findings);
            };
            TestKind::Matches(row, pattern)
        }
        TestRun::Nested(nested) => {
            if row.takes == TestArgKind::Count
                && !matches!(yaml.node, YamlValue::Map(_) | YamlValue::Number(_))
            {
                let name = row.name;
                let message =
                    format!("`{name}` takes a number, or a test of the number such as `{{ at_least: 1 }}`");
                return report_bad_argument(yaml.span, message, findings);
            }
            TestKind::Nested(row, nested, Box::new(test(yaml, findings)))
        }
        TestRun::Compared(comparison) => {
            TestKind::Compared(row, comparison, comparison_operand(row, yaml, findings)?)
        }
    })
}

fn report_bad_argument<T>(span: Span, message: impl Into<String>, findings: &mut Findings) -> Option<T> {
    findings.push(Diagnostic::new(Code::BadTestArgument, span, message));
    None
}

/// The predicate names after `is:`, one or a list; YAML reads `true` and `false` as booleans.
fn predicate_names(yaml: &Yaml, findings: &mut Findings) -> Option<Vec<Name>> {
    let names = yaml.items().unwrap_or(std::slice::from_ref(yaml));
    let name = |yaml: &Yaml, findings: &mut Findings| match &yaml.node {
        YamlValue::Text(_) | YamlValue::Bool(_) | YamlValue::Null => {
            yaml.scalar().map(|text| Spanned::new(text.text, yaml.span))
        }
        _ => report_bad_argument(yaml.span, "`is` takes a name such as `text` or `email`", findings),
    };
    names.iter().map(|yaml| name(yaml, findings)).collect()
}

/// Parses the operand of a comparison: a path, or a constant of the type the test takes.
fn comparison_operand(row: &TestRow, yaml: &Yaml, findings: &mut Findings) -> Option<Box<ValueNode>> {
    let number = row.takes == TestArgKind::Number;
    let value = read_value(yaml, findings);
    let fits = match &value.kind {
        ValueKind::Path(_) => true,
        ValueKind::Constant(yaml) => match yaml.node {
            YamlValue::Number(_) => true,
            YamlValue::Text(_) => !number,
            _ => false,
        },
        ValueKind::Template(_) | ValueKind::Map(..) | ValueKind::List(_) | ValueKind::Rule(_) => false,
    };
    if fits {
        return Some(Box::new(value));
    }
    let expected = if number { "a number" } else { "text" };
    report_bad_argument(yaml.span, format!("`{}` takes {expected} or a path", row.name), findings)
}
