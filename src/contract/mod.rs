//! What a destination accepts, as data: endpoints with their methods and addresses, the bodies they take, limits in bytes.
//!
//! A contract is a YAML file that a mapping names. `check` holds it against a mapping as written, where the shape of
//! a request is known before any event is seen; an [`Inspector`] holds it against requests that were made.

mod address;
mod exclusive;
mod fit;
mod infer;
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
mod words;

pub use inspect::{Inspector, Violation};

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
    parameters: Option<Yaml>,
    /// The schema of the body; without one the body is not looked at.
    body: Option<Yaml>,
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

/// Takes the contract out of a mapping, if it names one, and holds it against the mapping.
pub(crate) fn check(
    mapping: &mut Mapping,
    parse_cache: &ParseCache,
    findings: &mut Findings,
) -> Option<Contract> {
    let contract = read::contract(mapping.contract.take()?, findings)?;
    if !findings.endless() {
        request::audit(Reader::new(mapping, parse_cache), &contract, findings);
    }
    Some(contract)
}
