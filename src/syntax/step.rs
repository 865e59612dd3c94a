//! Parses pipelines: steps with their arguments, each parsed as the kind its operator takes.

use super::test::{Test, test};
use super::value::{is_path, is_template, read_value};
use super::yaml::{Entry, Yaml, YamlValue, quote};
use super::{Name, ValueKind, ValueNode};
use crate::diag::{Code, Diagnostic, Findings};
use crate::ops::{ArgKind, operator};
use crate::source::{Span, Spanned};

/// One step of a pipeline: an operator or the name of a pipeline.
#[derive(Clone, Debug)]
pub struct Step {
    /// The whole step.
    pub span: Span,
    /// The operator's name.
    pub name: Name,
    /// The value after the name, if there is one.
    pub argument: Option<Argument>,
    /// The additional keys of the step (`otherwise:`); constants.
    pub with: Vec<Entry>,
}

/// The argument of an operator.
#[derive(Clone, Debug)]
pub enum Argument {
    /// A constant. Also any value where no argument is expected: after the name of a pipeline, of an operator without
    /// arguments, or of an unknown operator.
    Constant(Yaml),
    /// A value.
    Value(ValueNode),
    /// A pipeline, with its whole span.
    Pipeline(Span, Vec<Step>),
    /// A test.
    Test(Test),
}

impl Argument {
    /// All of it.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Constant(yaml) => yaml.span,
            Self::Value(value) => value.span,
            Self::Pipeline(span, _) => *span,
            Self::Test(test) => test.span,
        }
    }
}

impl Step {
    /// The argument, if it is the same for every event.
    #[must_use]
    pub fn constant(&self) -> Option<&Yaml> {
        match self.argument.as_ref()? {
            Argument::Constant(yaml) | Argument::Value(ValueNode { kind: ValueKind::Constant(yaml), .. }) => {
                Some(yaml)
            }
            Argument::Value(_) | Argument::Pipeline(..) | Argument::Test(_) => None,
        }
    }

    /// The argument, if it is a test.
    #[must_use]
    pub fn test(&self) -> Option<&Test> {
        match self.argument.as_ref()? {
            Argument::Test(test) => Some(test),
            Argument::Constant(_) | Argument::Value(_) | Argument::Pipeline(..) => None,
        }
    }
}

/// Parses a pipeline: one step or a list of steps.
pub(super) fn pipeline(yaml: &Yaml, findings: &mut Findings) -> Vec<Step> {
    let YamlValue::List(items) = &yaml.node else { return step(yaml, findings).into_iter().collect() };
    if items.is_empty() {
        findings.push(Diagnostic::new(Code::EmptyList, yaml.span, "this list of steps is empty"));
    }
    items.iter().filter_map(|item| step(item, findings)).collect()
}

fn step(yaml: &Yaml, findings: &mut Findings) -> Option<Step> {
    match &yaml.node {
        YamlValue::Text(name) if !is_path(name) && !is_template(name) && !name.is_empty() => {
            let name = Spanned::new(name.clone(), yaml.span);
            Some(Step { span: yaml.span, name, argument: None, with: Vec::new() })
        }
        YamlValue::Map(entries) if !entries.is_empty() => {
            let (first, with) = entries.split_first()?;
            let argument = (!first.value.is_absent()).then(|| argument(first, findings));
            Some(Step { span: yaml.span, name: first.key.clone(), argument, with: with.to_vec() })
        }
        _ => {
            let is = yaml.text().map_or_else(|| yaml.form().to_owned(), |text| quote(&text.text));
            let message = format!("a step is the name of an operator, and this is {is}");
            let help = "write `lowercase`, or `{ truncate: 100 }` with what the operator needs";
            findings.push(Diagnostic::new(Code::WrongForm, yaml.span, message).help(help));
            None
        }
    }
}

fn argument(entry: &Entry, findings: &mut Findings) -> Argument {
    let yaml = &entry.value;
    match operator(&entry.key.node).map(|row| row.argument) {
        Some(ArgKind::Value(_)) => Argument::Value(read_value(yaml, findings)),
        Some(ArgKind::Pipeline(_)) => Argument::Pipeline(yaml.span, pipeline(yaml, findings)),
        Some(ArgKind::Test(_)) => Argument::Test(test(yaml, findings)),
        Some(ArgKind::None | ArgKind::Constant(_) | ArgKind::Optional(_)) | None => {
            Argument::Constant(yaml.clone())
        }
    }
}
