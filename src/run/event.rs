//! Runs one event: finds the rule that matches it and performs its action.

use super::candidates::Candidates;
use super::evaluator::Evaluator;
use super::observer::{Observation, Observer, Subject};
use super::prepare::prepare;
use super::refusal::{Refusal, RefusalKind, Refused, RunResult};
use super::request::write_requests;
use crate::plan::{Action, Condition, Rule, RuleId, RuleKey};
use crate::value::Value;
use crate::wire::{AnswerWriter, RefusalLine};

/// The result of one event. No further variant will be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The number of requests, at least one.
    Requests(u32),
    /// The mapping filters this event out, which is not an error.
    Dropped,
    /// There is no request because of an error in the event, the settings or the mapping.
    Refused(Refusal),
}

/// Runs the event and writes its answers. Returns the rule that matched, if any, and the outcome.
pub(crate) fn run_event<O: Observer>(
    mut evaluator: Evaluator<'_, O>,
    mut answer: AnswerWriter<'_>,
) -> (Option<RuleId>, Outcome) {
    let mut rule = None;
    evaluator.begin_answer(answer.length());
    match write_answer(&mut evaluator, &mut rule, &mut answer) {
        Ok(outcome) => (rule, outcome),
        Err(refused) => {
            let Refused { message, kind, origin } = *refused;
            let plan = evaluator.plan();
            answer.refused(&RefusalLine {
                message: &message,
                kind,
                rule: rule.map(|rule| &*plan.rules[rule].origin.address),
                origin: origin.map(|origin| (&*origin.address, plan.sources.place(origin.span).to_string())),
            });
            (rule, Outcome::Refused(Refusal { message, kind }))
        }
    }
}

/// Writes the answers; `matched` is set as soon as the rule is known, so that a refusal can name it.
fn write_answer<'a, O: Observer>(
    evaluator: &mut Evaluator<'a, O>,
    matched: &mut Option<RuleId>,
    answer: &mut AnswerWriter<'_>,
) -> RunResult<'a, Outcome> {
    let (plan, settings) = (evaluator.plan(), evaluator.inputs().settings);
    evaluator.observe(Observation::Settings(settings.config(evaluator.arena())));
    if let Some(refused) = settings.refusal() {
        return Err(refused);
    }
    prepare(evaluator)?;
    let Some(number) = matching_rule(evaluator)? else {
        return Err(Box::new(Refused {
            message: "no rule takes this event".to_owned(),
            kind: RefusalKind::Instrumentation,
            origin: Some(&plan.file_origin),
        }));
    };
    *matched = Some(number);
    let rule = &plan.rules[number];
    evaluator.within_limits(&rule.origin)?;
    let outcome = act(evaluator, rule, answer)?;
    // What no step noticed.
    evaluator.within_limits(&rule.origin)?;
    Ok(outcome)
}

/// Checks what the rule requires of the event, and writes what it makes of it.
fn act<'a, O: Observer>(
    evaluator: &mut Evaluator<'a, O>,
    rule: &'a Rule,
    answer: &mut AnswerWriter<'_>,
) -> RunResult<'a, Outcome> {
    for (number, (check, failure)) in rule.require.iter().enumerate() {
        if !observed_condition(evaluator, Subject::Check(number), Some(check))? {
            return Err(evaluator.refuse(failure));
        }
    }
    match &rule.action {
        Action::Request(requests) => match write_requests(evaluator, requests, answer)? {
            0 => {
                answer.dropped(&rule.origin.address, Some("no request of the rule applies"));
                Ok(Outcome::Dropped)
            }
            count => Ok(Outcome::Requests(count)),
        },
        Action::Fail(failure) => Err(evaluator.refuse(failure)),
        Action::Drop(reason) => {
            let reason = match reason {
                Some(message) => Some(evaluator.text(&message.words, &rule.origin)?),
                None => None,
            };
            answer.dropped(&rule.origin.address, reason);
            Ok(Outcome::Dropped)
        }
    }
}

/// The first rule whose `when` is true.
fn matching_rule<'a, O: Observer>(evaluator: &mut Evaluator<'a, O>) -> RunResult<'a, Option<RuleId>> {
    let (plan, arena) = (evaluator.plan(), evaluator.arena());
    let candidates = if O::ENABLED {
        // An observer sees every rule, and why it does not match.
        Candidates::all(plan.rules.len(), arena)
    } else {
        Candidates::of(&plan.rule_index, arena, |key| {
            let value = match key {
                RuleKey::Field(number) => evaluator.field(*number)?,
                RuleKey::Event(path) => evaluator.event_value(*path),
            };
            Ok(value.and_then(|value| value.text(arena)))
        })?
    };
    for number in candidates {
        if observed_condition(evaluator, Subject::Rule(number), plan.rules[number].when.as_ref())? {
            return Ok(Some(number));
        }
    }
    Ok(None)
}

/// Whether a condition is true, or there is none.
fn observed_condition<'a, O: Observer>(
    evaluator: &mut Evaluator<'a, O>,
    subject: Subject<'_>,
    condition: Option<&'a Condition>,
) -> RunResult<'a, bool> {
    evaluator.observe(Observation::Enter(subject));
    let holds = match condition {
        Some(condition) => evaluator.holds(condition)?,
        None => true,
    };
    evaluator.observe(Observation::Leave(Some(Value::Bool(holds))));
    Ok(holds)
}
