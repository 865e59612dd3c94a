//! D: what a destination accepts. The examples contain their contract; a mapping usually refers to a file.

use super::{Code, CodeRow, Severity, row};

/// A mapping with a contract of one endpoint. The arguments are the schema of the body and the request.
macro_rules! mapping {
    ($schema:literal, $request:literal) => {
        concat!(
            "destination: example\nlanguage: 1\ncontract:\n  hosts: { all: https://api.example.com }\n  endpoints:\n",
            "    track: { method: POST, path: /v1/track, body: ",
            $schema,
            " }\nrules:\n  - name: track\n    request:\n",
            $request
        )
    };
    (body $schema:literal, $body:literal) => {
        mapping!($schema, "      endpoint: https://api.example.com/v1/track\n      body: ", $body)
    };
    ($schema:literal, $before:literal, $body:literal) => {
        concat!(mapping!($schema, $before), $body, "\n")
    };
}

pub(super) const ROWS: &[CodeRow] = &[
    row(
        Code::UnknownEndpoint,
        "D601",
        "unknown-endpoint",
        Severity::Error,
        [
            "a request goes to a host or path that the destination does not have",
            "The contract lists the hosts and paths of the API; a request sent anywhere else is lost.",
            mapping!("{}", "      endpoint: https://api.example.com/v1/trak\n      body: $.properties\n"),
            mapping!("{}", "      endpoint: https://api.example.com/v1/track\n      body: $.properties\n"),
        ],
    ),
    row(
        Code::KeyTooLong,
        "D602",
        "key-too-long",
        Severity::Error,
        [
            "a key is longer, in bytes, than the destination accepts",
            "The contract limits the length of attribute names. Characters outside ASCII take two to four bytes each.",
            mapping!(body "{ maxKeyBytes: 8 }", "{ subscription: $.traits.plan }"),
            mapping!(body "{ maxKeyBytes: 8 }", "{ plan: $.traits.plan }"),
        ],
    ),
    row(
        Code::ValueTooLong,
        "D603",
        "value-too-long",
        Severity::Error,
        [
            "a text value can be longer, in bytes, than the destination accepts",
            "The contract limits the length of this text. `truncate_bytes` shortens it without splitting a character.",
            mapping!(body "{ properties: { name: { maxBytes: 10 } } }", "{ name: { from: $.event, transform: { truncate_bytes: 20 } } }"),
            mapping!(body "{ properties: { name: { maxBytes: 10 } } }", "{ name: { from: $.event, transform: { truncate_bytes: 10 } } }"),
        ],
    ),
    row(
        Code::WrongMethod,
        "D604",
        "wrong-method",
        Severity::Error,
        [
            "an endpoint does not accept this method",
            "The contract lists the methods that each path accepts. A request without `method:` is a POST.",
            mapping!(
                "{}",
                "      method: PUT\n      endpoint: https://api.example.com/v1/track\n      body: $.properties\n"
            ),
            mapping!(
                "{}",
                "      method: POST\n      endpoint: https://api.example.com/v1/track\n      body: $.properties\n"
            ),
        ],
    ),
    row(
        Code::TooManyKeys,
        "D606",
        "too-many-keys",
        Severity::Error,
        [
            "a map has more keys, or a list more elements, than the destination accepts",
            "The contract limits their number; leave out what the destination does not use.",
            mapping!(body "{ maxProperties: 1 }", "{ name: track, origin: web }"),
            mapping!(body "{ maxProperties: 1 }", "{ name: track }"),
        ],
    ),
    row(
        Code::MillisecondsForSeconds,
        "D607",
        "milliseconds-for-seconds",
        Severity::Error,
        [
            "milliseconds are sent where the destination expects seconds",
            "Read as seconds, they are a date tens of thousands of years in the future. `unix_seconds` returns seconds.",
            mapping!(body "{ properties: { at: { type: integer, seconds: true } } }", "{ at: { from: $.timestamp, transform: unix_millis } }"),
            mapping!(body "{ properties: { at: { type: integer, seconds: true } } }", "{ at: { from: $.timestamp, transform: unix_seconds } }"),
        ],
    ),
    row(
        Code::KeyNotTaken,
        "D608",
        "key-not-taken",
        Severity::Error,
        [
            "a key is sent that the destination does not know",
            "The contract lists every key of this map; others are rejected or ignored.",
            mapping!(body "{ properties: { name: {} }, additionalProperties: false }", "{ nmae: $.event }"),
            mapping!(body "{ properties: { name: {} }, additionalProperties: false }", "{ name: $.event }"),
        ],
    ),
    row(
        Code::DiscouragedKey,
        "D610",
        "discouraged-key",
        Severity::Warning,
        [
            "a key is sent that overrides something in the destination",
            "The destination accepts this key, but its effect is rarely intended. The contract says what it overrides.",
            mapping!(body "{ discouraged: { sender: it replaces the sender of the campaign } }", "{ sender: $.properties.from }"),
            mapping!(body "{ discouraged: { sender: it replaces the sender of the campaign } }", "{ from: $.properties.from }"),
        ],
    ),
    row(
        Code::ValueNotTaken,
        "D614",
        "value-not-taken",
        Severity::Error,
        [
            "a value is not one of those that the destination accepts",
            "The contract lists every value that is allowed here.",
            mapping!(body "{ properties: { platform: { enum: [ios, android] } } }", "{ platform: andriod }"),
            mapping!(body "{ properties: { platform: { enum: [ios, android] } } }", "{ platform: android }"),
        ],
    ),
    row(
        Code::UnlikeTheDocumentation,
        "D616",
        "unlike-the-documentation",
        Severity::Warning,
        [
            "a value is accepted, but the destination documents a different one",
            "The contract says what should be sent. Values that are only tolerated may be rejected one day.",
            mapping!(body "{ properties: { kind: { should: { type: string } } } }", "{ kind: 1 }"),
            mapping!(body "{ properties: { kind: { should: { type: string } } } }", "{ kind: \"1\" }"),
        ],
    ),
    row(
        Code::WrongKind,
        "D617",
        "wrong-kind",
        Severity::Error,
        [
            "a value can never have the type that the destination expects",
            "The contract says which type is expected here: text, a whole number, a list or a map.",
            mapping!(body "{ properties: { at: { type: integer } } }", "{ at: { from: $.timestamp, transform: { format_time: iso } } }"),
            mapping!(body "{ properties: { at: { type: integer } } }", "{ at: { from: $.timestamp, transform: unix_seconds } }"),
        ],
    ),
    row(
        Code::UnlikeThePattern,
        "D618",
        "unlike-the-pattern",
        Severity::Error,
        [
            "a text value is empty, or does not match the pattern that the destination requires",
            "The contract sets a minimum length or a pattern for this text.",
            mapping!(body "{ properties: { name: { minLength: 1 } } }", "{ name: \"\" }"),
            mapping!(body "{ properties: { name: { minLength: 1 } } }", "{ name: track }"),
        ],
    ),
    row(
        Code::RequiredKeyNeverWritten,
        "D619",
        "required-key-never-written",
        Severity::Error,
        [
            "a key that the destination requires is never written",
            "The destination rejects every request without it.",
            mapping!(body "{ required: [name] }", "{ title: $.event }"),
            mapping!(body "{ required: [name] }", "{ name: $.event }"),
        ],
    ),
    row(
        Code::NotExactlyOne,
        "D620",
        "not-exactly-one",
        Severity::Error,
        [
            "the destination expects exactly one of several keys, and none or more than one can be present",
            "Give each of them a `when` that is true only if the others are absent.",
            mapping!(body "{ oneOf: [{ required: [id] }, { required: [email] }] }", "{ id: $.userId, email: $.traits.email }"),
            mapping!(body "{ oneOf: [{ required: [id] }, { required: [email] }] }", "{ id: $.userId }"),
        ],
    ),
    row(
        Code::UndocumentedKind,
        "D626",
        "undocumented-kind",
        Severity::Info,
        [
            "a value has a type that the destination does not document here",
            "The contract says which types are documented; how the destination treats others is unknown.",
            mapping!(body "{ additionalProperties: { documented: { type: [string, number] } } }", "{ tags: [a, b] }"),
            mapping!(body "{ additionalProperties: { documented: { type: [string, number] } } }", "{ tags: \"a, b\" }"),
        ],
    ),
    row(
        Code::BadContract,
        "D630",
        "bad-contract",
        Severity::Error,
        [
            "the contract itself is invalid",
            "A contract has `hosts`, `endpoints` and `$defs`; each endpoint has a method, a path and a schema for its body.",
            mapping!(body "{ requird: [name] }", "{ name: $.event }"),
            mapping!(body "{ required: [name] }", "{ name: $.event }"),
        ],
    ),
    row(
        Code::UnsupportedKeyword,
        "D660",
        "unsupported-keyword",
        Severity::Warning,
        [
            "a contract has a keyword or a format of JSON Schema that is not applied",
            "The keyword is valid in JSON Schema 2020-12, but requests are checked as if it were not there. All other keywords apply.",
            mapping!(body "{ properties: { name: { $anchor: name } } }", "{ name: $.event }"),
            mapping!(body "{ properties: { name: { $comment: as the user reads it, format: email } } }", "{ name: $.event }"),
        ],
    ),
];
