//! What is shown of secrets, one kind after another.

use mapwright::Outcome;
use mapwright::internal::cases::Case;
use mapwright::internal::{diag, explain};

use crate::cli::run::{Folder, run};

const SETTINGS: &str = r#"{"key":"QwErTyUiOpAsDfGhJkLzXcVb","pin":48151623,"list":["QwErTyUi","OpAsDfGh"],
    "map":{"QwErTyUiOp":{"a":1}},"region":"eu","nested":{"deep":"OpAsDfGhJk"}}"#;

const HEAD: &str =
    "destination: shop\nlanguage: 1\nconfig: { key: { required: true }, region: { secret: false } }\n";

fn load(rest: &str) -> mapwright::Loaded {
    mapwright::load("shop.yaml", &[("shop.yaml", format!("{HEAD}{rest}").as_str())])
}

fn engine(rest: &str) -> mapwright::Engine {
    let loaded = load(rest);
    let findings = diag::human(&loaded.findings, &loaded.sources, false, Some(100));
    loaded.engine.unwrap_or_else(|| panic!("{findings}"))
}

/// The snapshot of a request with this body, after `prepare`, without the lines that are always the same.
fn shown(prepare: &str, body: &str, event: &str) -> String {
    let request = format!("request: {{ endpoint: https://api.example.com, body: {{ value: {body} }} }}");
    let engine = engine(&format!("{prepare}\nrules: [{{ name: all, {request} }}]\n"));
    let snapshot = Case::read(event, SETTINGS).expect("a case").snapshot(&engine);
    let value = snapshot.split_once("\"value\": ").unwrap_or_else(|| panic!("{body}: {snapshot}")).1;
    let value = value.trim_end().strip_suffix("\n}").unwrap_or_else(|| panic!("{body}: {snapshot}"));
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn a_secret_is_masked_whatever_was_made_of_it() {
    for (body, expected) in [
        ("$config.key", "‹key›"),
        ("$config.nested.deep", "‹nested.deep›"),
        ("{ from: $config.key, transform: lowercase }", "lowercase(‹key›)"),
        ("{ from: $config.key, transform: { truncate: 3 } }", "truncate(‹key›)"),
        ("{ from: $config.key, transform: to_json }", "to_json(‹key›)"),
        ("{ from: $config.key, transform: [base64, base64] }", "base64(base64(‹key›))"),
        ("{ from: $config.key, transform: [{ split: '' }] }", "split(‹key›)"),
        ("{ from: $config.map, transform: flatten }", "flatten(‹map›)"),
        ("$config.map", "‹map›"),
        ("{ from: [[[$config.key, 1]]], transform: from_pairs }", "from_pairs(‹key›)"),
        ("\"a {{ config.key }} b {{ event.name }}\"", "a ‹key› b Ann"),
        ("\"{{ config.key | base64 }}\"", "base64(‹key›)"),
        ("\"{{ event.nothing or config.key }}\"", "‹key›"),
        ("\"{% if event.name %}{{ config.key }}{% endif %}\"", "‹key›"),
        ("{ from: $config.key, template: 'k={{ value }}' }", "k=‹key›"),
        ("{ from: $.nothing, default: $config.key }", "‹key›"),
        ("{ from: $.name, transform: { lookup: $config.map }, default: none }", "none"),
        ("{ from: $.name, transform: { keep_if: { contains: $config.region } }, default: none }", "none"),
        ("{ from: $.name, transform: { keep_if: { not: { contains: $config.key } } } }", "keep_if(‹key›)"),
    ] {
        assert_eq!(shown("", body, r#"{"name":"Ann"}"#), format!("\"{expected}\""), "{body}");
    }
}

pub(super) fn numbers_are_masked_by_what_they_come_from() {
    for (body, expected) in [
        ("$config.pin", "\"‹pin›\""),
        ("{ from: $config.pin, transform: { multiply: 2 } }", "\"multiply(‹pin›)\""),
        ("{ from: $config.pin, transform: [{ multiply: 0.001 }, round] }", "\"round(multiply(‹pin›))\""),
        ("{ from: $.n, transform: { add: $config.pin } }", "\"add(‹pin›)\""),
        ("$.n", "5.0"),
    ] {
        assert_eq!(shown("", body, r#"{"n":5.0}"#), expected, "{body}");
    }
}

pub(super) fn public_parts_stay_readable() {
    for (body, expected) in [
        ("[$config.key, $.name]", "[ \"‹key›\", \"Ann\" ]"),
        ("{ merge: [$.box, { k: $config.key }] }", "{ \"a\": 1, \"k\": \"‹key›\" }"),
        ("{ merge: [{ k: $config.key, b: 2 }, $.box], }", "{ \"k\": \"‹key›\", \"b\": 2, \"a\": 1 }"),
        ("{ concat: [$config.list, [$.name]] }", "[ \"‹list›\", \"Ann\" ]"),
        (
            "{ for_each: $.items, make: { sku: $item, k: $config.key } }",
            "[ { \"sku\": \"x\", \"k\": \"‹key›\" } ]",
        ),
        (
            "{ for_each: $config.list, make: { k: $item, n: $.name } }",
            "[ { \"k\": \"‹list›\", \"n\": \"Ann\" }, { \"k\": \"‹list›\", \"n\": \"Ann\" } ]",
        ),
        ("{ from: [$.nothing, $.name, $config.key] }", "\"Ann\""),
        ("{ when: { $config.key: { contains: Q } }, from: $.name }", "\"Ann\""),
        ("{ from: $.name, when: $config.key, template: 'of {{ config.region }}' }", "\"of eu\""),
        ("\"https://{{ config.region }}.example.com/{{ config.key }}\"", "\"https://eu.example.com/‹key›\""),
        ("{ from: $config, only: [region, pin] }", "{ \"pin\": \"‹pin›\", \"region\": \"eu\" }"),
    ] {
        assert_eq!(shown("", body, r#"{"name":"Ann","box":{"a":1},"items":["x"]}"#), expected, "{body}");
    }
}

pub(super) fn prepare_does_not_wash_a_secret() {
    let event = r#"{"name":"Ann","box":{"a":1},"items":[{"b":2}]}"#;
    let set = |target: &str, key: &str, to: &str| {
        format!("prepare: [{{ set: [{{ in: '{target}', key: '{key}', to: {to} }}] }}]")
    };
    let upper = "{ from: $config.key, transform: uppercase }";
    for (prepare, body, expected) in [
        (set("$", "k", "$config.key"), "$.k", "\"‹key›\""),
        (set("$", "k", upper), "$.k", "\"‹key›\""),
        (set("$", "k", upper), "{ from: $.k, transform: base64 }", "\"base64(‹key›)\""),
        (set("$", "k", "$config.key"), "\"{{ event.k }}-{{ event.name }}\"", "\"‹key›-Ann\""),
        (set("$", "k", "$config.key"), "$..k", "\"‹key›\""),
        (set("$.box", "k", "$config.key"), "$.box", "{ \"a\": 1, \"k\": \"‹key›\" }"),
        (set("$.box", "k", "{ in: $config.key, b: 1 }"), "$.box.k", "{ \"in\": \"‹key›\", \"b\": 1 }"),
        (set("$.box", "k", "{ in: $config.key, b: 1 }"), "$.box.k.in", "\"‹key›\""),
        (set("$.box", "{{ event.name }}", "$config.key"), "$.box", "{ \"a\": 1, \"Ann\": \"‹key›\" }"),
        (set("$.box", "{{ event.name }}", "$config.key"), "$.box.a", "1"),
        (set("$.box", "$config.key", "$.name"), "$.box", "\"‹key›\""),
        (set("$.box", "$config.key", "$.name"), "$.items", "[ { \"b\": 2 } ]"),
        (set("$.items[0]", "k", "$config.key"), "'$.items[-1].k'", "\"‹key›\""),
        (set("$.items[0]", "k", "$config.key"), "$.items", "[ { \"b\": 2, \"k\": \"‹key›\" } ]"),
        (
            set("$place", "k", "$config.key") + "\nfields: { place: { from: [$.box] } }",
            "$.box.k",
            "\"‹key›\"",
        ),
        (
            set("$place", "k", "$config.key")
                + "\nfields: { place: { from: [{ when: $.name, from: [$.box] }] } }",
            "$.box",
            "{ \"a\": 1, \"k\": \"‹key›\" }",
        ),
        (set("$", "k", "$config.key") + "\nfields: { again: $.k }", "$again", "\"‹key›\""),
        (set("$", "k", "$.name"), "$.k", "\"Ann\""),
    ] {
        assert_eq!(shown(&prepare, body, event), expected, "{prepare} {body}");
    }
    let twice = "prepare: [{ set: [{ in: $, key: k, to: $config.key }, { in: $.box, key: l, to: $.k }] }]";
    assert_eq!(shown(twice, "$.box.l", event), "\"‹key›\"");
}

/// A message of an error with a secret in it is an error of the mapping, in whatever way the secret got there.
pub(super) fn messages_hold_no_secret() {
    let prepare = "prepare: [{ set: [{ in: $, key: k, to: { from: $config.key, transform: base64 } }] }]\n";
    let words = |text: &str| format!("\"{{{{ {text} }}}}\"");
    let request = |body: String| {
        format!(
            "rules: [{{ name: a, request: {{ endpoint: https://api.example.com, body: {{ a: {body} }} }} }}]"
        )
    };
    for secret in ["config.key", "event.k", "f", "config.list", "g"] {
        let text = words(secret);
        for place in [
            format!("rules: [{{ name: a, fail: {text} }}]"),
            format!("rules: [{{ name: a, drop: {text} }}]"),
            format!("rules: [{{ name: a, require: [{{ check: $.a, error: {text} }}], drop: true }}]"),
            request(format!("{{ from: $.a, required: {text} }}")),
            request(format!("{{ from: $.a, transform: number, invalid: {text} }}")),
            request(format!("[{{ merge: [{{ a: {{ from: $.a, required: {text} }} }}] }}]")),
            request(format!("{{ from: $.a, transform: {{ lookup: {{ from: $.b, required: {text} }} }} }}")),
            format!(
                "batch: {{ max_items: 2, items: $body, max_item_error: {text} }}\nrules: [{{ name: a, drop: true }}]"
            ),
        ] {
            let fields = "fields: { f: { from: $.k, transform: lowercase }, g: [$.nothing, { when: $.a, from: $f }] }\n";
            let loaded = load(&format!("{prepare}{fields}{place}"));
            let found = loaded.findings.iter().any(|finding| finding.code.id() == "X701");
            let all = diag::human(&loaded.findings, &loaded.sources, false, Some(100));
            assert!(found && loaded.engine.is_none(), "{place}: {all}");
        }
    }
    let fine = engine(&format!(
        "{prepare}rules: [{{ name: a, fail: \"{{{{ event.name }}}} in {{{{ config.region }}}}\" }}]"
    ));
    let case = Case::read(r#"{"name":"Ann"}"#, SETTINGS).expect("a case");
    assert!(case.answers(&fine).contains("\"error\":\"Ann in eu\""));
}

/// What a run cannot do with a value is told without the value.
pub(super) fn errors_of_a_run_quote_no_values() {
    for template in [
        "{{ event.name | truncate(config.key) }}",
        "{{ event.name | slice(config.key) }}",
        "{{ event.name | replace(config.key) }}",
        "{{ event.name | format_time(config.key) }}",
        "{{ config.key + 1 }}",
        "{{ config.list + 1 }}",
        "{{ 1 - config.key }}",
        "{{ config.key.a.b() }}",
        "{{ config.key[config.list] }}",
        "{% for a, b in config.list %}{{ a }}{% endfor %}",
        "{% for x in config.pin %}{{ x }}{% endfor %}",
        "{{ config.map | join(config.map) }}",
    ] {
        let rest = format!(
            "rules: [{{ name: a, request: {{ endpoint: https://api.example.com, body: {{ a: '{template}' }} }} }}]"
        );
        let Some(engine) = load(&rest).engine else { continue };
        let settings = engine.settings(SETTINGS).expect("settings");
        let mut worker = engine.worker(&settings).expect("a worker");
        let event = br#"{"name":"Ann"}"#;
        if let Outcome::Refused(refusal) = worker.event(event).outcome {
            let lower = refusal.message.to_lowercase();
            for piece in ["qwerty", "opasdf", "48151623"] {
                assert!(!lower.contains(piece), "{template}: {refusal}");
            }
            assert!(!lower.is_empty(), "{template}: {refusal}");
        }
        let trace = explain(&mut worker, 1, event).text(false, 1000).to_lowercase();
        assert!(!trace.contains("qwerty") && !trace.contains("opasdf"), "{template}: {trace}");
    }
}

const CONTRACT: &str = "contract:
  hosts: { all: https://api.example.com }
  endpoints:
    track:
      method: POST
      path: /track
      body: { additionalProperties: false, properties: { value: { additionalProperties: { maxBytes: 5 } } } }
rules:
  - name: all
    request:
      endpoint: https://api.example.com/track
      body: { merge: [$.extra, $config.map, { value: { merge: [{ public: $.long }, $config.map] } }] }
";

/// Messages about a contract name no member whose name is a secret.
pub(super) fn messages_of_a_contract_hold_no_secret() {
    let folder = Folder::new("secrets-contract");
    let mapping = folder.file("shop.yaml", format!("{HEAD}{CONTRACT}"));
    let settings = folder.file("settings.json", SETTINGS);
    let event = r#"{"extra":{"colour":1},"long":"long enough"}"#;
    let ran = run(&["transform", "--check-contract", "--mapping", &mapping, "--config", &settings], event);
    assert!(ran.out.contains("QwErTyUiOp"), "the request holds it: {ran:?}");
    let contract = ran.answers()[0]["contract"].to_string();
    assert!(contract.contains("•••") && contract.contains("D6"), "{contract}");
    assert!(!ran.err.contains("QwErTyUi") && ran.err.contains("•••"), "{}", ran.err);
    let plain = MAPPING_WITHOUT_SECRET.replace("HEAD", HEAD);
    let mapping = folder.file("plain.yaml", plain);
    let ran = run(&["transform", "--check-contract", "--mapping", &mapping, "--config", &settings], event);
    assert!(ran.err.contains("`colour`"), "names that are not secret are told: {}", ran.err);
    std::fs::create_dir_all(folder.path("events")).expect("a folder");
    folder.file("events/settings.json", SETTINGS);
    folder.file("events/one.json", event);
    let (mapping, events, snapshots) =
        (folder.path("shop.yaml"), folder.path("events"), folder.path("snapshots"));
    let args = ["test", "--mapping", &mapping, "--events", &events, "--snapshots", &snapshots];
    run(&[&args[..], &["--accept"]].concat(), "");
    let ran = run(&[&args[..], &["--check-contract"]].concat(), "");
    let printed = ran.out + &ran.err;
    assert!(printed.contains("violates the contract") && printed.contains("•••"), "{printed}");
    assert!(!printed.contains("QwErTyUi"), "{printed}");
}

const MAPPING_WITHOUT_SECRET: &str = "HEAD
contract:
  hosts: { all: https://api.example.com }
  endpoints: { track: { method: POST, path: /track, body: { additionalProperties: false, properties: { a: {} } } } }
rules: [{ name: all, request: { endpoint: https://api.example.com/track, body: $.extra } }]
";

/// A file that is something else is one finding, and nothing of its text is shown.
pub(super) fn a_wrong_file_is_not_shown() {
    let folder = Folder::new("secrets-wrong");
    let wrong = [
        ("settings.json", SETTINGS.to_owned()),
        ("lines.json", SETTINGS.replace(',', ",\n")),
        ("cut.json", SETTINGS.replace('}', "")),
        ("list.json", format!("[{SETTINGS}]")),
        ("language.json", SETTINGS.replacen('{', "{\"language\":\"QwErTyUiOp\",", 1)),
        (
            "envelope.json",
            format!("{{\"message\":{{\"type\":\"a\"}},\"destination\":{{\"Config\":{SETTINGS}}}}}"),
        ),
        ("env", "KEY=QwErTyUiOpAsDfGh\nURL=https://QwErTyUi:OpAsDfGh@example.com\n".to_owned()),
        ("secret.yaml", "kind: Secret\ndata:\n  key: QwErTyUiOpAsDfGh\n".to_owned()),
        ("key.pem", "-----BEGIN PRIVATE KEY-----\nQwErTyUiOpAsDfGh\n-----END PRIVATE KEY-----\n".to_owned()),
        ("text", "QwErTyUiOpAsDfGh".to_owned()),
    ];
    for (name, text) in wrong {
        let file = folder.file(name, &text);
        folder.file("event.json", "{\"a\":1}");
        let event = folder.path("event.json");
        for format in ["text", "json", "sarif", "github"] {
            let ran = run(&["validate", "--format", format, &file], "");
            let printed = ran.out + &ran.err;
            let lower = printed.to_lowercase();
            assert!(!lower.contains("qwerty") && !lower.contains("opasdf"), "{name} {format}: {printed}");
            assert_eq!(lower.matches("y029").count().min(1), 1, "{name} {format}: {printed}");
            if format == "text" {
                assert!(printed.contains("1 error, 0 warnings"), "{name}: {printed}");
            }
        }
        let included = folder
            .file("main.yaml", format!("{HEAD}include: [{name}]\nrules: [{{ name: a, drop: true }}]\n"));
        let contract = folder
            .file("named.yaml", format!("{HEAD}contract: {name}\nrules: [{{ name: a, drop: true }}]\n"));
        for args in [
            vec!["validate", &included],
            vec!["validate", &contract],
            vec!["transform", "--mapping", &file, &event],
            vec!["explain", "--mapping", &file, &event],
            vec!["explain", "--mapping", &file, "--config", &included, &event],
            vec!["explain", "--mapping", &included, "--config", &file, &event],
        ] {
            let ran = run(&args, "");
            let lower = (ran.out + &ran.err).to_lowercase();
            assert!(!lower.contains("qwerty") && !lower.contains("opasdf"), "{args:?}: {lower}");
        }
    }
}
