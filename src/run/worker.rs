//! The run of one line after another.

use super::answer::Line;
use super::evaluate::Run;
use super::observer::{Observation, Observer, Subject};
use super::refusal::{Refusal, RefusalKind, Refused, RunResult};
use super::settings::Settings;
use crate::json::{Document, Limits, Node, Tape};
use crate::plan::{Action, Plan, RuleId};
use crate::value::{Arena, Kind, Value};

/// How a line is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// Each line is an event; the settings are the same for all.
    Events,
    /// Each line is `{"message":…, "destination":{"Config":…}, "metadata":…, "connection":…}`.
    Envelopes,
}

/// What became of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The rule that took the event, if one did.
    pub rule: Option<RuleId>,
    /// What it came to.
    pub outcome: Outcome,
}

/// What a line came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// So many requests.
    Requests(u32),
    /// The mapping filters this event.
    Dropped,
    /// An error.
    Refused(Refusal),
}

/// Transforms line after line; one for each thread. Its buffers are kept, so that an event needs no memory of its own.
pub struct Worker<'p> {
    plan: &'p Plan,
    settings: &'p Settings,
    input: Input,
    limits: Limits,
    slots: Tape,
    arena: Arena,
    /// Settings of envelopes by their text, the latest first.
    recent: Vec<(Box<str>, Box<Settings>)>,
}

/// Settings of so many destinations are kept prepared.
const MAX_CACHED_SETTINGS: usize = 16;

impl<'p> Worker<'p> {
    /// A worker for a plan; `settings` are those of plain events.
    #[must_use]
    pub fn new(plan: &'p Plan, settings: &'p Settings, input: Input, limits: Limits) -> Self {
        Self {
            plan,
            settings,
            input,
            limits,
            slots: Tape::default(),
            arena: Arena::new(),
            recent: Vec::new(),
        }
    }

    /// Transforms one line without its line break and appends the answer lines to `out`. Each line gets an answer.
    pub fn line(&mut self, number: u64, line: &[u8], out: &mut Vec<u8>) -> Answer {
        self.observed(number, line, out, &mut ())
    }

    /// The same with a listener.
    pub fn observed<W: Observer>(
        &mut self,
        number: u64,
        line: &[u8],
        out: &mut Vec<u8>,
        observer: &mut W,
    ) -> Answer {
        self.arena.reset();
        let bare = Line { number, metadata: None };
        let text = match simdutf8::basic::from_utf8(line).or_else(|_| std::str::from_utf8(line)) {
            Ok(text) => text,
            Err(error) => {
                return unreadable(
                    &bare,
                    &format!("this line is not UTF-8 at byte {}", error.valid_up_to()),
                    out,
                );
            }
        };
        let document = match Document::read(text, &mut self.slots, &self.limits) {
            Ok(document) => document,
            Err(error) => {
                return unreadable(&bare, &format!("this line is not JSON that can be read: {error}"), out);
            }
        };
        let root = document.root();
        if Value::Node(root).kind() != Kind::Map {
            return unreadable(&bare, "this line is not a JSON map at byte 0", out);
        }
        if self.input == Input::Events {
            let run = Run::new(self.plan, self.settings, &self.arena, &document, root, observer);
            return finish(run, &bare, out);
        }
        let metadata = root.member("metadata");
        let line = Line { number, metadata: metadata.map(Value::Node) };
        let Some(event) = root.member("message").filter(|event| Value::Node(*event).kind() == Kind::Map)
        else {
            return unreadable(&line, "this line has no `message` that is a map", out);
        };
        let config = root.member("destination").and_then(|destination| destination.member("Config"));
        let settings = recent(self.plan, &mut self.recent, config);
        let mut run = Run::new(self.plan, settings, &self.arena, &document, event, observer);
        run.metadata = metadata;
        run.connection = root.member("connection");
        finish(run, &line, out)
    }

    /// Answers a line that was longer than the limit and therefore not kept.
    pub fn too_long(&mut self, number: u64, bytes: u64, out: &mut Vec<u8>) -> Answer {
        let limit = self.limits.bytes;
        unreadable(
            &Line { number, metadata: None },
            &format!("this line has {bytes} bytes, the limit is {limit}"),
            out,
        )
    }
}

fn unreadable(line: &Line<'_>, message: &str, out: &mut Vec<u8>) -> Answer {
    line.unreadable(message, out);
    let refusal = Refusal { message: message.to_owned(), kind: RefusalKind::Instrumentation };
    Answer { rule: None, outcome: Outcome::Refused(refusal) }
}

/// The settings of an envelope, prepared once for many lines that have the same.
fn recent<'s>(
    plan: &Plan,
    recent: &'s mut Vec<(Box<str>, Box<Settings>)>,
    config: Option<Node<'_>>,
) -> &'s Settings {
    let text = config.map_or("{}", Node::json);
    let at = recent.iter().position(|(known, _)| **known == *text).unwrap_or_else(|| {
        recent.truncate(MAX_CACHED_SETTINGS - 1);
        let settings = Settings::prepare(plan, config.map_or(Value::Map(&[]), Value::Node));
        recent.insert(0, (text.into(), Box::new(settings)));
        0
    });
    &recent[at].1
}

fn finish<W: Observer>(mut run: Run<'_, &mut W>, line: &Line<'_>, out: &mut Vec<u8>) -> Answer {
    let start = out.len();
    let mut rule = None;
    match run.event_answer(line, &mut rule, out) {
        Ok(outcome) => Answer { rule, outcome },
        Err(refused) => {
            out.truncate(start);
            line.refused(run.plan, &refused, rule, out);
            let Refused { message, kind, .. } = *refused;
            Answer { rule, outcome: Outcome::Refused(Refusal { message, kind }) }
        }
    }
}

impl<'a, W: Observer> Run<'a, W> {
    fn event_answer(
        &mut self,
        line: &Line<'_>,
        chosen: &mut Option<RuleId>,
        out: &mut Vec<u8>,
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
            Action::Request(requests) => match self.requests(requests, line, out)? {
                0 => {
                    line.dropped(self.plan, number, Some("no request of the rule applies"), out);
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
                line.dropped(self.plan, number, reason, out);
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
