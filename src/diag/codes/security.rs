//! X: security.

use super::{Code, CodeRow, Severity, row};

pub(super) const ROWS: &[CodeRow] = &[
    row(
        Code::OutsideTheFolder,
        "X706",
        "outside-the-folder",
        Severity::Error,
        [
            "a mapping refers to a file outside its folder",
            "A mapping reads files in its own folder and its subfolders, and nothing else on the machine.",
            "destination: example\nlanguage: 1\ninclude: [../secrets.yaml]\nrules:\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
    row(
        Code::IncludeCycle,
        "X707",
        "include-cycle",
        Severity::Error,
        [
            "files include or extend each other in a cycle",
            "A file that leads back to itself could never be loaded completely.",
            "destination: example\nlanguage: 1\ninclude: [mapping.yaml]\nrules:\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nrules:\n  - { name: rest, fail: unknown type }\n",
        ],
    ),
    row(
        Code::SettingInError,
        "X701",
        "setting-in-error",
        Severity::Error,
        [
            "an error message contains a secret setting",
            "Error messages are logged and shown to whoever sends the events. Settings are secret unless `config:` marks them `secret: false`, and so is what is computed from them, also after `prepare` has put it into the event.",
            "destination: example\nlanguage: 1\nconfig:\n  apiKey: { required: true }\nrules:\n  - { name: all, fail: \"not accepted by {{ config.apiKey }}\" }\n",
            "destination: example\nlanguage: 1\nconfig:\n  region: { required: true, secret: false }\nrules:\n  - { name: all, fail: \"not accepted in {{ config.region }}\" }\n",
        ],
    ),
    row(
        Code::SecretInAddress,
        "X702",
        "secret-in-address",
        Severity::Warning,
        [
            "a URL contains a secret setting",
            "URLs, query parameters and labels are logged by servers and proxies. Send the secret in a header or, if the API requires it, in the body.",
            "destination: example\nlanguage: 1\nconfig:\n  apiKey: { required: true }\nrules:\n  - name: all\n    request: { endpoint: \"https://api.example.com/{{ config.apiKey }}/people\", body: $.traits }\n",
            "destination: example\nlanguage: 1\nconfig:\n  project: { required: true, secret: false }\nrules:\n  - name: all\n    request: { endpoint: \"https://api.example.com/{{ config.project }}/people\", body: $.traits }\n",
        ],
    ),
    row(
        Code::NotHttps,
        "X703",
        "not-https",
        Severity::Error,
        [
            "a URL does not use `https`",
            "Data and credentials would be sent unencrypted.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: http://api.example.com, body: $.traits }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: $.traits }\n",
        ],
    ),
    row(
        Code::PrivateHost,
        "X704",
        "private-host",
        Severity::Error,
        [
            "a URL refers to a private network",
            "A mapping sends requests to services on the internet. Addresses of the local machine or network can expose services that should not be reachable from outside.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://192.168.0.10/people, body: $.traits }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com/people, body: $.traits }\n",
        ],
    ),
    row(
        Code::CredentialsInAddress,
        "X705",
        "credentials-in-address",
        Severity::Error,
        [
            "a URL contains a user name and a password",
            "URLs are logged by servers and proxies. Send credentials in a header.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: \"https://user:password@api.example.com\", body: $.traits }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, body: $.traits }\n",
        ],
    ),
    row(
        Code::HostFromEvent,
        "X708",
        "host-from-event",
        Severity::Error,
        [
            "the host of a URL comes from the event",
            "Whoever sends events could redirect requests, including their credentials, to any server. A host must be constant, come from a setting, or be chosen from a fixed list.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    when: $.properties.host\n    request: { endpoint: \"https://{{ event.properties.host }}/people\", body: $.traits }\n  - { name: rest, fail: unknown type }\n",
            "destination: example\nlanguage: 1\nconfig:\n  host: { required: true, secret: false }\nrules:\n  - name: all\n    request: { endpoint: \"https://{{ config.host }}/people\", body: $.traits }\n",
        ],
    ),
    row(
        Code::BadHeaderName,
        "X709",
        "bad-header-name",
        Severity::Error,
        [
            "a header is invalid, or cannot be set by a mapping",
            "A header name consists of letters, digits and `-`. `Host`, `Content-Length` and similar headers are set by the HTTP client.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      headers: { Content-Length: 12 }\n      body: $.traits\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      headers: { Content-Type: application/json }\n      body: $.traits\n",
        ],
    ),
    row(
        Code::BadHeaderValue,
        "X710",
        "bad-header-value",
        Severity::Error,
        [
            "a header value contains a line break",
            "The text after the line break would be read as another header.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      headers: { X-Note: \"one\\ntwo\" }\n      body: $.traits\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      headers: { X-Note: one two }\n      body: $.traits\n",
        ],
    ),
    row(
        Code::CredentialInMapping,
        "X711",
        "credential-in-mapping",
        Severity::Warning,
        [
            "a mapping contains what looks like a password or an API key",
            "Mappings are read by many people and stay in version control. Use a setting, which is supplied separately and can be kept secret.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      headers: { Authorization: Bearer 5f3c9a7be1d24c0f8a6b }\n      body: $.traits\n",
            "destination: example\nlanguage: 1\nconfig:\n  token: { required: true }\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      headers: { Authorization: \"Bearer {{ config.token }}\" }\n      body: $.traits\n",
        ],
    ),
    row(
        Code::EnvironmentVariable,
        "X712",
        "environment-variable",
        Severity::Warning,
        [
            "text refers to an environment variable",
            "A mapping has no access to the environment, so that the same event always produces the same request. Declare a setting under `config:` instead.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        source: ${SOURCE}\n",
            "destination: example\nlanguage: 1\nconfig:\n  source: { required: true }\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        source: $config.source\n",
        ],
    ),
    row(
        Code::ChangedByClients,
        "X713",
        "changed-by-clients",
        Severity::Error,
        [
            "a URL contains something that HTTP clients remove or resolve",
            "Clients resolve the segments `.` and `..`, cut everything from a `#`, and read `\\` as `/`, so the request would arrive at another address than the one that is written.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: \"https://api.example.com/people/../orders\", body: $.traits }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: \"https://api.example.com/orders\", body: $.traits }\n",
        ],
    ),
    row(
        Code::HeaderNameFromEvent,
        "X714",
        "header-name-from-event",
        Severity::Error,
        [
            "the names of headers come from the event",
            "Whoever sends events could set any header of the request, such as one that identifies another account. The mapping has to list the headers that an event may set.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, headers: $.context.headers, body: $.traits }\n",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: { endpoint: https://api.example.com, headers: { from: $.context.headers, only: [X-Trace] }, body: $.traits }\n",
        ],
    ),
];
