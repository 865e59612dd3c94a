//! Conditions.

use super::{Compiled, Compiler};
use crate::plan::{Condition, Dependencies, Expr};
use crate::syntax::{self, ConditionKind, Text};

impl Compiler<'_> {
    pub(super) fn condition(&mut self, written: &syntax::Condition) -> (Condition, Dependencies) {
        match &written.kind {
            ConditionKind::Present(path) => {
                let made = self.equality_tests(path);
                (Condition::Present(made.expr), made.deps)
            }
            ConditionKind::Named(name) => {
                let never = (Condition::Any(Box::new([])), Dependencies::default());
                self.named_condition(&name.node, name.span).unwrap_or(never)
            }
            ConditionKind::All(all) => {
                let (all, deps) = self.conditions(all);
                (Condition::All(all), deps)
            }
            ConditionKind::Any(any) => {
                let (any, deps) = self.conditions(any);
                (Condition::Any(any), deps)
            }
            ConditionKind::Not(inner) => {
                let (inner, deps) = self.condition(inner);
                (Condition::Not(Box::new(inner)), deps)
            }
            ConditionKind::Test(path, test) => {
                let made = self.equality_tests(path);
                let (test, deps) = self.test(test);
                (Condition::Test(made.expr, test), made.deps.or(deps))
            }
        }
    }

    fn conditions(&mut self, written: &[syntax::Condition]) -> (Box<[Condition]>, Dependencies) {
        let mut deps = Dependencies::default();
        let made = written
            .iter()
            .map(|condition| {
                let (condition, read) = self.condition(condition);
                deps = deps.or(read);
                condition
            })
            .collect();
        (made, deps)
    }

    fn equality_tests(&mut self, path: &Text) -> Compiled {
        let (kind, deps) = self.path(path);
        Compiled { expr: Expr { kind, origin: self.origin(path.span) }, deps }
    }
}
