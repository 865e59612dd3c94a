//! `transform --pretty` and `--curl`: answers for people.

use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::cli::run::{Folder, run, transform};

tests![
    a_request_is_shown_as_a_request,
    secrets_are_masked_unless_they_are_asked_for,
    #[cfg(unix)]
    a_shell_gives_curl_exactly_the_request,
    violations_are_shown_with_their_request,
    bodies_of_every_format_are_shown,
    options_are_checked
];

const EVENTS: &str = concat!(
    r#"{"type":"identify","userId":"u 1","traits":{"n":1.50,"tags":[]}}"#,
    "\n",
    r#"{"type":"track","event":"Order","userId":"u1","properties":{"total":12.30}}"#,
    "\n",
    r#"{"type":"page"}"#,
    "\n",
    r#"{"type":"identify"}"#,
    "\nno\u{202e} JSON\n"
);

fn a_request_is_shown_as_a_request() {
    let expected = "\
# line 1  shop/identify
POST https://api.example.com/people/u%201
Authorization: Bearer •••
Content-Type: application/json

{
  \"id\": \"u 1\",
  \"traits\": {
    \"n\": 1.50,
    \"tags\": []
  }
}

# line 2  shop/order
POST https://api.example.com/orders
Authorization: Bearer •••
Content-Type: application/json

{
  \"id\": \"u1\",
  \"order\": {
    \"total\": 12.30
  }
}

# line 2  shop/order
POST https://api.example.com/people
Authorization: Bearer •••
Content-Type: application/json

{
  \"id\": \"u1\",
  \"bought\": true
}

# line 3  dropped  (shop/page)

# line 4  refused: userId is missing  (shop/identify/require[0], tests/cli/shop.yaml:18:35)

# line 5  refused: this line is not JSON that can be read: not a JSON value at byte 0

";
    for threads in ["1", "3"] {
        let ran = transform(&["--pretty", "--threads", threads], EVENTS);
        assert_eq!((ran.code, ran.out.as_str()), (Some(0), expected), "{}", ran.err);
    }
    let folder = Folder::new("shown");
    let file = folder.file("events.ndjson", EVENTS);
    let named = transform(&["--pretty", &file], "");
    assert_eq!(named.out, expected.replace("# line ", &format!("# {file}:")));
    let long = transform(&["--pretty", "--max-line-bytes", "20"], EVENTS);
    assert!(
        long.out.starts_with("# line 1  refused: this line has 64 bytes, the limit is 20\n\n"),
        "{}",
        long.out
    );
}

fn secrets_are_masked_unless_they_are_asked_for() {
    for format in ["--pretty", "--curl"] {
        let masked = transform(&[format], EVENTS);
        assert!(!masked.out.contains("s3cret-token") && masked.out.contains("Bearer •••"), "{}", masked.out);
        assert_eq!(masked.err, "Secret settings are shown as •••; `--show-secrets` shows them.\n");
        let shown = transform(&[format, "--show-secrets"], EVENTS);
        assert_eq!((shown.out, shown.err.as_str()), (masked.out.replace("•••", "s3cret-token"), ""));
        assert_eq!(transform(&[format, "--quiet"], EVENTS).err, "");
        assert_eq!(transform(&[format], "{\"type\":\"page\"}").err, "", "nothing is masked");
    }
}

const ANY: &str = r#"
destination: shop
language: 1
rules:
  - name: all
    request:
      method: PUT
      endpoint: "https://api.example.com/x/{{ event.id | url_encode }}?a[0]=1"
      params: { q: $.text }
      headers: { X-Text: $.header, X-Id: "{{ event.id }}" }
      body: $.body
"#;

/// The arguments that `curl` gets from a command when a shell runs it.
#[cfg(unix)]
fn arguments(shell: &str, text: &str) -> Vec<String> {
    let script = format!("curl() {{ printf '%s\\0' \"$@\"; }}\n{text}");
    let output = Command::new(shell).args(["-c", &script]).stdin(Stdio::null()).output().expect("a shell");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.split_terminator('\0').map(str::to_owned).collect()
}

