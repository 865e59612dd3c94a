//! JSON without secrets: neither those of the settings nor what the run has made of them.

use std::collections::HashMap;

use super::HIDDEN;
use super::redact::{Redactor, Shown};
use crate::json::{Document, Limits, Node, Tape};
use crate::plan::Plan;
use crate::value::{Value, quote};

/// Shorter texts are not looked for inside of others: they stand everywhere.
const SHORT: usize = 4;

/// What has to be hidden.
#[derive(Debug)]
pub(super) struct Mask {
    settings: Redactor,
    /// Secret values that the run has made, as JSON, and what is shown of them.
    made: HashMap<String, String>,
}

impl Mask {
    pub(super) fn new() -> Self {
        Self { settings: Redactor::new(Shown::Always(HIDDEN)), made: HashMap::new() }
    }

    /// Takes notice of the settings of the event.
    pub(super) fn settings(&mut self, plan: &Plan, config: Value<'_>) {
        self.settings.hide_settings(plan, config);
    }

    /// Hides a value from here on; gives what is shown of it.
    pub(super) fn hide(&mut self, json: &str, shown: Option<String>) -> String {
        if let Some(shown) = self.made.get(json) {
            return shown.clone();
        }
        let shown = shown.unwrap_or_else(|| format!("\"{HIDDEN}\""));
        self.made.insert(json.to_owned(), shown.clone());
        shown
    }

    /// JSON without the values of secret settings; `made` says whether what was made of them is looked for, too.
    pub(super) fn apply(&self, json: &str, made: bool) -> String {
        let mut out = String::with_capacity(json.len());
        match read(json, |root| self.print(root, made, &mut out)) {
            Some(()) => out,
            None => format!("\"{HIDDEN}\""),
        }
    }

    /// An answer line without secrets. The names of the envelope's parts are no secrets, whatever the settings hold.
    pub(super) fn answer(&self, line: &str) -> String {
        let mut out = String::with_capacity(line.len());
        match read(line, |root| self.envelope(root, &mut out)) {
            Some(()) => out,
            None => format!("\"{HIDDEN}\""),
        }
    }

    fn envelope(&self, node: Node<'_>, out: &mut String) {
        out.push('{');
        for (at, (key, member)) in node.members().enumerate() {
            out.push_str(if at > 0 { "," } else { "" });
            quote(&key, out);
            out.push(':');
            if key == "output" { self.envelope(member, out) } else { self.print(member, true, out) }
        }
        out.push('}');
    }

    fn print(&self, node: Node<'_>, made: bool, out: &mut String) {
        if let Some(shown) = self.made.get(node.json()).filter(|_| made) {
            out.push_str(shown);
        } else if let Some(text) = node.text() {
            quote(&self.redacted(&text, made), out);
        } else if node.json().starts_with('{') {
            out.push('{');
            for (at, (key, member)) in node.members().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                quote(&self.redacted(&key, false), out);
                out.push(':');
                self.print(member, made, out);
            }
            out.push('}');
        } else if node.json().starts_with('[') {
            out.push('[');
            for (at, item) in node.elements().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                self.print(item, made, out);
            }
            out.push(']');
        } else if self.settings.is_number(node.json()) {
            quote(HIDDEN, out);
        } else {
            out.push_str(node.json());
        }
    }

    fn redacted(&self, text: &str, made: bool) -> String {
        let mut text = text.to_owned();
        if made {
            let inside = self.made.keys().filter_map(|json| json.strip_prefix('"')?.strip_suffix('"'));
            let mut inside: Vec<&str> =
                inside.filter(|inner| inner.len() >= SHORT && text.contains(inner)).collect();
            inside.sort_by_key(|inner| std::cmp::Reverse(inner.len()));
            for inner in inside {
                text = text.replace(inner, HIDDEN);
            }
        }
        self.settings.text(&text)
    }
}

/// Reads JSON that the run has made.
pub(super) fn read<T>(json: &str, look: impl FnOnce(Node<'_>) -> T) -> Option<T> {
    let mut slots = Tape::default();
    let document = Document::read(json, &mut slots, &Limits { bytes: usize::MAX, depth: 512 }).ok()?;
    Some(look(document.root()))
}
