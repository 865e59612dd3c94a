//! Requests that were made, held against the contract.

use foldhash::HashMap;

use jsonschema::Validator;
use serde_json::Value;

use super::address::Target;
use super::{Contract, keyword, read, words};
use crate::diag::did_you_mean;

/// A contract, ready to check requests.
#[derive(Debug)]
pub struct Inspector<'c> {
    contract: &'c Contract,
    /// By the name of the endpoint.
    bodies: HashMap<&'c str, Validator>,
    /// By the names of the endpoint and of the part in braces.
    parameters: HashMap<(&'c str, &'c str), Validator>,
}

/// What the destination would not accept of a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Violation {
    /// The row of [`crate::diag::CODES`].
    pub code: &'static str,
    /// The part of the request: `body.created_at`.
    pub part: String,
    /// One sentence without a full stop; it holds no value of an event.
    pub message: String,
}

impl<'c> Inspector<'c> {
    /// Compiles the schemas of a contract.
    #[must_use]
    pub fn new(contract: &'c Contract) -> Self {
        let definitions = contract.definitions.as_ref();
        let compile = |schema| keyword::compile(&read::whole(schema, definitions)).ok();
        let (mut bodies, mut parameters) = (HashMap::default(), HashMap::default());
        for endpoint in &contract.endpoints {
            let name = endpoint.name.node.as_str();
            bodies.extend(endpoint.body.as_ref().and_then(compile).map(|ready| (name, ready)));
            for entry in endpoint.parameters.as_ref().and_then(|all| all.entries()).unwrap_or_default() {
                parameters
                    .extend(compile(&entry.value).map(|ready| ((name, entry.key.node.as_str()), ready)));
            }
        }
        Self { contract, bodies, parameters }
    }

    /// What is wrong with a request as an answer line holds it under `output`.
    #[must_use]
    pub fn request(&self, output: &Value) -> Vec<Violation> {
        let text = |key: &str| output.get(key).and_then(Value::as_str).unwrap_or_default();
        let body = |key: &str| output.get("body").and_then(|body| body.get(key));
        let list = body("JSON_ARRAY").and_then(|list| list.get("batch")).and_then(Value::as_str);
        let list = list.and_then(|list| serde_json::from_str::<Value>(list).ok());
        let json = list.as_ref().or_else(|| body("JSON")).unwrap_or(&Value::Null);
        let form = body("FORM").and_then(Value::as_object).is_some_and(|form| !form.is_empty());
        let mut found = self.check(text("method"), text("endpoint"), json);
        // A schema describes JSON; what a form holds is text throughout.
        found.retain(|one| !(form && one.part.starts_with("body")));
        found
    }

    /// What is wrong with a request; nothing when the destination would take it.
    #[must_use]
    pub fn check(&self, method: &str, address: &str, body: &Value) -> Vec<Violation> {
        let one =
            |code, part: &str, message: String| vec![Violation { code, part: part.to_owned(), message }];
        let found = match self.contract.target(address) {
            Target::Endpoints(found) => found,
            Target::OtherHost | Target::Unknown => {
                return one("D601", "endpoint", "the contract knows no such host".to_owned());
            }
            Target::OtherPath(path) => {
                let near = did_you_mean(&path, self.contract.paths());
                return one("D601", "endpoint", format!("the contract knows no endpoint of this path{near}"));
            }
        };
        let Some((endpoint, values)) = found.iter().find(|(endpoint, _)| endpoint.method.node == method)
        else {
            let known: Vec<_> = found.iter().map(|(endpoint, _)| endpoint.method.node.as_str()).collect();
            return one(
                "D604",
                "method",
                format!("this endpoint takes {}, not {method}", known.join(" or ")),
            );
        };
        let name = endpoint.name.node.as_str();
        let mut violations = Vec::new();
        for (part, value) in values {
            let Some(ready) = self.parameters.get(&(name, *part)) else { continue };
            let value = Value::String(value.clone());
            violations.extend(
                ready.iter_errors(&value).map(|error| words::violation(&error, &format!("endpoint.{part}"))),
            );
        }
        if let Some(ready) = self.bodies.get(name) {
            violations.extend(ready.iter_errors(body).map(|error| words::violation(&error, "body")));
        }
        violations.sort();
        violations.dedup();
        violations
    }
}
