//! The questions by which a rule can be found: which texts a value must equal for its `when` to hold.

use super::Compiler;
use crate::plan::{Condition, EqualityTest, Expr, ExprKind, RuleKey, Test, Variable};

impl Compiler<'_> {
    pub(super) fn questions(&self, when: Option<&Condition>) -> Vec<EqualityTest> {
        let mut questions = Vec::new();
        if let Some(when) = when.filter(|_| !self.nesting.endless) {
            self.collect(when, &mut questions);
        }
        questions
    }

    fn collect(&self, condition: &Condition, questions: &mut Vec<EqualityTest>) {
        match condition {
            Condition::All(all) => all.iter().for_each(|inner| self.collect(inner, questions)),
            Condition::Named(number) => self.collect(&self.conditions[*number], questions),
            Condition::Test(expr, test) => {
                let texts: Option<Vec<Box<str>>> = match test {
                    Test::Equals(wanted) => constant_text(wanted).map(|text| vec![text]),
                    Test::OneOf(wanted) => wanted.iter().map(constant_text).collect(),
                    _ => None,
                };
                if let (Some(key), Some(texts)) = (self.key(expr), texts)
                    && !questions.iter().any(|(known, _)| *known == key)
                {
                    questions.push((key, texts));
                }
            }
            Condition::Present(_) | Condition::Any(_) | Condition::Not(_) => {}
        }
    }

    /// A value that can be looked at before the conditions that stand before it: it must not refuse an event.
    fn key(&self, expr: &Expr) -> Option<RuleKey> {
        match &expr.kind {
            ExprKind::Event(path) => Some(RuleKey::Event(*path)),
            ExprKind::Named(Variable::Field(number), steps, None) if steps.is_empty() => {
                (!self.field_deps[*number].refuses).then_some(RuleKey::Field(*number))
            }
            _ => None,
        }
    }
}

fn constant_text(expr: &Expr) -> Option<Box<str>> {
    match &expr.kind {
        ExprKind::Constant(constant) => constant.text().map(Into::into),
        _ => None,
    }
}
