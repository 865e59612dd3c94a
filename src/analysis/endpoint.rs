//! Endpoints: which values are used in which part of an address.

use super::fact::{EndpointHole, EndpointPosition};
use super::symbols::Symbol;
use super::template::Hole;
use super::{Analysis, Visitor};
use crate::ops::operator;
use crate::syntax::{Rule, Text, ValueKind, ValueNode, ValueSource, Yaml, YamlValue};
use crate::template::{Body, Parsed, Piece};

/// Maximum depth to which an endpoint is followed through fields. References between fields may be cyclic.
const MAX_DEPTH: usize = 8;

impl<V: Visitor> Analysis<'_, V> {
    /// Analyses an endpoint, or a value that one begins with.
    pub(super) fn endpoint(&mut self, written: &ValueNode, rule: &Rule, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        match &written.kind {
            ValueKind::Constant(yaml) => self.endpoint_constant(yaml),
            ValueKind::Template(text) => self.endpoint_template(text, rule, depth),
            ValueKind::Path(path) => {
                let (resolved, known) = self.path(path);
                let Some(resolved) = resolved else { return };
                let known = self.narrowed(&resolved, known);
                match resolved.root {
                    Symbol::Field(index) if resolved.steps.is_empty() => {
                        let mapping = self.mapping;
                        self.endpoint(&mapping.fields[index].node, rule, depth + 1);
                    }
                    Symbol::Event | Symbol::Local => self.visitor.address_path(path, &known),
                    _ => {}
                }
            }
            ValueKind::Rule(value) => self.under_condition(value.when.as_ref(), |inner| {
                if value.transform.is_empty() && value.template.is_none() {
                    match &value.source {
                        ValueSource::From(entries) => {
                            for entry in entries {
                                inner.endpoint(entry, rule, depth + 1);
                            }
                        }
                        ValueSource::Literal(yaml) => inner.endpoint_constant(yaml),
                        ValueSource::Template(text) => inner.endpoint_template(text, rule, depth),
                        _ => {}
                    }
                }
                if let Some((_, default)) = &value.default {
                    inner.endpoint(default, rule, depth + 1);
                }
            }),
            ValueKind::Map(..) | ValueKind::List(_) => {}
        }
    }

    fn endpoint_constant(&mut self, yaml: &Yaml) {
        // Many rules share one address; report it once.
        if !self.seen_addresses.insert(yaml.span) {
            return;
        }
        if let (YamlValue::Text(constant), Some(text)) = (&yaml.node, yaml.text()) {
            self.visitor.address_prefix(constant, &text);
            self.visitor.address_start(constant, yaml.span, false);
            self.visitor.address_text(constant, &text);
        }
    }

    fn endpoint_template(&mut self, text: &Text, rule: &Rule, depth: usize) {
        let read = self.symbols.template(text);
        let Ok(parsed) = &*read else { return };
        let Body::Pieces(pieces) = &parsed.body else {
            self.endpoint_logic(parsed, text);
            return;
        };
        if let Some(Piece::Text(constant)) = pieces.first() {
            self.visitor.address_start(constant, text.span, true);
        }
        for piece in pieces {
            if let Piece::Text(constant) = piece {
                self.visitor.address_text(constant, text);
            }
        }
        let (mut position, mut before) = (EndpointPosition::Start, String::new());
        for hole in self.holes(pieces, text) {
            match hole {
                Hole::Text(constant) => {
                    let host = before.len();
                    before.push_str(constant);
                    let start = before.find("://").map_or(host, |at| (at + 3).max(host));
                    let open = position != EndpointPosition::Path
                        && before.get(start..).is_some_and(|rest| rest.contains(['/', '?', '#']));
                    if position != EndpointPosition::Path && before.contains("://") {
                        self.visitor.address_prefix(&before, text);
                    }
                    position = if open || position == EndpointPosition::Path {
                        EndpointPosition::Path
                    } else {
                        EndpointPosition::Host
                    };
                }
                Hole::Value { reference, filters, known, source_raw, source_missing } => {
                    let root = self.symbols.reference(reference).root;
                    if position == EndpointPosition::Start
                        && !source_raw
                        && let Symbol::Field(index) = root
                    {
                        let mapping = self.mapping;
                        self.endpoint(&mapping.fields[index].node, rule, depth + 1);
                    }
                    let local = matches!(root, Symbol::Local | Symbol::Value);
                    self.visitor.address_hole(&EndpointHole {
                        text,
                        rule,
                        reference,
                        span: text.at(reference.range.clone()),
                        position,
                        known: &known,
                        filtered: !filters.is_empty(),
                        source_raw,
                        missing: source_missing && known.missing && !local,
                    });
                    before.push('x');
                    position =
                        if position == EndpointPosition::Start { EndpointPosition::Host } else { position };
                }
            }
        }
    }

    /// A template with logic, whose pieces are unknown: reports the first event value in it, unless the template encodes
    /// something.
    fn endpoint_logic(&mut self, parsed: &Parsed, text: &Text) {
        if parsed.filters.iter().any(|used| operator(&used.name).is_some_and(|row| row.meaning.encodes)) {
            return;
        }
        for reference in &parsed.references {
            let resolved = self.symbols.reference(reference);
            let span = text.at(reference.range.clone());
            let known = self.evaluate(&resolved, span);
            if self.narrowed(&resolved, known).raw {
                self.visitor.address_logic(reference, span);
                return;
            }
        }
    }
}
