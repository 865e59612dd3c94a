//! Random settings and events in an address: where it leads is what the mapping says, however a client reads it.

use mapwright::Outcome;
use serde_json::json;
use url::Url;

use super::{Target, engine, joined, split};
use crate::answers;
use crate::corpus::Corpus;
use crate::random::Random;

/// See the module.
#[derive(Debug)]
pub struct SettingsEndpoint;

/// What a mapping promises of its address: the host, and its path segments, of which `None` is the event's or a setting's.
#[derive(Debug)]
struct Promise {
    host: &'static str,
    segments: Vec<Option<&'static str>>,
}

/// How a value can stand in a segment. What the mapping does not encode, the run encodes.
const SPELLINGS: &[&str] = &[
    "{{ event.a | url_encode }}",
    "{{ event.b or 'x' | url_encode }}",
    "{{ event.b or event.a }}",
    "{{ event.a }}",
    "{{ event.a }}{{ event.b }}",
    "pre-{{ event.a | lowercase }}",
    "{{ config.path | url_encode }}",
    "{{ config.path }}",
    "{{ field }}",
    "{{ field | url_encode }}",
];

const LITERALS: &[&str] = &["v1", "people", "orders", "track.json", "a-b"];

impl Target for SettingsEndpoint {
    fn name(&self) -> &'static str {
        "settings-endpoint"
    }

    fn input(&self, _: &Corpus, random: &mut Random) -> Vec<u8> {
        let mut endpoint = format!("https://{}", random.pick(&["api.example.com", "api.example.com:8443"]));
        let mut segments = Vec::new();
        for _ in 0..=random.below(4) {
            let spelling = random.pick(SPELLINGS);
            let literal = random.pick(LITERALS);
            if random.one_in(2) {
                endpoint = format!("{endpoint}/{spelling}");
                segments.push(None);
            } else {
                endpoint = format!("{endpoint}/{literal}");
                segments.push(Some(literal));
            }
        }
        if random.one_in(3) {
            endpoint.push_str("?q={{ event.b | url_encode }}");
        }
        let mapping = format!(
            "destination: t\nlanguage: 1\nconfig:\n  path: {{ secret: false }}\nfields:\n  field: $.c\nrules:\n  - name: all\n    request:\n      \
             endpoint: {}\n      body: {{ a: $.a }}\n",
            json!(endpoint)
        );
        let settings = json!({ "path": crate::json::text(random) });
        let event = json!({ "a": crate::json::text(random), "b": crate::json::text(random), "c": crate::json::text(random) });
        let promise = json!(segments);
        joined(&[
            mapping.as_bytes(),
            settings.to_string().as_bytes(),
            event.to_string().as_bytes(),
            promise.to_string().as_bytes(),
        ])
    }

    fn check(&self, corpus: &Corpus, input: &[u8]) -> Result<&'static str, String> {
        let [mapping, settings, event, promise] = split(input)[..] else { return Ok("not an input") };
        let Some(engine) = engine(mapping, corpus) else { return Ok("does not load") };
        let Ok(settings) = str::from_utf8(settings) else { return Ok("not an input") };
        let Ok(settings) = engine.settings(settings) else { return Ok("not settings") };
        answers::check(&engine, &settings, &[event])?;
        let Ok(segments) = serde_json::from_slice::<Vec<Option<String>>>(promise) else {
            return Ok("not an input");
        };
        let segments = segments.iter().map(|segment| {
            segment
                .as_deref()
                .and_then(|segment| LITERALS.iter().copied().find(|literal| *literal == segment))
        });
        let promise = Promise { host: "api.example.com", segments: segments.collect() };
        let mut worker = engine.worker(&settings).map_err(|error| error.to_string())?;
        let answer = worker.event(event);
        if !matches!(answer.outcome, Outcome::Requests(_)) {
            return Ok("refused");
        }
        for request in answer.requests() {
            leads_where_promised(&promise, &request.endpoint())?;
        }
        Ok("sent")
    }
}

/// Whether a client that reads the address finds the promised host and segments in it.
fn leads_where_promised(promise: &Promise, endpoint: &str) -> Result<(), String> {
    let url = Url::parse(endpoint).map_err(|error| format!("{endpoint:?} is not an address: {error}"))?;
    if url.host_str() != Some(promise.host) || !url.username().is_empty() || url.scheme() != "https" {
        return Err(format!("{endpoint:?} leads to another host"));
    }
    let found: Vec<&str> = url.path_segments().map(Iterator::collect).unwrap_or_default();
    let same = found.len() == promise.segments.len()
        && found
            .iter()
            .zip(&promise.segments)
            .all(|(found, promised)| promised.is_none_or(|promised| promised == *found));
    if same {
        Ok(())
    } else {
        Err(format!("{endpoint:?} has the segments {found:?}, not {:?}", promise.segments))
    }
}

#[cfg(test)]
mod tests {
    use super::{Promise, leads_where_promised};

    #[test]
    fn an_address_that_leads_elsewhere_is_found() {
        let promise = Promise { host: "api.example.com", segments: vec![Some("v1"), None, Some("orders")] };
        let leads = |endpoint: &str| leads_where_promised(&promise, endpoint).is_ok();
        assert!(leads("https://api.example.com/v1/a%2Fb/orders?q=/x"));
        assert!(leads("https://api.example.com:8443/v1//orders"));
        for elsewhere in [
            "https://evil.example/v1/a/orders",
            "https://api.example.com@evil.example/v1/a/orders",
            "https://a@api.example.com/v1/a/orders",
            "http://api.example.com/v1/a/orders",
            "https://api.example.com/v1/a/b/orders",
            "https://api.example.com/v1/a?/orders",
            "https://api.example.com/v1/%2e%2e/orders",
            "not an address",
        ] {
            assert!(!leads(elsewhere), "{elsewhere}");
        }
    }
}
