//! Templates: what is known of the values in them and of the resulting text.

use super::fact::ValuePosition;
use super::operator::misuse;
use super::symbols::Symbol;
use super::{Analysis, Visitor};
use crate::abstract_value::{AbstractValue, Scalar};
use crate::ops::{ArgKind, Args, EffectArgs, operator};
use crate::syntax::Text;
use crate::template::{Body, FilterUse, Piece, Reference};
use crate::value::{Arena, Kinds};

/// Whether text contains template syntax.
pub(super) fn is_template(text: &str) -> bool {
    text.as_bytes().windows(2).any(|open| matches!(open, b"{{" | b"{%" | b"{#"))
}

/// A piece of a template with what is known of it.
pub(super) enum Hole<'t> {
    /// Constant text.
    Text(&'t str),
    /// A `{{ … }}` with its reference, its filters and its result.
    Value {
        reference: &'t Reference,
        filters: &'t [FilterUse],
        known: Box<AbstractValue>,
        /// Whether the input of the filters contains text from the event.
        source_raw: bool,
        /// Whether the input of the filters may be missing.
        source_missing: bool,
    },
}

impl<V: Visitor> Analysis<'_, V> {
    /// The result of a template.
    pub(super) fn template(&mut self, text: &Text) -> AbstractValue {
        let read = self.symbols.template(text);
        let Ok(parsed) = &*read else {
            return AbstractValue { kinds: Kinds::TEXT, ..AbstractValue::default() };
        };
        self.visitor.template(text);
        let Body::Pieces(pieces) = &parsed.body else {
            let mut known = AbstractValue { missing: true, ..AbstractValue::made(Kinds::TEXT) };
            for reference in &parsed.references {
                let resolved = self.symbols.reference(reference);
                if resolved.root == Symbol::Unknown {
                    continue;
                }
                let inner = self.evaluate(&resolved, text.at(reference.range.clone()));
                known.raw |= inner.raw;
            }
            known.guarded = true;
            return known;
        };
        let mut result = AbstractValue { raw: false, ..AbstractValue::made(Kinds::TEXT) };
        let (mut never_empty, mut holes, mut encoded, mut constant_text) = (false, 0, true, String::new());
        for hole in self.holes(pieces, text) {
            match hole {
                Hole::Text(part) => {
                    never_empty |= !part.is_empty();
                    constant_text.push_str(part);
                }
                Hole::Value { known, .. } => {
                    holes += 1;
                    encoded &= known.encoded;
                    result.raw |= known.raw;
                    result.guarded |= known.guarded;
                    never_empty |= !known.missing;
                }
            }
        }
        result.missing = !never_empty;
        result.guarded &= !never_empty || holes > 0;
        result.encoded = encoded && holes == 1 && constant_text.is_empty();
        if holes == 0 {
            return AbstractValue::made(Kinds::TEXT).among([Scalar::Text(constant_text.into())]);
        }
        result
    }

    /// Analyses the pieces of a template without logic.
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
                                AbstractValue { missing: known.missing && other.missing, ..known.or(*other) }
                            }
                            // A constant replaces a missing value.
                            _ => AbstractValue { missing: false, guarded: false, values: None, ..known },
                        };
                    }
                    let (source_raw, source_missing) = (source.raw, source.missing);
                    Hole::Value {
                        reference: value,
                        filters,
                        known: Box::new(known),
                        source_raw,
                        source_missing,
                    }
                }
            });
        }
        holes
    }

    /// `{{ name | filter }}`: the value of the name, and the result of the filters.
    fn hole(
        &mut self,
        value: &Reference,
        filters: &[FilterUse],
        text: &Text,
    ) -> (AbstractValue, AbstractValue) {
        let resolved = self.symbols.reference(value);
        if resolved.root == Symbol::Unknown {
            return (AbstractValue::default(), AbstractValue::default());
        }
        let span = text.at(value.range.clone());
        let whole = self.evaluate(&resolved, span);
        let source = self.narrowed(&resolved, whole);
        let mut known = source.clone();
        for used in filters {
            let Some(row) = operator(&used.name) else { return (source, AbstractValue::default()) };
            let filter_span = text.at(used.range.clone());
            if let Some(misuse) = misuse(row, &known) {
                self.visitor.misuse(misuse, row, &known, filter_span, None);
                return (source, AbstractValue::default());
            }
            let arena = Arena::new();
            let (argument, with) = used.arguments(row, &arena);
            // A filter's value argument is always a constant.
            let value = match row.argument {
                ArgKind::Value(_) => argument.map(|value| AbstractValue::constant(value, &arena)),
                _ => None,
            };
            let constant = Args { argument, with: &with, destination: None, arena: &arena };
            known = row.output(&EffectArgs { constant, value: value.as_ref(), test: None }, &known);
        }
        if known.is_collection() {
            self.visitor.position(ValuePosition::Template, &known, span);
            return (source, AbstractValue::default());
        }
        (source, known)
    }
}
