//! Pipelines: what each step gets and gives.

use super::Lint;
use super::symbols::Symbol;
use super::test::says;
use crate::abstract_value::{AbstractValue, Constraint, Scalar};
use crate::diag::{Code, Diagnostic};
use crate::ops::{Args, EffectArgs, Operator, ValueArg, operator};
use crate::path::Segment as PathStep;
use crate::source::Span;
use crate::syntax::{Argument, Step, ValueKind, ValueNode, ValueRule, ValueSource, Visit, Yaml};
use crate::value::Arena;

/// Pipelines that use each other are followed so far; circles are a finding of their own.
const MAX_DEPTH: usize = 16;

/// Identifiers of every event; they may look like numbers and are none.
const IDENTIFIERS: [&str; 5] = ["userId", "anonymousId", "groupId", "previousId", "messageId"];

/// What is known of what stands after an operator's name.
#[derive(Default)]
struct Inside<'s> {
    constant: Option<&'s Yaml>,
    value: Option<AbstractValue>,
    test: Option<Constraint>,
}

impl Lint<'_, '_> {
    /// What a pipeline makes of a value.
    pub(super) fn steps(&mut self, steps: &[Step], known: AbstractValue) -> AbstractValue {
        let mut before = None;
        self.run(steps, known, &mut before, 0)
    }

    fn run(
        &mut self,
        steps: &[Step],
        mut known: AbstractValue,
        before: &mut Option<Span>,
        depth: usize,
    ) -> AbstractValue {
        for step in steps {
            if let Some(at) = self.known.transform(&step.name.node) {
                if depth < MAX_DEPTH {
                    let mapping = self.mapping;
                    known = self.run(&mapping.transforms[at].node, known, before, depth + 1);
                }
                continue;
            }
            known = self.step(step, &known, *before);
            *before = Some(step.span);
        }
        known
    }

    fn step(&mut self, step: &Step, known: &AbstractValue, before: Option<Span>) -> AbstractValue {
        let Some(row) = operator(&step.name.node) else { return AbstractValue::default() };
        let inside = self.argument(row, step);
        let place = step.name.span;
        if let Some(found) = super::operator::unfit(row, known, place) {
            self.found(match before {
                Some(before) => found.related(before, format!("this gives {}", known.kinds.words())),
                None => found,
            });
            return AbstractValue::default();
        }
        let arena = Arena::new();
        let constant = inside.constant;
        let with: Vec<_> =
            step.with.iter().map(|entry| (entry.key.node.as_str(), entry.value.value(&arena))).collect();
        let args = EffectArgs {
            constant: Args { argument: constant.map(|yaml| yaml.value(&arena)), with: &with, arena: &arena },
            value: inside.value.as_ref(),
            test: inside.test.as_ref(),
        };
        let output = row.output(&args, known);
        if let Some(yaml) = constant {
            let argument = self.sources.slice(yaml.span);
            let found = super::operator::nothing_left(row, argument, known, &output, yaml.span);
            self.findings.extend(found);
        }
        output
    }

    /// What stands after the operator's name.
    fn argument<'s>(&mut self, row: &Operator, step: &'s Step) -> Inside<'s> {
        let mut inside = Inside::default();
        match step.argument.as_ref() {
            None => {}
            Some(Argument::Value(value)) => {
                let known = match &value.kind {
                    // The text of a path is what this one wants.
                    ValueKind::Constant(yaml) if row.meaning.value == ValueArg::Path => {
                        super::constant::known(yaml)
                    }
                    _ => self.value(value),
                };
                self.factor(row, value, &known);
                inside.value = Some(known);
            }
            Some(Argument::Pipeline(_, steps)) => {
                self.steps(steps, AbstractValue::event());
            }
            Some(Argument::Test(test)) => {
                self.visit_test(test);
                inside.test = Some(says(test));
            }
            Some(Argument::Constant(yaml)) => {
                inside.constant = Some(yaml);
                let pattern = row.meaning.pattern.and_then(|key| yaml.get(key)?.value.text());
                if let Some(pattern) = pattern {
                    self.pattern(&pattern);
                }
            }
        }
        inside
    }

    /// Something to calculate with that is no number.
    fn factor(&mut self, row: &Operator, argument: &ValueNode, known: &AbstractValue) {
        let number = |plain: &Scalar| plain.text().is_none_or(|text| text.trim().parse::<f64>().is_ok());
        let wrong = match &known.values {
            Some(values) => !values.is_empty() && !values.iter().any(number),
            None => known.is_collection(),
        };
        if row.meaning.value == ValueArg::Number && wrong {
            let message = format!("`{}` needs a number, and this is none", row.name);
            self.found(
                Diagnostic::new(Code::BadArgument, argument.span, message)
                    .help("a path to one begins with `$.`"),
            );
        }
    }

    /// An identifier that is made a number.
    pub(super) fn identifier(&mut self, rule: &ValueRule) {
        let ValueSource::From(entries) = &rule.source else { return };
        let Some(step) = rule
            .transform
            .iter()
            .find(|step| operator(&step.name.node).is_some_and(|row| row.meaning.reads_numbers))
        else {
            return;
        };
        let identifier = entries.iter().find_map(|entry| {
            let ValueKind::Path(path) = &entry.kind else { return None };
            let reading = self.known.peek(path)?;
            match reading.steps.last() {
                Some(PathStep::Name(name))
                    if reading.root == Symbol::Event && IDENTIFIERS.contains(&&**name) =>
                {
                    Some(path.text.clone())
                }
                _ => None,
            }
        });
        if let Some(path) = identifier {
            let message =
                format!("`{path}` is an identifier: as a number it loses leading zeros and its last digits");
            self.found(Diagnostic::new(Code::IdentifierAsNumber, step.name.span, message));
        }
    }
}
