//! The answers to one line after another.

use std::sync::Arc;

use super::answer::Answer;
use super::settings::Settings;
use super::settings_cache::SettingsCache;
use crate::json::{Document, Limits, Node, Tape};
use crate::plan::Plan;
use crate::request::RequestSpans;
use crate::run::{Evaluator, Inputs, Observer, Outcome, Refusal, RefusalKind, run_event};
use crate::value::{Arena, Kind, Value};
use crate::wire::{AnswerHead, AnswerWriter, Envelope, RefusalLine};

/// Transforms one line after another; every thread needs its own. Its buffers are kept from line to line, so that an
/// event of the usual kind allocates nothing.
pub struct Worker {
    plan: Arc<Plan>,
    input: Input,
    limits: Limits,
    tape: Tape,
    arena: Arena,
    /// Where the parts of the requests stand in the last answer.
    requests: Vec<RequestSpans>,
    /// The answer lines of [`Worker::event`].
    lines: Vec<u8>,
}

/// How a line is read.
enum Input {
    /// Each line is an event; the settings are the same for all.
    Events(Settings),
    /// Each line is an envelope with its own settings.
    Envelopes(SettingsCache),
}

impl Worker {
    pub(super) fn events(settings: &Settings) -> Self {
        Self::new(Arc::clone(settings.plan()), Input::Events(settings.clone()))
    }

    pub(super) fn envelopes(plan: Arc<Plan>) -> Self {
        Self::new(plan, Input::Envelopes(SettingsCache::default()))
    }

    fn new(plan: Arc<Plan>, input: Input) -> Self {
        Self {
            plan,
            input,
            limits: Limits::default(),
            tape: Tape::default(),
            arena: Arena::new(),
            requests: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// The same worker with another limit on the length of a line, in bytes; a longer one is refused. Without this it is
    /// 4 MiB (4 194 304 bytes).
    #[must_use]
    pub fn with_max_line_bytes(mut self, bytes: usize) -> Self {
        self.limits.bytes = bytes;
        self
    }

    /// The same worker with another limit on how deep lists and maps lie inside each other; a deeper line is refused.
    /// Without this it is 128. Every level takes stack; the command gives its threads 8 MiB for at most 1024.
    #[must_use]
    pub fn with_max_depth(mut self, levels: usize) -> Self {
        self.limits.depth = levels;
        self
    }

    pub(crate) fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same worker with another maximum number of settings of envelopes that are kept prepared, at least one; the
    /// least recently used ones are given up first. Without this it is 1024. A worker for events keeps none.
    #[must_use]
    pub fn with_settings_cache(mut self, capacity: usize) -> Self {
        if let Input::Envelopes(cache) = &mut self.input {
            *cache = SettingsCache::new(capacity);
        }
        self
    }

    /// Transforms one line, an event or an envelope in JSON. Whatever it holds, there is an answer: a line that is no
    /// event, and an event that the mapping cannot use, are [refused](Outcome::Refused).
    pub fn event(&mut self, line: &[u8]) -> Answer<'_> {
        let mut lines = std::mem::take(&mut self.lines);
        lines.clear();
        let (rule, outcome) = self.answer(1, line, &mut lines, &mut ());
        self.lines = lines;
        Answer::new(rule, outcome, &self.lines, &self.requests)
    }

    /// The same for line `number`, from 1, of a file, without its line break; appends the answer lines to `out`.
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
        Answer::new(rule, outcome, &out[start..], &self.requests)
    }

    /// Refuses a line of `bytes` bytes that was longer than the limit and therefore not kept.
    pub fn too_long<'o>(&'o mut self, number: u64, bytes: u64, out: &'o mut Vec<u8>) -> Answer<'o> {
        let start = out.len();
        let message = format!("this line has {bytes} bytes, the limit is {}", self.limits.bytes);
        let head = AnswerHead { line: number, metadata: None };
        let outcome = unreadable(head, message, out, &mut self.requests);
        Answer::new(None, outcome, &out[start..], &[])
    }

    fn answer<W: Observer>(
        &mut self,
        number: u64,
        line: &[u8],
        out: &mut Vec<u8>,
        observer: &mut W,
    ) -> (Option<usize>, Outcome) {
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
        let document = match Document::read(text, &mut self.tape, &self.limits) {
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
        let cache = match &mut self.input {
            Input::Events(settings) => {
                let inputs = Inputs::of_settings(settings.prepared());
                let evaluator = Evaluator::new(&self.plan, inputs, &self.arena, &document, root, observer);
                return run_event(evaluator, AnswerWriter::new(head, out, requests));
            }
            Input::Envelopes(cache) => cache,
        };
        let envelope = Envelope::read(root);
        head.metadata = envelope.metadata.map(Value::Node);
        let Some(event) = envelope.event else {
            let message = "this line has no `message` that is a map".to_owned();
            return (None, unreadable(head, message, out, requests));
        };
        let text = envelope.config.map_or("{}", Node::json);
        let given = envelope.config.map_or(Value::Map(&[]), Value::Node);
        let settings = cache.get(text, || Settings::of(&self.plan, given));
        let Envelope { metadata, connection, .. } = envelope;
        let inputs = Inputs { settings: settings.prepared(), metadata, connection };
        let evaluator = Evaluator::new(&self.plan, inputs, &self.arena, &document, event, observer);
        run_event(evaluator, AnswerWriter::new(head, out, requests))
    }

    pub(crate) fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Worker({})", self.plan.destination)
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
