//! Conditions and tests.

use super::{Compiler, Made};
use crate::check::{self, Takes};
use crate::diag::{Diagnostic, did_you_mean};
use crate::plan::{Comparison, Condition, Constant, Expr, ExprKind, Reads, Test};
use crate::source::Span;
use crate::spec::{self, ConditionKind, Name, Node, TestKind, Text, WrittenKind, Yaml};

impl Compiler<'_> {
    pub(super) fn condition(&mut self, written: &spec::Condition) -> (Condition, Reads) {
        match &written.kind {
            ConditionKind::Present(path) => {
                let made = self.asked(path);
                (Condition::Present(made.expr), made.reads)
            }
            ConditionKind::Named(name) => {
                let never = (Condition::Any(Box::new([])), Reads::default());
                self.named_condition(&name.node, name.span).unwrap_or(never)
            }
            ConditionKind::All(all) => {
                let (all, reads) = self.conditions(all);
                (Condition::All(all), reads)
            }
            ConditionKind::Any(any) => {
                let (any, reads) = self.conditions(any);
                (Condition::Any(any), reads)
            }
            ConditionKind::Not(inner) => {
                let (inner, reads) = self.condition(inner);
                (Condition::Not(Box::new(inner)), reads)
            }
            ConditionKind::Test(path, test) => {
                let made = self.asked(path);
                let (test, reads) = self.test(test);
                (Condition::Test(made.expr, test), made.reads.or(reads))
            }
        }
    }

    fn conditions(&mut self, written: &[spec::Condition]) -> (Box<[Condition]>, Reads) {
        let mut reads = Reads::default();
        let made = written
            .iter()
            .map(|condition| {
                let (condition, read) = self.condition(condition);
                reads = reads.or(read);
                condition
            })
            .collect();
        (made, reads)
    }

    fn asked(&mut self, path: &Text) -> Made {
        let (kind, reads) = self.path(path);
        Made { expr: Expr { kind, origin: self.origin(path.span) }, reads }
    }

    pub(super) fn test(&mut self, written: &spec::Test) -> (Test, Reads) {
        match &written.kind {
            TestKind::Equals(wanted) => {
                let made = self.value(wanted);
                (Test::Equals(made.expr), made.reads)
            }
            TestKind::OneOf(wanted) => {
                let (wanted, reads) = self.values(wanted, "");
                (Test::OneOf(wanted), reads)
            }
            TestKind::Named(tests) => {
                let mut reads = Reads::default();
                let mut made: Vec<Test> = tests
                    .iter()
                    .filter_map(|(name, argument)| {
                        let (test, read) = self.named_test(name, argument)?;
                        reads = reads.or(read);
                        Some(test)
                    })
                    .collect();
                let test = if made.len() == 1 { made.remove(0) } else { Test::All(made.into()) };
                (test, reads)
            }
        }
    }

    fn named_test(&mut self, name: &Name, argument: &Yaml) -> Option<(Test, Reads)> {
        let Some(row) = check::test(&name.node) else {
            let message = if check::quality(&name.node).is_some() {
                format!("`{0}` is a quality; write `{{ is: {0} }}`", name.node)
            } else {
                let known = check::TESTS.iter().map(|row| row.name);
                let meant = match other_word(&name.node) {
                    Some(words) => format!("; write {words}"),
                    None => did_you_mean(&name.node, known),
                };
                format!("there is no test called `{}`{meant}", name.node)
            };
            self.found(Diagnostic::new("R502", name.span, message));
            return None;
        };
        let none = Reads::default();
        match row.takes {
            Takes::Quality => {
                let is = Test::Is(self.qualities(argument)?);
                Some((if row.name == "is" { is } else { Test::Not(Box::new(is)) }, none))
            }
            Takes::Test => {
                let written = spec::test(argument, self.findings);
                let (inner, reads) = self.test(&written);
                let inner = Box::new(inner);
                let test = match row.name {
                    "not" => Test::Not(inner),
                    "some" => Test::Some(inner),
                    _ => Test::Every(inner),
                };
                Some((test, reads))
            }
            Takes::Pattern => Some((Test::Matches(self.pattern(argument)?), none)),
            Takes::Count => {
                let (inner, reads) = match &argument.node {
                    Node::Map(_) => {
                        let written = spec::test(argument, self.findings);
                        self.test(&written)
                    }
                    Node::Number(_) => {
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
                Some((Test::Size(Box::new(inner)), reads))
            }
            Takes::Text | Takes::Number => self.compared(row, argument),
        }
    }

    fn bad_argument<T>(&mut self, span: Span, message: impl Into<String>) -> Option<T> {
        self.found(Diagnostic::new("R503", span, message));
        None
    }

    fn compared(&mut self, row: &check::TestRow, argument: &Yaml) -> Option<(Test, Reads)> {
        let written = spec::written(argument, self.findings);
        let fits = match (&written.kind, row.takes) {
            (WrittenKind::Path(_), _) => true,
            (WrittenKind::Constant(yaml), Takes::Number) => matches!(yaml.node, Node::Number(_)),
            (WrittenKind::Constant(yaml), _) => matches!(yaml.node, Node::Text(_) | Node::Number(_)),
            _ => false,
        };
        if !fits {
            let wanted = if row.takes == Takes::Number { "a number" } else { "a text" };
            return self.bad_argument(
                argument.span,
                format!("`{}` takes {wanted}, or a path that gives one", row.name),
            );
        }
        let Made { mut expr, reads } = self.value(&written);
        if row.takes == Takes::Text
            && let (ExprKind::Constant(constant), Node::Number(number)) = (&mut expr.kind, &argument.node)
            && row.name != "contains"
        {
            *constant = Constant::of_text(number);
        }
        let test = match row.name {
            "starts_with" => Test::StartsWith(expr),
            "contains" => Test::Contains(expr),
            "equals_ignoring_case" => Test::EqualsIgnoringCase(expr),
            "at_least" => Test::Number(Comparison::AtLeast, expr),
            "more_than" => Test::Number(Comparison::MoreThan, expr),
            "at_most" => Test::Number(Comparison::AtMost, expr),
            _ => Test::Number(Comparison::LessThan, expr),
        };
        Some((test, reads))
    }

    fn qualities(&mut self, argument: &Yaml) -> Option<Box<[&'static check::Quality]>> {
        let words: Vec<&Yaml> = match &argument.node {
            Node::List(words) => words.iter().collect(),
            _ => vec![argument],
        };
        words.into_iter().map(|word| self.quality(word)).collect()
    }

    /// A word after `is:`; `true` and `false` are booleans for YAML.
    pub(super) fn quality(&mut self, word: &Yaml) -> Option<&'static check::Quality> {
        let name = match &word.node {
            Node::Text(name) => name.clone(),
            Node::Bool(truth) => truth.to_string(),
            Node::Null => "null".to_owned(),
            _ => return self.bad_argument(word.span, "`is` takes a word such as `text` or `email`"),
        };
        check::quality(&name).or_else(|| {
            let known = check::QUALITIES.iter().map(|row| row.name);
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
            let found =
                Diagnostic::new("R502", word.span, format!("there is no quality called `{name}`{near}"));
            self.found(found.help(format!("the qualities are {all}")));
            None
        })
    }

    fn pattern(&mut self, argument: &Yaml) -> Option<regex::Regex> {
        let Some(text) = argument.text() else {
            return self.bad_argument(argument.span, "`matches` takes a regular expression as text");
        };
        match crate::ops::pattern(&text.text) {
            Ok(pattern) => Some(pattern),
            Err(wrong) => {
                let range = wrong.range.unwrap_or(0..text.text.len());
                self.bad_argument(text.at(range), wrong.message)
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
