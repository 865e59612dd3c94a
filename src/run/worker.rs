//! The run of one line after another.

use super::evaluate::Run;
use super::observer::{Observation, Observer, Subject};
use super::refusal::{Refusal, RefusalKind, Refused, RunResult};
use super::settings::Settings;
use crate::json::{Document, Limits, Node, Tape};
use crate::plan::{Action, Plan, RuleId};
use crate::request::{Request, RequestSpans};
use crate::value::{Arena, Kind, Value};
use crate::wire::{AnswerHead, AnswerWriter, Envelope, RefusalLine};

/// How a line is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// Each line is an event; the settings are the same for all.
    Events,
    /// Each line is `{"message":…, "destination":{"Config":…}, "metadata":…, "connection":…}`.
    Envelopes,
}

/// What became of a line.
#[derive(Debug)]
pub struct Answer<'a> {
    /// The number of the rule that took the event, if one did.
    pub rule: Option<RuleId>,
    /// What it came to.
    pub outcome: Outcome,
    /// The answer lines.
    lines: &'a [u8],
    requests: &'a [RequestSpans],
}

impl<'a> Answer<'a> {
    /// The answer lines as JSON text, each with its line break.
    #[must_use]
    pub fn lines(&self) -> &'a [u8] {
        self.lines
    }

    /// The requests, one for each answer line; none when the event was refused or dropped.
    pub fn requests(&self) -> impl ExactSizeIterator<Item = Request<'a>> + use<'a> {
        let lines = self.lines;
        self.requests.iter().map(move |spans| Request::new(lines, spans))
    }
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
    /// Where the parts of the requests stand in the last answer.
    requests: Vec<RequestSpans>,
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
            requests: Vec::new(),
        }
    }

    /// Transforms one line without its line break and appends the answer lines to `out`. Each line gets an answer.
    pub fn line<'o>(&'o mut self, number: u64, line: &[u8], out: &'o mut Vec<u8>) -> Answer<'o> {
        self.observed(number, line, out, &mut ())
    }

    /// The same with an observer.
    pub(crate) fn observed<'o, W: Observer>(
        &'o mut self,
        number: u64,
        line: &[u8],
        out: &'o mut Vec<u8>,
        observer: &mut W,
    ) -> Answer<'o> {
        let start = out.len();
        let (rule, outcome) = self.answer(number, line, out, observer);
        Answer { rule, outcome, lines: &out[start..], requests: &self.requests }
    }

    /// Answers a line that was longer than the limit and therefore not kept.
    pub fn too_long<'o>(&'o mut self, number: u64, bytes: u64, out: &'o mut Vec<u8>) -> Answer<'o> {
        let start = out.len();
        let message = format!("this line has {bytes} bytes, the limit is {}", self.limits.bytes);
        let head = AnswerHead { line: number, metadata: None };
        let outcome = unreadable(head, message, out, &mut self.requests);
        Answer { rule: None, outcome, lines: &out[start..], requests: &[] }
    }

    fn answer<W: Observer>(
        &mut self,
        number: u64,
        line: &[u8],
        out: &mut Vec<u8>,
        observer: &mut W,
    ) -> (Option<RuleId>, Outcome) {
        self.arena.reset();
        let requests = &mut self.requests;
        let mut head = AnswerHead { line: number, metadata: None };
        let text = match simdutf8::basic::from_utf8(line).or_else(|_| std::str::from_utf8(line)) {
            Ok(text) => text,
            Err(error) => {
                let message = format!("this line is not UTF-8 at byte {}", error.valid_up_to());
                return (None, unreadable(head, message, out, requests));
            }
        };
        let document = match Document::read(text, &mut self.slots, &self.limits) {
            Ok(document) => document,
            Err(error) => {
                let message = format!("this line is not JSON that can be read: {error}");
                return (None, unreadable(head, message, out, requests));
            }
        };
        let root = document.root();
        if Value::Node(root).kind() != Kind::Map {
            let message = "this line is not a JSON map at byte 0".to_owned();
            return (None, unreadable(head, message, out, requests));
        }
        if self.input == Input::Events {
            let run = Run::new(self.plan, self.settings, &self.arena, &document, root, observer);
            return finish(run, AnswerWriter::new(head, out, requests));
        }
        let envelope = Envelope::read(root);
        head.metadata = envelope.metadata.map(Value::Node);
        let Some(event) = envelope.event else {
            let message = "this line has no `message` that is a map".to_owned();
            return (None, unreadable(head, message, out, requests));
        };
        let settings = recent(self.plan, &mut self.recent, envelope.config);
        let mut run = Run::new(self.plan, settings, &self.arena, &document, event, observer);
        run.metadata = envelope.metadata;
        run.connection = envelope.connection;
        finish(run, AnswerWriter::new(head, out, requests))
    }
}

/// Answers a line that is no event.
fn unreadable(
    head: AnswerHead<'_>,
    message: String,
    out: &mut Vec<u8>,
    requests: &mut Vec<RequestSpans>,
) -> Outcome {
    let kind = RefusalKind::Instrumentation;
    let line = RefusalLine { message: &message, kind, rule: None, origin: None };
    AnswerWriter::new(head, out, requests).refused(&line);
    Outcome::Refused(Refusal { message, kind })
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

fn finish<W: Observer>(mut run: Run<'_, &mut W>, mut answer: AnswerWriter<'_>) -> (Option<RuleId>, Outcome) {
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
