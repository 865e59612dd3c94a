//! Checks requests that were produced against the contract.

use std::collections::HashSet;

use foldhash::HashMap;

use serde_json::{Map, Value, json};

use super::endpoint_match::Target;
use super::validator::CompiledSchema;
use super::{Contract, Violation, read};
use crate::diag::{Code, did_you_mean};
use crate::request::{BodyFormat, Request};

/// A contract with compiled schemas, ready to check requests. Requires the feature `inspect`.
#[derive(Debug)]
pub struct Inspector<'c> {
    contract: &'c Contract,
    /// The body schemas, by the name of the endpoint.
    bodies: HashMap<&'c str, CompiledSchema>,
    /// The schemas of path parameters, by the names of the endpoint and of the parameter.
    parameters: HashMap<(&'c str, &'c str), CompiledSchema>,
    /// The schemas of parameters and body together, by the name of the endpoint.
    requests: HashMap<&'c str, CompiledSchema>,
}

impl<'c> Inspector<'c> {
    /// Compiles the schemas of a contract.
    #[must_use]
    pub fn new(contract: &'c Contract) -> Self {
        let definitions = contract.definitions.as_ref();
        let compile = |schema| CompiledSchema::new(read::schema_json(schema, definitions));
        let (mut bodies, mut parameters, mut requests) =
            (HashMap::default(), HashMap::default(), HashMap::default());
        for endpoint in &contract.endpoints {
            let name = endpoint.name.node.as_str();
            requests.extend(endpoint.request.as_ref().map(|request| (name, compile(request))));
            bodies.extend(endpoint.body.as_ref().map(|body| (name, compile(body))));
            for entry in
                endpoint.parameters.as_ref().and_then(|schemas| schemas.entries()).unwrap_or_default()
            {
                parameters.insert((name, entry.key.node.as_str()), compile(&entry.value));
            }
        }
        Self { contract, bodies, parameters, requests }
    }

    /// Checks a request. The result is empty if the destination would accept it. A body that cannot be checked is a violation,
    /// too. Of the names of members, messages contain only those in `names`; the others may be secret.
    #[must_use]
    pub fn request(&self, request: Request<'_>, names: &HashSet<String>) -> Vec<Violation> {
        let body = request.body();
        // A schema describes JSON; in a form every value is text.
        let described = request.body_format() != BodyFormat::Form || body.as_str() == "{}";
        let shows = |name: &str| names.contains(name);
        self.check(&request.method(), &request.endpoint(), described.then_some(body.as_str()), &shows)
    }

    /// Whether the destination would accept a request.
    #[must_use]
    pub fn accepts(&self, request: Request<'_>) -> bool {
        self.request(request, &HashSet::new()).is_empty()
    }

    /// Checks the parts of a request that a contract describes; `None` is a body that is not checked.
    pub(super) fn check(
        &self,
        method: &str,
        address: &str,
        body: Option<&str>,
        shows: &dyn Fn(&str) -> bool,
    ) -> Vec<Violation> {
        let violation =
            |code, part: &str, message: String| vec![Violation { code, part: part.to_owned(), message }];
        let found = match self.contract.target(address) {
            Target::Endpoints(found) => found,
            Target::OtherHost | Target::Unknown => {
                return violation(
                    Code::UnknownEndpoint,
                    "endpoint",
                    "the contract does not list this host".to_owned(),
                );
            }
            Target::OtherPath(path) => {
                let suggestion = did_you_mean(&path, self.contract.paths());
                return violation(
                    Code::UnknownEndpoint,
                    "endpoint",
                    format!("the contract has no endpoint with this path{suggestion}"),
                );
            }
        };
        let Some((endpoint, values)) = found.iter().find(|(endpoint, _)| endpoint.method.node == method)
        else {
            let known: Vec<_> = found.iter().map(|(endpoint, _)| endpoint.method.node.as_str()).collect();
            return violation(
                Code::WrongMethod,
                "method",
                format!("this endpoint accepts {}, not {method}", known.join(" or ")),
            );
        };
        let name = endpoint.name.node.as_str();
        let mut violations = Vec::new();
        for (part, value) in values {
            let Some(schema) = self.parameters.get(&(name, *part)) else { continue };
            let value = Value::String(value.clone());
            schema.check(&value, &format!("endpoint.{part}"), shows, &mut violations);
        }
        let (body_schema, request_schema) = (self.bodies.get(name), self.requests.get(name));
        match body.filter(|_| body_schema.is_some() || request_schema.is_some()).map(serde_json::from_str) {
            Some(Ok(body)) => {
                if let Some(schema) = body_schema {
                    schema.check(&body, "body", shows, &mut violations);
                }
                if let Some(schema) = request_schema {
                    let values =
                        values.iter().map(|(part, value)| ((*part).to_owned(), value.clone().into()));
                    let request = json!({ "parameters": values.collect::<Map<_, _>>(), "body": body });
                    schema.check(&request, "request", shows, &mut violations);
                }
            }
            Some(Err(_)) => violations.push(Violation::unchecked("body")),
            None => {}
        }
        violations.sort();
        violations.dedup();
        violations
    }
}
