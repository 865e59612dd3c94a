//! Pipelines: the input and output of each step.

use super::constant::known as known_of;
use super::fact::{Misuse, StepOutput};
use super::operator::misuse;
use super::test::constraint_of;
use super::{Analysis, Visitor};
use crate::abstract_value::{AbstractValue, Constraint, Unit};
use crate::ops::{Args, EffectArgs, Operator, ValueArg, operator};
use crate::source::Span;
use crate::syntax::{Argument, Step, ValueKind, Visit, Yaml};
use crate::value::Arena;

/// Maximum depth to which named pipelines are followed. Cycles are reported elsewhere.
const MAX_DEPTH: usize = 16;

/// What is known of an operator's argument.
#[derive(Default)]
struct StepArgument<'s> {
    constant: Option<&'s Yaml>,
    value: Option<AbstractValue>,
    test: Option<Constraint>,
}

impl<V: Visitor> Analysis<'_, V> {
    /// The output of a pipeline for an input.
    pub(super) fn steps(&mut self, steps: &[Step], known: AbstractValue) -> AbstractValue {
        let mut previous = None;
        self.run(steps, known, &mut previous, 0)
    }

    fn run(
        &mut self,
        steps: &[Step],
        mut known: AbstractValue,
        previous: &mut Option<Span>,
        depth: usize,
    ) -> AbstractValue {
        for step in steps {
            if let Some(index) = self.symbols.transform(&step.name.node) {
                if depth < MAX_DEPTH {
                    let mapping = self.mapping;
                    known = self.run(&mapping.transforms[index].node, known, previous, depth + 1);
                }
                continue;
            }
            known = self.step(step, &known, *previous);
            *previous = Some(step.span);
        }
        known
    }

    fn step(&mut self, step: &Step, known: &AbstractValue, previous: Option<Span>) -> AbstractValue {
        let Some(row) = operator(&step.name.node) else { return AbstractValue::default() };
        let argument = self.argument(row, step);
        let span = step.name.span;
        if let Some(misuse) = misuse(row, known) {
            self.visitor.misuse(misuse, row, known, span, previous);
            return AbstractValue::default();
        }
        let arena = Arena::new();
        let constant = argument.constant;
        let with: Vec<_> =
            step.with.iter().map(|entry| (entry.key.node.as_str(), entry.value.value(&arena))).collect();
        let args = EffectArgs {
            constant: Args {
                argument: constant.map(|yaml| yaml.value(&arena)),
                with: &with,
                destination: None,
                arena: &arena,
            },
            value: argument.value.as_ref(),
            test: argument.test.as_ref(),
        };
        if known.unit == Some(Unit::Seconds) && (row.meaning.reads_millis)(&args.constant) {
            self.visitor.misuse(Misuse::SecondsAsMillis, row, known, span, previous);
        }
        let output = row.output(&args, known);
        if let Some(yaml) = constant {
            let argument = yaml.span;
            self.visitor.step(&StepOutput { row, argument, input: known, output: &output });
        }
        output
    }

    /// Analyses the argument of a step.
    fn argument<'s>(&mut self, row: &Operator, step: &'s Step) -> StepArgument<'s> {
        let mut argument = StepArgument::default();
        match step.argument.as_ref() {
            None => {}
            Some(Argument::Value(value)) => {
                let known = match &value.kind {
                    // This operator takes the text of a path, not its value.
                    ValueKind::Constant(yaml) if row.meaning.value == ValueArg::Path => known_of(yaml),
                    _ => self.value(value),
                };
                self.visitor.argument(row, value, &known);
                argument.value = Some(known);
            }
            Some(Argument::Pipeline(_, steps)) => {
                self.steps(steps, AbstractValue::event());
            }
            Some(Argument::Test(test)) => {
                self.visit_test(test);
                argument.test = Some(constraint_of(test));
            }
            Some(Argument::Constant(yaml)) => {
                argument.constant = Some(yaml);
                let pattern = row.meaning.pattern.and_then(|key| yaml.get(key)?.value.text());
                if let Some(pattern) = pattern {
                    self.visitor.pattern(&pattern);
                }
            }
        }
        argument
    }
}
