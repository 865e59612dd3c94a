//! Endpoints: which values are used in which part of an address.

use super::fact::{EndpointHole, EndpointPosition};
use super::symbols::Symbol;
use super::template::Hole;
use super::{Analysis, Visitor};
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
                self.visitor.address_value(&known, path.span);
                if let Symbol::Field(index) = resolved.root
                    && resolved.steps.is_empty()
                {
                    let mapping = self.mapping;
                    self.endpoint(&mapping.fields[index].node, rule, depth + 1);
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
                    let span = text.at(reference.range.clone());
                    self.visitor.address_value(&known, span);
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
                        span,
                        position,
                        known: &known,
                        filtered: !filters.is_empty(),
                        composed: matches!(root, Symbol::Field(index) if filters.is_empty()
                            && self.is_composed(&self.mapping.fields[index].node, depth)),
                        missing: source_missing && known.missing && !local,
                    });
                    before.push('x');
                    position =
                        if position == EndpointPosition::Start { EndpointPosition::Host } else { position };
                }
            }
        }
    }

    /// Whether a value is put together from constants and values.
    fn is_composed(&self, written: &ValueNode, depth: usize) -> bool {
        let composed = |text: &Text| match &*self.symbols.template(text) {
            Ok(Parsed { body: Body::Pieces(pieces), .. }) => pieces.len() > 1,
            _ => false,
        };
        match &written.kind {
            ValueKind::Template(text) => composed(text),
            ValueKind::Rule(rule) if rule.transform.is_empty() && rule.template.is_none() => {
                match &rule.source {
                    ValueSource::Template(text) => composed(text),
                    ValueSource::From(entries) => {
                        depth < MAX_DEPTH && entries.iter().any(|entry| self.is_composed(entry, depth + 1))
                    }
                    _ => false,
                }
            }
            _ => false,
        }
    }
}
