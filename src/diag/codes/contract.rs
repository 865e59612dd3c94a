//! D: what a destination accepts. The examples carry their contract inside; a mapping usually names a file.

use super::{Code, CodeRow, Severity, row};

/// A mapping with a contract of one endpoint: the schema of its body, and the request.
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
            "a request goes to a host or a path that the destination does not have",
            "The contract lists the hosts and the paths; a request to another one is lost.",
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
            "a key has more bytes than the destination takes",
            "The contract limits the names of attributes; letters beyond a to z count two bytes or more.",
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
            "a text has more bytes than the destination takes, or is cut too late",
            "The contract limits the text; `truncate_bytes` cuts it and never splits a character.",
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
            "an endpoint does not take this method",
            "The contract says for each path which methods it takes. Without `method:` a request is a POST.",
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
            "a map has more keys, or a list more elements, than the destination takes",
            "The contract limits how many there may be; leave out what nobody uses.",
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
            "milliseconds are sent where the destination counts seconds",
            "Taken for seconds they lie tens of thousands of years ahead; `unix_seconds` gives seconds.",
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
            "The contract lists all keys of this map; others are refused or ignored.",
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
            "a key is sent that the destination takes in a way that is rarely meant",
            "The contract says of this key what it overrides.",
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
            "a value is none of those that the destination takes",
            "The contract lists all values that are possible here.",
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
            "a value is taken, but the destination documents another one",
            "The contract says what should be sent; what is merely tolerated may end.",
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
            "a value can never be of the kind that the destination takes",
            "The contract says what must stand here: text, a whole number, a list, a map.",
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
            "a text is empty, or does not look as the destination wants it",
            "The contract gives the least length or a pattern of the text.",
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
            "Without it every one of these requests is refused.",
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
            "of several keys the destination takes one, and none or two can be there",
            "Give each a `when` that holds only without the others.",
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
            "a value is of a kind that the destination does not document here",
            "The contract says which kinds are documented; what becomes of others is not known.",
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
            "the contract itself is wrong",
            "A contract has `hosts`, `endpoints` and `$defs`; each endpoint has a method, a path and the schema of its body.",
            mapping!(body "{ requird: [name] }", "{ name: $.event }"),
            mapping!(body "{ required: [name] }", "{ name: $.event }"),
        ],
    ),
];
