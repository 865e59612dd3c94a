//! The shipped contract is compared with the API description in `../shared/api`, if it exists: the contract has the same
//! endpoints and methods, accepts what the description accepts, and refuses what it refuses.

use std::collections::{BTreeMap, HashSet};

use libtest_mimic::{Completion, Failed, Trial};
use mapwright::internal::contract::{Contract, Inspector};
use serde_json::{Map, Value, json};

use crate::contracts::Shipped;
use crate::load::project;

const DESCRIPTION: &str = "../shared/api/customerio-track-openapi.json";
const METHODS: [&str; 5] = ["get", "put", "post", "patch", "delete"];

pub(crate) fn tests() -> Vec<Trial> {
    vec![Trial::ignorable_test("api_description::the_contract_says_what_the_description_says", || {
        let path = project().join(DESCRIPTION);
        if !path.is_file() {
            let why = format!("SKIPPED, because there is no {}", path.display());
            return Ok(Completion::ignored_with(why));
        }
        let description: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
        compare(&Description(any_of(description))).map(|()| Completion::Completed)
    })]
}

/// A mapping that sends what the event says: its method, path and body.
const MAPPING: &str = r#"
destination: people
language: 1
contract: contracts/customerio.yaml
request: { endpoint: "https://track.customer.io/{{ event.path | url_verbatim }}" }
rules:
  - { name: get, when: { $.method: GET }, request: { method: GET } }
  - { name: delete, when: { $.method: DELETE }, request: { method: DELETE } }
  - { name: put, when: { $.method: PUT }, request: { method: PUT, body: $.body } }
  - { name: patch, when: { $.method: PATCH }, request: { method: PATCH, body: $.body } }
  - { name: post, when: { $.method: POST }, request: { body: $.body } }
"#;

/// Checks requests with the shipped contract.
pub(crate) struct Checked {
    engine: mapwright::Engine,
    contract: Contract,
}

impl Checked {
    pub(crate) fn new() -> Self {
        let loaded = mapwright::load("mapping.yaml", &Shipped(MAPPING));
        let engine = loaded.engine.expect("the mapping is valid");
        Self { engine, contract: loaded.contract.expect("the mapping names a contract") }
    }

    pub(crate) fn inspector(&self) -> Inspector<'_> {
        Inspector::new(&self.contract)
    }

    /// What the contract says of a request, sorted.
    pub(crate) fn violations(
        &self,
        inspector: &Inspector<'_>,
        method: &str,
        path: &str,
        body: &Value,
    ) -> Vec<String> {
        let event =
            json!({ "method": method, "path": path.trim_start_matches('/'), "body": body }).to_string();
        let settings = self.engine.settings("{}").expect("the mapping needs no settings");
        let mut worker = self.engine.worker(&settings).expect("they are its settings");
        let mut answers = Vec::new();
        let answer = worker.line(1, event.as_bytes(), &mut answers);
        let names = body_names(body);
        let requests: Vec<_> = answer.requests().collect();
        assert_eq!(requests.len(), 1, "{}", String::from_utf8_lossy(answer.lines()));
        let found = requests.into_iter().flat_map(|request| inspector.request(request, &names));
        found.map(|one| format!("{} {}: {}", one.code.id(), one.part, one.message)).collect()
    }
}

/// The names of all members of a value.
fn body_names(value: &Value) -> HashSet<String> {
    match value {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, value)| body_names(value).into_iter().chain([name.clone()]))
            .collect(),
        Value::Array(items) => items.iter().flat_map(body_names).collect(),
        _ => HashSet::new(),
    }
}

/// An API description, in which several forms may match.
struct Description(Value);

/// `oneOf` as `anyOf`: the description has forms that overlap.
fn any_of(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let rename = |key: String| if key == "oneOf" { "anyOf".to_owned() } else { key };
            Value::Object(members.into_iter().map(|(key, value)| (rename(key), any_of(value))).collect())
        }
        Value::Array(items) => items.into_iter().map(any_of).collect(),
        other => other,
    }
}

fn compare(description: &Description) -> Result<(), Failed> {
    let checked = Checked::new();
    let inspector = checked.inspector();
    let (mut wrong, mut accepted, mut refused) = (Vec::new(), 0, 0);
    for (template, operations) in description.0["paths"].as_object().into_iter().flatten() {
        for (method, operation) in operations.as_object().into_iter().flatten() {
            let servers = operations.get("servers").or_else(|| operation.get("servers"));
            if !METHODS.contains(&method.as_str()) || servers.is_some_and(|servers| !on_this_host(servers)) {
                continue;
            }
            let (method, path) = (method.to_uppercase(), address(template));
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            if schema.is_null() {
                let found = checked.violations(&inspector, &method, &path, &json!({}));
                accepted += 1;
                wrong.extend((!found.is_empty()).then(|| format!("{method} {path}: {found:?}")));
                continue;
            }
            let validator = description.validator(schema)?;
            let samples = description.samples(schema, "");
            for body in samples.good.iter().chain(&samples.doubtful) {
                let is_valid = validator.is_valid(body);
                let found = checked.violations(&inspector, &method, &path, body);
                if is_valid {
                    accepted += 1;
                } else {
                    refused += 1;
                }
                if is_valid != found.is_empty() {
                    wrong.push(format!("{method} {path} {body}: valid {is_valid}, found {found:?}"));
                }
            }
        }
    }
    let wrong_count = wrong.len();
    wrong.truncate(20);
    assert!(wrong.is_empty(), "{wrong_count} differ:\n{}", wrong.join("\n"));
    assert!(accepted >= 60 && refused >= 60, "{accepted} accepted, {refused} refused");
    Ok(())
}

