//! Checks the requests of a mapping against its contract before any event is seen.

use std::rc::Rc;

use super::address::{HOLE, Target, split};
use super::fit::Fit;
use super::infer::Reader;
use super::shape::{Presence, Shape, TextPart};
use super::{Contract, Endpoint};
use crate::diag::{Code, Diagnostic, Findings, did_you_mean};
use crate::source::Span;
use crate::syntax::{Action, Request, ValueNode};

/// Maximum number of alternative addresses of an endpoint that are checked. Alternatives multiply with each part.
const WAYS: usize = 16;

/// Checks every request of every rule.
pub(super) fn audit(mut reader: Reader<'_>, contract: &Contract, findings: &mut Findings) {
    for rule in &reader.mapping.rules {
        let Action::Request(requests) = &rule.action else { continue };
        for request in requests {
            self::request(request, contract, &mut reader, findings);
        }
    }
}

fn request(request: &Request, contract: &Contract, reader: &mut Reader<'_>, findings: &mut Findings) {
    let shared = reader.mapping.request.as_ref();
    let part = |own: fn(&Request) -> Option<&ValueNode>| own(request).or_else(|| shared.and_then(own));
    let method = request.method.as_ref().or_else(|| shared.and_then(|shared| shared.method.as_ref()));
    let (body, format) = (part(|request| request.body.as_ref()), request.format.as_ref());
    let format = format.or_else(|| shared.and_then(|shared| shared.format.as_ref()));
    let Some(endpoint) = part(|request| request.endpoint.as_ref()) else { return };
    let verb = method.map_or("POST", |method| method.node.as_str());
    let mut taken: Vec<&Endpoint> = Vec::new();
    for address in addresses(endpoint, reader) {
        match contract.target(&address) {
            Target::Unknown => return,
            Target::OtherHost => other_host(&address, contract, endpoint.span, findings),
            Target::OtherPath(path) => {
                if !open(endpoint, reader) {
                    other_path(&path, contract, endpoint.span, findings);
                }
            }
            Target::Endpoints(found) => match found.iter().find(|(one, _)| one.method.node == verb) {
                Some((one, _)) if taken.iter().all(|known| known.name.node != one.name.node) => {
                    taken.push(one);
                }
                Some(_) => {}
                None => {
                    let known: Vec<_> = found.iter().map(|(one, _)| one.method.node.as_str()).collect();
                    let span = method.map_or(endpoint.span, |method| method.span);
                    let message = format!("this endpoint accepts {}, not {verb}", known.join(" or "));
                    let mut found = Diagnostic::new(Code::WrongMethod, span, message);
                    if let ([one], Some(method)) = (known.as_slice(), method) {
                        found = found.fix(method.span, *one);
                    }
                    findings.push(found);
                }
            },
        }
    }
    let json = format.is_none_or(|format| format.node == "json");
    if let [endpoint] = taken.as_slice()
        && let Some(schema) = endpoint.body.as_ref().filter(|_| json)
    {
        let shape = match body {
            Some(body) => reader.value(body),
            None => Rc::new(nothing(request.span)),
        };
        Fit::new(contract, &endpoint.name.node, findings).body(schema, &shape);
    }
}

fn nothing(span: Span) -> Shape {
    let form = super::shape::Form::Map(Vec::new(), false);
    Shape::new(span, crate::value::Kinds::MAP, Presence::Always, form)
}

/// The alternative addresses of an endpoint; unknown parts are [`HOLE`]s.
fn addresses(endpoint: &ValueNode, reader: &mut Reader<'_>) -> Vec<String> {
    let mut all = vec![String::new()];
    for part in reader.address(endpoint) {
        all = all
            .iter()
            .flat_map(|before| part.iter().map(move |part| [before.as_str(), part].concat()))
            .take(WAYS)
            .collect();
    }
    all
}

/// Whether an unknown part of the address is not encoded, so that it may contain a `/`.
fn open(endpoint: &ValueNode, reader: &mut Reader<'_>) -> bool {
    let shape = reader.value(endpoint);
    shape.alternatives().iter().any(|shape| {
        let parts = shape.parts();
        // The first part is the host, which has matched already.
        parts.iter().skip(1).any(|part| matches!(part, TextPart::Hole { encoded: false, .. }))
    })
}

fn other_host(address: &str, contract: &Contract, span: Span, findings: &mut Findings) {
    let host = split(address).map_or(address, |(host, _)| host).replace(HOLE, "…");
    let known = || contract.hosts.iter().map(|host| host.node.as_str());
    let near = did_you_mean(&host, known());
    let message = format!("the destination has no host `{host}`{near}");
    let help = format!("the contract lists {}", known().collect::<Vec<_>>().join(" and "));
    findings.push(Diagnostic::new(Code::UnknownEndpoint, span, message).help(help));
}

fn other_path(path: &str, contract: &Contract, span: Span, findings: &mut Findings) {
    let shown = path.replace(HOLE, "…");
    let near = did_you_mean(&shown, contract.paths());
    findings.push(Diagnostic::new(
        Code::UnknownEndpoint,
        span,
        format!("the destination has no endpoint `{shown}`{near}"),
    ));
}

impl Reader<'_> {
    /// The parts of an address, each with its alternatives.
    fn address(&mut self, endpoint: &ValueNode) -> Vec<Vec<String>> {
        let one = |shape: &Shape| {
            let parts = shape.parts().into_iter().map(|part| match part {
                TextPart::Known(text) => text,
                TextPart::Hole { .. } => HOLE.to_string(),
            });
            parts.collect::<String>()
        };
        if let crate::syntax::ValueKind::Template(text) = &endpoint.kind
            && let Some(parts) = self.pieces(text, None)
        {
            return parts
                .iter()
                .map(|shape| shape.alternatives().iter().map(|shape| one(shape)).collect())
                .collect();
        }
        let shape = self.value(endpoint);
        vec![shape.alternatives().iter().map(|shape| one(shape)).collect()]
    }
}
