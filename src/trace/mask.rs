//! Secret texts, and JSON without them.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::HIDDEN;
use crate::json::{Document, Limits, Node, Tape};
use crate::plan::Plan;
use crate::value::{Value, escape, json};

/// Shorter texts are not looked for inside of others: they stand everywhere.
const SHORT: usize = 4;

/// What has to be hidden.
#[derive(Debug, Default)]
pub(super) struct Mask {
    /// Values of secret settings, the longest first.
    settings: Vec<String>,
    /// Secret values that the run has made, as JSON, and what is shown of them.
    made: HashMap<String, String>,
}

impl Mask {
    /// Takes notice of the settings of the event.
    pub(super) fn settings(&mut self, plan: &Plan, config: Value<'_>) {
        let mut text = Vec::new();
        json(config, &mut text);
        read(&String::from_utf8_lossy(&text), |root| {
            let public =
                |name: &str| plan.settings.iter().any(|setting| setting.public && *setting.name == *name);
            for (_, value) in root.members().filter(|(name, _)| !public(name)) {
                texts(value, &mut self.settings);
            }
        });
        let coded =
            |text: &String| [STANDARD.encode(text), utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()];
        let coded: Vec<String> = self.settings.iter().flat_map(coded).collect();
        self.settings.extend(coded);
        self.settings.retain(|text| text.len() >= SHORT);
        self.settings.sort_by_key(|text| std::cmp::Reverse(text.len()));
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
        let mut out = Vec::with_capacity(json.len());
        if read(json, |root| self.print(root, made, &mut out)).is_none() {
            return format!("\"{HIDDEN}\"");
        }
        String::from_utf8_lossy(&out).into_owned()
    }

    fn print(&self, node: Node<'_>, made: bool, out: &mut Vec<u8>) {
        if let Some(shown) = self.made.get(node.json()).filter(|_| made) {
            out.extend_from_slice(shown.as_bytes());
        } else if let Some(text) = node.text() {
            self.quoted(&text, made, out);
        } else if node.json().starts_with('{') {
            out.push(b'{');
            for (at, (key, member)) in node.members().enumerate() {
                out.extend_from_slice(if at > 0 { b"," } else { b"" });
                self.quoted(&key, false, out);
                out.push(b':');
                self.print(member, made, out);
            }
            out.push(b'}');
        } else if node.json().starts_with('[') {
            out.push(b'[');
            for (at, item) in node.elements().enumerate() {
                out.extend_from_slice(if at > 0 { b"," } else { b"" });
                self.print(item, made, out);
            }
            out.push(b']');
        } else {
            out.extend_from_slice(node.json().as_bytes());
        }
    }

    fn quoted(&self, text: &str, made: bool, out: &mut Vec<u8>) {
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
        for secret in self.settings.iter().filter(|secret| text.contains(secret.as_str())).collect::<Vec<_>>()
        {
            text = text.replace(secret, HIDDEN);
        }
        out.push(b'"');
        escape(&text, out);
        out.push(b'"');
    }
}

fn texts(value: Node<'_>, found: &mut Vec<String>) {
    found.extend(value.text().map(std::borrow::Cow::into_owned));
    value.members().for_each(|(_, member)| texts(member, found));
    value.elements().for_each(|item| texts(item, found));
}

/// Reads JSON that the run has made.
pub(super) fn read<T>(json: &str, look: impl FnOnce(Node<'_>) -> T) -> Option<T> {
    let mut slots = Tape::default();
    let document = Document::read(json, &mut slots, &Limits { bytes: usize::MAX, depth: 512 }).ok()?;
    Some(look(document.root()))
}
