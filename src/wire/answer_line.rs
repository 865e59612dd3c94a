//! Reads answer lines, for snapshots and for `explain`.

use std::borrow::Cow;

use crate::json::{Document, Limits, Malformed, Node, Tape};
use crate::value::quote;

/// Members that [`AnswerLine::details`] leaves out: the file and the line number, which are not of interest, the place in the
/// mapping, which every edit changes, and the request, whose parts are listed one by one.
const OMITTED: [&str; 4] = ["line", "file", "at", "output"];

/// Members that are the same in every request, with their JSON.
const CONSTANT: [(&str, &str); 2] = [("version", "\"1\""), ("type", "\"REST\"")];

/// An answer line.
pub(crate) struct AnswerLine<'a> {
    pub(super) root: Node<'a>,
}

/// A summary of an answer line.
pub(crate) enum Outline<'a> {
    /// A request to this endpoint.
    Request { method: Cow<'a, str>, endpoint: Cow<'a, str> },
    /// The error, and the address in the mapping that raised it.
    Refused { error: Cow<'a, str>, address: Option<Cow<'a, str>> },
    /// Why the event was filtered out, and the address of the rule.
    Dropped { reason: Cow<'a, str>, address: Option<Cow<'a, str>> },
}

impl<'a> AnswerLine<'a> {
    /// Parses a line and calls `use_line` with it.
    pub(crate) fn read<T>(line: &str, use_line: impl FnOnce(AnswerLine<'_>) -> T) -> Result<T, Malformed> {
        // No limits: a body can repeat the event, so an answer may be longer and deeper than any event.
        let limits = Limits { bytes: usize::MAX, depth: usize::MAX };
        let mut tape = Tape::default();
        let document = Document::read(line, &mut tape, &limits)?;
        Ok(use_line(AnswerLine { root: document.root() }))
    }

    /// A summary of the line.
    pub(crate) fn outline(&self) -> Outline<'a> {
        let text = |name: &str| self.root.member(name).and_then(Node::text);
        if let Some(output) = self.root.member("output") {
            let text = |name: &str| output.member(name).and_then(Node::text).unwrap_or_default();
            return Outline::Request { method: text("method"), endpoint: text("endpoint") };
        }
        let address = text("address").or_else(|| text("rule"));
        match text("error") {
            Some(error) => Outline::Refused { error, address },
            None => Outline::Dropped { reason: text("dropped").unwrap_or_default(), address },
        }
    }

    /// The place in the mapping that refused the event, as `file:line:column`.
    pub(crate) fn place(&self) -> Option<Cow<'a, str>> {
        self.root.member("at").and_then(Node::text)
    }

    /// The contract violations of the request.
    pub(crate) fn violations(&self) -> impl Iterator<Item = Cow<'a, str>> {
        self.root.member("contract").into_iter().flat_map(Node::elements).filter_map(Node::text)
    }

    /// Everything else in the line, each member with its name, in the order of the line. Members of the body and of
    /// `statTags` are listed one by one (`body.JSON`); empty maps and members with their usual value are left out.
    pub(crate) fn details(&self) -> Vec<(Cow<'a, str>, Node<'a>)> {
        let mut details = Vec::new();
        for (name, value) in self.root.member("output").into_iter().flat_map(Node::members) {
            match &*name {
                "method" | "endpoint" => {}
                "body" => details.extend(members_of("body", value)),
                name if CONSTANT.contains(&(name, value.json())) => {}
                _ => details.push((name, value)),
            }
        }
        for (name, value) in self.root.members() {
            match (&*name, value.json()) {
                (name, _) if OMITTED.contains(&name) => {}
                ("statusCode", "200") => {}
                ("statTags", _) => {
                    let usual = |value: &Node<'_>| value.json() == "\"dataValidation\"";
                    let tags = members_of("statTags", value);
                    details.extend(
                        tags.filter(|(name, value)| name != "statTags.errorCategory" || !usual(value)),
                    );
                }
                _ => details.push((name, value)),
            }
        }
        details.retain(|(_, value)| value.json() != "{}");
        details
    }
}

/// The members of a map, with the name of the map before theirs.
fn members_of<'a>(name: &str, map: Node<'a>) -> impl Iterator<Item = (Cow<'a, str>, Node<'a>)> {
    map.members().map(move |(key, value)| (Cow::Owned(format!("{name}.{key}")), value))
}

/// Appends a copy of an answer line with the contract violations of its request as the member `contract`.
pub fn with_violations(line: &[u8], violations: impl IntoIterator<Item = String>, out: &mut Vec<u8>) {
    out.extend_from_slice(line.strip_suffix(b"}\n").unwrap_or(line));
    out.extend_from_slice(b",\"contract\":[");
    for (index, violation) in violations.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        quote(&violation, out);
    }
    out.extend_from_slice(b"]}\n");
}
