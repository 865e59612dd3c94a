//! Tests of values.

use super::{Compiled, Compiler};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::plan::{Constant, Dependencies, ExprKind, Test};
use crate::predicate::{self, Comparison, Nested};
use crate::syntax::{self, Name, TestKind, Text, ValueKind, ValueNode, YamlValue};

impl Compiler<'_> {
    pub(super) fn test(&mut self, written: &syntax::Test) -> (Test, Dependencies) {
        // What cannot be compiled is a finding, and the mapping has no plan.
        self.compiled_test(written).unwrap_or_else(|| (Test::All(Box::new([])), Dependencies::default()))
    }

    fn compiled_test(&mut self, written: &syntax::Test) -> Option<(Test, Dependencies)> {
        let none = Dependencies::default();
        Some(match &written.kind {
            TestKind::Equals(wanted) => {
                let made = self.value(wanted);
                (Test::Equals(made.expr), made.deps)
            }
            TestKind::OneOf(wanted) => {
                let (wanted, deps) = self.values(wanted, "");
                (Test::OneOf(wanted), deps)
            }
            TestKind::All(tests) => {
                let (mut made, mut deps) = (Vec::with_capacity(tests.len()), none);
                for test in tests {
                    if let Some((test, read)) = self.compiled_test(test) {
                        made.push(test);
                        deps = deps.or(read);
                    }
                }
                (if made.len() == 1 { made.remove(0) } else { Test::All(made.into()) }, deps)
            }
            TestKind::Is { row: _, negated, names } => {
                let is = Test::Is(self.qualities(names)?);
                (if *negated { Test::Not(Box::new(is)) } else { is }, none)
            }
            TestKind::Matches(_, pattern) => (Test::Matches(self.pattern(pattern)?), none),
            TestKind::Nested(_, nested, inner) => {
                let (inner, deps) = self.test(inner);
                let make = match nested {
                    Nested::Not => Test::Not,
                    Nested::Size => Test::Size,
                    Nested::Some => Test::Some,
                    Nested::Every => Test::Every,
                };
                (make(Box::new(inner)), deps)
            }
            TestKind::Compared(_, comparison, wanted) => self.compared(comparison, wanted),
            TestKind::Unknown(name) => {
                self.unknown_test(name);
                return None;
            }
        })
    }

    fn compared(&mut self, comparison: &'static Comparison, wanted: &ValueNode) -> (Test, Dependencies) {
        let Compiled { mut expr, deps } = self.value(wanted);
        if comparison.number_as_text
            && let (ExprKind::Constant(constant), ValueKind::Constant(yaml)) = (&mut expr.kind, &wanted.kind)
            && let YamlValue::Number(number) = &yaml.node
        {
            *constant = Constant::of_text(number);
        }
        (Test::Compared(comparison, expr), deps)
    }

    fn unknown_test(&mut self, name: &Name) {
        let message = if predicate::predicate(&name.node).is_some() {
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
    }

    fn qualities(&mut self, names: &[Name]) -> Option<Box<[&'static predicate::Predicate]>> {
        names.iter().map(|name| self.quality(name)).collect()
    }

    fn quality(&mut self, word: &Name) -> Option<&'static predicate::Predicate> {
        let name = &word.node;
        predicate::predicate(name).or_else(|| {
            let known = predicate::PREDICATES.iter().map(|row| row.name);
            let near = match name.as_str() {
                "map" => "; did you mean `object`?".to_owned(),
                "array" => "; did you mean `list`?".to_owned(),
                "bool" => "; did you mean `boolean`?".to_owned(),
                "numeric" | "integer" | "int" | "float" => "; did you mean `number`?".to_owned(),
                "exists" | "set" | "defined" => "; did you mean `present`?".to_owned(),
                "str" => "; did you mean `string`?".to_owned(),
                "missing" | "null" | "empty" => "; did you mean `absent`?".to_owned(),
                _ => did_you_mean(name, known.clone()),
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

    fn pattern(&mut self, text: &Text) -> Option<regex::Regex> {
        match crate::ops::pattern(&text.text) {
            Ok(pattern) => Some(pattern),
            Err(wrong) => {
                let range = wrong.range.unwrap_or(0..text.text.len());
                self.found(Diagnostic::new(Code::BadTestArgument, text.at(range), wrong.message));
                None
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
