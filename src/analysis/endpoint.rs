//! Endpoints: which values are used in which part of an address.

use super::place::{EndpointHole, EndpointPosition};
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
            ValueKind::Constant(yaml) => self.fixed(yaml),
            ValueKind::Template(text) => self.filled_in(text, rule, depth),
            ValueKind::Path(path) => {
                let (resolved, known) = self.path(path);
                let Some(resolved) = resolved else { return };
                let known = self.narrowed(&resolved, known);
                self.visitor.logged("endpoint", &known, path.span);
                match resolved.root {
                    Symbol::Field(at) if resolved.steps.is_empty() => {
                        let mapping = self.mapping;
                        self.endpoint(&mapping.fields[at].node, rule, depth + 1);
                    }
                    Symbol::Event | Symbol::Local => self.visitor.address_path(path, &known),
                    _ => {}
                }
            }
            ValueKind::Rule(value) => self.given(value.when.as_ref(), |inner| {
                if value.transform.is_empty() && value.template.is_none() {
                    match &value.source {
                        ValueSource::From(entries) => {
                            for entry in entries {
                                inner.endpoint(entry, rule, depth + 1);
                            }
                        }
                        ValueSource::Literal(yaml) => inner.fixed(yaml),
                        ValueSource::Template(text) => inner.filled_in(text, rule, depth),
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

    fn fixed(&mut self, yaml: &Yaml) {
        // Many rules share one address; report it once.
        if !self.addresses.insert(yaml.span) {
            return;
        }
        if let (YamlValue::Text(words), Some(text)) = (&yaml.node, yaml.text()) {
            self.visitor.address_so_far(words, &text);
            self.visitor.address_start(words, yaml.span, false);
            self.visitor.address_words(words, &text);
        }
    }

    fn filled_in(&mut self, text: &Text, rule: &Rule, depth: usize) {
        let read = self.symbols.template(text);
        let Ok(parsed) = &*read else { return };
        let Body::Pieces(pieces) = &parsed.body else {
            self.with_logic(parsed, text);
            return;
        };
        if let Some(Piece::Text(words)) = pieces.first() {
            self.visitor.address_start(words, text.span, true);
        }
        for piece in pieces {
            if let Piece::Text(words) = piece {
                self.visitor.address_words(words, text);
            }
        }
        let (mut part, mut before) = (EndpointPosition::Start, String::new());
        for hole in self.holes(pieces, text) {
            match hole {
                Hole::Text(words) => {
                    let host = before.len();
                    before.push_str(words);
                    let start = before.find("://").map_or(host, |at| (at + 3).max(host));
                    let open = part != EndpointPosition::Path
                        && before.get(start..).is_some_and(|rest| rest.contains(['/', '?', '#']));
                    if part != EndpointPosition::Path && before.contains("://") {
                        self.visitor.address_so_far(&before, text);
                    }
                    part = if open || part == EndpointPosition::Path {
                        EndpointPosition::Path
                    } else {
                        EndpointPosition::Host
                    };
                }
                Hole::Value { reference, filters, known, source_raw, source_missing } => {
                    let root = self.symbols.reference(reference).root;
                    if part == EndpointPosition::Start
                        && !source_raw
                        && let Symbol::Field(at) = root
                    {
                        let mapping = self.mapping;
                        self.endpoint(&mapping.fields[at].node, rule, depth + 1);
                    }
                    let local = matches!(root, Symbol::Local | Symbol::Value);
                    self.visitor.address_hole(&EndpointHole {
                        text,
                        rule,
                        reference,
                        span: text.at(reference.range.clone()),
                        position: part,
                        known: &known,
                        filtered: !filters.is_empty(),
                        source_raw,
                        missing: source_missing && known.missing && !local,
                    });
                    before.push('x');
                    part = if part == EndpointPosition::Start { EndpointPosition::Host } else { part };
                }
            }
        }
    }

    /// A template with logic, whose pieces are unknown: reports the first event value in it, unless the template encodes
    /// something.
    fn with_logic(&mut self, parsed: &Parsed, text: &Text) {
        if parsed.filters.iter().any(|used| operator(&used.name).is_some_and(|row| row.meaning.encodes)) {
            return;
        }
        for reference in &parsed.references {
            let resolved = self.symbols.reference(reference);
            let span = text.at(reference.range.clone());
            let known = self.reading(&resolved, span);
            if self.narrowed(&resolved, known).raw {
                self.visitor.address_logic(reference, span);
                return;
            }
        }
    }
}
