//! An answer as it may be shown: what is secret is masked.

use std::collections::HashSet;
use std::sync::Arc;

use super::HIDDEN;
use super::redact::{Redactor, Replacement};
use crate::json::Node;
use crate::plan::Plan;
use crate::run::{Observation, Observer, ShownRequests};
use crate::transform::{Answer, Worker};
use crate::wire::AnswerLine;

/// An answer with what may be shown of it.
pub struct ShownAnswer<'a> {
    /// The answer, with secrets.
    pub answer: Answer<'a>,
    /// Its lines, with secrets masked.
    pub lines: String,
}

impl ShownAnswer<'_> {
    /// Whether something in the lines is masked.
    #[must_use]
    pub fn is_masked(&self) -> bool {
        self.lines.contains(HIDDEN)
    }

    /// The names of the members in the answer that are not secret. A setting can be a map, or become a key of one.
    #[must_use]
    pub fn names(&self) -> HashSet<String> {
        let mut names = HashSet::new();
        for line in self.lines.lines() {
            let read = AnswerLine::read(line, |answer| {
                answer.details().iter().for_each(|(_, value)| add_names(*value, &mut names));
            });
            debug_assert!(read.is_ok(), "an answer line is JSON");
        }
        names
    }
}

/// Runs one line, like [`Worker::line`], and calls `use_answer` with the answer and what may be shown of it.
pub fn with_shown_answer<T>(
    worker: &mut Worker,
    number: u64,
    line: &[u8],
    use_answer: impl FnOnce(&ShownAnswer<'_>) -> T,
) -> T {
    let plan = Arc::clone(worker.plan());
    let settings = Redactor::new(Replacement::Always(HIDDEN));
    let mut run = ShownRun { plan: &plan, settings, requests: ShownRequests::default() };
    let mut lines = Vec::new();
    let answer = worker.observed(number, line, &mut lines, &mut run);
    let masked = answer.masked_lines(&run.requests);
    let lines = masked.lines().flat_map(|line| [run.settings.answer(line), "\n".to_owned()]).collect();
    use_answer(&ShownAnswer { answer, lines })
}

struct ShownRun<'p> {
    plan: &'p Plan,
    /// Hides what somebody copied from the settings into the event or its metadata.
    settings: Redactor,
    requests: ShownRequests,
}

impl Observer for ShownRun<'_> {
    const ENABLED: bool = true;
    const MASK: Option<&'static str> = Some(HIDDEN);

    fn observe(&mut self, observation: Observation<'_>) {
        self.requests.observe(&observation);
        if let Observation::Settings(config) = observation {
            self.settings.hide_settings(self.plan, config);
        }
    }
}

fn add_names(node: Node<'_>, names: &mut HashSet<String>) {
    for (name, member) in node.members() {
        names.insert(name.into_owned());
        add_names(member, names);
    }
    node.elements().for_each(|element| add_names(element, names));
    // The list of a body in the format `json_array` is text.
    if let Some(text) = node.text().filter(|text| text.starts_with(['[', '{'])) {
        super::redact::read(&text, |root| add_names(root, names));
    }
}
