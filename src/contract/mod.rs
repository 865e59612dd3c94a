//! What a destination accepts, as data: endpoints with their methods and addresses, the bodies they take, limits in bytes.
//!
//! A contract is a YAML file that a mapping names. `check` holds it against a mapping as written, where the shape of
//! a request is known before any event is seen; an `Inspector` (feature `inspect`) holds it against requests that
//! were made.

mod address;
mod exclusive;
mod finding;
mod fit;
mod infer;
#[cfg(feature = "inspect")]
mod inspect;
mod keyword;
mod map;
mod read;
mod request;
mod scalar;
mod schema;
mod shape;
mod steps;
#[cfg(test)]
mod tests;
#[cfg(feature = "inspect")]
mod validator;
#[cfg(feature = "inspect")]
mod words;

#[cfg(feature = "inspect")]
pub use inspect::Inspector;

use crate::diag::Findings;
use crate::syntax::{Mapping, Name, Yaml};
use crate::template::ParseCache;
use infer::Reader;

/// A contract as it was read.
#[derive(Clone, Debug)]
pub struct Contract {
    /// The addresses that requests may go to, without the path, by region.
    hosts: Vec<Name>,
    endpoints: Vec<Endpoint>,
    /// `$defs:`, the schemas that others refer to.
    definitions: Option<Yaml>,
}

/// One endpoint.
#[derive(Clone, Debug)]
struct Endpoint {
    name: Name,
    method: Name,
    /// Path template: `/v1/things/{id}`.
    path: Name,
    /// The schemas of the parts in braces.
    #[cfg_attr(not(feature = "inspect"), expect(dead_code, reason = "read when requests are checked"))]
    parameters: Option<Yaml>,
    /// The schema of the body; without one the body is not looked at.
    body: Option<Yaml>,
}

/// What the destination would not accept of a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Violation {
    /// The kind of finding.
    pub code: crate::diag::Code,
    /// The part of the request: `body.created_at`.
    pub part: String,
    /// One sentence without a full stop; it holds no value of an event.
    pub message: String,
}

impl Violation {
    /// For a part with a number such as `1e999`: schemas count in doubles.
    #[cfg(feature = "inspect")]
    fn unchecked(part: &str) -> Self {
        let message = "holds a number too large for a double, so it cannot be checked".to_owned();
        Self { code: crate::diag::Code::WrongKind, part: part.to_owned(), message }
    }
}

/// What each field can be: one of these.
#[cfg(test)]
pub(crate) fn fields(
    mapping: &Mapping,
    parse_cache: &ParseCache,
) -> Vec<Vec<crate::abstract_value::AbstractValue>> {
    let mut reader = Reader::new(mapping, parse_cache);
    let fields = mapping.fields.iter().map(|field| reader.value(&field.node));
    fields.map(|shape| shape.alternatives().iter().map(|one| steps::known_of(one)).collect()).collect()
}

/// Reads a contract from what the mapping says under that key, and holds it against the mapping.
pub(crate) fn check(
    yaml: Yaml,
    mapping: &Mapping,
    parse_cache: &ParseCache,
    findings: &mut Findings,
) -> Option<Contract> {
    let contract = read::contract(yaml, findings)?;
    if !findings.too_large_to_expand() {
        request::audit(Reader::new(mapping, parse_cache), &contract, findings);
    }
    Some(contract)
}
