//! Endpoints: where data of the event may stand in an address, and where not.

use super::Lint;
use super::symbols::Symbol;
use super::template::Hole;
use crate::diag::{Code, Diagnostic};
use crate::ops::{encoder, operator};
use crate::path::Segment;
use crate::source::Span;
use crate::syntax::{Rule, Text, ValueKind, ValueNode, ValueSource, Yaml, YamlValue};
use crate::template::{Body, Reference};

/// Fields that stand for others are followed so far.
const MAX_DEPTH: usize = 8;

/// Where in an address the next part stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum EndpointPosition {
    Start,
    Host,
    Path,
}

impl Lint<'_, '_> {
    /// An endpoint, or what one begins with.
    pub(super) fn endpoint(&mut self, written: &ValueNode, rule: &Rule, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        match &written.kind {
            ValueKind::Constant(yaml) => self.fixed(yaml),
            ValueKind::Template(text) => self.filled_in(text, rule, depth),
            ValueKind::Path(path) => {
                let (reading, known) = self.path(path);
                let Some(reading) = reading else { return };
                let known = self.narrowed(&reading, known);
                self.secret("endpoint", &known, path.span);
                match reading.root {
                    Symbol::Field(at) if reading.steps.is_empty() => {
                        let mapping = self.mapping;
                        self.endpoint(&mapping.fields[at].node, rule, depth + 1);
                    }
                    Symbol::Event | Symbol::Local if known.raw => self.host(path.span, &path.text),
                    _ => {}
                }
            }
            ValueKind::Rule(value) => self.given(value.when.as_ref(), |lint| {
                if value.transform.is_empty() && value.template.is_none() {
                    match &value.source {
                        ValueSource::From(entries) => {
                            for entry in entries {
                                lint.endpoint(entry, rule, depth + 1);
                            }
                        }
                        ValueSource::Literal(yaml) => lint.fixed(yaml),
                        ValueSource::Template(text) => lint.filled_in(text, rule, depth),
                        _ => {}
                    }
                }
                if let Some((_, default)) = &value.default {
                    lint.endpoint(default, rule, depth + 1);
                }
            }),
            ValueKind::Map(..) | ValueKind::List(_) => {}
        }
    }

    fn fixed(&mut self, yaml: &Yaml) {
        // Most endpoints begin with the same few.
        if !self.addresses.insert(yaml.span) {
            return;
        }
        if let (YamlValue::Text(words), Some(text)) = (&yaml.node, yaml.text()) {
            self.address(words, &text);
            self.begins(words, yaml.span, false);
            self.placeholder(words, &text, true);
        }
    }

    fn host(&mut self, span: Span, name: &str) {
        let message = format!(
            "the host comes from the event (`{name}`), so whoever sends events chooses where requests go"
        );
        let help = "write the host, or take it from a setting; `map_values` with `otherwise: drop` can choose among known hosts";
        self.found(Diagnostic::new(Code::HostFromEvent, span, message).help(help));
    }

    fn filled_in(&mut self, text: &Text, rule: &Rule, depth: usize) {
        let read = self.known.template(text);
        let Ok(parsed) = &*read else { return };
        let Body::Pieces(pieces) = &parsed.body else {
            if !parsed.filters.iter().any(|used| operator(&used.name).is_some_and(|row| row.meaning.encodes))
            {
                for reference in &parsed.references {
                    let reading = self.known.reference(reference);
                    let span = text.at(reference.range.clone());
                    let known = self.reading(&reading, span);
                    if self.narrowed(&reading, known).raw {
                        self.found(unescaped(span, reference));
                        return;
                    }
                }
            }
            return;
        };
        if let Some(crate::template::Piece::Text(words)) = pieces.first() {
            self.begins(words, text.span, true);
        }
        for piece in pieces {
            if let crate::template::Piece::Text(words) = piece {
                self.placeholder(words, text, true);
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
                        self.address(&before, text);
                    }
                    part = if open || part == EndpointPosition::Path {
                        EndpointPosition::Path
                    } else {
                        EndpointPosition::Host
                    };
                }
                Hole::Value { reference, filters, known, source_raw, source_missing } => {
                    let span = text.at(reference.range.clone());
                    self.secret("endpoint", &known, span);
                    match part {
                        EndpointPosition::Path => {
                            if known.raw {
                                let encoded = unescaped(span, reference);
                                self.found(match insertion(text, reference, filters.is_empty()) {
                                    Some(at) => encoded.fix(at, format!(" | {}", encoder_name())),
                                    None => encoded,
                                });
                            }
                        }
                        EndpointPosition::Start | EndpointPosition::Host if source_raw => {
                            self.host(span, &spelled(reference));
                        }
                        EndpointPosition::Start => {
                            if let Symbol::Field(at) = self.known.reference(reference).root {
                                let mapping = self.mapping;
                                self.endpoint(&mapping.fields[at].node, rule, depth + 1);
                            }
                        }
                        EndpointPosition::Host => {}
                    }
                    let local = matches!(self.known.reference(reference).root, Symbol::Local | Symbol::Value);
                    if source_missing && known.missing && !local {
                        let message = format!(
                            "`{}` can be missing, and then rule `{}` refuses the event in general words",
                            spelled(reference),
                            rule.name.node
                        );
                        let found = Diagnostic::new(Code::AddressPartMissing, span, message)
                            .related(rule.name.span, "the rule");
                        self.found(found.help("ask for it under `require:` with an error that says what is missing, or in `when:`"));
                    }
                    before.push('x');
                    part = if part == EndpointPosition::Start { EndpointPosition::Host } else { part };
                }
            }
        }
    }
}

fn unescaped(span: Span, reference: &Reference) -> Diagnostic {
    let name = spelled(reference);
    let message =
        format!("`{name}` stands in the address as it is: `/`, `?` or `#` in it would lead elsewhere");
    Diagnostic::new(Code::UnescapedInAddress, span, message)
        .help(format!("write `{{{{ {name} | {} }}}}`", encoder_name()))
}

/// What the operator is called that makes text safe in an address.
fn encoder_name() -> &'static str {
    encoder().map_or("", |row| row.name)
}

fn spelled(reference: &Reference) -> String {
    reference.steps.iter().fold(reference.name.clone(), |text, step| match step {
        Segment::Name(key) => format!("{text}.{key}"),
        Segment::Index(index) => format!("{text}[{index}]"),
    })
}

/// Where the filter goes: behind the name, when nothing else stands there.
fn insertion(text: &Text, reference: &Reference, bare: bool) -> Option<Span> {
    if !bare || !text.exact {
        return None;
    }
    let rest = text.text.get(reference.range.end..)?;
    let close = rest.find("}}")?;
    rest.get(..close)?
        .trim()
        .trim_end_matches('-')
        .is_empty()
        .then(|| text.at(reference.range.end..reference.range.end))
}
