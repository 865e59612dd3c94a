//! Templates of a plan.

use super::{ConstantText, Expr, Step};
use crate::template::{Logic, Reference};

/// Text with parts that are filled in.
#[derive(Debug)]
pub struct Template {
    pub(crate) kind: TemplateKind,
}

/// How it is filled in.
#[derive(Debug)]
pub enum TemplateKind {
    /// One part after another.
    Parts(Box<[TemplatePart]>),
    /// With logic: minijinja runs it, with these values under these names.
    Logic(Box<Logic>, Box<[(Reference, Expr)]>),
}

/// A part of a template without logic.
#[derive(Debug)]
pub enum TemplatePart {
    /// Constant text.
    Text(ConstantText),
    /// `{{ value | operator | … }}`; the last value is written when the first is not filled (`or`).
    Value(Expr, Box<[Step]>, Option<Box<TemplatePart>>),
}

impl Template {
    /// Constant text.
    pub(crate) fn text(text: &str) -> Self {
        Self { kind: TemplateKind::Parts(Box::new([TemplatePart::Text(ConstantText::new(text))])) }
    }
}
