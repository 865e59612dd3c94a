//! Pipelines: operators applied one after another.

use super::{Evaluator, event_error};
use crate::ops::Call;
use crate::plan::Step;
use crate::run::inputs::Masked;
use crate::run::observer::Observer;
use crate::run::refusal::{Refused, RunResult};
use crate::value::{Arena, Value};

impl<'a, O: Observer> Evaluator<'a, O> {
    /// Applies steps to a value, and to what an observer sees of it unless it is public. A step without a result ends the
    /// pipeline.
    pub(super) fn pipeline(
        &mut self,
        steps: &'a [Step],
        input: Value<'a>,
        mut mask: Option<&'a Masked<'a>>,
    ) -> RunResult<'a, Option<Value<'a>>> {
        let mut value = input;
        for step in steps {
            self.enter_step(step, value, mask);
            self.work_on(value, &step.origin)?;
            let mut context = CallContext { evaluator: self, step, mask, refused: None };
            let output = step.operation.apply(value, &mut context);
            if let Some(refused) = context.refused {
                return Err(refused);
            }
            self.next_element(&step.origin)?;
            mask = self.leave_step(step, output, mask);
            match output {
                Some(output) => value = output,
                None => return Ok(None),
            }
        }
        Ok(Some(value))
    }
}

/// The part of the evaluator that an operation can use.
struct CallContext<'r, 'a, O> {
    evaluator: &'r mut Evaluator<'a, O>,
    step: &'a Step,
    /// What an observer sees of the input, unless it is public.
    mask: Option<&'a Masked<'a>>,
    /// The first refusal by an argument, which an operation cannot return itself.
    refused: Option<Box<Refused<'a>>>,
}

impl<'a, O: Observer> CallContext<'_, 'a, O> {
    fn keep_refusal<T>(&mut self, result: RunResult<'a, T>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(refused) => {
                self.refused.get_or_insert(refused);
                None
            }
        }
    }
}

impl<'a, O: Observer> Call<'a> for CallContext<'_, 'a, O> {
    fn arena(&self) -> &'a Arena {
        self.evaluator.arena
    }

    fn argument(&mut self) -> Option<Value<'a>> {
        let argument = self.evaluator.value(self.step.argument.as_ref()?);
        self.keep_refusal(argument).flatten()
    }

    fn refuse(&mut self, reason: &str) -> Option<Value<'a>> {
        let Step { operator, origin, .. } = self.step;
        self.keep_refusal(Err(event_error(origin, format!("`{}` cannot {reason}", operator.name))))
    }

    fn pipe(&mut self, value: Value<'a>) -> Option<Value<'a>> {
        let part = self.mask.and_then(|mask| self.evaluator.whole_mask(mask.taint));
        let output = self.evaluator.pipeline(&self.step.pipeline, value, part);
        self.keep_refusal(output).flatten()
    }

    fn test(&mut self, value: Option<Value<'a>>) -> bool {
        let Some(test) = &self.step.test else { return false };
        let passed = self.evaluator.passes(test, value, &self.step.origin);
        self.keep_refusal(passed).unwrap_or(false)
    }
}
