//! Tests of a value: what stands after the path of a condition, and after `keep_if`.

use super::section::absent;
use super::value::written;
use super::yaml::{Entry, Yaml, YamlValue};
use super::{Name, Text, ValueKind, ValueNode};
use crate::diag::{Code, Diagnostic, Findings};
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
    /// `is:`: one of the qualities; their names are still text.
    Is(Vec<Name>),
    /// `is_not:`: none of the qualities.
    IsNot(Vec<Name>),
    /// `not:`.
    Not(Box<Test>),
    /// `matches:`: a regular expression.
    Matches(Text),
    /// A comparison with a text.
    Text(TextTest, Box<ValueNode>),
    /// A comparison with a number.
    Number(Comparison, Box<ValueNode>),
    /// `size:`: a test of the number of elements, members or characters.
    Size(Box<Test>),
    /// `some:`.
    Some(Box<Test>),
    /// `every:`.
    Every(Box<Test>),
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
            | TestKind::Is(_)
            | TestKind::IsNot(_)
            | TestKind::Not(_)
            | TestKind::Matches(_)
            | TestKind::Text(..)
            | TestKind::Number(..)
            | TestKind::Size(_)
            | TestKind::Some(_)
            | TestKind::Every(_)
            | TestKind::Unknown(_) => &[],
        }
    }
}

/// The comparisons with a text (or a path that gives one).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextTest {
    /// `starts_with:`.
    StartsWith,
    /// `contains:`.
    Contains,
    /// `equals_ignoring_case:`.
    EqualsIgnoringCase,
}

/// The comparisons with a number (or a path that gives one).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `at_least:`.
    AtLeast,
    /// `more_than:`.
    MoreThan,
    /// `at_most:`.
    AtMost,
    /// `less_than:`.
    LessThan,
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

/// The test of a name. A name and its variant stand here once; the table of tests is held to this by a test.
fn by_name(name: &Name, yaml: &Yaml, findings: &mut Findings) -> Option<TestKind> {
    let inner = |findings: &mut Findings| Box::new(test(yaml, findings));
    Some(match name.node.as_str() {
        "is" => TestKind::Is(qualities(yaml, findings)?),
        "is_not" => TestKind::IsNot(qualities(yaml, findings)?),
        "not" => TestKind::Not(inner(findings)),
        "matches" => match yaml.text() {
            Some(pattern) => TestKind::Matches(pattern),
            None => return bad(yaml.span, "`matches` takes a regular expression as text", findings),
        },
        "starts_with" => TestKind::Text(TextTest::StartsWith, compared(name, yaml, false, findings)?),
        "contains" => TestKind::Text(TextTest::Contains, compared(name, yaml, false, findings)?),
        "equals_ignoring_case" => {
            TestKind::Text(TextTest::EqualsIgnoringCase, compared(name, yaml, false, findings)?)
        }
        "at_least" => TestKind::Number(Comparison::AtLeast, compared(name, yaml, true, findings)?),
        "more_than" => TestKind::Number(Comparison::MoreThan, compared(name, yaml, true, findings)?),
        "at_most" => TestKind::Number(Comparison::AtMost, compared(name, yaml, true, findings)?),
        "less_than" => TestKind::Number(Comparison::LessThan, compared(name, yaml, true, findings)?),
        "size" => match &yaml.node {
            YamlValue::Map(_) | YamlValue::Number(_) => TestKind::Size(inner(findings)),
            _ => {
                let message = "`size` takes a number, or a test of the number such as `{ at_least: 1 }`";
                return bad(yaml.span, message, findings);
            }
        },
        "some" => TestKind::Some(inner(findings)),
        "every" => TestKind::Every(inner(findings)),
        _ => TestKind::Unknown(name.clone()),
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
fn compared(name: &Name, yaml: &Yaml, number: bool, findings: &mut Findings) -> Option<Box<ValueNode>> {
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
    bad(yaml.span, format!("`{}` takes {wanted}, or a path that gives one", name.node), findings)
}
