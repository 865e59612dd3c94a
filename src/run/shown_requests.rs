//! The requests of a run with their secrets masked.

use super::observer::Observation;
use crate::request::{BodyFormat, RequestSpans};
use crate::value::{quoted, to_json};

/// Collects from the observations of a run what may be shown of its requests.
#[derive(Debug, Default)]
pub(crate) struct ShownRequests {
    requests: Vec<ShownRequest>,
}

#[derive(Debug, Default)]
struct ShownRequest {
    /// The part that is being written.
    part: &'static str,
    /// The parts with secrets in them, with their JSON as it is shown.
    secret: Vec<(&'static str, String)>,
}

impl ShownRequests {
    /// Takes note of an observation, if it is about a part of a request.
    pub(crate) fn observe(&mut self, observation: &Observation<'_>) {
        match observation {
            // The first part of each request.
            Observation::Part(part @ "endpoint") => {
                self.requests.push(ShownRequest { part, secret: Vec::new() });
            }
            Observation::Part(part) => {
                if let Some(request) = self.requests.last_mut() {
                    request.part = part;
                }
            }
            Observation::SecretPart(shown) => {
                if let Some(request) = self.requests.last_mut() {
                    request.secret.push((request.part, to_json(*shown)));
                }
            }
            _ => {}
        }
    }

    /// The answer `lines` of the run with their secrets masked. `spans` are those of its requests.
    pub(crate) fn mask(&self, lines: &str, spans: &[RequestSpans]) -> String {
        let (mut masked, mut from) = (String::with_capacity(lines.len()), 0);
        for (request, spans) in self.requests.iter().zip(spans) {
            // The order in which they are written.
            let parts = [
                ("endpoint", &spans.endpoint),
                ("label", &spans.label),
                ("headers", &spans.headers),
                ("params", &spans.params),
                ("body", &spans.body),
                ("user", &spans.user),
            ];
            for (name, span) in parts.into_iter().filter(|(_, span)| !span.is_empty()) {
                let Some((_, shown)) = request.secret.iter().find(|(part, _)| *part == name) else {
                    continue;
                };
                masked.push_str(lines.get(from..span.start).unwrap_or_default());
                if name == "body" && spans.format == BodyFormat::JsonArray {
                    masked.push_str(&quoted(shown));
                } else {
                    masked.push_str(shown);
                }
                from = span.end;
            }
        }
        masked.push_str(lines.get(from..).unwrap_or_default());
        masked
    }
}
