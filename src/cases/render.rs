//! Renders the answers of a case as text to be compared.

use crate::json::Node;
use crate::plan::Plan;
use crate::run::{Observation, Observer, ShownRequests};
use crate::trace::redact::{Redactor, Replacement};
use crate::transform::Worker;
use crate::wire::{AnswerLine, Outline};

/// Runs an envelope and renders each answer line as a paragraph: method and endpoint first, then one line per member, with
/// maps and lists indented. Empty maps and members that are the same in every request are left out. What was computed from
/// a setting is replaced by the name of the setting, unless the mapping declares it public (`secret: false`).
pub(super) fn render(worker: &mut Worker, envelope: &[u8]) -> String {
    let answers = worker.event(envelope).lines().to_vec();
    let plan = std::sync::Arc::clone(worker.plan());
    let mut run = MaskedRun {
        plan: &plan,
        requests: ShownRequests::default(),
        redactor: Redactor::new(Replacement::Name),
    };
    let mut lines = Vec::new();
    let masked = worker.observed(1, envelope, &mut lines, &mut run).masked_lines(&run.requests);
    if lines != answers {
        return "the answers differ when the run is observed, which is a mistake in mapwright\n".to_owned();
    }
    let paragraphs: Vec<String> = masked.lines().map(|line| render_answer(line, &run.redactor)).collect();
    paragraphs.join("\n")
}

/// Observes what may be shown of a run.
struct MaskedRun<'p> {
    plan: &'p Plan,
    requests: ShownRequests,
    /// Hides what somebody copied from the settings into the event or its metadata.
    redactor: Redactor,
}

impl Observer for MaskedRun<'_> {
    const ENABLED: bool = true;
    const MASK: Option<&'static str> = None;

    fn observe(&mut self, observation: Observation<'_>) {
        self.requests.observe(&observation);
        if let Observation::Settings(config) = observation {
            self.redactor.hide_settings(self.plan, config);
        }
    }
}

fn render_answer(line: &str, redactor: &Redactor) -> String {
    let rendered = AnswerLine::read(line, |answer| {
        let mut writer = AnswerTextWriter { text: String::new(), redactor };
        if let Outline::Request { method, endpoint } = answer.outline() {
            writer.text.push_str(&redactor.text(&format!("{method} {endpoint}\n")));
        }
        for (name, value) in answer.details() {
            writer.member(&name, value);
        }
        writer.text
    });
    rendered.unwrap_or_else(|error| format!("an answer that is not JSON: {error}\n"))
}

struct AnswerTextWriter<'r> {
    text: String,
    redactor: &'r Redactor,
}

impl AnswerTextWriter<'_> {
    fn member(&mut self, name: &str, value: Node<'_>) {
        self.text.push_str(name);
        self.text.push_str(": ");
        self.value(value, 1);
        self.text.push('\n');
    }

    fn value(&mut self, value: Node<'_>, depth: usize) {
        if value.members().next().is_some() {
            self.text.push('{');
            for (index, (name, member)) in value.members().enumerate() {
                self.line(index, depth);
                self.quoted(&name);
                self.text.push_str(": ");
                self.value(member, depth + 1);
            }
            self.close('}', depth);
        } else if value.elements().next().is_some() {
            self.text.push('[');
            for (index, element) in value.elements().enumerate() {
                self.line(index, depth);
                self.value(element, depth + 1);
            }
            self.close(']', depth);
        } else if let Some(text) = value.text() {
            self.quoted(&text);
        } else {
            let json = value.json();
            self.text.push_str(&self.redactor.text(json));
        }
    }

    fn line(&mut self, index: usize, depth: usize) {
        self.text.push_str(if index == 0 { "\n" } else { ",\n" });
        self.indent(depth);
    }

    fn close(&mut self, bracket: char, depth: usize) {
        self.text.push('\n');
        self.indent(depth - 1);
        self.text.push(bracket);
    }

    fn indent(&mut self, depth: usize) {
        self.text.extend(std::iter::repeat_n("  ", depth));
    }

    fn quoted(&mut self, text: &str) {
        let redacted = self.redactor.text(text);
        crate::value::quote(&redacted, &mut self.text);
    }
}
