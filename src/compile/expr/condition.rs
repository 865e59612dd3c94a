//! Conditions.

use super::ExprCompiler;
use crate::compile::Compiled;
use crate::plan::{Condition, Dependencies, Expr};
use crate::syntax::{self, ConditionKind, Text};

impl ExprCompiler<'_> {
    pub(in crate::compile) fn condition(&mut self, written: &syntax::Condition) -> (Condition, Dependencies) {
        match &written.kind {
            ConditionKind::Present(path) => {
                let operand = self.operand(path);
                (Condition::Present(operand.expr), operand.deps)
            }
            ConditionKind::Named(name) => {
                let never = (Condition::Any(Box::new([])), Dependencies::default());
                self.named_condition(&name.node, name.span).unwrap_or(never)
            }
            ConditionKind::All(conditions) => {
                let (conditions, deps) = self.conditions(conditions);
                (Condition::All(conditions), deps)
            }
            ConditionKind::Any(conditions) => {
                let (conditions, deps) = self.conditions(conditions);
                (Condition::Any(conditions), deps)
            }
            ConditionKind::Not(inner) => {
                let (inner, deps) = self.condition(inner);
                (Condition::Not(Box::new(inner)), deps)
            }
            ConditionKind::Test(path, test) => {
                let operand = self.operand(path);
                let (test, deps) = self.test(test);
                (Condition::Test(operand.expr, test), operand.deps.or(deps))
            }
        }
    }

    pub(in crate::compile) fn optional_condition(
        &mut self,
        when: Option<&syntax::Condition>,
    ) -> (Option<Condition>, Dependencies) {
        when.map_or((None, Dependencies::default()), |when| {
            let (condition, deps) = self.condition(when);
            (Some(condition), deps)
        })
    }

    fn conditions(&mut self, written: &[syntax::Condition]) -> (Box<[Condition]>, Dependencies) {
        let mut deps = Dependencies::default();
        let conditions = written
            .iter()
            .map(|condition| {
                let (condition, condition_deps) = self.condition(condition);
                deps = deps.or(condition_deps);
                condition
            })
            .collect();
        (conditions, deps)
    }

    /// The value that a condition tests.
    fn operand(&mut self, path: &Text) -> Compiled {
        let (kind, deps) = self.path(path);
        Compiled { expr: Expr { kind, origin: self.origin(path.span) }, deps }
    }
}
