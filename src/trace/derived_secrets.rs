//! Hides secrets in JSON: the values of settings, and values that the run derived from them.

use std::collections::HashMap;

use super::HIDDEN;
use super::redact::{Redactor, Replacement};
use crate::json::{Document, Limits, Node, Tape};
use crate::plan::Plan;
use crate::value::{Value, quote};

/// Derived texts shorter than this, in bytes, are not searched for in other texts, where they would be found everywhere.
const SHORT: usize = 4;

/// The secrets to be hidden.
#[derive(Debug)]
pub(super) struct Mask {
    settings: Redactor,
    /// Secret values that the run computed, as JSON, with the JSON shown instead.
    derived: HashMap<String, String>,
}

impl Mask {
    pub(super) fn new() -> Self {
        Self { settings: Redactor::new(Replacement::Always(HIDDEN)), derived: HashMap::new() }
    }

    /// Adds the secret settings of the event.
    pub(super) fn hide_settings(&mut self, plan: &Plan, config: Value<'_>) {
        self.settings.hide_settings(plan, config);
    }

    /// Adds a derived secret. Returns the JSON shown instead: `replacement`, if it is given and the secret is new.
    pub(super) fn hide(&mut self, json: &str, replacement: Option<String>) -> String {
        if let Some(replacement) = self.derived.get(json) {
            return replacement.clone();
        }
        let replacement = replacement.unwrap_or_else(|| format!("\"{HIDDEN}\""));
        self.derived.insert(json.to_owned(), replacement.clone());
        replacement
    }

    /// JSON without the values of secret settings and, with `derived`, without derived secrets.
    pub(super) fn apply(&self, json: &str, derived: bool) -> String {
        let mut out = String::with_capacity(json.len());
        match read(json, |root| self.print(root, derived, &mut out)) {
            Some(()) => out,
            None => format!("\"{HIDDEN}\""),
        }
    }

    /// An answer line without secrets. The member names of the envelope are never hidden, even if a setting has the same
    /// text.
    pub(super) fn answer(&self, line: &str) -> String {
        let mut out = String::with_capacity(line.len());
        match read(line, |root| self.envelope(root, &mut out)) {
            Some(()) => out,
            None => format!("\"{HIDDEN}\""),
        }
    }

    fn envelope(&self, node: Node<'_>, out: &mut String) {
        out.push('{');
        for (index, (key, member)) in node.members().enumerate() {
            out.push_str(if index > 0 { "," } else { "" });
            quote(&key, out);
            out.push(':');
            if key == "output" { self.envelope(member, out) } else { self.print(member, true, out) }
        }
        out.push('}');
    }

    fn print(&self, node: Node<'_>, derived: bool, out: &mut String) {
        if let Some(replacement) = self.derived.get(node.json()).filter(|_| derived) {
            out.push_str(replacement);
        } else if let Some(text) = node.text() {
            quote(&self.redacted(&text, derived), out);
        } else if node.json().starts_with('{') {
            out.push('{');
            for (index, (key, member)) in node.members().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                quote(&self.redacted(&key, false), out);
                out.push(':');
                self.print(member, derived, out);
            }
            out.push('}');
        } else if node.json().starts_with('[') {
            out.push('[');
            for (index, item) in node.elements().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                self.print(item, derived, out);
            }
            out.push(']');
        } else if self.settings.is_number(node.json()) {
            quote(HIDDEN, out);
        } else {
            out.push_str(node.json());
        }
    }

    fn redacted(&self, text: &str, derived: bool) -> String {
        let mut text = text.to_owned();
        if derived {
            let contents = self.derived.keys().filter_map(|json| json.strip_prefix('"')?.strip_suffix('"'));
            let mut secrets: Vec<&str> =
                contents.filter(|secret| secret.len() >= SHORT && text.contains(secret)).collect();
            secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
            for secret in secrets {
                text = text.replace(secret, HIDDEN);
            }
        }
        self.settings.text(&text)
    }
}

/// Parses JSON that the run produced and calls `use_root` with it.
pub(super) fn read<T>(json: &str, use_root: impl FnOnce(Node<'_>) -> T) -> Option<T> {
    let mut tape = Tape::default();
    let document = Document::read(json, &mut tape, &Limits { bytes: usize::MAX, depth: 512 }).ok()?;
    Some(use_root(document.root()))
}
