//! Answers one input line after another.

use std::sync::Arc;

use super::answer::Answer;
use super::settings::Settings;
use super::settings_cache::SettingsCache;
use crate::json::{Document, Limits, Node, Tape};
use crate::plan::Plan;
use crate::request::RequestSpans;
use crate::run::{Evaluator, Inputs, Observer, Outcome, Refusal, RefusalKind, run_event};
use crate::value::{Arena, EventLimits, Kind, Value};
use crate::wire::{AnswerHead, AnswerWriter, Envelope, RefusalLine};

/// The deepest nesting that a line may have: more would need more stack than a thread of 8 MiB has.
const MAX_DEPTH: usize = crate::limits::MAX_LINE_DEPTH;

/// Transforms one input line after another; each thread needs a worker of its own. Made by
/// [`Engine::worker`](crate::Engine::worker) or [`Engine::envelope_worker`](crate::Engine::envelope_worker). Its buffers are
/// reused, so that a typical event allocates nothing.
pub struct Worker {
    plan: Arc<Plan>,
    input: Input,
    limits: Limits,
    tape: Tape,
    arena: Arena,
    /// The spans of the requests in the last answer.
    requests: Vec<RequestSpans>,
    /// The answer lines of [`Worker::event`].
    lines: Vec<u8>,
}

/// What the input lines are.
enum Input {
    /// Events, all with the same settings.
    Events(Settings),
    /// Envelopes, each with its own settings.
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
            arena: Arena::for_events(EventLimits::default()),
            requests: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// Sets the maximum length of a line in bytes, 4 MiB (4,194,304) by default. A longer line is refused.
    #[must_use]
    pub fn with_max_line_bytes(mut self, bytes: usize) -> Self {
        self.limits.bytes = bytes;
        self
    }

    /// Sets the maximum nesting depth of arrays and objects in a line, 128 by default and 1024 at most: a larger number
    /// counts as 1024. A deeper line is refused. Every level takes stack space; 1024 levels need threads with 8 MiB of
    /// stack, which the command `mapwright` has.
    #[must_use]
    pub fn with_max_depth(mut self, levels: usize) -> Self {
        self.limits.depth = levels.min(MAX_DEPTH);
        self
    }

    pub(crate) fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Sets how many bytes of memory may be in use for what the mapping makes of one event: its values, texts in between
    /// and the answer; 64 MiB (67,108,864) by default. An event that needs more is refused. The memory that is requested
    /// at once can be three times as much, since it is requested in blocks that double; a template with logic can take
    /// another 64 MiB while it is rendered. The same limit applies to settings of an envelope while they are prepared.
    #[must_use]
    pub fn with_max_event_memory(self, bytes: usize) -> Self {
        self.with_event_limits(|limits| limits.memory = bytes)
    }

    /// Sets how many elements of lists and members of maps a mapping may make of one event, matches of paths included;
    /// 1,000,000 by default. An event that needs more is refused.
    #[must_use]
    pub fn with_max_event_values(self, values: u64) -> Self {
        self.with_event_limits(|limits| limits.values = values)
    }

    /// Sets how many steps a mapping may take for one event, 10,000,000 by default: values that are evaluated, elements
    /// that are visited, names that are compared. An event that needs more is refused.
    #[must_use]
    pub fn with_max_event_steps(self, steps: u64) -> Self {
        self.with_event_limits(|limits| limits.steps = steps)
    }

    fn with_event_limits(mut self, set: impl FnOnce(&mut EventLimits)) -> Self {
        let mut limits = self.arena.limits();
        set(&mut limits);
        self.arena = Arena::for_events(limits);
        self
    }

    /// Sets how many bytes of memory may be in use for settings of envelopes that are kept prepared, 64 MiB (67,108,864)
    /// by default. Those that were not used for longest are dropped first; settings that need more are not kept. This has
    /// no effect on a worker for events.
    #[must_use]
    pub fn with_settings_cache_memory(mut self, bytes: usize) -> Self {
        if let Input::Envelopes(cache) = &mut self.input {
            *cache = SettingsCache::new(bytes);
        }
        self
    }

    /// Transforms one line, the JSON text of an event or of an envelope. There is an answer to every line: bytes that are
    /// not such JSON, and events that the mapping cannot use, are [refused](Outcome::Refused).
    pub fn event(&mut self, line: &[u8]) -> Answer<'_> {
        let mut lines = std::mem::take(&mut self.lines);
        lines.clear();
        let (rule, outcome) = self.answer(1, line, &mut lines, &mut ());
        self.lines = lines;
        Answer::new(rule, outcome, &self.lines, &self.requests)
    }

    /// Like [`Self::event`], for a line of a file: `number` is its number, from 1, which the answer lines contain. `line`
    /// is passed without its line break. The answer lines are appended to `out`.
    pub fn line<'o>(&'o mut self, number: u64, line: &[u8], out: &'o mut Vec<u8>) -> Answer<'o> {
        self.observed(number, line, out, &mut ())
    }

    /// Like [`Self::line`], with an observer of the run.
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

    /// Like [`Self::line`], for a line of `bytes` bytes that the caller did not keep because it is longer than the limit:
    /// the line is refused.
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
        let config = envelope.config.map_or(Value::Map(&[]), Value::Node);
        let limits = self.arena.limits();
        let settings = cache.get(text, || Settings::of(&self.plan, config, limits));
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

/// Refuses a line that does not contain an event.
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
