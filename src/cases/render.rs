//! Renders the answers of a case as text to be compared.

use crate::json::{Document, Limits, Node, Tape};
use crate::plan::Plan;
use crate::trace::redact::{Redactor, Replacement};
use crate::value::Value;
use crate::wire::{AnswerLine, Outline};

/// Renders each answer line as a paragraph: method and endpoint first, then one line per member, with maps and lists
/// indented. Empty maps and members that are the same in every request are left out. Values of `settings` are replaced by
/// their names unless the mapping declares them public (`secret: false`).
pub(super) fn render(plan: &Plan, settings: &str, answers: &str) -> String {
    let (mut tape, limits) = (Tape::default(), Limits::default());
    let config = match Document::read(settings, &mut tape, &limits) {
        Ok(config) => config,
        // The secrets are not known then, so no answer may be shown.
        Err(error) => return format!("settings that are not JSON: {error}\n"),
    };
    let mut redactor = Redactor::new(Replacement::Name);
    redactor.hide_settings(plan, Value::Node(config.root()));
    let paragraphs: Vec<String> = answers.lines().map(|line| render_answer(line, &redactor)).collect();
    paragraphs.join("\n")
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
