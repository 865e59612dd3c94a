//! An answer line as the HTTP request that is to be sent. `docs/answers.md` says the same in words.

use std::borrow::Cow;

use url::form_urlencoded::byte_serialize;

use super::AnswerLine;
use crate::json::Node;

/// An HTTP request, without what a client adds by itself (`Host`, `Content-Length`).
#[derive(Debug)]
pub(crate) struct HttpRequest {
    pub(crate) method: String,
    /// The endpoint with the query parameters.
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    /// `None` if nothing is sent after the headers.
    pub(crate) body: Option<HttpBody>,
}

/// What is sent after the headers.
#[derive(Debug)]
pub(crate) struct HttpBody {
    pub(crate) text: String,
    pub(crate) is_json: bool,
}

impl AnswerLine<'_> {
    /// The request to send; `None` for an event that is refused or dropped.
    pub(crate) fn http_request(&self) -> Option<HttpRequest> {
        let output = self.root.member("output")?;
        let text = |name: &str| output.member(name).and_then(Node::text).unwrap_or_default().into_owned();
        let members = |name: &str| output.member(name).into_iter().flat_map(Node::members);
        let mut headers: Vec<_> =
            members("headers").map(|(name, value)| (name.into_owned(), plain(value).into_owned())).collect();
        let body = output.member("body").and_then(http_body);
        let has_type = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        if let Some(body) = body.as_ref().filter(|_| !has_type) {
            let kind = if body.is_json { "application/json" } else { "application/x-www-form-urlencoded" };
            headers.push(("Content-Type".to_owned(), kind.to_owned()));
        }
        let url = with_query(text("endpoint"), &form(members("params")));
        Some(HttpRequest { method: text("method"), url, headers, body })
    }
}

/// The first part of a body that has something in it.
fn http_body(body: Node<'_>) -> Option<HttpBody> {
    let part = |name: &str| body.member(name).filter(|part| !part.is_empty());
    let json = part("JSON").map(|json| Cow::Borrowed(json.json()));
    let json = json.or_else(|| part("JSON_ARRAY")?.member("batch").and_then(Node::text));
    match json {
        Some(json) => Some(HttpBody { text: json.into_owned(), is_json: true }),
        None => part("FORM").map(|fields| HttpBody { text: form(fields.members()), is_json: false }),
    }
}

/// The content of a text, the JSON of any other value.
fn plain(value: Node<'_>) -> Cow<'_, str> {
    value.text().unwrap_or(Cow::Borrowed(value.json()))
}

/// Names and values as `application/x-www-form-urlencoded`.
fn form<'a>(members: impl Iterator<Item = (Cow<'a, str>, Node<'a>)>) -> String {
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let pairs: Vec<_> =
        members.map(|(name, value)| format!("{}={}", encoded(&name), encoded(&plain(value)))).collect();
    pairs.join("&")
}

/// The URL with more query parameters, before its fragment.
fn with_query(url: String, query: &str) -> String {
    if query.is_empty() {
        return url;
    }
    let (before, fragment) = url.split_at(url.find('#').unwrap_or(url.len()));
    let separator = match before.find('?') {
        None => "?",
        Some(_) if before.ends_with(['?', '&']) => "",
        Some(_) => "&",
    };
    format!("{before}{separator}{query}{fragment}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(output: &str) -> HttpRequest {
        let line = format!(r#"{{"line":1,"output":{output},"statusCode":200}}"#);
        AnswerLine::read(&line, |answer| answer.http_request()).expect("JSON").expect("a request")
    }

    #[test]
    fn parameters_are_added_to_the_query() {
        for (endpoint, expected) in [
            ("https://a.b/c", "https://a.b/c?x+y=1%262&n=1.50&l=%5B1%5D#"),
            ("https://a.b/c?", "https://a.b/c?x+y=1%262&n=1.50&l=%5B1%5D#"),
            ("https://a.b/c?d=e", "https://a.b/c?d=e&x+y=1%262&n=1.50&l=%5B1%5D#"),
            ("https://a.b/c#f", "https://a.b/c?x+y=1%262&n=1.50&l=%5B1%5D#f"),
        ] {
            let output = format!(
                r#"{{"endpoint":"{endpoint}","params":{{"x y":"1&2","n":1.50,"l":[1]}},"body":{{}}}}"#
            );
            assert_eq!(request(&output).url, expected.trim_end_matches('#'));
        }
    }

    #[test]
    fn the_body_is_the_part_that_is_not_empty() {
        for (body, expected) in [
            (
                r#"{"JSON":{"a":1.0},"JSON_ARRAY":{},"XML":{},"FORM":{}}"#,
                Some((r#"{"a":1.0}"#, "application/json")),
            ),
            (
                r#"{"JSON":{},"JSON_ARRAY":{"batch":"[{\"a\":1}]"}}"#,
                Some((r#"[{"a":1}]"#, "application/json")),
            ),
            (
                r#"{"JSON":{},"FORM":{"a b":"é","n":1}}"#,
                Some(("a+b=%C3%A9&n=1", "application/x-www-form-urlencoded")),
            ),
            (r#"{"JSON":{},"JSON_ARRAY":{},"XML":{},"FORM":{}}"#, None),
        ] {
            let request = request(&format!(r#"{{"endpoint":"https://a.b","body":{body}}}"#));
            let kind = request.headers.first().map(|(_, kind)| kind.as_str());
            assert_eq!(request.body.as_ref().map(|body| body.text.as_str()).zip(kind), expected);
        }
    }

    #[test]
    fn a_content_type_of_the_mapping_stays() {
        let output =
            r#"{"endpoint":"https://a.b","headers":{"content-TYPE":"text/json"},"body":{"JSON":{"a":1}}}"#;
        assert_eq!(request(output).headers, [("content-TYPE".to_owned(), "text/json".to_owned())]);
    }
}
