//! Pipelines: operators one after another; missing ends them.

use super::evaluate::Run;
use super::observer::{Observation, Observer, Subject};
use super::refusal::{Refused, RunResult};
use crate::ops::Call;
use crate::plan::Step;
use crate::value::{Arena, Value};

impl<'a, W: Observer> Run<'a, W> {
    pub(super) fn pipeline(
        &mut self,
        steps: &'a [Step],
        input: Value<'a>,
    ) -> RunResult<'a, Option<Value<'a>>> {
        let mut value = input;
        for step in steps {
            self.observe(Observation::Enter(Subject::Step(step, value)));
            let mut context = CallContext { run: self, step, refused: None };
            let output = step.operation.apply(value, &mut context);
            if let Some(refused) = context.refused {
                return Err(refused);
            }
            self.observe(Observation::Leave(output));
            match output {
                Some(output) => value = output,
                None => return Ok(None),
            }
        }
        Ok(Some(value))
    }
}

/// What an operation may use of the run.
struct CallContext<'r, 'a, W> {
    run: &'r mut Run<'a, W>,
    step: &'a Step,
    /// A field inside an argument refused the event.
    refused: Option<Box<Refused<'a>>>,
}

impl<'a, W: Observer> CallContext<'_, 'a, W> {
    fn note<T>(&mut self, outcome: RunResult<'a, T>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(refused) => {
                self.refused.get_or_insert(refused);
                None
            }
        }
    }
}

impl<'a, W: Observer> Call<'a> for CallContext<'_, 'a, W> {
    fn arena(&self) -> &'a Arena {
        self.run.arena
    }

    fn argument(&mut self) -> Option<Value<'a>> {
        let argument = self.run.value(self.step.argument.as_ref()?);
        self.note(argument).flatten()
    }

    fn pipe(&mut self, value: Value<'a>) -> Option<Value<'a>> {
        let output = self.run.pipeline(&self.step.pipeline, value);
        self.note(output).flatten()
    }

    fn test(&mut self, value: Option<Value<'a>>) -> bool {
        let Some(test) = &self.step.test else { return false };
        let passed = self.run.passes(test, value);
        self.note(passed).unwrap_or(false)
    }
}
