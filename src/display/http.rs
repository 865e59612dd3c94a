//! A request as HTTP.

use super::json_text::{indented, json_harmless};
use crate::diag::text::harmless;
use crate::wire::HttpRequest;

/// The method and the URL, the headers, a blank line, the body. JSON is indented.
pub(super) fn text(request: &HttpRequest) -> String {
    let mut text = harmless(&format!("{} {}", request.method, readable(&request.url))) + "\n";
    for (name, value) in &request.headers {
        text.extend([harmless(name).trim_end(), ": ", &harmless(value), "\n"]);
    }
    if let Some(body) = &request.body {
        let body =
            if body.is_json { json_harmless(&indented(&body.text)) } else { harmless(&readable(&body.text)) };
        text.extend(["\n", &body, "\n"]);
    }
    text
}

/// A text of a URL or a form in which masks of secrets are not percent-encoded.
fn readable(text: &str) -> String {
    text.replace("%E2%80%A2%E2%80%A2%E2%80%A2", "•••")
}
