//! An answer line, read again: for snapshots and for `explain`, which show what was written.

use std::borrow::Cow;

use crate::json::{Document, Limits, Malformed, Node, Tape};
use crate::value::quote;

/// Members that say nothing, because they are the same in every line, and those that change with the mapping's lines.
const OMITTED: [&str; 3] = ["line", "at", "output"];

/// What is the same in every request.
const CONSTANT: [(&str, &str); 2] = [("version", "\"1\""), ("type", "\"REST\"")];

/// An answer line.
pub(crate) struct AnswerLine<'a> {
    root: Node<'a>,
}

/// What an answer line comes to.
pub(crate) enum Outline<'a> {
    /// A request to this endpoint.
    Request { method: Cow<'a, str>, endpoint: Cow<'a, str> },
    /// Why there is none, and the address that says so.
    Refused { error: Cow<'a, str>, by: Option<Cow<'a, str>> },
    /// The reason why the event is filtered, and the address of the rule.
    Dropped { reason: Cow<'a, str>, by: Option<Cow<'a, str>> },
}

impl<'a> AnswerLine<'a> {
    /// Reads a line and hands it to `look`.
    pub(crate) fn read<T>(line: &str, look: impl FnOnce(AnswerLine<'_>) -> T) -> Result<T, Malformed> {
        // An answer may be longer and deeper than any event: a body can repeat it.
        let limits = Limits { bytes: usize::MAX, depth: usize::MAX };
        let mut tape = Tape::default();
        let document = Document::read(line, &mut tape, &limits)?;
        Ok(look(AnswerLine { root: document.root() }))
    }

    /// What it comes to.
    pub(crate) fn outline(&self) -> Outline<'a> {
        let text = |name: &str| self.root.member(name).and_then(Node::text);
        if let Some(output) = self.root.member("output") {
            let text = |name: &str| output.member(name).and_then(Node::text).unwrap_or_default();
            return Outline::Request { method: text("method"), endpoint: text("endpoint") };
        }
        let by = text("address").or_else(|| text("rule"));
        match text("error") {
            Some(error) => Outline::Refused { error, by },
            None => Outline::Dropped { reason: text("dropped").unwrap_or_default(), by },
        }
    }

    /// Everything else that it says, each with its name on the wire, in the order of the line; parts of the body and of
    /// `statTags` one by one (`body.JSON`). What says nothing (an empty map, the version) is left out.
    pub(crate) fn details(&self) -> Vec<(Cow<'a, str>, Node<'a>)> {
        let mut found = Vec::new();
        for (name, value) in self.root.member("output").into_iter().flat_map(Node::members) {
            match &*name {
                "method" | "endpoint" => {}
                "body" => found.extend(inside("body", value)),
                name if CONSTANT.contains(&(name, value.json())) => {}
                _ => found.push((name, value)),
            }
        }
        for (name, value) in self.root.members() {
            match (&*name, value.json()) {
                (name, _) if OMITTED.contains(&name) => {}
                ("statusCode", "200") => {}
                ("statTags", _) => {
                    let usual = |value: &Node<'_>| value.json() == "\"dataValidation\"";
                    let tags = inside("statTags", value);
                    found.extend(
                        tags.filter(|(name, value)| name != "statTags.errorCategory" || !usual(value)),
                    );
                }
                _ => found.push((name, value)),
            }
        }
        found.retain(|(_, value)| value.json() != "{}");
        found
    }
}

fn inside<'a>(name: &str, map: Node<'a>) -> impl Iterator<Item = (Cow<'a, str>, Node<'a>)> {
    map.members().map(move |(key, value)| (Cow::Owned(format!("{name}.{key}")), value))
}

/// Appends an answer line with what a contract found in its request, one text for each finding.
pub fn with_violations(line: &[u8], violations: impl IntoIterator<Item = String>, out: &mut Vec<u8>) {
    out.extend_from_slice(line.strip_suffix(b"}\n").unwrap_or(line));
    out.extend_from_slice(b",\"contract\":[");
    for (at, violation) in violations.into_iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        quote(&violation, out);
    }
    out.extend_from_slice(b"]}\n");
}
