//! X: security.

use super::{Code, CodeRow, Severity, row};

pub(super) const ROWS: &[CodeRow] = &[
    row(
        Code::OutsideTheFolder,
        "X706",
        "outside-the-folder",
        Severity::Error,
        [
            "a file outside the mapping's folder is named",
            "A mapping reads files of its own folder and of the folders in it, and nothing else of the machine it runs on.",
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
            "files include or extend each other in a circle",
            "A file that leads back to itself would never be read to its end.",
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
            "a secret setting stands in the words of an error",
            "Errors are logged and shown to whoever sends events. A setting is secret unless `config:` says `secret: false` of it.",
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
            "a secret setting stands in an address",
            "Addresses, their parameters and labels are logged by everything on the way. Send it in a header or, where the API asks for it, in the body.",
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
            "an address is not `https`",
            "Everybody on the way could read the data and the credentials.",
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
            "an address leads into a private network",
            "A mapping sends to a service on the internet. Addresses of this machine or of its network reach what nobody outside should.",
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
            "a name and a password stand in an address",
            "Addresses are logged by everything on the way. Credentials go into a header.",
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
            "the host of an address comes from the event",
            "Whoever sends events would choose where the requests, with their credentials, go. A host is constant, comes from a setting, or is chosen among known ones.",
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
            "a header cannot be sent, or not by a mapping",
            "The name of a header is letters, digits and `-`. `Host`, `Content-Length` and others of the kind are set by whoever sends the request.",
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
            "the value of a header holds a line break",
            "What follows the line break would be read as another header.",
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
            "something that looks like a password or a key stands in the mapping",
            "Mappings are read by many people and kept for ever. A setting is filled in where only the right ones see it.",
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
            "a text names a variable of the environment",
            "A mapping sees no environment, so that the same event always gives the same request. Settings are named under `config:`.",
            "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        source: ${SOURCE}\n",
            "destination: example\nlanguage: 1\nconfig:\n  source: { required: true }\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        source: $config.source\n",
        ],
    ),
];
