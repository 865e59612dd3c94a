//! A request as a command of curl.

use super::json_text::json_harmless;
use super::shell_quoted;
use crate::wire::HttpRequest;

/// One command over several lines. It sends what the request says: nothing in it is interpreted by the shell or by curl.
pub(super) fn text(request: &HttpRequest) -> String {
    let mut words = vec![format!("curl --request {}", shell_quoted(&request.method))];
    // Otherwise curl resolves segments such as `..`, and replaces brackets and braces.
    if request.url.contains(['[', ']', '{', '}']) {
        words.push("--globoff".to_owned());
    }
    if request.url.contains("/.") {
        words.push("--path-as-is".to_owned());
    }
    words.push(format!("--url {}", shell_quoted(&request.url)));
    for (name, value) in &request.headers {
        // curl leaves a header without a value out, unless it ends with a semicolon.
        let header = if value.trim().is_empty() { format!("{name};") } else { format!("{name}: {value}") };
        words.push(format!("--header {}", shell_quoted(&header)));
    }
    if let Some(body) = &request.body {
        let body = if body.is_json { json_harmless(&body.text) } else { body.text.clone() };
        words.push(format!("--data-raw {}", shell_quoted(&body)));
    }
    words.join(" \\\n  ") + "\n"
}
