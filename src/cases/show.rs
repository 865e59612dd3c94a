//! The text of a case's answers.

use crate::json::{Document, Limits, Node, Tape};
use crate::plan::Plan;
use crate::trace::redact::{Redactor, Shown as Instead};
use crate::value::Value;
use crate::wire::{AnswerLine, Outline};

/// The answer lines of one case as text to compare: one paragraph an answer, the request line first, then one name a
/// line, maps and lists indented. What says nothing (an empty map, the version) is left out; numbers stay as they were
/// written. Values of `settings` are replaced by their names unless the mapping calls them public (`secret: false`).
pub(super) fn snapshot(plan: &Plan, settings: &str, answers: &str) -> String {
    let (mut slots, limits) = (Tape::default(), Limits::default());
    let config = match Document::read(settings, &mut slots, &limits) {
        Ok(config) => config,
        // Without them nothing would be hidden, so nothing is shown.
        Err(error) => return format!("settings that are not JSON: {error}\n"),
    };
    let mut mask = Redactor::new(Instead::Name);
    mask.hide_settings(plan, Value::Node(config.root()));
    let paragraphs: Vec<String> = answers.lines().map(|line| answer(line, &mask)).collect();
    paragraphs.join("\n")
}

fn answer(line: &str, mask: &Redactor) -> String {
    let shown = AnswerLine::read(line, |answer| {
        let mut shown = Shown { text: String::new(), mask };
        if let Outline::Request { method, endpoint } = answer.outline() {
            shown.text.push_str(&mask.text(&format!("{method} {endpoint}\n")));
        }
        for (name, value) in answer.details() {
            shown.part(&name, value);
        }
        shown.text
    });
    shown.unwrap_or_else(|error| format!("an answer that is not JSON: {error}\n"))
}

struct Shown<'m> {
    text: String,
    mask: &'m Redactor,
}

impl Shown<'_> {
    fn part(&mut self, name: &str, value: Node<'_>) {
        self.text.push_str(name);
        self.text.push_str(": ");
        self.value(value, 1);
        self.text.push('\n');
    }

    fn value(&mut self, value: Node<'_>, depth: usize) {
        if value.members().next().is_some() {
            self.text.push('{');
            for (at, (name, member)) in value.members().enumerate() {
                self.line(at, depth);
                self.quoted(&name);
                self.text.push_str(": ");
                self.value(member, depth + 1);
            }
            self.close('}', depth);
        } else if value.elements().next().is_some() {
            self.text.push('[');
            for (at, element) in value.elements().enumerate() {
                self.line(at, depth);
                self.value(element, depth + 1);
            }
            self.close(']', depth);
        } else if let Some(text) = value.text() {
            self.quoted(&text);
        } else {
            let json = value.json();
            self.text.push_str(&self.mask.text(json));
        }
    }

    fn line(&mut self, at: usize, depth: usize) {
        self.text.push_str(if at == 0 { "\n" } else { ",\n" });
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
        let masked = self.mask.text(text);
        crate::value::quote(&masked, &mut self.text);
    }
}
