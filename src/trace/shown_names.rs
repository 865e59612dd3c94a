//! The names in an answer that may be shown: those of members that are not secret.

use std::collections::HashSet;

use crate::json::Node;
use crate::run::{Observation, Observer, ShownRequests};
use crate::transform::{Answer, Worker};
use crate::wire::AnswerLine;

/// Runs one line, like [`Worker::line`], and calls `use_answer` with the answer and the member names in it that are not
/// secret. A setting can be a map, or become a key of one.
pub fn with_shown_names<T>(
    worker: &mut Worker,
    number: u64,
    line: &[u8],
    use_answer: impl FnOnce(&Answer<'_>, &HashSet<String>) -> T,
) -> T {
    let (mut lines, mut run) = (Vec::new(), ShownRun::default());
    let answer = worker.observed(number, line, &mut lines, &mut run);
    let mut names = HashSet::new();
    for line in answer.masked_lines(&run.requests).lines() {
        let read = AnswerLine::read(line, |answer| {
            answer.details().iter().for_each(|(_, value)| add_names(*value, &mut names));
        });
        debug_assert!(read.is_ok(), "an answer line is JSON");
    }
    use_answer(&answer, &names)
}

#[derive(Default)]
struct ShownRun {
    requests: ShownRequests,
}

impl Observer for ShownRun {
    const ENABLED: bool = true;
    const MASK: Option<&'static str> = Some(super::HIDDEN);

    fn observe(&mut self, observation: Observation<'_>) {
        self.requests.observe(&observation);
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
