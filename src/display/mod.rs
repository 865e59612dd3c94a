//! Answers for people: requests as HTTP or as commands of curl, refused and dropped events as a sentence.

mod curl;
mod http;
mod json_text;
mod shell;

use std::borrow::Cow;

pub use shell::shell_quoted;

use crate::diag::text::harmless;
use crate::wire::{AnswerLine, HttpRequest, Outline};

/// How requests are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestFormat {
    /// As HTTP: the method and the URL, the headers, a blank line, the body.
    Http,
    /// As a command for a POSIX shell.
    Curl,
}

/// An answer line for people: a heading that begins with `#`, then the request if there is one. `place` says which event it
/// is, `rule` is the address of the rule that matched. What must not be seen has to be masked in the line.
#[must_use]
pub fn answer_text(line: &str, place: &str, rule: Option<&str>, format: RequestFormat) -> String {
    let shown = AnswerLine::read(line, |answer| {
        let said = match answer.outline() {
            Outline::Request { .. } => rule.unwrap_or_default().to_owned(),
            Outline::Refused { error, .. } => format!("refused: {error}"),
            Outline::Dropped { reason, .. } if reason.is_empty() => "dropped".to_owned(),
            Outline::Dropped { reason, .. } => format!("dropped: {reason}"),
        };
        let said = match answer.outline() {
            Outline::Refused { address: Some(address), .. }
            | Outline::Dropped { address: Some(address), .. } => {
                let at = answer.place().map_or_else(String::new, |place| format!(", {place}"));
                format!("{said}  ({address}{at})")
            }
            _ => said,
        };
        let mut text = harmless(format!("# {place}  {said}").trim_end()) + "\n";
        for violation in answer.violations() {
            text.extend(["# contract: ", &harmless(&violation), "\n"]);
        }
        if let Some(request) = answer.http_request() {
            text.push_str(&request_text(&request, format));
        }
        text
    });
    shown.unwrap_or_else(|error| format!("# {place}  an answer that is not JSON: {error}\n"))
}

/// An answer line in a few words: method and endpoint, or why there is no request, with the address of the rule.
#[must_use]
pub fn answer_outline(line: &str) -> String {
    let in_brackets =
        |address: Option<Cow<'_, str>>| address.map_or_else(String::new, |address| format!("  ({address})"));
    let outline = AnswerLine::read(line, |answer| match answer.outline() {
        Outline::Request { method, endpoint } => format!("{method} {endpoint}"),
        Outline::Refused { error, address } => format!("refused: {error}{}", in_brackets(address)),
        Outline::Dropped { reason, address } => format!("dropped: {reason}{}", in_brackets(address)),
    });
    harmless(&outline.unwrap_or_else(|error| format!("an answer that is not JSON: {error}")))
}

/// The request in an answer line as HTTP; `None` if there is none.
pub(crate) fn http_text(line: &str) -> Option<String> {
    let shown = AnswerLine::read(line, |answer| answer.http_request().map(|request| http::text(&request)));
    shown.ok().flatten()
}

fn request_text(request: &HttpRequest, format: RequestFormat) -> String {
    match format {
        RequestFormat::Http => http::text(request),
        RequestFormat::Curl => curl::text(request),
    }
}
