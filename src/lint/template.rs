//! Templates: what goes into a text.

use super::Lint;
use super::fact::{Fact, Plain};
use super::known::Root;
use super::operator::{applied, unfit};
use crate::diag::Diagnostic;
use crate::ops::operator;
use crate::spec::{Node, Style, Text, Yaml};
use crate::template::{Body, FilterUse, Piece, Reference};
use crate::value::Kinds;

/// Whether text is filled in for each event.
pub(super) fn is_template(text: &str) -> bool {
    text.as_bytes().windows(2).any(|open| matches!(open, b"{{" | b"{%" | b"{#"))
}

/// A part of a template with what is known of it.
pub(super) enum Hole<'t> {
    /// Constant text.
    Text(&'t str),
    /// `{{ … }}` with its reference, its filters and what comes out of it.
    Value { reference: &'t Reference, filters: &'t [FilterUse], fact: Fact, source: Fact },
}

impl Lint<'_, '_> {
    /// What a template gives.
    pub(super) fn template(&mut self, text: &Text) -> Fact {
        let read = self.known.template(text);
        let Ok(parsed) = &*read else {
            return Fact { kinds: Kinds::TEXT, ..Fact::default() };
        };
        self.secrets_in(&text.text, text);
        let Body::Pieces(pieces) = &parsed.body else {
            let mut fact = Fact { missing: true, ..Fact::made(Kinds::TEXT) };
            for reference in &parsed.references {
                let reading = self.known.reference(reference);
                if reading.root == Root::Unknown {
                    continue;
                }
                let inner = self.reading(&reading, text.at(reference.range.clone()));
                fact.raw |= inner.raw;
                fact.secret = fact.secret.or(inner.secret);
            }
            fact.guarded = true;
            return fact;
        };
        let mut sum = Fact { raw: false, ..Fact::made(Kinds::TEXT) };
        let (mut solid, mut holes, mut encoded, mut words) = (false, 0, true, String::new());
        for hole in self.holes(pieces, text) {
            match hole {
                Hole::Text(part) => {
                    solid |= !part.is_empty();
                    words.push_str(part);
                }
                Hole::Value { fact, .. } => {
                    holes += 1;
                    encoded &= fact.encoded;
                    sum.raw |= fact.raw;
                    sum.secret = sum.secret.or(fact.secret);
                    sum.guarded |= fact.guarded;
                    solid |= !fact.missing;
                }
            }
        }
        sum.missing = !solid;
        sum.guarded &= !solid || holes > 0;
        sum.encoded = encoded && holes == 1 && words.is_empty();
        if holes == 0 {
            return Fact::made(Kinds::TEXT).among([Plain::Text(words.into())]);
        }
        sum
    }

    /// The parts of a template without logic, each looked at.
    pub(super) fn holes<'t>(&mut self, pieces: &'t [Piece], text: &Text) -> Vec<Hole<'t>> {
        let mut holes = Vec::with_capacity(pieces.len());
        for piece in pieces {
            holes.push(match piece {
                Piece::Text(part) => Hole::Text(part),
                Piece::Value { value, filters, otherwise } => {
                    let (source, mut fact) = self.hole(value, filters, text);
                    if let Some(otherwise) = otherwise {
                        let inner = self.holes(std::slice::from_ref(&**otherwise), text);
                        fact = match inner.into_iter().next() {
                            Some(Hole::Value { fact: other, .. }) => {
                                Fact { missing: fact.missing && other.missing, ..fact.or(other) }
                            }
                            // A constant takes the place of what is missing.
                            _ => Fact { missing: false, guarded: false, values: None, ..fact },
                        };
                    }
                    Hole::Value { reference: value, filters, fact, source }
                }
            });
        }
        holes
    }

    /// `{{ name | filter }}`: what the name is, and what comes out.
    fn hole(&mut self, value: &Reference, filters: &[FilterUse], text: &Text) -> (Fact, Fact) {
        let reading = self.known.reference(value);
        if reading.root == Root::Unknown {
            return (Fact::default(), Fact::default());
        }
        let span = text.at(value.range.clone());
        let whole = self.reading(&reading, span);
        let source = self.narrowed(&reading, whole);
        let mut fact = source.clone();
        for used in filters {
            let Some(row) = operator(&used.name) else { return (source, Fact::default()) };
            let place = text.at(used.range.clone());
            if let Some(found) = unfit(row, &fact, place) {
                self.found(found);
                return (source, Fact::default());
            }
            let argument = used.argument.as_ref().and_then(|argument| constant(argument, place));
            fact = applied(row, fact, argument.as_ref(), &[]);
        }
        if fact.is_collection() {
            let message = format!("{} goes into a text; add `join` or `first`", fact.kinds.words());
            self.found(Diagnostic::new("O307", span, message));
            return (source, Fact::default());
        }
        (source, fact)
    }
}

/// A filter's argument in the form of a step's; none for named ones, of which nothing is concluded.
fn constant(json: &serde_json::Value, span: crate::source::Span) -> Option<Yaml> {
    let node = match json {
        serde_json::Value::Null => Node::Null,
        serde_json::Value::Bool(truth) => Node::Bool(*truth),
        serde_json::Value::Number(number) => Node::Number(number.to_string()),
        serde_json::Value::String(text) => Node::Text(text.clone()),
        serde_json::Value::Array(items) => {
            Node::List(items.iter().map(|item| constant(item, span)).collect::<Option<_>>()?)
        }
        serde_json::Value::Object(_) => return None,
    };
    Some(Yaml { span, node, style: Style::Plain, inner: span, exact: false })
}