#[cfg(unix)]
fn a_shell_gives_curl_exactly_the_request() {
    let folder = Folder::new("shown-curl");
    let mapping = folder.file("any.yaml", ANY);
    for text in [
        "plain",
        "it's \"quoted\"",
        "$HOME $(exit 3) `exit 4` ${x} \\ \\n !! # ~ * ? [a] {b,c} ; & | < >",
        "%s %d \\033 \\\\ -n @file",
        "é 名前 🎉 •••",
        "\u{202e}right to left\u{2066}",
        "-leading 'and' \u{202e}trailing'",
        "",
    ] {
        let event = json!({"id": text.to_owned() + "x", "text": text, "header": text, "body": {"a": text, "b": [text, 1.5]}});
        let control = json!({"id": "x", "header": "h", "text": "a\u{9b}\n\n", "body": {"a": "\u{9b}\u{7f}\u{1}\n\t\0'"}});
        for event in [event, control] {
            let ran = run(&["transform", "--mapping", &mapping, "--curl"], event.to_string());
            let plain = run(&["transform", "--mapping", &mapping], event.to_string());
            let output = &plain.answers()[0]["output"];
            assert!(output.is_object(), "{}", plain.out);
            assert!(
                !ran.out.contains(|c: char| c.is_control() && c != '\n' || "\u{202e}\u{2066}".contains(c)),
                "{}",
                ran.out
            );
            for shell in ["sh", "bash"] {
                let found = arguments(shell, &ran.out);
                let after = |name: &str| {
                    let values = found.iter().zip(found.iter().skip(1)).filter(|(option, _)| *option == name);
                    values.map(|(_, value)| value.clone()).collect::<Vec<_>>()
                };
                assert_eq!(after("--request"), ["PUT"]);
                assert!(found.contains(&"--globoff".to_owned()));
                let url = url::Url::parse(&after("--url")[0]).expect("a URL");
                let query =
                    url.query_pairs().find(|(name, _)| name == "q").map(|(_, value)| value.into_owned());
                assert_eq!(query.as_deref(), output["params"]["q"].as_str());
                for (name, value) in output["headers"].as_object().expect("headers") {
                    let header = format!("{name}: {}", value.as_str().expect("a text"));
                    assert!(after("--header").contains(&header), "{header:?}: {found:?}");
                }
                let body: Value = serde_json::from_str(&after("--data-raw")[0]).expect("JSON");
                assert_eq!(&body, &output["body"]["JSON"], "{found:?}");
            }
        }
    }
}

fn violations_are_shown_with_their_request() {
    let folder = Folder::new("shown-contract");
    let mapping = "\
destination: shop
language: 1
contract:
  hosts: { all: https://api.example.com }
  endpoints:
    track: { method: POST, path: /track, body: { properties: { name: { maxBytes: 5 } } } }
rules:
  - { name: track, request: { endpoint: https://api.example.com/track, body: $.properties } }
";
    let mapping = folder.file("mapping.yaml", mapping);
    let events = "{\"properties\":{\"name\":\"much too long\"}}\n{\"properties\":{\"name\":\"short\"}}\n";
    let ran = run(&["transform", "--mapping", &mapping, "--check-contract", "--pretty"], events);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let head = "# line 1  shop/track\n# contract: D603 body.name: has 13 bytes and may have 5\nPOST ";
    assert!(ran.out.starts_with(head), "{}", ran.out);
    assert_eq!(ran.out.matches("# contract").count(), 1);
}

fn bodies_of_every_format_are_shown() {
    let folder = Folder::new("shown-bodies");
    let mapping = "\
destination: shop
language: 1
config: { key: { required: no key } }
rules:
  - name: form
    when: { $.type: form }
    request: { endpoint: https://api.example.com/f, format: form, body: { a: $.a, key: $config.key } }
  - name: list
    when: { $.type: list }
    request:
      endpoint: https://api.example.com/l
      format: json_array
      body: { for_each: $.items, make: { id: $item } }
  - name: none
    request: { method: DELETE, endpoint: https://api.example.com/n, params: { key: $config.key } }
";
    let mapping = folder.file("mapping.yaml", mapping);
    let config = folder.file("settings.json", r#"{"key":"s3cret"}"#);
    let events =
        "{\"type\":\"form\",\"a\":\"1 & 2\"}\n{\"type\":\"list\",\"items\":[1,2]}\n{\"type\":\"none\"}\n";
    let ran = run(&["transform", "--mapping", &mapping, "--config", &config, "--pretty"], events);
    for expected in [
        "POST https://api.example.com/f\nContent-Type: application/x-www-form-urlencoded\n\na=1+%26+2&key=•••\n",
        "Content-Type: application/json\n\n[\n  {\n    \"id\": 1\n  },\n  {\n    \"id\": 2\n  }\n]\n",
        "DELETE https://api.example.com/n?key=•••\n\n",
    ] {
        assert!(ran.out.contains(expected), "{expected}\n{}\n{}", ran.out, ran.err);
    }
}

fn options_are_checked() {
    for (args, why) in [
        (vec!["--pretty", "--curl"], "cannot be used with"),
        (vec!["--show-secrets"], "required arguments were not provided"),
    ] {
        let ran = transform(&args, "");
        assert!(ran.code == Some(2) && ran.err.contains(why), "{args:?}: {}", ran.err);
    }
}
