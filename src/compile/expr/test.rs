//! Tests of values.

use super::ExprCompiler;
use crate::compile::{Compiled, test_argument};
use crate::plan::{Constant, Dependencies, ExprKind, Test};
use crate::predicate::{Comparison, Nested};
use crate::syntax::{self, TestKind, ValueKind, ValueNode, YamlValue};

impl ExprCompiler<'_> {
    pub(super) fn test(&mut self, written: &syntax::Test) -> (Test, Dependencies) {
        // An error is reported, so there will be no plan and any test will do.
        self.valid_test(written).unwrap_or_else(|| (Test::All(Box::new([])), Dependencies::default()))
    }

    /// `None`, with findings, when the test is invalid.
    fn valid_test(&mut self, written: &syntax::Test) -> Option<(Test, Dependencies)> {
        let none = Dependencies::default();
        Some(match &written.kind {
            TestKind::Equals(expected) => {
                let expected = self.value(expected);
                (Test::Equals(expected.expr), expected.deps)
            }
            TestKind::OneOf(expected) => {
                let (expected, deps) = self.values(expected, "");
                (Test::OneOf(expected), deps)
            }
            TestKind::All(written) => {
                let (mut tests, mut deps) = (Vec::with_capacity(written.len()), none);
                for test in written {
                    if let Some((test, test_deps)) = self.valid_test(test) {
                        tests.push(test);
                        deps = deps.or(test_deps);
                    }
                }
                (if tests.len() == 1 { tests.remove(0) } else { Test::All(tests.into()) }, deps)
            }
            TestKind::Is { row: _, negated, names } => {
                let is = Test::Is(test_argument::predicates(names, self.findings)?);
                (if *negated { Test::Not(Box::new(is)) } else { is }, none)
            }
            TestKind::Matches(_, pattern) => {
                if !self.counts_pattern(pattern.span) {
                    return None;
                }
                (Test::Matches(test_argument::pattern(pattern, self.findings)?), none)
            }
            TestKind::Nested(_, nested, inner) => {
                let (inner, deps) = self.test(inner);
                let test = match nested {
                    Nested::Not => Test::Not,
                    Nested::Size => Test::Size,
                    Nested::Some => Test::Some,
                    Nested::Every => Test::Every,
                };
                (test(Box::new(inner)), deps)
            }
            TestKind::Compared(_, comparison, expected) => self.compared(comparison, expected),
            TestKind::Unknown(name) => {
                self.report(test_argument::unknown_test(name));
                return None;
            }
        })
    }

    fn compared(&mut self, comparison: &'static Comparison, expected: &ValueNode) -> (Test, Dependencies) {
        let Compiled { mut expr, deps } = self.value(expected);
        if comparison.number_as_text
            && let (ExprKind::Constant(constant), ValueKind::Constant(yaml)) =
                (&mut expr.kind, &expected.kind)
            && let YamlValue::Number(number) = &yaml.node
        {
            *constant = Constant::of_text(number);
        }
        (Test::Compared(comparison, expr), deps)
    }
}
