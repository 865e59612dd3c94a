//! Tests of a value: what stands after the path of a condition, and after `keep_if`.

use super::section::absent;
use super::value::written;
use super::yaml::{Entry, Yaml, YamlValue};
use super::{Name, Text, ValueKind, ValueNode};
use crate::diag::{Code, Diagnostic, Findings};
use crate::predicate::{self, Comparison, Nested, TestArgKind, TestRow, TestRun};
use crate::source::{Span, Spanned};

/// What is tested of a value.
#[derive(Clone, Debug)]
pub struct Test {
    /// All of it.
    pub span: Span,
    /// What it is.
    pub kind: TestKind,
}

/// The ways to write a test.
#[derive(Clone, Debug)]
pub enum TestKind {
    /// A constant or a path: equals.
    Equals(Box<ValueNode>),
    /// A list of constants and paths: one of.
    OneOf(Vec<ValueNode>),
    /// `{ name: argument, … }`: all of the named tests, which are the variants below.
    All(Vec<Test>),
    /// `is:` and `is_not:`: one of the qualities, or (negated) none of them; their names are still text.
    Is {
        /// The test's row.
        row: &'static TestRow,
        /// Whether none of them may hold.
        negated: bool,
        /// The names.
        names: Vec<Name>,
    },
    /// `matches:`: a regular expression.
    Matches(&'static TestRow, Text),
    /// A test with another one inside of it.
    Nested(&'static TestRow, Nested, Box<Test>),
    /// A comparison with a constant or a path.
    Compared(&'static TestRow, &'static Comparison, Box<ValueNode>),
    /// A name that no test has.
    Unknown(Name),
}

impl Test {
    /// The values of which a tested value must be one, where that is all that is asked.
    #[must_use]
    pub fn equals(&self) -> &[ValueNode] {
        match &self.kind {
            TestKind::Equals(one) => std::slice::from_ref(one),
            TestKind::OneOf(several) => several,
            TestKind::All(_)
            | TestKind::Is { .. }
            | TestKind::Matches(..)
            | TestKind::Nested(..)
            | TestKind::Compared(..)
            | TestKind::Unknown(_) => &[],
        }
    }
}

/// A test of a value.
pub(super) fn test(yaml: &Yaml, findings: &mut Findings) -> Test {
    let kind = match &yaml.node {
        YamlValue::List(items) => {
            if items.is_empty() {
                findings.push(Diagnostic::new(
                    Code::EmptyList,
                    yaml.span,
                    "no value stands in this list, so the test never holds",
                ));
            }
            TestKind::OneOf(items.iter().map(|item| plain(item, findings)).collect())
        }
        YamlValue::Map(entries) => {
            if entries.is_empty() {
                findings.push(
                    Diagnostic::new(Code::EmptyList, yaml.span, "no test stands here")
                        .help("write `{ is: present }`, for example"),
                );
            }
            TestKind::All(entries.iter().filter_map(|entry| named(entry, yaml, findings)).collect())
        }
        _ => TestKind::Equals(Box::new(plain(yaml, findings))),
    };
    Test { span: yaml.span, kind }
}

fn plain(yaml: &Yaml, findings: &mut Findings) -> ValueNode {
    match &yaml.node {
        YamlValue::List(_) | YamlValue::Map(_) => {
            let form = yaml.form();
            let message = format!(
                "what is compared with is text, a number, `true`, `false` or a path, and this is {form}"
            );
            findings.push(Diagnostic::new(Code::WrongForm, yaml.span, message));
        }
        YamlValue::Text(text) => comparison(yaml.span, text, findings),
        _ => {}
    }
    written(yaml, findings)
}

/// `">100"` compares with that text.
fn comparison(span: Span, text: &str, findings: &mut Findings) {
    let tests = [(">=", "at_least"), ("<=", "at_most"), (">", "more_than"), ("<", "less_than")];
    let Some((rest, name)) =
        tests.iter().find_map(|(sign, name)| Some((text.strip_prefix(sign)?.trim(), name)))
    else {
        return;
    };
    if rest.parse::<f64>().is_ok() {
        let message = format!("this compares with the text `{text}`, sign and all");
        findings.push(
            Diagnostic::new(Code::ComparisonInText, span, message)
                .help(format!("write `{{ {name}: {rest} }}` to compare numbers")),
        );
    }
}

fn named(entry: &Entry, map: &Yaml, findings: &mut Findings) -> Option<Test> {
    if entry.value.is_absent() {
        absent(entry, map, findings);
        return None;
    }
    if entry.key.node.starts_with('$') {
        let message = format!("`{}` begins a condition, and only tests may stand here", entry.key.node);
        findings.push(
            Diagnostic::new(Code::BadCondition, entry.key.span, message)
                .help("the tests are `is`, `matches`, `at_least` and others"),
        );
        return None;
    }
    let kind = by_name(&entry.key, &entry.value, findings)?;
    Some(Test { span: entry.key.span.to(entry.value.span), kind })
}

/// The test of a name, read as its row says.
fn by_name(name: &Name, yaml: &Yaml, findings: &mut Findings) -> Option<TestKind> {
    let Some(row) = predicate::test(&name.node) else { return Some(TestKind::Unknown(name.clone())) };
    Some(match row.run {
        TestRun::Is { negated } => TestKind::Is { row, negated, names: qualities(yaml, findings)? },
        TestRun::Matches => {
            let Some(pattern) = yaml.text() else {
                let message = format!("`{}` takes a regular expression as text", row.name);
                return bad(yaml.span, message, findings);
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
                return bad(yaml.span, message, findings);
            }
            TestKind::Nested(row, nested, Box::new(test(yaml, findings)))
        }
        TestRun::Compared(comparison) => TestKind::Compared(row, comparison, compared(row, yaml, findings)?),
    })
}

fn bad<T>(span: Span, message: impl Into<String>, findings: &mut Findings) -> Option<T> {
    findings.push(Diagnostic::new(Code::BadTestArgument, span, message));
    None
}

/// The words after `is:`, one or a list; `true` and `false` are booleans for YAML.
fn qualities(yaml: &Yaml, findings: &mut Findings) -> Option<Vec<Name>> {
    let words = yaml.items().unwrap_or(std::slice::from_ref(yaml));
    let word = |word: &Yaml, findings: &mut Findings| match &word.node {
        YamlValue::Text(_) | YamlValue::Bool(_) | YamlValue::Null => {
            word.scalar().map(|text| Spanned::new(text.text, word.span))
        }
        _ => bad(word.span, "`is` takes a word such as `text` or `email`", findings),
    };
    words.iter().map(|one| word(one, findings)).collect()
}

/// What a value is compared with: a path, or a constant of the kind that the test takes.
fn compared(row: &TestRow, yaml: &Yaml, findings: &mut Findings) -> Option<Box<ValueNode>> {
    let number = row.takes == TestArgKind::Number;
    let value = written(yaml, findings);
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
    let wanted = if number { "a number" } else { "a text" };
    bad(yaml.span, format!("`{}` takes {wanted}, or a path that gives one", row.name), findings)
}