fn on_this_host(servers: &Value) -> bool {
    servers
        .as_array()
        .into_iter()
        .flatten()
        .any(|server| server["url"].as_str().is_some_and(|url| url.starts_with("https://track.customer.io")))
}

/// A path with values for its parameters. The person is found by email, so that the body may set an id.
fn address(template: &str) -> String {
    let segments = template.split('/').map(|segment| match segment.strip_prefix('{') {
        Some(name) if name.starts_with("segment_id") => "7",
        Some(_) => "ann%40example.com",
        None => segment,
    });
    segments.collect::<Vec<_>>().join("/")
}

/// Values made from a schema: the smallest ones that have everything that is required, and those with one thing changed.
#[derive(Default)]
struct Samples {
    good: Vec<Value>,
    doubtful: Vec<Value>,
}

/// One form of a map.
#[derive(Clone, Default)]
struct Form<'s> {
    required: Vec<&'s str>,
    properties: BTreeMap<&'s str, &'s Value>,
}

impl Description {
    fn validator(&self, schema: &Value) -> Result<jsonschema::Validator, Failed> {
        let mut schema = schema.clone();
        schema["components"] = self.0["components"].clone();
        let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
        Ok(options.should_validate_formats(false).build(&schema)?)
    }

    fn resolved<'s>(&'s self, schema: &'s Value) -> &'s Value {
        match schema["$ref"].as_str() {
            Some(name) => self.resolved(self.0.pointer(name.trim_start_matches('#')).unwrap_or(&Value::Null)),
            None => schema,
        }
    }

    /// The forms of a schema of maps: one for each combination of its alternatives.
    fn forms<'s>(&'s self, schema: &'s Value) -> Vec<Form<'s>> {
        let schema = self.resolved(schema);
        let own = Form {
            required: schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect(),
            properties: schema["properties"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(k, v)| (k.as_str(), v))
                .collect(),
        };
        let mut forms = vec![own];
        let all = schema["allOf"].as_array().into_iter().flatten().map(|part| self.forms(part));
        let any =
            schema["anyOf"].as_array().map(|any| any.iter().flat_map(|form| self.forms(form)).collect());
        for alternatives in all.chain(any) {
            let combined = forms.iter().flat_map(|form| alternatives.iter().map(|other| form.with(other)));
            forms = combined.collect();
        }
        forms
    }

    fn samples(&self, schema: &Value, name: &str) -> Samples {
        let schema = self.resolved(schema);
        let mut samples = Samples::default();
        if let Some(values) = schema["enum"].as_array() {
            samples.good.clone_from(values);
            samples.doubtful.push(json!("no-such-value"));
            return samples;
        }
        let ulid = schema["format"].as_str().is_some_and(|format| format.eq_ignore_ascii_case("ulid"));
        match schema["type"].as_str() {
            Some("string") if ulid => {
                samples.good.push(json!("01ARZ3NDEKTSV4RRFFQ69G5FAV"));
                return samples;
            }
            Some("string") => samples.good.push(json!(format!("{name}1"))),
            Some("integer") => samples.good.push(json!(1_613_063_089)),
            Some("boolean") => samples.good.push(json!(true)),
            Some("array") => {
                let items = self.samples(&schema["items"], name);
                samples.good = items.good.into_iter().map(|item| json!([item])).collect();
                samples.doubtful = items.doubtful.into_iter().map(|item| json!([item])).collect();
                for (limit, more) in [("minItems", -1), ("maxItems", 1)] {
                    if let (Some(limit), Some(item)) = (schema[limit].as_i64(), samples.good.first()) {
                        let items = usize::try_from(limit + more).unwrap_or_default();
                        samples.doubtful.push(json!(vec![&item[0]; items]));
                    }
                }
            }
            _ => {
                for form in self.forms(schema) {
                    self.maps(&form, name, &mut samples);
                }
            }
        }
        samples
    }

    /// The smallest map of this form, that map with other values, and without each of its members.
    fn maps(&self, form: &Form<'_>, name: &str, samples: &mut Samples) {
        // Where nothing is required, as in the maps of identifiers, all keys are used.
        let mut names = if form.required.is_empty() {
            form.properties.keys().copied().collect()
        } else {
            form.required.clone()
        };
        // The description does not say that `identifiers` of objects are required, which they are.
        if form.properties.contains_key("identifiers") && !names.contains(&"identifiers") {
            names.push("identifiers");
        }
        let members: Vec<(&str, Samples)> = names
            .into_iter()
            .map(|key| {
                let schema = form.properties.get(key).copied().unwrap_or(&Value::Null);
                (key, self.samples(schema, &[name, key].concat().replace('_', "")))
            })
            .collect();
        let first = |samples: &Samples| samples.good.first().cloned().unwrap_or_else(|| json!({}));
        let smallest: Map<String, Value> =
            members.iter().map(|(name, samples)| ((*name).to_owned(), first(samples))).collect();
        let with = |name: &str, value: &Value| {
            let mut map = smallest.clone();
            map.insert(name.to_owned(), value.clone());
            Value::Object(map)
        };
        samples.good.push(Value::Object(smallest.clone()));
        for (name, member) in &members {
            samples.good.extend(member.good.iter().skip(1).map(|value| with(name, value)));
            samples.doubtful.extend(member.doubtful.iter().map(|value| with(name, value)));
            if form.required.contains(name) {
                let mut map = smallest.clone();
                map.remove(*name);
                samples.doubtful.push(Value::Object(map));
            }
        }
    }
}

impl Form<'_> {
    fn with(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.required.extend(other.required.iter().filter(|name| !self.required.contains(name)));
        both.properties.extend(&other.properties);
        both
    }
}
