//! Templates of a plan.

use super::{Constant, Expr, Step};
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
    Text(Constant),
    /// `{{ value | operator | … }}`; the last value is written when the first is not filled (`or`).
    Value(Expr, Box<[Step]>, Option<Box<TemplatePart>>),
}

impl Template {
    /// Constant text.
    pub(crate) fn text(text: &str) -> Self {
        let mut json = Vec::new();
        crate::value::json(crate::value::Value::Text(text), &mut json);
        let constant = Constant::new(String::from_utf8_lossy(&json).into_owned());
        Self { kind: TemplateKind::Parts(constant.into_iter().map(TemplatePart::Text).collect()) }
    }
}
