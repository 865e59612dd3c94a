//! Checks the requests of a mapping against its contract before any event is seen.

use std::rc::Rc;

use super::endpoint_match::{HOLE, Target, split};
use super::fit::Fit;
use super::infer::ShapeReader;
use super::shape::{Presence, Shape, TextPart};
use super::{Contract, Endpoint};
use crate::diag::{Code, Diagnostic, Findings, did_you_mean};
use crate::source::Span;
use crate::syntax::{Action, Name, Request, ValueNode};

/// Maximum number of alternative addresses of an endpoint that are checked. Alternatives multiply with each part.
const MAX_ADDRESSES: usize = 16;

/// Checks every request of every rule.
pub(super) fn audit(mut reader: ShapeReader<'_>, contract: &Contract, findings: &mut Findings) {
    for rule in &reader.mapping.rules {
        let Action::Request(requests) = &rule.action else { continue };
        for request in requests {
            self::request(request, contract, &mut reader, findings);
        }
    }
}

fn request(request: &Request, contract: &Contract, reader: &mut ShapeReader<'_>, findings: &mut Findings) {
    let shared = reader.mapping.request.as_ref();
    let part = |own: fn(&Request) -> Option<&ValueNode>| own(request).or_else(|| shared.and_then(own));
    let method = request.method.as_ref().or_else(|| shared.and_then(|shared| shared.method.as_ref()));
    let (body, format) = (part(|request| request.body.as_ref()), request.format.as_ref());
    let format = format.or_else(|| shared.and_then(|shared| shared.format.as_ref()));
    let Some(endpoint) = part(|request| request.endpoint.as_ref()) else { return };
    let method_names = methods(method, reader);
    let mut endpoints: Vec<&Endpoint> = Vec::new();
    for address in addresses(endpoint, reader) {
        match contract.target(&address) {
            Target::Unknown => return,
            Target::OtherHost => other_host(&address, contract, endpoint.span, findings),
            Target::OtherPath(path) => {
                if !may_contain_slash(endpoint, reader) {
                    other_path(&path, contract, endpoint.span, findings);
                }
            }
            Target::Endpoints(found) => {
                for method_name in &method_names {
                    match found.iter().find(|(one, _)| one.method.node == *method_name) {
                        Some((one, _)) if endpoints.iter().all(|known| known.name.node != one.name.node) => {
                            endpoints.push(one);
                        }
                        Some(_) => {}
                        None => {
                            let known: Vec<_> =
                                found.iter().map(|(one, _)| one.method.node.as_str()).collect();
                            let span = method.map_or(endpoint.span, |method| method.span);
                            let message =
                                format!("this endpoint accepts {}, not {method_name}", known.join(" or "));
                            let mut found = Diagnostic::new(Code::WrongMethod, span, message);
                            if let ([one], Some(method)) = (known.as_slice(), method) {
                                found = found.fix(method.span, *one);
                            }
                            findings.push(found);
                        }
                    }
                }
            }
        }
    }
    let json = format.is_none_or(|format| format.node == "json");
    if let [endpoint] = endpoints.as_slice()
        && let Some(schema) = endpoint.body.as_ref().filter(|_| json)
    {
        let shape = match body {
            Some(body) => reader.value(body),
            None => Rc::new(empty_body(request.span)),
        };
        Fit::new(contract, &endpoint.name.node, findings).body(schema, &shape);
    }
}

/// The methods that a request can have: the written one, or those that its setting allows.
fn methods(written: Option<&Name>, reader: &ShapeReader<'_>) -> Vec<String> {
    let Some(name) = written else { return vec!["POST".to_owned()] };
    let setting = name.node.strip_prefix("$config.");
    let declared = reader.mapping.config.iter().find(|declared| Some(declared.name.node.as_str()) == setting);
    match declared.and_then(|declared| declared.one_of.as_ref()) {
        Some((_, allowed)) => allowed.iter().filter_map(|yaml| Some(yaml.text()?.text)).collect(),
        None => vec![name.node.clone()],
    }
}

fn empty_body(span: Span) -> Shape {
    let form = super::shape::Form::Map(Vec::new(), false);
    Shape::new(span, crate::value::Kinds::MAP, Presence::Always, form)
}

/// The alternative addresses of an endpoint; unknown parts are [`HOLE`]s.
fn addresses(endpoint: &ValueNode, reader: &mut ShapeReader<'_>) -> Vec<String> {
    let mut all = vec![String::new()];
    for part in reader.address(endpoint) {
        all = all
            .iter()
            .flat_map(|before| part.iter().map(move |part| [before.as_str(), part].concat()))
            .take(MAX_ADDRESSES)
            .collect();
    }
    all
}

/// Whether an unknown part of the address is not encoded, so that it may contain a `/`.
fn may_contain_slash(endpoint: &ValueNode, reader: &mut ShapeReader<'_>) -> bool {
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
    let suggestion = did_you_mean(&host, known());
    let message = format!("the destination has no host `{host}`{suggestion}");
    let help = format!("the contract lists {}", known().collect::<Vec<_>>().join(" and "));
    findings.push(Diagnostic::new(Code::UnknownEndpoint, span, message).help(help));
}

fn other_path(path: &str, contract: &Contract, span: Span, findings: &mut Findings) {
    let displayed = path.replace(HOLE, "…");
    let suggestion = did_you_mean(&displayed, contract.paths());
    findings.push(Diagnostic::new(
        Code::UnknownEndpoint,
        span,
        format!("the destination has no endpoint `{displayed}`{suggestion}"),
    ));
}

impl ShapeReader<'_> {
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
