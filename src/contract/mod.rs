//! Contracts: what a destination accepts, as data. Endpoints with their methods and addresses, schemas of bodies, limits in
//! bytes.
//!
//! A contract is a YAML file that a mapping refers to. `check` checks a mapping against it before any event is seen, as far
//! as the shape of its requests is known; an `Inspector` (feature `inspect`) checks requests that were produced.

mod endpoint_match;
mod exclusive;
mod finding;
mod fit;
mod infer;
#[cfg(feature = "inspect")]
mod inspect;
mod keyword;
mod map;
#[cfg(feature = "inspect")]
mod message;
mod read;
mod request;
mod scalar;
mod schema;
#[cfg(feature = "inspect")]
mod schema_steps;
mod shape;
mod steps;
#[cfg(test)]
mod tests;
#[cfg(feature = "inspect")]
mod validator;

#[cfg(feature = "inspect")]
pub use inspect::Inspector;

use crate::diag::Findings;
use crate::syntax::{Mapping, Name, Yaml};
use crate::template::ParseCache;
use infer::ShapeReader;

/// A contract that was read and validated.
#[derive(Clone, Debug)]
pub struct Contract {
    /// The base addresses that requests may go to, such as one for each region.
    hosts: Vec<Name>,
    endpoints: Vec<Endpoint>,
    /// `$defs:`, the schemas that `$ref` refers to.
    definitions: Option<Yaml>,
}

/// One endpoint.
#[derive(Clone, Debug)]
struct Endpoint {
    name: Name,
    method: Name,
    /// Path template: `/v1/things/{id}`.
    path: Name,
    /// The schemas of the path parameters.
    #[cfg_attr(not(feature = "inspect"), expect(dead_code, reason = "read when requests are checked"))]
    parameters: Option<Yaml>,
    /// The schema of the body; without one the body is not checked.
    body: Option<Yaml>,
    /// The schema of the map of the path parameters and the body together: `{ parameters, body }`.
    #[cfg_attr(not(feature = "inspect"), expect(dead_code, reason = "read when requests are checked"))]
    request: Option<Yaml>,
}

/// A part of a request that the destination would not accept.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Violation {
    /// The code of the finding.
    pub code: crate::diag::Code,
    /// The part of the request: `body.created_at`.
    pub part: String,
    /// One sentence without a full stop; it contains no value from an event.
    pub message: String,
}

impl Violation {
    /// For a part with a number such as `1e999`: schemas are checked with doubles.
    #[cfg(feature = "inspect")]
    fn unchecked(part: &str) -> Self {
        let message = "contains a number too large for a double, so it cannot be checked".to_owned();
        Self { code: crate::diag::Code::WrongKind, part: part.to_owned(), message }
    }
}

/// The alternatives of each field.
#[cfg(test)]
pub(crate) fn fields(
    mapping: &Mapping,
    parse_cache: &ParseCache,
) -> Vec<Vec<crate::abstract_value::AbstractValue>> {
    let mut reader = ShapeReader::new(mapping, parse_cache);
    let fields = mapping.fields.iter().map(|field| reader.value(&field.node));
    fields.map(|shape| shape.alternatives().iter().map(|shape| steps::known_of(shape)).collect()).collect()
}

/// Reads a contract from the value of `contract:`, and checks the mapping against it.
pub(crate) fn check(
    yaml: Yaml,
    mapping: &Mapping,
    parse_cache: &ParseCache,
    findings: &mut Findings,
) -> Option<Contract> {
    let contract = read::contract(yaml, findings)?;
    if !findings.too_large_to_expand() {
        request::audit(ShapeReader::new(mapping, parse_cache), &contract, findings);
    }
    Some(contract)
}
