//! Pipelines: operators one after another; missing ends them.

use super::evaluate::Run;
use super::refusal::{Outcome, Refused};
use super::watch::{Seen, Subject, Watch};
use crate::ops::Call;
use crate::plan::Step;
use crate::value::{Arena, Value};

impl<'a, W: Watch> Run<'a, W> {
    pub(super) fn pipeline(&mut self, steps: &'a [Step], input: Value<'a>) -> Outcome<'a, Option<Value<'a>>> {
        let mut value = input;
        for step in steps {
            self.see(Seen::Enter(Subject::Step(step, value)));
            let mut lent = Lent { run: self, step, refused: None };
            let output = step.operation.apply(value, &mut lent);
            if let Some(refused) = lent.refused {
                return Err(refused);
            }
            self.see(Seen::Leave(output));
            match output {
                Some(output) => value = output,
                None => return Ok(None),
            }
        }
        Ok(Some(value))
    }
}

/// What an operation may use of the run.
struct Lent<'r, 'a, W> {
    run: &'r mut Run<'a, W>,
    step: &'a Step,
    /// A field inside an argument refused the event.
    refused: Option<Box<Refused<'a>>>,
}

impl<'a, W: Watch> Lent<'_, 'a, W> {
    fn note<T>(&mut self, outcome: Outcome<'a, T>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(refused) => {
                self.refused.get_or_insert(refused);
                None
            }
        }
    }
}

impl<'a, W: Watch> Call<'a> for Lent<'_, 'a, W> {
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
