//! Conditions and tests.

use super::constant::text_json;
use super::{Compiled, Compiler};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::plan::{Condition, Constant, Dependencies, Expr, ExprKind, Test};
use crate::predicate::{self, Comparison, TestArgKind, TestRun};
use crate::source::Span;
use crate::syntax::{self, ConditionKind, Name, TestKind, Text, ValueKind, Yaml, YamlValue};

impl Compiler<'_> {
    pub(super) fn condition(&mut self, written: &syntax::Condition) -> (Condition, Dependencies) {
        match &written.kind {
            ConditionKind::Present(path) => {
                let made = self.expectations(path);
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
                let made = self.expectations(path);
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

    fn expectations(&mut self, path: &Text) -> Compiled {
        let (kind, deps) = self.path(path);
        Compiled { expr: Expr { kind, origin: self.origin(path.span) }, deps }
    }

    pub(super) fn test(&mut self, written: &syntax::Test) -> (Test, Dependencies) {
        match &written.kind {
            TestKind::Equals(wanted) => {
                let made = self.value(wanted);
                (Test::Equals(made.expr), made.deps)
            }
            TestKind::OneOf(wanted) => {
                let (wanted, deps) = self.values(wanted, "");
                (Test::OneOf(wanted), deps)
            }
            TestKind::Named(tests) => {
                let mut deps = Dependencies::default();
                let mut made: Vec<Test> = tests
                    .iter()
                    .filter_map(|(name, argument)| {
                        let (test, read) = self.named_test(name, argument)?;
                        deps = deps.or(read);
                        Some(test)
                    })
                    .collect();
                let test = if made.len() == 1 { made.remove(0) } else { Test::All(made.into()) };
                (test, deps)
            }
        }
    }

    fn named_test(&mut self, name: &Name, argument: &Yaml) -> Option<(Test, Dependencies)> {
        let Some(row) = predicate::test(&name.node) else {
            let message = if predicate::quality(&name.node).is_some() {
                format!("`{0}` is a quality; write `{{ is: {0} }}`", name.node)
            } else {
                let known = predicate::TESTS.iter().map(|row| row.name);
                let meant = match other_word(&name.node) {
                    Some(words) => format!("; write {words}"),
                    None => did_you_mean(&name.node, known),
                };
                format!("there is no test called `{}`{meant}", name.node)
            };
            self.found(Diagnostic::new(Code::UnknownTest, name.span, message));
            return None;
        };
        let none = Dependencies::default();
        match row.run {
            TestRun::Is { negated } => {
                let is = Test::Is(self.qualities(argument)?);
                Some((if negated { Test::Not(Box::new(is)) } else { is }, none))
            }
            TestRun::Not => Some(self.inner_test(argument, Test::Not)),
            TestRun::Some => Some(self.inner_test(argument, Test::Some)),
            TestRun::Every => Some(self.inner_test(argument, Test::Every)),
            TestRun::Matches => Some((Test::Matches(self.pattern(argument)?), none)),
            TestRun::Size => {
                let (inner, deps) = match &argument.node {
                    YamlValue::Map(_) => {
                        let written = syntax::test(argument, self.findings);
                        self.test(&written)
                    }
                    YamlValue::Number(_) => {
                        let kind = ExprKind::Constant(self.constant(argument));
                        (Test::Equals(Expr { kind, origin: self.origin(argument.span) }), none)
                    }
                    _ => {
                        return self.bad_argument(
                            argument.span,
                            "`size` takes a number, or a test of the number such as `{ at_least: 1 }`",
                        );
                    }
                };
                Some((Test::Size(Box::new(inner)), deps))
            }
            TestRun::Compared(comparison) => self.compared(row, comparison, argument),
        }
    }

    fn inner_test(&mut self, argument: &Yaml, make: fn(Box<Test>) -> Test) -> (Test, Dependencies) {
        let written = syntax::test(argument, self.findings);
        let (inner, deps) = self.test(&written);
        (make(Box::new(inner)), deps)
    }

    fn bad_argument<T>(&mut self, span: Span, message: impl Into<String>) -> Option<T> {
        self.found(Diagnostic::new(Code::BadTestArgument, span, message));
        None
    }

    fn compared(
        &mut self,
        row: &predicate::TestRow,
        comparison: &'static Comparison,
        argument: &Yaml,
    ) -> Option<(Test, Dependencies)> {
        let written = syntax::written(argument, self.findings);
        let fits = match (&written.kind, row.takes) {
            (ValueKind::Path(_), _) => true,
            (ValueKind::Constant(yaml), TestArgKind::Number) => matches!(yaml.node, YamlValue::Number(_)),
            (ValueKind::Constant(yaml), _) => matches!(yaml.node, YamlValue::Text(_) | YamlValue::Number(_)),
            _ => false,
        };
        if !fits {
            let wanted = if row.takes == TestArgKind::Number { "a number" } else { "a text" };
            return self.bad_argument(
                argument.span,
                format!("`{}` takes {wanted}, or a path that gives one", row.name),
            );
        }
        let Compiled { mut expr, deps } = self.value(&written);
        if comparison.number_as_text
            && let (ExprKind::Constant(constant), YamlValue::Number(number)) =
                (&mut expr.kind, &argument.node)
        {
            *constant = Constant::new(text_json(number)).unwrap_or_else(|_| Constant::null());
        }
        Some((Test::Compared(comparison, expr), deps))
    }

    fn qualities(&mut self, argument: &Yaml) -> Option<Box<[&'static predicate::Predicate]>> {
        let words: Vec<&Yaml> = match &argument.node {
            YamlValue::List(words) => words.iter().collect(),
            _ => vec![argument],
        };
        words.into_iter().map(|word| self.quality(word)).collect()
    }

    /// A word after `is:`; `true` and `false` are booleans for YAML.
    pub(super) fn quality(&mut self, word: &Yaml) -> Option<&'static predicate::Predicate> {
        let name = match &word.node {
            YamlValue::Text(name) => name.clone(),
            YamlValue::Bool(truth) => truth.to_string(),
            YamlValue::Null => "null".to_owned(),
            _ => return self.bad_argument(word.span, "`is` takes a word such as `text` or `email`"),
        };
        predicate::quality(&name).or_else(|| {
            let known = predicate::PREDICATES.iter().map(|row| row.name);
            let near = match name.as_str() {
                "map" => "; did you mean `object`?".to_owned(),
                "array" => "; did you mean `list`?".to_owned(),
                "bool" => "; did you mean `boolean`?".to_owned(),
                "numeric" | "integer" | "int" | "float" => "; did you mean `number`?".to_owned(),
                "exists" | "set" | "defined" => "; did you mean `present`?".to_owned(),
                "str" => "; did you mean `string`?".to_owned(),
                "missing" | "null" | "empty" => "; did you mean `absent`?".to_owned(),
                _ => did_you_mean(&name, known.clone()),
            };
            let all = known.collect::<Vec<_>>().join(", ");
            let found = Diagnostic::new(
                Code::UnknownTest,
                word.span,
                format!("there is no quality called `{name}`{near}"),
            );
            self.found(found.help(format!("the qualities are {all}")));
            None
        })
    }

    fn pattern(&mut self, argument: &Yaml) -> Option<regex::Regex> {
        let Some(text) = argument.text() else {
            return self.bad_argument(argument.span, "`matches` takes a regular expression as text");
        };
        match regex::RegexBuilder::new(&text.text).size_limit(1 << 20).build() {
            Ok(pattern) => Some(pattern),
            Err(error) => {
                let (message, range) = predicate::bad_pattern(&text.text, &error);
                self.bad_argument(text.at(range), message)
            }
        }
    }
}

/// How tests of other languages are written here.
fn other_word(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "eq" | "equals" | "equal" | "==" | "=" => "the value alone: `{ $.path: value }`",
        "in" | "one_of" | "any_of" => "the list alone: `{ $.path: [a, b] }`",
        "ne" | "neq" | "not_equals" | "!=" => "`not: value`",
        "not_in" => "`not: [a, b]`",
        "gt" | "greater_than" | "above" | "more" | ">" => "`more_than`",
        "gte" | "ge" | "min" | "minimum" | ">=" => "`at_least`",
        "lt" | "below" | "<" => "`less_than`",
        "lte" | "le" | "max" | "maximum" | "<=" => "`at_most`",
        "match" | "regex" | "regexp" | "pattern" | "like" => "`matches`",
        "includes" | "has" => "`contains`",
        "begins_with" | "prefix" => "`starts_with`",
        "ends_with" | "suffix" => "`matches: 'end$'`",
        "exists" | "exist" => "`is: present`, or the path alone",
        "length" | "count" | "len" => "`size`",
        "type" => "`is: text`, or another quality",
        _ => return None,
    })
}
