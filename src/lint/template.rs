//! Templates: what goes into a text.

use super::Lint;
use super::abstract_value::{AbstractValue, Scalar};
use super::operator::{applied, unfit};
use super::symbols::Symbol;
use crate::diag::{Code, Diagnostic};
use crate::ops::operator;
use crate::syntax::{Style, Text, Yaml, YamlValue};
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
    Value { reference: &'t Reference, filters: &'t [FilterUse], known: AbstractValue, source: AbstractValue },
}

impl Lint<'_, '_> {
    /// What a template gives.
    pub(super) fn template(&mut self, text: &Text) -> AbstractValue {
        let read = self.known.template(text);
        let Ok(parsed) = &*read else {
            return AbstractValue { kinds: Kinds::TEXT, ..AbstractValue::default() };
        };
        self.secrets_in(&text.text, text);
        let Body::Pieces(pieces) = &parsed.body else {
            let mut known = AbstractValue { missing: true, ..AbstractValue::made(Kinds::TEXT) };
            for reference in &parsed.references {
                let reading = self.known.reference(reference);
                if reading.root == Symbol::Unknown {
                    continue;
                }
                let inner = self.reading(&reading, text.at(reference.range.clone()));
                known.raw |= inner.raw;
                known.secret = known.secret.or(inner.secret);
            }
            known.guarded = true;
            return known;
        };
        let mut sum = AbstractValue { raw: false, ..AbstractValue::made(Kinds::TEXT) };
        let (mut solid, mut holes, mut encoded, mut words) = (false, 0, true, String::new());
        for hole in self.holes(pieces, text) {
            match hole {
                Hole::Text(part) => {
                    solid |= !part.is_empty();
                    words.push_str(part);
                }
                Hole::Value { known, .. } => {
                    holes += 1;
                    encoded &= known.encoded;
                    sum.raw |= known.raw;
                    sum.secret = sum.secret.or(known.secret);
                    sum.guarded |= known.guarded;
                    solid |= !known.missing;
                }
            }
        }
        sum.missing = !solid;
        sum.guarded &= !solid || holes > 0;
        sum.encoded = encoded && holes == 1 && words.is_empty();
        if holes == 0 {
            return AbstractValue::made(Kinds::TEXT).among([Scalar::Text(words.into())]);
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
                    let (source, mut known) = self.hole(value, filters, text);
                    if let Some(otherwise) = otherwise {
                        let inner = self.holes(std::slice::from_ref(&**otherwise), text);
                        known = match inner.into_iter().next() {
                            Some(Hole::Value { known: other, .. }) => {
                                AbstractValue { missing: known.missing && other.missing, ..known.or(other) }
                            }
                            // A constant takes the place of what is missing.
                            _ => AbstractValue { missing: false, guarded: false, values: None, ..known },
                        };
                    }
                    Hole::Value { reference: value, filters, known, source }
                }
            });
        }
        holes
    }

    /// `{{ name | filter }}`: what the name is, and what comes out.
    fn hole(
        &mut self,
        value: &Reference,
        filters: &[FilterUse],
        text: &Text,
    ) -> (AbstractValue, AbstractValue) {
        let reading = self.known.reference(value);
        if reading.root == Symbol::Unknown {
            return (AbstractValue::default(), AbstractValue::default());
        }
        let span = text.at(value.range.clone());
        let whole = self.reading(&reading, span);
        let source = self.narrowed(&reading, whole);
        let mut known = source.clone();
        for used in filters {
            let Some(row) = operator(&used.name) else { return (source, AbstractValue::default()) };
            let place = text.at(used.range.clone());
            if let Some(found) = unfit(row, &known, place) {
                self.found(found);
                return (source, AbstractValue::default());
            }
            let argument = used.argument.as_ref().and_then(|argument| constant(argument, place));
            known = applied(row, known, argument.as_ref(), None, &[]);
        }
        if known.is_collection() {
            let message = format!("{} goes into a text; add `join` or `first`", known.kinds.words());
            self.found(Diagnostic::new(Code::ListIntoText, span, message));
            return (source, AbstractValue::default());
        }
        (source, known)
    }
}

/// A filter's argument in the form of a step's; none for named ones, of which nothing is concluded.
fn constant(json: &serde_json::Value, span: crate::source::Span) -> Option<Yaml> {
    let node = match json {
        serde_json::Value::Null => YamlValue::Null,
        serde_json::Value::Bool(truth) => YamlValue::Bool(*truth),
        serde_json::Value::Number(number) => YamlValue::Number(number.to_string()),
        serde_json::Value::String(text) => YamlValue::Text(text.clone()),
        serde_json::Value::Array(items) => {
            YamlValue::List(items.iter().map(|item| constant(item, span)).collect::<Option<_>>()?)
        }
        serde_json::Value::Object(_) => return None,
    };
    Some(Yaml { span, node, style: Style::Plain, inner: span, exact: false })
}
