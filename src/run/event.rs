//! One event: its settings, the rule that takes it, and what that rule does.

use super::evaluate::Run;
use super::observer::{Observation, Observer, Subject};
use super::refusal::{Refusal, RefusalKind, Refused, RunResult};
use crate::plan::{Action, RuleId};
use crate::value::Value;
use crate::wire::{AnswerWriter, RefusalLine};

/// What an event came to. There will be no fourth outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The number of requests, at least one.
    Requests(u32),
    /// The mapping filters this event, which is no error.
    Dropped,
    /// There is no request, and this is why.
    Refused(Refusal),
}

/// Runs the event and writes its answers; gives the rule that took it, and what it came to.
pub(crate) fn run_event<W: Observer>(
    mut run: Run<'_, W>,
    mut answer: AnswerWriter<'_>,
) -> (Option<RuleId>, Outcome) {
    let mut rule = None;
    match run.event_answer(&mut rule, &mut answer) {
        Ok(outcome) => (rule, outcome),
        Err(refused) => {
            let Refused { message, kind, origin } = *refused;
            answer.refused(&RefusalLine {
                message: &message,
                kind,
                rule: rule.map(|rule| &*run.plan.rules[rule].origin.address),
                origin: origin
                    .map(|origin| (&*origin.address, run.plan.sources.place(origin.span).to_string())),
            });
            (rule, Outcome::Refused(Refusal { message, kind }))
        }
    }
}

impl<'a, W: Observer> Run<'a, W> {
    fn event_answer(
        &mut self,
        chosen: &mut Option<RuleId>,
        answer: &mut AnswerWriter<'_>,
    ) -> RunResult<'a, Outcome> {
        self.observe(Observation::Settings(self.settings.config(self.arena)));
        if let Some(refused) = self.settings.refusal() {
            return Err(refused);
        }
        self.prepare()?;
        let Some(number) = self.choose()? else {
            let words = "no rule takes this event".to_owned();
            let origin = Some(&self.plan.file_origin);
            return Err(Box::new(Refused { message: words, kind: RefusalKind::Instrumentation, origin }));
        };
        *chosen = Some(number);
        let rule = &self.plan.rules[number];
        for (number, (check, failure)) in rule.require.iter().enumerate() {
            self.observe(Observation::Enter(Subject::Check(number)));
            let holds = self.holds(check)?;
            self.observe(Observation::Leave(Some(Value::Bool(holds))));
            if !holds {
                return Err(self.refuse(failure));
            }
        }
        match &rule.action {
            Action::Request(requests) => match self.requests(requests, answer)? {
                0 => {
                    answer.dropped(&rule.origin.address, Some("no request of the rule applies"));
                    Ok(Outcome::Dropped)
                }
                count => Ok(Outcome::Requests(count)),
            },
            Action::Fail(failure) => Err(self.refuse(failure)),
            Action::Drop(reason) => {
                let reason = match reason {
                    Some(words) => Some(self.filled(words, &rule.origin)?),
                    None => None,
                };
                answer.dropped(&rule.origin.address, reason);
                Ok(Outcome::Dropped)
            }
        }
    }

    /// The first rule whose `when` holds.
    fn choose(&mut self) -> RunResult<'a, Option<RuleId>> {
        for number in self.candidates()? {
            self.observe(Observation::Enter(Subject::Rule(number)));
            let holds = match &self.plan.rules[number].when {
                Some(when) => self.holds(when)?,
                None => true,
            };
            self.observe(Observation::Leave(Some(Value::Bool(holds))));
            if holds {
                return Ok(Some(number));
            }
        }
        Ok(None)
    }
}
